"""Tables with a column for each interpreter: the heads above the columns, and the shades of counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.model import Count, Result


@dataclass(frozen=True)
class ColumnGroup:
    """Neighbouring columns of one implementation."""

    name: str
    results: list[Result]


def column_groups(results: Sequence[Result]) -> list[ColumnGroup]:
    """The heads above the columns."""
    found: list[ColumnGroup] = []
    for result in results:
        if not found or found[-1].name != result.implementation:
            found.append(ColumnGroup(result.implementation, []))
        found[-1].results.append(result)
    return found


@dataclass(frozen=True)
class Shade:
    """How dark a count is drawn: ``number`` is part of its class, ``least`` the smallest share of behaviours it has."""

    number: int
    least: float
    words: str


#: The darkest first. The pages and their script take the shares from here.
SHADES = (
    Shade(4, 1.0, "all hold"),
    Shade(3, 0.9, "90 % or more hold"),
    Shade(2, 0.5, "half or more hold"),
    Shade(1, 0.0, "fewer hold"),
)


def shade(count: Count) -> int:
    """The number of the shade of a count; 0 where no behaviour applies."""
    if not count.applicable:
        return 0
    share = count.passed / count.applicable
    return next(each.number for each in SHADES if share >= each.least)
