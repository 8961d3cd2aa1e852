"""The changes from one result to another, each case in one list."""

from __future__ import annotations

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
    "new": "is not in the old result",
    "gone": "is not in the new result",
}
#: The lists that mean that something got worse.
WORSE = ("new crash", "broken", "lost")


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

    A case that does not apply in the new result is in no list, unless it is in one result only. A failure that stays
    one, and a case that was not judged before and is not now, have not changed.
    """
    if before is None:
        return None if after is None else "new"
    if after is None:
        return "gone"
    if not after.applicable:
        return None
    died, dies = before.verdict in DEATHS, after.verdict in DEATHS
    if died or dies:
        return None if died and dies else "new crash" if dies else "fixed crash"
    if after.fails:
        return None if before.fails else "broken"
    if after.verdict == "pass":
        return None if before.verdict == "pass" else "fixed"
    return "lost" if before.verdict == "pass" else None
