"""The colours of statuses, as a style sheet that is made from the table of verdicts."""

from __future__ import annotations

from conformance.verdicts import STATUSES
from reports.model import Report
from reports.site.markup import css_class

#: Tone → its declarations. The colours are variables of ``site.css``.
TONES = {
    "good": "--ink: var(--good);",
    "bad": "--ink: var(--bad); --weight: 700; --ground: var(--badpage);",
    "mild": "--ink: var(--bad);",
    "quiet": "--ink: var(--quiet);",
}


def pages(report: Report) -> dict[str, str]:
    """``statuses.css``: a class for each name of a status, and one for its letter in the small cells of the matrix."""
    lines = []
    for tone, declarations in TONES.items():
        rows = [row for row in STATUSES.values() if row.tone == tone]
        selectors = [selector for row in rows for selector in (f".{css_class(row.name)}", f".{row.letter}")]
        lines.append(f"{', '.join(selectors)} {{ {declarations} }}\n")
    return {"statuses.css": "".join(lines)}
