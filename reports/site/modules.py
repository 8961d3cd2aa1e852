"""One page for each module of behaviours: its sentences, and how each column stands."""

from __future__ import annotations

from reports.model import Report
from reports.site import home
from reports.site.markup import module_url, render_page


def pages(report: Report) -> dict[str, str]:
    """``behaviours/<area>-<module>.html``, or ``<area>-<folder>-<module>``, with an anchor for each ID, all escaped."""
    modules = [module for area in report.areas for module in area.modules]
    return {
        module_url(module.name): render_page(
            "module.html.j2",
            module_url(module.name),
            page=home.FILE,
            report=report,
            module=module,
            before=modules[number - 1] if number else None,
            after=modules[number + 1] if number + 1 < len(modules) else None,
            module_url=module_url,
        )
        for number, module in enumerate(modules)
    }
