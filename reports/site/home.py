"""The first page: a question, the areas, and the newest release of each implementation."""

from __future__ import annotations

from reports.columns import shade
from reports.families import KINDS
from reports.model import Report
from reports.site.markup import module_url, render_page

FILE = "index.html"
TITLE = "Search"
#: Questions that show what the box understands.
EXAMPLES = (
    "close while running",
    "anext default",
    "cancel",
    "break out of async for",
    "aclose never awaited",
    "yield from",
)


def pages(report: Report) -> dict[str, str]:
    """``index.html``. Everything is escaped by the template."""
    text = render_page(
        "home.html.j2",
        FILE,
        page=FILE,
        report=report,
        examples=EXAMPLES,
        kinds=KINDS,
        shade=shade,
        module_url=module_url,
        cases=sum(len(result.outcomes) for result in report.results),
    )
    return {FILE: text}
