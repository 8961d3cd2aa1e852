"""The matrix: cells, columns, and what the script needs."""

from __future__ import annotations

import re

import pytest

from conformance.catalogue import load
from reports.model import Count, Report
from reports.site import matrix
from tests.reports.samples import result, some_report


def row(text: str, id: str) -> str:
    """The row of a behaviour."""
    found = re.search(rf'<tr id="{id}".*?</tr>', text, re.DOTALL)
    assert found is not None
    return found[0]


def test_cells_are_what_was_seen() -> None:
    """A row has a letter and a sign for each column, in the order of the columns."""
    report = some_report()
    text = matrix.pages(report)["index.html"]
    found = row(text, "SND-001")

    assert [each.slug for each in report.results] == ["cpython-3.13.0", "cut-1", "pypy-1", "tiny-1"]
    assert 'data-s="ppfa"' in found
    assert re.findall(r'<td class="(\w)">(.+?)</td>', found) == [("p", "✓"), ("p", "✓"), ("f", "✗"), ("a", "∅")]


def test_every_row_has_every_column() -> None:
    """Each row of behaviours is as wide as the head, and so is each row of counts."""
    report = some_report()
    text = matrix.pages(report)["index.html"]
    letters = re.findall(r'data-s="(\w+)"', text)

    assert len(letters) == len(load())
    assert {len(each) for each in letters} == {len(report.results)}
    assert text.count('<td class="count') % len(report.results) == 0


def test_kinds_of_runs_are_kept_apart() -> None:
    """An absent interpreter has no number, and one that was cut short is marked."""
    text = matrix.pages(some_report())["index.html"]

    assert "Tiny 1: absent, no asynchronous generators" in text
    assert re.search(r'class="count s\d partial" title="Cut 1: ', text)
    assert "<small>incomplete</small>" in text
    assert "<small>absent</small>" in text


def test_columns_are_grouped() -> None:
    """Neighbours of one implementation stand under its name."""
    made = [
        result(slug=slug, interpreter={"implementation": slug[0], "title": title, "implementation_version": title[-1]})
        for slug, title in [("p1", "PyPy 1"), ("p2", "PyPy 2"), ("t1", "Tiny 1")]
    ]
    found = matrix.families(Report(made).results)

    assert [(each.name, len(each.results)) for each in found] == [("PyPy", 2), ("Tiny", 1)]


@pytest.mark.parametrize(
    ("passed", "failed", "opened", "shade"),
    [(0, 0, 0, 0), (9, 0, 0, 4), (9, 1, 0, 3), (9, 0, 1, 3), (5, 5, 0, 2), (4, 6, 0, 1), (0, 3, 0, 1)],
)
def test_shades(passed: int, failed: int, opened: int, shade: int) -> None:
    """Darkest is for all and nothing less; what cannot be said lightens as a failure does."""
    assert matrix.shade(Count(passed, failed, opened)) == shade


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({}, []),
        ({"language_version": "3.11.17", "implementation_version": "8.0.1"}, ["py3.11"]),
        ({"build": ["O", "debug"]}, ["O", "debug"]),
    ],
)
def test_remarks(part: dict[str, object], told: list[str]) -> None:
    """A column head says what the version alone does not."""
    assert matrix.remarks(result(interpreter=part)) == told


def test_there_is_no_ranking() -> None:
    """The page says that there is none, and why."""
    assert "There is no overall ranking: which behaviours matter" in matrix.pages(some_report())["index.html"]
