"""The matrix: cells, what folds out, and what the script needs."""

from __future__ import annotations

import re

from reports.columns import SHADES
from reports.site import matrix
from tests.reports.samples import some_report


def page() -> str:
    """The page of a small report."""
    return matrix.pages(some_report())["matrix.html"]


def test_every_row_has_every_column() -> None:
    """Each row has a cell for each family, and a count for each result that folds out."""
    report = some_report()
    rows = re.findall(r'<tr[^>]* data-n="([^"]*)">.*?</tr>', page(), re.DOTALL)

    assert len(rows) == len(report.areas) + sum(len(area.modules) for area in report.areas) + 1
    assert {len(each.split()) for each in rows} == {len(report.results)}
    assert page().count('<td class="count') == len(rows) * len(report.families)


def test_kinds_of_runs_are_kept_apart() -> None:
    """An absent interpreter has no number, and one that was cut short is marked."""
    assert "Tiny 1: absent: the interpreter has no asynchronous generators" in page()
    assert re.search(r'class="count s\d partial" title="Cut 1: ', page())


def test_there_is_no_ranking() -> None:
    """The page says that there is none."""
    assert "There is no overall ranking." in page()


def test_the_legend_is_the_tables() -> None:
    """The legend has each shade with its words, and the script has the shares."""
    for each in SHADES:
        assert f'<i class="swatch s{each.number}"></i> {each.words}' in page()
    assert '<script type="application/json" id="shades">[1.0, 0.9, 0.5, 0.0]</script>' in page()
