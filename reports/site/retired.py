"""Addresses of IDs that no behaviour has: retired ones, and numbers that several behaviours share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from conformance.behaviour import Behaviour
from conformance.program import ROOT
from reports.model import Report
from reports.site import home
from reports.site.contested import convert
from reports.site.markup import render_page

#: The document that says why an ID has no behaviour.
DOCUMENT = ROOT / "docs" / "not-tested.md"
_ID = re.compile(r"\b[A-Z]{3}-\d{3}[a-z]?\b")
_ROW = re.compile(r"\| (?P<ids>[A-Z]{3}-\d{3}[a-z]?(?:, [A-Z]{3}-\d{3}[a-z]?)*) \| (?P<why>.+) \|")


@dataclass(frozen=True)
class Retired:
    """An ID that no behaviour has any more, in Markdown why, and the behaviours that say it now."""

    id: str
    why: str
    successors: tuple[Behaviour, ...]


def pages(report: Report) -> dict[str, str]:
    """``b/ID.html`` for each retired ID, and for each number whose behaviours have letters.

    A page with one successor leads there by itself. Raises OSError if the document is missing.
    """
    made = retired(DOCUMENT.read_text(encoding="utf-8"), report) + numbers(report)
    return {
        f"b/{each.id}.html": render_page(
            "retired.html.j2",
            f"b/{each.id}.html",
            page=home.FILE,
            report=report,
            retired=each,
            why=convert(each.why, report.catalogue, "../")[1],
        )
        for each in made
    }


def retired(text: str, report: Report) -> list[Retired]:
    """The retired IDs that the table of the document names."""
    found = []
    for match in map(_ROW.fullmatch, text.splitlines()):
        for id in match["ids"].split(", ") if match else ():
            assert match is not None
            named = [report.catalogue[each] for each in _ID.findall(match["why"]) if each in report.catalogue]
            same = [each for each in report.catalogue.values() if each.number == id[:7]]
            found.append(Retired(id, match["why"], tuple(dict.fromkeys(same or named))))
    return [each for each in found if each.id not in report.catalogue]


def numbers(report: Report) -> list[Retired]:
    """The numbers that stand for the behaviours of several eras."""
    found: dict[str, list[Behaviour]] = {}
    for behaviour in report.catalogue.values():
        if behaviour.id != behaviour.number:
            found.setdefault(behaviour.number, []).append(behaviour)
    return [
        Retired(number, "The behaviours of this number hold in different versions.", tuple(eras))
        for number, eras in found.items()
    ]
