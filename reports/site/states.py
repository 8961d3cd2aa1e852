"""The state machine: the documented tables of states and operations, and what each interpreter did."""

from __future__ import annotations

from conformance.behaviour import NEWEST
from reports.eras import spoken
from reports.markup import render_page
from reports.model import Report
from reports.transitions import KINDS, cell, count, expected, tables, without_generators


def pages(report: Report) -> dict[str, str]:
    """``states.html``. Everything is escaped by the template."""
    absent = without_generators(report)
    text = render_page(
        "states.html.j2",
        "",
        page="states",
        report=report,
        tables=tables(report.catalogue),
        shown=[result for result in report.results if result not in absent],
        absent=absent,
        kinds=KINDS,
        cell=cell,
        count=count,
        expected=expected,
        newest=spoken(NEWEST),
    )
    return {"states.html": text}
