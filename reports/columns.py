"""The shades of counts in tables with a column for each interpreter."""

from __future__ import annotations

from dataclasses import dataclass

from reports.model import Count


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
