"""The documents, and their sections, that a behaviour can cite.

A class is a document, and an attribute of it is a section: ``PEP525.AGEN_OBJECT``. The level of a document says how far
it binds an implementation: ``language`` and ``library`` bind it, ``detail`` only records the behaviour of CPython, and
a document without a level (a tutorial) binds nobody. A test refuses a section that no behaviour cites or shows.
"""

from conformance.sources.cpython import CPYTHON, ISSUE, WHATSNEW
from conformance.sources.library import LIBRARY
from conformance.sources.peps import PEP342, PEP479, PEP492, PEP525, PEP530, PEP828, PEPS
from conformance.sources.reference import REFERENCE
from conformance.sources.section import ACCURACIES, Document, Section
from conformance.sources.texts import GLOSSARY, PEP525EXAMPLES, WHATSNEW36
from conformance.sources.tutorial import TUTORIAL

__all__ = [
    "ACCURACIES",
    "CPYTHON",
    "GLOSSARY",
    "ISSUE",
    "LIBRARY",
    "PEP342",
    "PEP479",
    "PEP492",
    "PEP525",
    "PEP525EXAMPLES",
    "PEP530",
    "PEP828",
    "PEPS",
    "REFERENCE",
    "TUTORIAL",
    "WHATSNEW",
    "WHATSNEW36",
    "Document",
    "Section",
    "documents",
]


def documents() -> list[type[Document]]:
    """Every document, in the order of a report: the most binding first."""
    return [
        REFERENCE,
        PEP525,
        PEP492,
        PEP530,
        PEP828,
        PEP479,
        PEP342,
        PEPS,
        LIBRARY,
        WHATSNEW,
        CPYTHON,
        ISSUE,
        TUTORIAL,
        GLOSSARY,
        PEP525EXAMPLES,
        WHATSNEW36,
    ]
