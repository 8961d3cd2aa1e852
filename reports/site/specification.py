"""The documents: the demands of each section in our words, the behaviours that show them, and how these stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conformance.behaviour import Behaviour
from conformance.requirements import cited_by, requirements
from conformance.sources import ACCURACIES, Document, Section, documents
from conformance.verdicts import STATUSES
from reports.columns import column_groups
from reports.model import Report, Result, Standing, worst
from reports.site.markup import render_page

FILE = "specification.html"
TITLE = "Specification"


@dataclass(frozen=True)
class Row:
    """A sentence that a section demands, untested if it has no behaviour; or else the behaviours that only cite it.

    ``statuses`` is slug → the worst status of the behaviours, ``failing`` slug → the IDs of the ones that fail.
    """

    sentence: str
    behaviours: tuple[Behaviour, ...]
    demanded: bool
    statuses: dict[str, str]
    failing: dict[str, list[str]]


@dataclass(frozen=True)
class Part:
    """A section with its rows: a sentence each, and at the end the other behaviours that cite it, if any do."""

    section: Section
    rows: list[Row]


@dataclass(frozen=True)
class Chapter:
    """A document with its sections."""

    document: type[Document]
    parts: list[Part]

    @property
    def demands(self) -> list[Row]:
        """The sentences that the sections demand."""
        return [row for part in self.parts for row in part.rows if row.demanded]

    @property
    def untested(self) -> int:
        """The number of demanded sentences that no behaviour shows."""
        return sum(not row.behaviours for row in self.demands)

    def failing(self, result: Result) -> int:
        """The number of demanded sentences of which at least one behaviour fails in an interpreter."""
        return sum(bool(row.failing[result.slug]) for row in self.demands)


def pages(report: Report) -> dict[str, str]:
    """``specification.html``. Everything is escaped by the template."""
    text = render_page(
        "specification.html.j2",
        FILE,
        page=FILE,
        report=report,
        chapters=chapters(report),
        groups=column_groups(report.results),
        accuracies=ACCURACIES,
    )
    return {FILE: text}


def chapters(report: Report) -> list[Chapter]:
    """Every document with its sections and their rows, in the order of ``conformance.sources``."""
    standings = {standing.behaviour.id: standing for standing in report.standings}
    found = []
    for document in documents():
        parts = []
        for section in document.sections:
            demanded = requirements(section, report.catalogue)
            rows = [_row(each.sentence, each.behaviours, True, standings, report) for each in demanded]
            shown = {behaviour.id for each in demanded for behaviour in each.behaviours}
            others = [each for each in cited_by(section, report.catalogue) if each.id not in shown]
            if others:
                rows.append(_row("Also cited by" if rows else "Shown by", others, False, standings, report))
            parts.append(Part(section, rows))
        found.append(Chapter(document, parts))
    return found


def _row(
    sentence: str, behaviours: Sequence[Behaviour], demanded: bool, standings: dict[str, Standing], report: Report
) -> Row:
    statuses, failing = {}, {}
    for result in report.results:
        found = {behaviour.id: standings[behaviour.id].statuses[result.slug] for behaviour in behaviours}
        statuses[result.slug] = worst(found.values(), "not run")
        failing[result.slug] = [id for id, status in found.items() if STATUSES[status].fails]
    return Row(sentence, tuple(behaviours), demanded, statuses, failing)
