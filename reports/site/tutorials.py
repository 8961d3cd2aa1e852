"""Texts that are read more than the specification, sentence by sentence: whether each is right, since when, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conformance.requirements import shown_by
from conformance.sources import ACCURACIES, Document, Section, documents
from reports.model import Report
from reports.rows import Row, row
from reports.site.markup import render_page

FILE = "tutorials.html"
TITLE = "Tutorials"


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text in our words, and the row of the behaviours that show what is true."""

    section: Section
    row: Row


@dataclass(frozen=True)
class Text:
    """A text that binds nobody, with its sentences."""

    document: type[Document]
    sentences: Sequence[Sentence]

    @property
    def counts(self) -> Mapping[str, int]:
        """Accuracy → how many sentences have it in the newest version; what none has is left out."""
        newest = [each.section.judgements[-1][0] for each in self.sentences]
        return {accuracy: newest.count(accuracy) for accuracy in ACCURACIES if accuracy in newest}


def pages(report: Report) -> dict[str, str]:
    """``tutorials.html``. Everything is escaped by the template."""
    return {
        FILE: render_page(
            "tutorials.html.j2", FILE, page=FILE, report=report, texts=texts(report), accuracies=ACCURACIES
        )
    }


def texts(report: Report) -> list[Text]:
    """The documents that bind nobody and are judged, in the order of ``conformance.sources``."""
    return [
        Text(
            document,
            [
                Sentence(section, row(section.title, shown_by(section, report.catalogue), report))
                for section in document.sections
            ],
        )
        for document in documents()
        if document.level is None
    ]
