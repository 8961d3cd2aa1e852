"""The changes from one result to another: each case in one list, and each behaviour in one list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conformance.verdicts import DEATHS
from reports.model import Result
from runners.record.outcome import Outcome

#: List → which cases it holds.
LISTS = {
    "new crash": "crashes or hangs now, and did not before",
    "broken": "fails now, and did not fail before",
    "lost": "passed before, and is not judged now",
    "fixed crash": "crashed or hung before, and does not now",
    "fixed": "passes now, and failed or was not judged before",
    "applies now": "passes now, and did not apply to the old version of the language",
    "applies now and fails": "fails now, did not apply to the old version of the language, and did not pass there",
    "applies no longer": "does not apply to the new version of the language, and applied to the old one",
    "new": "is not in the old result",
    "gone": "is not in the new result",
    "still failing": "fails now, and failed before",
}
#: The lists that mean that something got worse.
WORSE = ("new crash", "broken", "lost")
#: The lists in which nothing changed: they are shown where everything is asked for.
QUIET = ("still failing",)
#: List of behaviours → lists of cases. The first row that fits a behaviour has it: the row fits if each of its groups
#: names a list in which a case of the behaviour is.
BEHAVIOURS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "new crash": (("new crash",),),
    "broken further": (("broken",), ("still failing", "fixed", "fixed crash")),
    "broken": (("broken",),),
    "lost": (("lost",),),
    "applies now and fails": (("applies now and fails",),),
    "partly fixed": (("fixed crash", "fixed"), ("still failing",)),
    "fixed crash": (("fixed crash",),),
    "fixed": (("fixed",),),
    "applies now": (("applies now",),),
    "applies no longer": (("applies no longer",),),
    "still failing": (("still failing",),),
    "new": (("new",),),
    "gone": (("gone",),),
}


@dataclass(frozen=True)
class Changed:
    """A behaviour in a list, with its level, and the list of each of its cases that is in one: case → list."""

    id: str
    level: str
    cases: Mapping[str, str]


def compare(old: Result, new: Result) -> dict[str, list[str]]:
    """List → cases, in the order of :data:`LISTS`."""
    found: dict[str, list[str]] = {name: [] for name in LISTS}
    for case in sorted({*old.outcomes, *new.outcomes}):
        name = change(old.outcomes.get(case), new.outcomes.get(case))
        if name is not None:
            found[name].append(case)
    return found


def change(before: Outcome | None, after: Outcome | None) -> str | None:
    """The list that a case belongs to, a key of :data:`LISTS`; None where nothing changed that a list is for.

    A pass that stays one has not changed, and neither has a case that is not judged now and did not pass before. A
    case that applies to neither version is in no list, unless it is in one result only.
    """
    if before is None:
        return None if after is None else "new"
    if after is None:
        return "gone"
    if not after.applicable:
        return "applies no longer" if before.applicable else None
    died, dies = before.verdict in DEATHS, after.verdict in DEATHS
    if dies and not died:
        return "new crash"
    if before.applicable and died and not dies:
        return "fixed crash"
    if after.fails:
        if before.verdict == "pass":
            return "broken"
        if not before.applicable:
            return "applies now and fails"
        return "still failing" if before.fails else "broken"
    if after.verdict == "pass":
        if not before.applicable:
            return "applies now"
        return None if before.verdict == "pass" else "fixed"
    return "lost" if before.verdict == "pass" else None


def behaviours(old: Result, new: Result) -> dict[str, list[Changed]]:
    """List → behaviours, in the order of :data:`BEHAVIOURS`; each behaviour with a case in a list is in one of them."""
    cases: dict[str, dict[str, str]] = {}
    for name, listed in compare(old, new).items():
        for case in listed:
            cases.setdefault(case.partition("[")[0], {})[case] = name
    found: dict[str, list[Changed]] = {name: [] for name in BEHAVIOURS}
    for id, of in sorted(cases.items()):
        first = next(iter(sorted(of)))
        outcome = new.outcomes.get(first) or old.outcomes[first]
        found[place(of.values())].append(Changed(id, outcome.level, dict(sorted(of.items()))))
    return found


def place(lists: Iterable[str]) -> str:
    """The list of a behaviour whose cases are in ``lists``: a key of :data:`BEHAVIOURS`. There must be one list."""
    held = set(lists)
    return next(name for name, groups in BEHAVIOURS.items() if all(held & set(group) for group in groups))
