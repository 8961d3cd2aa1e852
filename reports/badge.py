"""A badge for each interpreter: an SVG picture, and the data that shields.io makes one from."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reports.junit import clean
from reports.model import Report, Result

LABEL = "async generators"
#: Shades that readers who are blind to red or green can tell apart: blue for all, amber for some, grey for unknown.
_COLOURS = {"all": "#0b62a4", "some": "#b45309", "none": "#57606a"}


def message(report: Report, result: Result) -> tuple[str, str]:
    """The text of the badge and its colour."""
    count = report.total.binding[result.slug]
    if result.absent:
        return "absent", _COLOURS["none"]
    text = f"{count.passed}/{count.applicable}"
    if not result.record.full:
        return f"{text} (incomplete)", _COLOURS["none"]
    return text, _COLOURS["all" if count.passed == count.applicable else "some"]


def endpoint(report: Report, result: Result) -> dict[str, str | int]:
    """The JSON of https://shields.io/badges/endpoint-badge."""
    text, colour = message(report, result)
    return {"schemaVersion": 1, "label": LABEL, "message": text, "color": colour}


def svg(report: Report, result: Result) -> str:
    """The badge as a picture that needs nothing else; widths are in pixels, 6.5 to a character."""
    text, colour = message(report, result)
    left, right = round(len(LABEL) * 6.5) + 12, round(len(text) * 6.5) + 12
    title = escape(clean(f"{LABEL} in {result.title}: {text}"))
    width = left + right
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-labelledby="t">
<title id="t">{title}</title>
<clipPath id="r"><rect width="{width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)">
<rect width="{left}" height="20" fill="#333"/>
<rect x="{left}" width="{right}" height="20" fill="{colour}"/>
</g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="{left / 2}" y="14">{LABEL}</text>
<text x="{left + right / 2}" y="14">{escape(text)}</text>
</g>
</svg>
"""
