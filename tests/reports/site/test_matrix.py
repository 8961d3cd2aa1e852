"""The matrix: cells, columns, and what the script needs."""

from __future__ import annotations

import json
import re

import pytest

from conformance.catalogue import load
from conformance.verdicts import FAILING, STATUSES
from reports.columns import SHADES
from reports.site import matrix
from tests.reports.samples import result, some_report


def row(text: str, id: str) -> str:
    """The row of a behaviour."""
    found = re.search(rf'<tr id="{id}".*?</tr>', text, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.slow
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

    assert "Tiny 1: absent: the interpreter has no asynchronous generators" in text
    assert re.search(r'class="count s\d partial" title="Cut 1: ', text)
    assert "<small>incomplete</small>" in text
    assert "<small>absent</small>" in text


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
    assert "There is no overall ranking, because your program decides" in matrix.pages(some_report())["index.html"]


def test_the_script_has_the_table_of_verdicts() -> None:
    """The rules in the page name each status with its letter and its meaning, and the shades with their shares."""
    text = matrix.pages(some_report())["index.html"]
    found = re.search(r'<script type="application/json" id="rules">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    rules = json.loads(found[1])

    assert rules["letters"] == {name: row.letter for name, row in STATUSES.items()}
    assert rules["meanings"] == {row.letter: row.meaning for row in STATUSES.values()}
    assert sorted(rules["fails"]) == sorted(STATUSES[name].letter for name in FAILING)
    assert rules["shades"] == [[each.number, each.least] for each in SHADES]


def test_the_legend_is_the_tables() -> None:
    """The legend has each shade, and each sign that is in the table with its meaning."""
    text = matrix.pages(some_report())["index.html"]
    legend = text[text.index('<ul class="keys"') : text.index("</ul>", text.index('<ul class="keys"'))]

    for each in SHADES:
        assert f'<i class="swatch s{each.number}"></i> {each.words}' in legend
    for status in ("pass", "fail", "absent", "does not apply"):
        assert f"{STATUSES[status].sign}</i> {STATUSES[status].meaning}" in legend
    assert STATUSES["crash"].meaning not in legend
