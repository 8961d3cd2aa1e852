"""The demands of each section of a document, with the behaviours that show each demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conformance.behaviour import Behaviour
from conformance.sources import Section, documents


@dataclass(frozen=True)
class Requirement:
    """One demand of a section, in our words, and the behaviours that show it; without behaviours it is untested."""

    sentence: str
    behaviours: tuple[Behaviour, ...]


def cited_by(section: Section, catalogue: Mapping[str, Behaviour]) -> list[Behaviour]:
    """The behaviours that cite ``section``, in the order of the catalogue."""
    return [entry for entry in catalogue.values() if section in entry.sources]


def shown_by(section: Section, catalogue: Mapping[str, Behaviour]) -> list[Behaviour]:
    """The behaviours that cite ``section``, and then those that it names itself, each once.

    Raises KeyError for an ID that is not in the catalogue.
    """
    return list(dict.fromkeys([*cited_by(section, catalogue), *(catalogue[id] for id in section.shown_by.split())]))


def demands(section: Section, behaviour: Behaviour) -> list[str]:
    """The demands of ``section`` that ``behaviour`` shows, in our words."""
    if isinstance(section.requires, str):
        return [section.requires] if section.requires else []
    return [sentence for sentence, ids in section.requires.items() if behaviour.id in ids.split()]


def quotes(section: Section, behaviour: Behaviour) -> list[str]:
    """The words of ``section`` that ``behaviour`` rests on; empty if nobody has entered them yet."""
    if isinstance(section.quote, str):
        return [section.quote] if section.quote else []
    shown = {behaviour.id}
    if not isinstance(section.requires, str):
        shown.update(*(ids.split() for ids in section.requires.values() if behaviour.id in ids.split()))
    return [words for id, words in section.quote.items() if id in shown]


def requirements(section: Section, catalogue: Mapping[str, Behaviour]) -> list[Requirement]:
    """The demands of ``section``. Raises KeyError for an ID that is not in the catalogue."""
    if isinstance(section.requires, str):
        return [Requirement(section.requires, tuple(cited_by(section, catalogue)))] if section.requires else []
    return [
        Requirement(sentence, tuple(catalogue[id] for id in ids.split())) for sentence, ids in section.requires.items()
    ]


def describe(catalogue: Mapping[str, Behaviour]) -> list[dict[str, Any]]:
    """The documents, their sections, the demands of each section and the behaviours that show them, for JSON."""
    return [
        {
            "title": document.title,
            "url": document.url,
            "level": document.level,
            "sections": [
                {
                    "id": section.id,
                    "title": section.title,
                    "url": section.url,
                    "accuracy": section.accuracy,
                    "later": section.later,
                    "note": section.note,
                    "requires": [
                        {"sentence": each.sentence, "behaviours": [entry.id for entry in each.behaviours]}
                        for each in requirements(section, catalogue)
                    ],
                    "cited_by": [entry.id for entry in cited_by(section, catalogue)],
                    "shown_by": section.shown_by.split(),
                }
                for section in document.sections
            ],
        }
        for document in documents()
    ]
