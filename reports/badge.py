"""A badge for each interpreter: an SVG picture, and the data that shields.io makes one from."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from reports.families import family_name, release, variant
from reports.junit import clean
from reports.model import Report, Result

LABEL = "async generators"
#: The colour of a badge says one of these. Deep and light blue, orange and grey differ for readers who are blind to
#: red, green or blue, and white text has a contrast of more than 4.5 on each.
STATES = {
    "all": ("#083b73", "every behaviour that counts holds"),
    "all but known": (
        "#2a74b8",
        "every behaviour that counts holds, save for defects that a baseline lists with their reasons",
    ),
    "more": ("#a84300", "other behaviours do not hold, or could not be judged"),
    "absent": ("#24292f", "there are no asynchronous generators"),
    "incomplete": ("#5f6872", "the run was not a full one"),
}
#: The most characters of the name of an interpreter.
_MOST = 60


@dataclass(frozen=True)
class Badge:
    """What a badge says: the name of the interpreter, the numbers in words, and a key of :data:`STATES`."""

    name: str
    numbers: str
    state: str

    @property
    def message(self) -> str:
        """The text on the coloured side: ``CPython 3.15.2: 690/695``."""
        return f"{self.name}: {self.numbers}"

    @property
    def colour(self) -> str:
        """The colour of that side."""
        return STATES[self.state][0]


def badge(report: Report, result: Result) -> Badge:
    """The badge of a column."""
    count = report.total.binding[result.slug]
    name = clean(" ".join([family_name(result), release(result), *variant(result)]))
    name = name if len(name) <= _MOST else f"{name[: _MOST - 1]}…"
    numbers = f"{count.passed}/{count.applicable}"
    if result.absent:
        return Badge(name, "absent", "absent")
    if not result.record.full:
        return Badge(name, f"{numbers} (incomplete)", "incomplete")
    rest = count.applicable - count.passed
    if not rest:
        return Badge(name, numbers, "all")
    return Badge(name, numbers, "all but known" if known(report, result) == rest else "more")


def known(report: Report, result: Result) -> int:
    """How many behaviours that count fail for a reason that a baseline gives."""
    return sum(
        standing.statuses[result.slug] == "known" and standing.behaviour.level != "detail"
        for standing in report.standings
    )


def endpoint(report: Report, result: Result) -> dict[str, str | int]:
    """The JSON of https://shields.io/badges/endpoint-badge."""
    made = badge(report, result)
    return {"schemaVersion": 1, "label": LABEL, "message": made.message, "color": made.colour}


def svg(report: Report, result: Result) -> str:
    """The badge as a picture that needs nothing else; widths are in pixels, 6.5 to a character."""
    made = badge(report, result)
    left, right = round(len(LABEL) * 6.5) + 12, round(len(made.message) * 6.5) + 12
    title = escape(clean(f"{LABEL} in {result.title}: {made.numbers}; {STATES[made.state][1]}"))
    width = left + right
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-labelledby="t">
<title id="t">{title}</title>
<clipPath id="r"><rect width="{width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)">
<rect width="{left}" height="20" fill="#333"/>
<rect x="{left}" width="{right}" height="20" fill="{made.colour}"/>
</g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="{left / 2}" y="14">{LABEL}</text>
<text x="{left + right / 2}" y="14">{escape(made.message)}</text>
</g>
</svg>
"""
