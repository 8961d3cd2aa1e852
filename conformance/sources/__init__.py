"""The documents, and the sections of them, that a behaviour can cite.

A class is a document, an attribute is a section of it: ``PEP525.AGEN_OBJECT``. The level of a document says what its
word is worth: ``language`` and ``library`` bind an implementation, ``detail`` only records what CPython does, and a
document without a level (a tutorial) claims nothing. ``tests/`` refuses a section that no behaviour cites.
"""

from conformance.sources.cpython import CPYTHON, ISSUE, WHATSNEW
from conformance.sources.library import LIBRARY
from conformance.sources.peps import PEP342, PEP479, PEP492, PEP525, PEP530, PEPS
from conformance.sources.reference import REFERENCE
from conformance.sources.section import ACCURACIES, Document, Section
from conformance.sources.tutorial import TUTORIAL

__all__ = [
    "ACCURACIES",
    "CPYTHON",
    "ISSUE",
    "LIBRARY",
    "PEP342",
    "PEP479",
    "PEP492",
    "PEP525",
    "PEP530",
    "PEPS",
    "REFERENCE",
    "TUTORIAL",
    "WHATSNEW",
    "Document",
    "Section",
    "documents",
]


def documents() -> list[type[Document]]:
    """Every document, in the order of a report: what binds most comes first."""
    return [
        REFERENCE,
        PEP525,
        PEP492,
        PEP530,
        PEP479,
        PEP342,
        PEPS,
        LIBRARY,
        WHATSNEW,
        CPYTHON,
        ISSUE,
        TUTORIAL,
    ]
