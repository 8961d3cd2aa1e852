"""The matrix: who fails what. A query over all behaviours, and the counts of each area and module by column."""

from __future__ import annotations

from conformance.behaviour import LEVELS
from reports.columns import SHADES, shade
from reports.families import KINDS
from reports.model import Count, Group, Report
from reports.site.markup import module_url, render_page

FILE = "matrix.html"
TITLE = "Matrix"


def pages(report: Report) -> dict[str, str]:
    """``matrix.html``. Everything is escaped by the template."""
    text = render_page(
        "matrix.html.j2",
        FILE,
        page=FILE,
        report=report,
        kinds=KINDS,
        levels=LEVELS,
        shade=shade,
        shades=SHADES,
        numbers=numbers,
        module_url=module_url,
    )
    return {FILE: text}


def numbers(group: Group, report: Report) -> str:
    """The counts of a row for the columns that fold out: ``85/89`` for each result, ``-`` where nothing applies."""
    return " ".join(_number(group.binding[result.slug], result.absent) for result in report.results)


def _number(count: Count, absent: bool) -> str:
    return "a" if absent else f"{count.passed}/{count.applicable}" if count.applicable else "-"
