"""The search: public questions in their own words, stems that agree with the builder's, and misspellings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from conformance.program import ROOT
from reports.model import Report
from reports.search import FIELDS, stem, texts, words
from runners.record.tables import parsed, text_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

QUESTIONS = parsed(text_of(ROOT / "tests" / "reports" / "questions.toml"))["question"]
#: How many of the questions must have an answer among the first three: as many as had one when this was written, less
#: a few, since a new behaviour may come before an old one.
LEAST = 24
ASK = "([question, most]) => conformance.ask(question, most).map(place => conformance.behaviours[place][0])"


def asked(page: Page, question: str, most: int = 3) -> list[str]:
    """The IDs that the search answers with."""
    found: list[str] = page.evaluate(ASK, [question, most])
    return found


def test_public_questions_find_their_behaviours(visit: Visit) -> None:
    """Of the questions that people asked in public, most have a behaviour that answers among the first three."""
    page = visit()
    missed = [each["ask"] for each in QUESTIONS if not set(each["answers"]) & set(asked(page, each["ask"]))]

    assert len(QUESTIONS) - len(missed) >= LEAST, json.dumps(missed, indent=1)


def test_stems_are_those_of_the_builder(visit: Visit, report: Report) -> None:
    """The page stems a word as the package did that made the index: for each word of all texts."""
    vocabulary = sorted(
        {word for standing in report.standings for text in texts(standing.behaviour, report) for word in words(text)}
    )
    made = visit().evaluate("all => all.map(conformance.stem)", vocabulary)

    assert len(vocabulary) > 2_000
    assert [(word, one, stem(word)) for word, one in zip(vocabulary, made, strict=True) if one != stem(word)] == []
    assert len(FIELDS) == 4


def test_a_misspelling_is_forgiven(visit: Visit) -> None:
    """A letter too few or too many finds what the right word finds."""
    page = visit()

    assert asked(page, "asynccontextmanger", 5)[0].startswith("LIB-")
    assert set(asked(page, "comprehenssion", 10)) & set(asked(page, "comprehension", 30))


def test_an_id_is_an_answer(visit: Visit) -> None:
    """An ID, its beginning, and an ID without its line are found as such."""
    page = visit()

    assert asked(page, "CLS-021a") == ["CLS-021a"]
    assert asked(page, "cls-02", 99)[0] == "CLS-020"
    assert asked(page, "snd001") == ["SND-001"]
