"""The first page: a question gets answers while it is typed, and they have an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from conformance.catalogue import load
from reports.answers import answer
from reports.model import Report

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit


def found(page: Page) -> list[str]:
    """The IDs of the answers, the best first."""
    return [str(text) for text in page.locator("#answers .said b").all_inner_texts()]


def ask(page: Page, question: str) -> list[str]:
    """Type a question, and return the IDs of its answers."""
    page.locator("#question").fill(question)
    return found(page)


def test_typing_answers(visit: Visit, report: Report) -> None:
    """The box has the focus; an answer has the sentence, the line of answer, and a sign for each implementation."""
    page = visit()
    expect(page.locator("#question")).to_be_focused()

    page.keyboard.type("anext default")

    assert "BLT-009" in found(page)
    expect(page.locator("#start")).to_be_hidden()
    entry = page.locator("#answers li", has_text="BLT-009")
    (standing,) = [each for each in report.standings if each.behaviour.id == "BLT-009"]
    expect(entry.locator("a").first).to_have_text(standing.behaviour.sentence.replace("``", ""))
    expect(entry).to_contain_text(answer(standing, report))
    assert entry.locator(".strip i").count() == len(report.heads)
    entry.locator("a").first.click()
    page.wait_for_url(re.compile(r"/b/BLT-009\.html$"))


@pytest.mark.parametrize("question", ["SND-001", "snd-001", "snd001", " SND 001 "])
def test_an_id(visit: Visit, question: str) -> None:
    """An ID leads to its behaviour, however it is written; the beginning of one leads to all that begin so."""
    page = visit()

    assert ask(page, question)[0] == "SND-001"
    assert {each[:5] for each in ask(page, "SND-0")} == {"SND-0"}


@pytest.mark.parametrize(
    ("question", "like"),
    [("asynchronus comprehension", "asynchronous comprehension"), ("exhaustd generater", "exhausted generator")],
)
def test_a_misspelling(visit: Visit, question: str, like: str) -> None:
    """A word that no text has is taken for one that is close."""
    page = visit()

    assert set(ask(page, question)) & set(ask(page, like))


def test_a_stem(visit: Visit) -> None:
    """The forms of a word find the same."""
    page = visit()

    assert ask(page, "closing suspended generators") == ask(page, "close suspended generator")


def test_the_address(visit: Visit) -> None:
    """A question is in the address; one step back leads to the page before it; a link to a question is answered."""
    page = visit()

    page.keyboard.type("athrow")
    answers = found(page)

    assert page.url.endswith("index.html?q=athrow")
    page.go_back()
    expect(page.locator("#start")).to_be_visible()
    expect(page.locator("#question")).to_have_value("")
    assert found(page) == []
    page.go_forward()
    assert found(page) == answers
    assert found(visit("index.html?q=athrow")) == answers


def test_an_example(visit: Visit) -> None:
    """Each question that the page proposes has answers."""
    page = visit()
    links = [str(each.get_attribute("href")) for each in page.locator("#ask .note a").all()]
    assert links

    for link in links:
        assert found(visit(f"index.html{link}"))


def test_by_keyboard_alone(visit: Visit) -> None:
    """Enter goes from the box to the best answer, and Enter again to its page."""
    page = visit()

    page.keyboard.type("SND-001")
    page.keyboard.press("Enter")
    expect(page.locator("#answers a").first).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/b/SND-001\.html$"))


def test_nothing_found(visit: Visit) -> None:
    """The page says so, and what to try."""
    page = visit()

    assert ask(page, "zzzzqqqq") == []
    expect(page.locator("#told")).to_contain_text("No behaviour is like that.")
    page.locator("#question").fill("")
    expect(page.locator("#told")).to_be_hidden()
    expect(page.locator("#start")).to_be_visible()


@pytest.mark.parametrize(
    "words", ["<img src=x onerror=alert(1)> asend", "asend \\ ( [ * + \x00 \u202e", "__proto__ asend"]
)
def test_hostile_words(visit: Visit, words: str) -> None:
    """They are words: nothing of them becomes a part of the page, and the others are found."""
    page = visit()

    assert any(each in load() for each in ask(page, words))
    assert page.locator("main img").count() == 0


def test_hostile_results_are_text(visit: Visit, report: Report) -> None:
    """The title of an interpreter stands in the answers as it is, as text."""
    page = visit("index.html?q=asend")

    assert page.locator("#answers script").count() == 0
    titles = page.locator("#answers li").first.locator(".strip i").evaluate_all("els => els.map(el => el.title)")
    assert len(titles) == len(report.heads)


def test_without_an_answer_there_are_the_areas(visit: Visit) -> None:
    """Without JavaScript each module can be reached."""
    page = visit(java_script_enabled=False)

    modules = {each.module for each in load().values()}
    assert page.locator(".areas li a").count() == len(modules)
