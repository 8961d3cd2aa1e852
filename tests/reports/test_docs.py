"""``docs/report.md`` names everything that a report has a list of."""

from __future__ import annotations

import re

from conformance.program import ROOT
from reports.badge import STATES
from reports.diff import LISTS
from reports.model import CHANGED, MAY_HAVE_CHANGED
from reports.site import navigation
from reports.snapshots import KINDS

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


def test_the_kinds_of_changes() -> None:
    """The table of the history has each kind, in its order."""
    assert rows("| kind | the behaviour |") == list(KINDS)


def test_the_colours_of_badges() -> None:
    """The table has a row for each state, in its order, with the meaning that the badge itself says."""
    meanings = [meaning for _, meaning in STATES.values()]
    table = TEXT.partition("\n| colour | meaning |\n")[2].partition("\n\n")[0]

    assert [line.split("|")[2].strip() for line in table.splitlines()[1:]] == meanings


def test_the_words_for_stale_cases() -> None:
    """The document quotes the sentences of the site."""
    for sentence in (CHANGED, MAY_HAVE_CHANGED):
        assert f'"{sentence.rstrip(".")}"' in TEXT
