"""One page for each interpreter, and the table of all of them."""

from __future__ import annotations

from reports.markup import interpreter_url, render_page
from reports.model import Report


def pages(report: Report) -> dict[str, str]:
    """``interpreters.html`` and ``interpreters/<slug>.html``. Everything is escaped by the template."""
    found = {
        "interpreters.html": render_page("interpreters.html.j2", "", page="interpreters", report=report),
    }
    for result in report.results:
        found[interpreter_url(result)] = render_page(
            "interpreter.html.j2", "../", page="interpreters", report=report, result=result
        )
    return found
