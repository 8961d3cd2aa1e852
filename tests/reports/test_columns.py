"""The shades of counts."""

from __future__ import annotations

import pytest

from reports.columns import SHADES, shade
from reports.model import Count


@pytest.mark.parametrize(
    ("passed", "failed", "opened", "number"),
    [(0, 0, 0, 0), (9, 0, 0, 4), (9, 1, 0, 3), (9, 0, 1, 3), (5, 5, 0, 2), (4, 6, 0, 1), (0, 3, 0, 1)],
)
def test_shades(passed: int, failed: int, opened: int, number: int) -> None:
    """The darkest shade is for all behaviours and nothing less; an open one lightens as a failure does."""
    assert shade(Count(passed, failed, opened)) == number


def test_shades_go_from_dark_to_light() -> None:
    """The first shade whose share is reached is taken, so the shares fall down to 0."""
    shares = [each.least for each in SHADES]

    assert shares == sorted(shares, reverse=True)
    assert shares[-1] == 0
