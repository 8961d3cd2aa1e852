"""The pages of what changed: each day, all days, over time, and the errata."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from reports import errata
from reports.model import Report
from reports.recorded import read_all, record
from reports.site import changes
from reports.site.changes import days, lines
from reports.snapshots import Suite
from tests.reports.days import FIRST, SECOND, THIRD, pypy, python, recorded_days
from tests.reports.samples import evil_result, tags_of


def report(folder: Path) -> Report:
    """A report with two days."""
    return Report([python("3.13.1"), pypy("8.0.1")], history=read_all(recorded_days(folder)))


def text_of(page: str) -> str:
    """A page without tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_a_day_says_what_changed(tmp_path: Path) -> None:
    """Each changed behaviour has its sentence and a link, under its kind."""
    page = changes.pages(report(tmp_path))["changes/2026-11-15.html"]
    fixed, _, broken = page.partition("Broken: 1")

    assert "Fixed: 1" in fixed
    assert 'href="../b/SND-001.html"' in fixed.partition("Fixed: 1")[2]
    assert 'href="../b/CLS-001.html"' in broken
    assert "On 15 November" not in page
    assert "On 1 November 2026, 3.13.0:" in page


def test_the_first_day_is_compared_with_nothing(tmp_path: Path) -> None:
    """It says how each column stood."""
    page = text_of(changes.pages(report(tmp_path))["changes/2026-11-01.html"])

    assert "the first recorded day" in page
    assert "Fixed" not in page


def test_another_suite_is_said_to_be_one(tmp_path: Path) -> None:
    """Where the suite is not the same, the page of the day and the list of days say that counts do not compare."""
    first, second = read_all(recorded_days(tmp_path))
    words = "Counts of different suites do not compare"
    same, other = (
        changes.pages(Report([python("3.13.1")], history=[first, replace(second, suite=suite)]))
        for suite in (Suite(), Suite(new=("SND-001",)))
    )

    for name in ("changes.html", "changes/2026-11-15.html"):
        assert words not in same[name]
        assert words in other[name]
    assert 'class="other"' in other["changes.html"]
    assert 'class="other"' not in same["changes.html"]


def test_a_family_that_is_gone_is_named(tmp_path: Path) -> None:
    """A day says which implementations it does not have any more, and which are new."""
    record(Report([python("3.13.0"), pypy("8.0.1")]), FIRST, tmp_path)
    record(Report([python("3.13.0"), python("3.14.0")]), SECOND, tmp_path)
    page = text_of(changes.pages(Report([python("3.13.0")], history=read_all(tmp_path)))["changes/2026-11-15.html"])

    assert "No longer here: PyPy ." in page or "No longer here: PyPy." in page
    assert "New: 3.14.0." in page


def test_over_time_is_a_picture_and_a_table(tmp_path: Path) -> None:
    """Each family of the newest day has the head of each day, and its parts fill the height of the picture."""
    found = {line.name: line for line in lines(days(report(tmp_path)))}
    cpython = found["CPython"]

    assert [point.column.label for point in cpython.points] == ["3.13.0", "3.13.1"]
    assert [len(line.points) for line in found.values()] == [2, 1]
    for bar in cpython.bars:
        assert bar.heights[1] >= 2
        assert sum(bar.heights) == 90
        assert min(bar.tops) >= 0


def test_many_days_fit(tmp_path: Path) -> None:
    """A picture has the last forty days, the first page tables for twelve, and the others are links."""
    first, second = read_all(recorded_days(tmp_path))
    several = [replace(second, day=date(2027 + number // 12, number % 12 + 1, 1)) for number in range(60)]
    made = Report([python("3.13.1")], history=[first, *several])
    page = changes.pages(made)["changes.html"]

    assert {len(line.bars) for line in lines(days(made))} == {40}
    assert page.count('<section class="day"') == 12
    assert len(re.findall(r'href="changes/[0-9-]{10}\.html">', page)) >= 61


def test_a_gap_in_the_history_is_not_compared(tmp_path: Path) -> None:
    """A day whose day before is missing has no counts beside it that nobody can check."""
    record(Report([python("3.13.0")]), FIRST, tmp_path)
    record(Report([python("3.13.1")]), SECOND, tmp_path)
    record(Report([python("3.13.2")]), THIRD, tmp_path)
    (tmp_path / "2026-11-15.json").unlink()

    assert days(Report([python("3.13.2")], history=read_all(tmp_path)))[-1].before is None


def test_without_history_the_page_says_how_to_make_one() -> None:
    """The commands are there."""
    made = changes.pages(Report([python("3.13.0")]))

    assert set(made) == {"changes.html", "changes/errata.html"}
    assert "python -m reports history" in made["changes.html"]


def test_the_errata_are_a_page() -> None:
    """Each row of the document is there, code as code, and the IDs of the suite as links."""
    page = changes.pages(Report([python("3.13.0")]))["changes/errata.html"]
    rows = sum(len(section.rows) for section in errata.load())

    assert page.count('<tr><th scope="row">') == rows
    assert "`" not in page
    assert 'href="../b/' in page


def test_hostile_words_are_text(tmp_path: Path) -> None:
    """No word of an interpreter becomes a tag."""
    record(Report([evil_result("evil-1")]), FIRST, tmp_path)
    record(Report([evil_result("evil-1"), python("3.13.0")]), SECOND, tmp_path)
    for page in changes.pages(Report([evil_result("evil-1")], history=read_all(tmp_path))).values():
        assert "<script>alert" not in page
        tags_of(page)
