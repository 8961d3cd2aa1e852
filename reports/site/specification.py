"""The documents: the demands of each section in our words, the behaviours that show them, and how these stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from conformance.behaviour import Behaviour
from conformance.requirements import cited_by, quotes, requirements
from conformance.sources import Document, Section, documents
from conformance.verdicts import STATUSES
from reports.model import Report, Result, Standing, worst
from reports.site.markup import render_page

FILE = "specification.html"
TITLE = "Specification"
#: The view that has the documents without a level, sentence by sentence.
TUTORIALS = "tutorials.html"


@dataclass(frozen=True)
class Row:
    """A sentence that a section demands, untested if it has no behaviour; or else the behaviours that only cite it.

    ``statuses`` is slug → the worst status of the behaviours, ``failing`` slug → the ones that fail. ``quotes`` has the
    words of the section on which they rest.
    """

    sentence: str
    behaviours: tuple[Behaviour, ...]
    demanded: bool
    statuses: dict[str, str]
    failing: dict[str, list[Behaviour]]
    quotes: tuple[str, ...]


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

    def applies(self, result: Result) -> bool:
        """Whether any demanded sentence is about the language version of an interpreter."""
        return any(row.statuses[result.slug] != "does not apply" for row in self.demands)


def pages(report: Report) -> dict[str, str]:
    """``specification.html``, a page for each document, and the data of the search. Templates escape everything."""
    found = chapters(report)
    binding = [chapter for chapter in found if chapter.document.level is not None]
    made = {
        FILE: render_page(
            "specification.html.j2", FILE, page=FILE, report=report, chapters=found, address=document_url
        ),
        "data/demands.js": "(globalThis.conformance ??= {}).demands = "
        f"{json.dumps(demands(binding, report), separators=(',', ':'))};\n",
    }
    for place, chapter in enumerate(binding):
        url = document_url(chapter.document)
        made[url] = render_page(
            "document.html.j2",
            url,
            page=FILE,
            report=report,
            chapter=chapter,
            before=binding[place - 1] if place else None,
            after=binding[place + 1] if place + 1 < len(binding) else None,
            address=document_url,
        )
    return made


def document_url(document: type[Document]) -> str:
    """The page of a document, from the root of the site; a tutorial has a place on the page of all tutorials."""
    if document.level is None:
        return f"{TUTORIALS}#{document.__name__}"
    return f"documents/{document.__name__}.html"


def demands(chapters: Sequence[Chapter], report: Report) -> list[list[object]]:
    """A row for each one of the documents: section, its title, sentence, IDs, quoted words, letters of the columns.

    The sentence is empty where behaviours only cite the section. The letters are those of the table of verdicts.
    """
    return [
        [
            part.section.id,
            part.section.title,
            row.sentence if row.demanded else "",
            " ".join(behaviour.id for behaviour in row.behaviours),
            " ".join(row.quotes),
            "".join(STATUSES[row.statuses[result.slug]].letter for result in report.results),
        ]
        for chapter in chapters
        for part in chapter.parts
        for row in part.rows
    ]


def chapters(report: Report) -> list[Chapter]:
    """Every document with its sections and their rows, in the order of ``conformance.sources``."""
    standings = {standing.behaviour.id: standing for standing in report.standings}
    found = []
    for document in documents():
        parts = []
        for section in document.sections:
            demanded = requirements(section, report.catalogue)
            rows = [_row(section, each.sentence, each.behaviours, standings, report) for each in demanded]
            shown = {behaviour.id for each in demanded for behaviour in each.behaviours}
            others = [each for each in cited_by(section, report.catalogue) if each.id not in shown]
            if others:
                rows.append(
                    _row(section, "Also cited by" if rows else "Shown by", others, standings, report, demanded=False)
                )
            parts.append(Part(section, rows))
        found.append(Chapter(document, parts))
    return found


def _row(
    section: Section,
    sentence: str,
    behaviours: Sequence[Behaviour],
    standings: dict[str, Standing],
    report: Report,
    demanded: bool = True,
) -> Row:
    statuses, failing = {}, {}
    for result in report.results:
        found = {behaviour: standings[behaviour.id].statuses[result.slug] for behaviour in behaviours}
        statuses[result.slug] = worst(found.values(), "not run")
        failing[result.slug] = [behaviour for behaviour, status in found.items() if STATUSES[status].fails]
    words = dict.fromkeys(quote for behaviour in behaviours for quote in quotes(section, behaviour)) if demanded else {}
    return Row(sentence, tuple(behaviours), demanded, statuses, failing, tuple(words))
