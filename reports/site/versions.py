"""The changes from version to version, behaviour by behaviour: library authors see what they can rely on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from conformance.behaviour import RELEASED, Behaviour, Version
from conformance.sources import Document
from conformance.verdicts import STATUSES
from reports.eras import VERSIONS, Family, families, holds, spoken
from reports.families import variant
from reports.model import Report, Result
from reports.releases import older, remark
from reports.site.markup import render_page

FILE = "versions.html"
TITLE = "Versions"
#: The kinds of cells that need no words: the sign and the head of the column say it all.
PLAIN = ("era0", "era1", "era2", "none")
_HOLDS, _FAILS, _OTHER = STATUSES["pass"].sign, STATUSES["fail"].sign, "≠"
_OUTSIDE, _UNMET = STATUSES["does not apply"].sign, STATUSES["unmet"].sign
#: The kinds of a change, in the order in which they are shown.
KINDS = {"new": "New", "changed": "Changed", "gone": "No longer"}


@dataclass(frozen=True)
class Mark:
    """A cell: ``text`` for the eye, ``kind`` as a class, ``words`` for whoever hears or points at it.

    It spans the columns of ``span`` neighbouring versions, which show the same.
    """

    text: str
    kind: str
    words: str
    span: int = 1


@dataclass(frozen=True)
class Elsewhere:
    """The other implementations in a cell: how many do as their version says, and the names of those that do not."""

    holds: int
    fails: tuple[str, ...]
    other: tuple[str, ...]
    untold: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A family that changed in ``version``: the behaviours that held before and hold since, and the seen ones.

    ``marks`` are for the language versions, as CPython shows them. ``notes`` are sentences about the runs in which the
    behaviour of their version fails.
    """

    family: Family
    version: Version
    before: Behaviour | None
    since: Behaviour | None
    marks: Sequence[Mark]
    elsewhere: Elsewhere
    notes: Sequence[str]

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
    found = changes(report)
    runs = {version: run_of(report, version) for version in VERSIONS}
    text = render_page(
        "versions.html.j2",
        FILE,
        page=FILE,
        report=report,
        versions=VERSIONS,
        spoken=spoken,
        released=RELEASED,
        runs=runs,
        older={version: older(run, report.results) for version, run in runs.items() if run is not None},
        others=_others(report),
        remarks={each.slug: remark(each, report.results) for each in _others(report)},
        kinds=KINDS,
        plain=PLAIN,
        changes=found,
        documents={version: _documents(group) for version, group in found.items()},
    )
    return {FILE: text}


def changes(report: Report) -> dict[Version, list[Change]]:
    """Version → its changes, the newest version first: new, changed, gone; of each kind details come last."""
    found: dict[Version, list[Change]] = {version: [] for version in reversed(VERSIONS[1:])}
    runs = {version: run_of(report, version) for version in VERSIONS}
    others = [result for result in _others(report) if not result.absent]
    for family in families(report.catalogue):
        marks = [_in_version(family, version, runs[version]) for version in VERSIONS]
        elsewhere = _elsewhere([(result, _in_interpreter(family, result)) for result in others])
        notes = [_failing(run, report) for run, mark in zip(runs.values(), marks, strict=True) if run and _is_bad(mark)]
        for version in family.changes:
            before = family.at(VERSIONS[VERSIONS.index(version) - 1])
            change = Change(family, version, before, family.at(version), _merged(marks), elsewhere, notes)
            found[version].append(change)
    for group in found.values():
        group.sort(key=lambda change: (list(KINDS).index(change.kind), change.level == "detail"))
    return {version: group for version, group in found.items() if group}


def run_of(report: Report, version: Version) -> Result | None:
    """The run that shows a language version: the newest one of CPython that is judged as it, the plain build first."""
    found = [
        result
        for family in report.families
        if (family.kind, family.slug) == ("interpreter", "cpython")
        for result in family.columns
        if result.interpreter.judged_as == spoken(version)
    ]
    return next((each for each in found if not variant(each)), found[0] if found else None)


def _others(report: Report) -> list[Result]:
    """The newest release of each implementation but CPython."""
    return [each.head for each in report.families if each.kind == "interpreter" and each.slug != "cpython"]


def _documents(group: Sequence[Change]) -> list[type[Document]]:
    """The documents that bind and that many changes of a version cite, the most cited first."""
    counts = Counter(
        document
        for change in group
        for behaviour in [change.since or change.before]
        if behaviour is not None
        for document in {section.document for section in behaviour.sources if section.level in ("language", "library")}
    )
    return [document for document, count in counts.most_common() if count * 4 > len(group)]


def _letter(behaviour: Behaviour) -> str:
    return behaviour.id[7:] or _HOLDS


def _is_bad(mark: Mark) -> bool:
    return mark.kind.endswith("bad")


def _failing(run: Result, report: Report) -> str:
    """That the behaviour of its version fails in a run, and how old the release is if it is not the newest known."""
    found = remark(run, report.results)
    return f"Fails on {run.title}{f': {found}' if found else ''}."


def _merged(marks: Sequence[Mark]) -> list[Mark]:
    """Neighbours that show the same as one mark; one that fails stays alone."""
    found: list[Mark] = []
    for mark in marks:
        last = found[-1] if found else None
        if last is not None and (last.text, last.kind) == (mark.text, mark.kind) and not _is_bad(mark):
            words = last.words if mark.words in last.words else f"{last.words}; {mark.words}"
            found[-1] = Mark(mark.text, mark.kind, words, last.span + 1)
        else:
            found.append(mark)
    return found


def _elsewhere(marks: Sequence[tuple[Result, Mark]]) -> Elsewhere:
    """The marks of the other implementations in few words."""

    def names(sign: str) -> tuple[str, ...]:
        return tuple(result.implementation for result, mark in marks if mark.text.endswith(sign))

    holds = sum(mark.kind in ("era0", "era1", "era2") for _, mark in marks)
    return Elsewhere(holds, names(_FAILS), names(_OTHER), names(_UNMET))


def _in_version(family: Family, version: Version, run: Result | None) -> Mark:
    """A language version: the member of the family that holds there, and whether CPython of that version shows it."""
    member = family.at(version)
    if member is None:
        return Mark(_OUTSIDE, "none", f"not in {spoken(version)}")
    era = f"era{family.members.index(member)}"
    held = None if run is None else holds(member, run)
    if held is False:
        assert run is not None
        return Mark(f"{member.id[7:]}{_FAILS}", f"{era} bad", f"{member.id} ({member.versions}) fails on {run.version}")
    if held is None:
        why = "the run does not tell" if run else "no run of this version"
        return Mark(_letter(member), f"{era} unseen", f"{member.id} ({member.versions}): {why}")
    return Mark(_letter(member), era, f"{member.id} holds")


def _in_interpreter(family: Family, result: Result) -> Mark:
    """Another interpreter: the member that it shows, and whether it is the one for its version of the language."""
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
    return Mark(
        f"{_letter(held)}{_OTHER}", f"{kind} bad", f"{held.id} holds, which is the behaviour of {held.versions}"
    )
