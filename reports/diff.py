"""What changed from one result to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports.model import FAILURES, Result

#: List → what it holds. A case stands in one list only.
LISTS = {
    "new crash": "crashes or hangs now, and did not",
    "broken": "passed, and fails now",
    "fixed crash": "crashed or hung, and does not now",
    "fixed": "failed, and passes now",
    "new": "not in the old result",
    "gone": "not in the new result",
}
#: The lists that mean that something got worse.
WORSE = ("new crash", "broken")
_DEATHS = ("crash", "timeout")


def compare(old: Result, new: Result) -> dict[str, list[str]]:
    """List → cases, in the order of :data:`LISTS`; cases that do not apply in the new result change nothing."""
    found: dict[str, list[str]] = {name: [] for name in LISTS}
    for case in sorted({*old.outcomes, *new.outcomes}):
        change = _change(old.outcomes.get(case), new.outcomes.get(case))
        if change is not None:
            found[change].append(case)
    return found


def _change(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str | None:
    if before is None:
        return "new"
    if after is None:
        return "gone"
    if not after["applicable"]:
        return None
    was, now = before["verdict"], after["verdict"]
    if now in _DEATHS:
        return None if was in _DEATHS else "new crash"
    if was in _DEATHS:
        return "fixed crash"
    if was == "pass" and now != "pass":
        return "broken"
    return "fixed" if was in (*FAILURES, "absent", "error") and now == "pass" else None
