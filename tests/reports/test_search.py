"""The index of the search: what is found by which words, packed as the page unpacks it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from conformance.catalogue import AREAS, load
from conformance.program import ROOT
from reports.model import Report
from reports.search import FIELDS, STOP_WORDS, index, stem, words
from reports.words import FOLDER, everyday, phrases
from runners.record.tables import parsed
from tests.reports.samples import result


@cache
def packed() -> Any:
    """The index of a report of one interpreter."""
    return index(Report([result()]))


def found(term: str, field: str) -> set[str]:
    """The behaviours that have a stem in a field, as the page unpacks them."""
    made = packed()
    parts = made["postings"][made["terms"].split(" ").index(term)].split("|")
    place, ids = -1, set()
    for step in parts[FIELDS.index(field)].split():
        place += int(step.partition("*")[0], 36)
        ids.add(made["ids"][place])
    return ids


def test_words_of_a_question() -> None:
    """Case, punctuation and words that tell nothing are left out; a name with underscores is its words."""
    assert words("What does anext(default) do?") == ["anext", "default"]
    assert words("sys.set_asyncgen_hooks") == ["sys", "set", "asyncgen", "hooks"]
    assert words("a I _ 3") == ["3"]
    assert STOP_WORDS.isdisjoint({"close", "await", "return", "not"})


def test_a_stem_stands_for_its_forms() -> None:
    """``closing`` finds what says ``closes`` or ``closed``."""
    assert {stem(word) for word in ("close", "closes", "closed", "closing")} == {"close"}


def test_a_behaviour_is_found_by_each_of_its_texts() -> None:
    """Sentence, everyday words, the documents that demand it, and its code."""
    assert "SND-001" in found("asend", "sentence")
    assert "CLS-034" in found("race", "words")
    assert "BLT-009" in found("exhaust", "documents")
    assert any(id.startswith("THR") for id in found("keyerror", "code"))


def test_the_index_has_no_term_twice() -> None:
    """Terms are in order, and each has its postings; the lengths are those of the fields of every behaviour."""
    made = packed()
    terms = made["terms"].split(" ")

    assert terms == sorted(set(terms))
    assert len(made["postings"]) == len(terms)
    assert [len(each) for each in made["lengths"]] == [len(load())] * len(FIELDS)


@pytest.mark.parametrize("area", AREAS)
def test_every_behaviour_has_everyday_words(area: str) -> None:
    """A new behaviour gets a line in ``reports/everyday``: four words or more, and none for what is not there."""
    given = parsed((FOLDER / f"{area}.toml").read_text(encoding="utf-8"))
    ids = [each.id for each in load().values() if each.area == area]

    assert sorted(given) == sorted(ids)
    assert [id for id, line in given.items() if len(line.split()) < 4] == []
    assert everyday(load()[ids[0]]) == given[ids[0]]


def test_the_questions_of_the_public_are_about_behaviours() -> None:
    """Each question has an address of its own, and its answers are in the catalogue."""
    text = (ROOT / "tests" / "reports" / "questions.toml").read_text(encoding="utf-8")
    questions = parsed(text)["question"]

    assert len(questions) >= 40
    assert len({each["address"] for each in questions}) == len(questions)
    assert {id for each in questions for id in each["answers"]} <= set(load())


def test_phrases_lead_to_behaviours() -> None:
    """Each phrase has words that are searched, and answers that are in the catalogue."""
    for phrase, ids in phrases().items():
        assert words(phrase), phrase
        assert set(ids) <= set(load()), phrase
