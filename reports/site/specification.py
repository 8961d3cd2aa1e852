"""The documents: what each section demands in our words, the behaviours that show it, and what was seen of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conformance.behaviour import Behaviour
from conformance.requirements import cited_by, requirements
from conformance.sources import ACCURACIES, Document, Section, documents
from reports.markup import render_page
from reports.model import FAILURES, STATUSES, Entry, Report, Result
from reports.site.matrix import families


@dataclass(frozen=True)
class Row:
    """A sentence that a section demands, untested if it has no behaviour; or else what only cites the section.

    ``statuses`` is by slug, the worst of the behaviours; ``failing`` are the IDs of those that fail.
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
        """The sentences that the sections demand, without what merely cites them."""
        return [row for part in self.parts for row in part.rows if row.demanded]

    @property
    def untested(self) -> int:
        """How many of them no behaviour shows."""
        return sum(not row.behaviours for row in self.demands)

    def failing(self, result: Result) -> int:
        """How many of them an interpreter does not show to hold: at least one of the behaviours fails."""
        return sum(bool(row.failing[result.slug]) for row in self.demands)


def pages(report: Report) -> dict[str, str]:
    """``specification.html``. Everything is escaped by the template."""
    text = render_page(
        "specification.html.j2",
        "",
        page="specification",
        report=report,
        chapters=chapters(report),
        families=families(report.results),
        accuracies=ACCURACIES,
    )
    return {"specification.html": text}


def chapters(report: Report) -> list[Chapter]:
    """Every document with its sections and their rows, in the order of ``conformance.sources``."""
    entries = {entry.behaviour.id: entry for entry in report.entries}
    found = []
    for document in documents():
        parts = []
        for section in document.sections:
            demanded = requirements(section, report.catalogue)
            rows = [_row(each.sentence, each.behaviours, True, entries, report) for each in demanded]
            shown = {entry.id for each in demanded for entry in each.behaviours}
            others = [entry for entry in cited_by(section, report.catalogue) if entry.id not in shown]
            if others:
                rows.append(_row("Also cited by" if rows else "Shown by", others, False, entries, report))
            parts.append(Part(section, rows))
        found.append(Chapter(document, parts))
    return found


def _row(
    sentence: str, behaviours: Sequence[Behaviour], demanded: bool, entries: dict[str, Entry], report: Report
) -> Row:
    statuses, failing = {}, {}
    for result in report.results:
        found = {behaviour.id: entries[behaviour.id].statuses[result.slug] for behaviour in behaviours}
        statuses[result.slug] = min(found.values(), key=STATUSES.index, default="not run")
        failing[result.slug] = [id for id, status in found.items() if status in FAILURES]
    return Row(sentence, tuple(behaviours), demanded, statuses, failing)
