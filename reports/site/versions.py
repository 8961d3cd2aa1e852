"""The changes from version to version, behaviour by behaviour: library authors see what they can rely on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conformance.behaviour import Behaviour, Version
from conformance.verdicts import STATUSES
from reports.eras import VERSIONS, Family, families, holds, spoken
from reports.model import Report, Result
from reports.site.markup import render_page

FILE = "versions.html"
TITLE = "Versions"
#: The kinds of cells that need no words: the sign and the head of the column say it all.
PLAIN = ("era0", "era1", "era2", "none")
_HOLDS, _FAILS = STATUSES["pass"].sign, STATUSES["fail"].sign
_OUTSIDE, _UNMET = STATUSES["does not apply"].sign, STATUSES["unmet"].sign
#: The kinds of a change, in the order in which they are shown.
KINDS = {"new": "New", "changed": "Changed", "gone": "No longer"}


@dataclass(frozen=True)
class Mark:
    """A cell: ``text`` for the eye, ``kind`` as a class, ``words`` for whoever hears or points at it."""

    text: str
    kind: str
    words: str


@dataclass(frozen=True)
class Change:
    """A family that changed in ``version``: the behaviours that held before and hold since, and the seen ones.

    ``columns`` are the language versions, as CPython shows them, and then the other interpreters.
    """

    family: Family
    version: Version
    before: Behaviour | None
    since: Behaviour | None
    columns: Sequence[Mark]

    @property
    def kind(self) -> str:
        """A key of :data:`KINDS`."""
        return "new" if self.before is None else "gone" if self.since is None else "changed"

    @property
    def level(self) -> str:
        """The level of the behaviour that holds now, or of the last one that did."""
        behaviour = self.since or self.before
        assert behaviour is not None
        return behaviour.level


def pages(report: Report) -> dict[str, str]:
    """``versions.html``. Everything is escaped by the template."""
    in_versions = [result for version in VERSIONS for result in _cpythons(report, version)]
    others = [result for result in report.results if result not in in_versions]
    found = changes(report, others)
    text = render_page(
        "versions.html.j2",
        FILE,
        page=FILE,
        report=report,
        versions=VERSIONS,
        spoken=spoken,
        others=others,
        cpythons={version: _cpythons(report, version) for version in VERSIONS},
        kinds=KINDS,
        plain=PLAIN,
        changes=found,
    )
    return {FILE: text}


def changes(report: Report, others: Sequence[Result]) -> dict[Version, list[Change]]:
    """Version → its changes, the newest version first: new, changed, gone; of each kind details come last."""
    found: dict[Version, list[Change]] = {version: [] for version in reversed(VERSIONS[1:])}
    for family in families(report.catalogue):
        columns = [_in_version(family, version, _cpythons(report, version)) for version in VERSIONS]
        columns += [_in_interpreter(family, result) for result in others]
        for version in family.changes:
            before = family.at(VERSIONS[VERSIONS.index(version) - 1])
            found[version].append(Change(family, version, before, family.at(version), columns))
    for group in found.values():
        group.sort(key=lambda change: (list(KINDS).index(change.kind), change.level == "detail"))
    return {version: group for version, group in found.items() if group}


def _cpythons(report: Report, version: Version) -> list[Result]:
    return [
        result
        for result in report.results
        if result.interpreter.kind == "interpreter"
        and result.interpreter.implementation == "cpython"
        and result.interpreter.judged_as == spoken(version)
    ]


def _letter(behaviour: Behaviour) -> str:
    return behaviour.id[7:] or _HOLDS


def _in_version(family: Family, version: Version, results: Sequence[Result]) -> Mark:
    """A language version: the member of the family that holds there, and whether CPython of that version shows it."""
    member = family.at(version)
    if member is None:
        return Mark(_OUTSIDE, "none", f"not in {spoken(version)}")
    era = f"era{family.members.index(member)}"
    failing = [result.version for result in results if holds(member, result) is False]
    if failing:
        return Mark(
            f"{_letter(member)}{_FAILS}", f"{era} bad", f"{member.id} ({member.versions}) fails on {', '.join(failing)}"
        )
    if not any(holds(member, result) for result in results):
        why = "the run does not tell" if results else "no run of this version"
        return Mark(_letter(member), f"{era} unseen", f"{member.id} ({member.versions}): {why}")
    shown = ", ".join(result.version for result in results)
    return Mark(_letter(member), era, f"{member.id} holds on {shown}")


def _in_interpreter(family: Family, result: Result) -> Mark:
    """Another interpreter: the member that it shows, and whether it is the one for its version of the language."""
    if result.absent:
        return Mark(STATUSES["absent"].sign, "none", STATUSES["absent"].meaning)
    expected = family.at(result.interpreter.version)
    seen = {member.id: holds(member, result) for member in family.members}
    held = expected if expected is not None and seen[expected.id] else None
    held = held or next((member for member in family.members if seen[member.id]), None)
    if held is None:
        if None in seen.values():
            return Mark(_UNMET, "none", "the run does not tell")
        if expected is None:
            return Mark(_OUTSIDE, "none", f"does not hold, as in {result.interpreter.judged_as}")
        return Mark(_FAILS, "bad", f"{expected.id} fails, and so does the behaviour of every other version")
    kind = f"era{family.members.index(held)}"
    if held is expected:
        return Mark(_letter(held), kind, f"{held.id} holds")
    return Mark(f"{_letter(held)}≠", f"{kind} bad", f"{held.id} holds, which is the behaviour of {held.versions}")
