"""The documents as one HTML page: what each section demands, the behaviours that show it, and what was seen of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conformance.behaviour import Behaviour
from conformance.requirements import cited_by, requirements
from conformance.sources import Document, Section, documents
from reports.markup import render_page
from reports.model import FAILURES, STATUSES, Entry, Report


@dataclass(frozen=True)
class Row:
    """A sentence that a section demands; ``statuses`` by slug, the worst of its behaviours. Untested without any."""

    sentence: str
    behaviours: tuple[Behaviour, ...]
    statuses: dict[str, str]
    failing: dict[str, list[str]]


@dataclass(frozen=True)
class Part:
    """A section with its rows: a sentence each, and at the end the other behaviours that cite it, if any do."""

    section: Section
    rows: list[Row]


def pages(report: Report) -> dict[str, str]:
    """The page. Everything is escaped by the template."""
    text = render_page("specification.html.j2", "", page="specification", report=report, documents=parts(report))
    return {"specification.html": text}


def parts(report: Report) -> list[tuple[type[Document], list[Part]]]:
    """Every document with its sections and their rows, in the order of ``conformance.sources``."""
    entries = {entry.behaviour.id: entry for entry in report.entries}
    found = []
    for document in documents():
        sections = []
        for section in document.sections:
            demanded = requirements(section, report.catalogue)
            rows = [_row(each.sentence, each.behaviours, entries, report) for each in demanded]
            shown = {entry.id for each in demanded for entry in each.behaviours}
            others = [entry for entry in cited_by(section, report.catalogue) if entry.id not in shown]
            if others:
                rows.append(_row("Also cited by" if rows else section.note, others, entries, report))
            sections.append(Part(section, rows))
        found.append((document, sections))
    return found


def _row(sentence: str, behaviours: Sequence[Behaviour], entries: dict[str, Entry], report: Report) -> Row:
    statuses, failing = {}, {}
    for result in report.results:
        found = {behaviour.id: entries[behaviour.id].statuses[result.slug] for behaviour in behaviours}
        statuses[result.slug] = min(found.values(), key=STATUSES.index, default="not run")
        failing[result.slug] = [id for id, status in found.items() if status in FAILURES]
    return Row(sentence, tuple(behaviours), statuses, failing)
