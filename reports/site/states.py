"""The state machine: tables of states and operations, as documented and as each interpreter showed them."""

from __future__ import annotations

from conformance.behaviour import NEWEST
from reports.eras import spoken
from reports.model import CHANGED, Report
from reports.site.markup import render_page
from reports.transitions import KINDS, cell, count, expected, tables, without_generators

FILE = "states.html"
TITLE = "State machine"


def pages(report: Report) -> dict[str, str]:
    """``states.html``. Everything is escaped by the template."""
    absent = without_generators(report)
    text = render_page(
        "states.html.j2",
        FILE,
        page=FILE,
        report=report,
        tables=tables(report.catalogue),
        shown=[result for result in report.results if result not in absent],
        absent=absent,
        kinds=KINDS,
        changed=CHANGED,
        cell=cell,
        count=count,
        expected=expected,
        newest=spoken(NEWEST),
    )
    return {FILE: text}
