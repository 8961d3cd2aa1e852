"""The demands of the sections of the documents, and the behaviours that show them."""

from __future__ import annotations

import itertools
import re

import pytest

from conformance.behaviour import NEWEST, OLDEST, parse_version
from conformance.catalogue import load
from conformance.requirements import cited_by, describe, quotes, requirements, shown_by
from conformance.sources import ACCURACIES, PEP525, Section, documents

CATALOGUE = load()
SECTIONS = [section for document in documents() for section in document.sections]


def test_every_binding_section_demands_something() -> None:
    """Every section of a document that binds an implementation has at least one demand."""
    silent = [section.id for section in SECTIONS if _binds(section) and not section.requires]

    assert silent == []


def test_nothing_that_is_demanded_is_untested() -> None:
    """Each demand has a behaviour that shows it."""
    untested = [
        f"{section.id}: {each.sentence}"
        for section in SECTIONS
        for each in requirements(section, CATALOGUE)
        if not each.behaviours
    ]

    assert untested == []


def test_behaviours_that_show_a_sentence_cite_its_section() -> None:
    """A behaviour that shows a demand of a section has that section among its sources."""
    wrong = [
        f"{section.id}: {entry.id}"
        for section in SECTIONS
        for each in requirements(section, CATALOGUE)
        for entry in each.behaviours
        if section not in entry.sources
    ]

    assert wrong == []


def test_sentences_are_sentences() -> None:
    """Each demand begins with a capital or code, and ends with a full stop."""
    sentences = [each.sentence for section in SECTIONS for each in requirements(section, CATALOGUE)]
    wrong = [s for s in sentences if not re.fullmatch(r"(``|[A-Z]).*\.", s)]

    assert wrong == []


def test_what_claims_nothing_is_judged() -> None:
    """Each sentence of a document that binds nobody has an accuracy, and a note unless it is accurate."""
    judged = {section: section.accuracy for section in SECTIONS if section.accuracy}
    silent = [each.id for each, accuracy in judged.items() if accuracy != "accurate" and not each.note]

    assert list(judged) == [section for section in SECTIONS if section.document.level is None]
    assert set(judged.values()) == set(ACCURACIES)
    assert silent == []


def test_sentences_that_a_version_changed() -> None:
    """The later accuracies of a sentence are those of known versions in order, and each differs from the one before."""
    for section in SECTIONS:
        versions = [parse_version(text) for text in section.later]
        accuracies = [section.accuracy, *section.later.values()]

        assert versions == sorted(set(versions)), section.id
        assert all(OLDEST < version <= NEWEST for version in versions), section.id
        assert all(before != after for before, after in itertools.pairwise(accuracies)), section.id
        assert not section.later or (section.note and set(accuracies) <= set(ACCURACIES)), section.id


def test_what_shows_a_sentence_exists_and_is_named_once() -> None:
    """A sentence of a text that binds nobody names behaviours that do not cite it, and no other text does."""
    for section in SECTIONS:
        named = section.shown_by.split()
        shown = shown_by(section, CATALOGUE)

        assert [entry.id for entry in shown] == [entry.id for entry in cited_by(section, CATALOGUE)] + named, section.id
        assert section.document.level is None or not named, section.id


@pytest.mark.parametrize(
    ("accuracy", "later", "judgements"),
    [
        ("", {}, []),
        ("accurate", {}, [("accurate", "")]),
        ("accurate", {"3.16": "inaccurate"}, [("accurate", "up to 3.15"), ("inaccurate", "since 3.16")]),
        (
            "accurate",
            {"3.12": "imprecise", "3.14": "inaccurate"},
            [("accurate", "up to 3.11"), ("imprecise", "3.12 to 3.13"), ("inaccurate", "since 3.14")],
        ),
    ],
)
def test_accuracies_by_version(accuracy: str, later: dict[str, str], judgements: list[tuple[str, str]]) -> None:
    """A sentence has an accuracy for each range of versions."""
    assert Section("title", accuracy=accuracy, later=later).judgements == judgements


def _binds(section: Section) -> bool:
    return section.level in ("language", "library")


def test_quotes_belong_to_demands() -> None:
    """Words of a section are short, and are those of a behaviour that shows a demand of it, or of the whole section."""
    wrong = []
    for section in SECTIONS:
        if isinstance(section.quote, str):
            words, lost = [section.quote], []
        else:
            shown = {entry.id for each in requirements(section, CATALOGUE) for entry in each.behaviours}
            words, lost = list(section.quote.values()), sorted(set(section.quote) - shown)
        long = [each for each in words if len(each) > 300 or each != " ".join(each.split())]
        wrong += [f"{section.id}: {each}" for each in [*lost, *long]]

    assert wrong == []


def test_quotes_of_a_behaviour() -> None:
    """A behaviour rests on the words of the demands that it shows; without such words there are none."""
    section = Section(
        "title", requires={"One.": "SND-001 SND-002", "Two.": "SND-003"}, quote={"SND-002": "one", "SND-003": "two"}
    )
    whole = Section("title", requires="It holds.", quote="words")

    assert quotes(section, CATALOGUE["SND-001"]) == ["one"]
    assert quotes(section, CATALOGUE["SND-003"]) == ["two"]
    assert quotes(section, CATALOGUE["SND-005"]) == []
    assert quotes(whole, CATALOGUE["SND-001"]) == ["words"]
    assert quotes(Section("title"), CATALOGUE["SND-001"]) == []


def test_an_unknown_id_is_an_error() -> None:
    """A demand cannot be shown by a behaviour that does not exist."""
    with pytest.raises(KeyError):
        requirements(Section("title", "https://example.org/", requires={"It holds.": "ZZZ-999"}), CATALOGUE)


def test_all_that_cite_a_section(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single demand is shown by every behaviour that cites the section; a section without text has no demands."""
    monkeypatch.setattr(PEP525.YIELD_FROM, "requires", "It holds.")
    (only,) = requirements(PEP525.YIELD_FROM, CATALOGUE)

    assert only.behaviours == tuple(entry for entry in CATALOGUE.values() if PEP525.YIELD_FROM in entry.sources)
    assert len(only.behaviours) > 1
    assert requirements(Section("title"), CATALOGUE) == []


def test_description_is_complete() -> None:
    """The JSON contains every document and section, in order, and every behaviour in each section that it cites."""
    found = describe(CATALOGUE)
    ids = {id for document in found for section in document["sections"] for id in section["cited_by"]}

    assert [document["title"] for document in found] == [document.title for document in documents()]
    assert [s["id"] for document in found for s in document["sections"]] == [section.id for section in SECTIONS]
    assert ids == set(CATALOGUE)
