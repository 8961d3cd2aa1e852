"""``docs/report.md`` names everything that a report has a list of."""

from __future__ import annotations

import re

from conformance.program import ROOT
from reports.diff import LISTS
from reports.model import CHANGED, MAY_HAVE_CHANGED
from reports.site import navigation

TEXT = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")


def rows(header: str) -> list[str]:
    """The first cells of the table with this header."""
    _, _, rest = TEXT.partition(f"\n{header}\n")
    table = re.match(r"(?:\|.*\n)+", rest)
    assert table is not None
    return [line.split("|")[1].strip() for line in table[0].splitlines()[1:]]


def test_the_lists_of_a_difference() -> None:
    """The table has each list of ``diff``, in its order."""
    assert rows("| list | the case |") == list(LISTS)


def test_the_views() -> None:
    """The table has each view of the navigation, in its order, besides the pages of behaviours."""
    named = [name for name in rows("| view | content |") if name != "Behaviour"]

    assert [name.removesuffix("s") for name in named] == [title.removesuffix("s") for title in navigation().values()]


def test_the_words_for_stale_cases() -> None:
    """The document quotes the sentences of the site."""
    for sentence in (CHANGED, MAY_HAVE_CHANGED):
        assert f'"{sentence.rstrip(".")}"' in TEXT
