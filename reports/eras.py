"""Which version of the language an interpreter behaves like, judged by the behaviours that changed between versions."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from conformance.behaviour import NEWEST, OLDEST, Behaviour, Version
from conformance.program import cases
from reports.model import Result

#: Every language version that the suite knows.
VERSIONS: tuple[Version, ...] = tuple((3, minor) for minor in range(OLDEST[1], NEWEST[1] + 1))
#: The kinds of a difference, in the order in which they are told, and what they mean.
KINDS = {
    "older": "still as in older versions",
    "newer": "already as in newer versions",
    "neither": "neither as in that version nor as in another",
}


def spoken(version: Version) -> str:
    """``(3, 9)`` as ``3.9``."""
    return "{}.{}".format(*version)


@dataclass(frozen=True)
class Family:
    """The eras of one behaviour: the behaviours that share a number, oldest first."""

    id: str
    members: tuple[Behaviour, ...]

    def at(self, version: Version) -> Behaviour | None:
        """The member that holds in a version, or None."""
        return next((member for member in self.members if member.applies_to(version)), None)

    @cached_property
    def changes(self) -> tuple[Version, ...]:
        """The versions in which something else holds than in the one before."""
        pairs = itertools.pairwise(VERSIONS)
        return tuple(version for before, version in pairs if self.at(before) != self.at(version))


@dataclass(frozen=True)
class Difference:
    """A family that is not as in the version that the interpreter is most like.

    ``kind`` is ``older`` or ``newer`` if the interpreter shows the member of such a version, else ``neither``.
    ``behaviour`` is the member that it shows, or for ``neither`` the expected one. ``known`` is the reason that a
    baseline gives, if one does.
    """

    family: Family
    kind: str
    behaviour: Behaviour
    known: str | None


@dataclass(frozen=True)
class Era:
    """The version that an interpreter is most like: ``like`` of ``told`` families are as in ``version``.

    Of ``untold`` families the run does not tell, because a need was not met or a case was not run. ``claimed`` is the
    version that the interpreter is judged as, with the number of families that are as in that one; None for a version
    that is newer than the suite.
    """

    version: Version
    like: int
    told: int
    untold: int
    differences: tuple[Difference, ...]
    claimed: tuple[str, int] | None

    def of_kind(self, kind: str) -> list[Difference]:
        """The differences of a kind, in the order of the catalogue."""
        return [each for each in self.differences if each.kind == kind]

    @property
    def sentence(self) -> str:
        """The era in words, without the list of differences."""
        start = f"Behaves like CPython {spoken(self.version)}"
        if not self.differences:
            return f"{start} in all {self.told} behaviours that changed between versions."
        own = ""
        if self.claimed is not None and self.claimed[0] != spoken(self.version):
            own = " (like {}, which it is judged as, in {})".format(*self.claimed)
        return f"{start} in {self.like} of {self.told} behaviours that changed between versions{own}, except:"


def families(catalogue: Mapping[str, Behaviour]) -> list[Family]:
    """The families that are not the same in every version, in the order of the catalogue."""
    found: dict[str, list[Behaviour]] = {}
    for behaviour in catalogue.values():
        found.setdefault(behaviour.number, []).append(behaviour)
    made = [Family(id, tuple(sorted(members, key=lambda each: each.since))) for id, members in found.items()]
    return [family for family in made if family.changes]


def holds(behaviour: Behaviour, result: Result) -> bool | None:
    """Whether all cases of a behaviour passed, also where it does not apply; None if the run does not tell."""
    outcomes = [result.outcomes[case.name] for case in cases(behaviour) if case.name in result.outcomes]
    if any(outcome.fails for outcome in outcomes):
        return False
    return True if outcomes and all(outcome.verdict == "pass" for outcome in outcomes) else None


def era(changed: Sequence[Family], result: Result) -> Era | None:
    """The version whose eras the interpreter shows in most families; of equals the one that it claims, else the newest.

    None if the run tells nothing, as of an interpreter without asynchronous generators.
    """
    seen = {member.id: holds(member, result) for family in changed for member in family.members}
    claimed = result.interpreter.judged_as
    told = {version: _told_at(version, changed, seen, result) for version in VERSIONS}
    version = max(VERSIONS, key=lambda each: (-len(told[each][1]), spoken(each) == claimed, each))
    closed, differences = told[version]
    if not closed:
        return None
    untold = len(changed) - closed
    likes = {spoken(each): found[0] - len(found[1]) for each, found in told.items()}
    own = (claimed, likes[claimed]) if claimed in likes else None
    return Era(version, closed - len(differences), closed, untold, tuple(differences), own)


def _told_at(
    version: Version, changed: Sequence[Family], seen: Mapping[str, bool | None], result: Result
) -> tuple[int, list[Difference]]:
    """The number of families of which the run tells whether they are as in ``version``, and the ones that are not."""
    told, differences = 0, []
    for family in changed:
        expected = family.at(version)
        answers = [seen[member.id] for member in (family.members if expected is None else [expected])]
        if None in answers:
            continue
        told += 1
        held = next((member for member in family.members if member is not expected and seen[member.id]), None)
        if expected is not None and seen[expected.id]:
            continue
        if held is not None:
            kind = "newer" if held.since > version else "older"
            differences.append(Difference(family, kind, held, _known(expected, result)))
        elif expected is not None:
            differences.append(Difference(family, "neither", expected, _known(expected, result)))
    return told, differences


def _known(behaviour: Behaviour | None, result: Result) -> str | None:
    names = [case.name for case in cases(behaviour)] if behaviour is not None else []
    found = (result.outcomes[name].known for name in names if name in result.outcomes)
    return next((reason for reason in found if reason is not None), None)
