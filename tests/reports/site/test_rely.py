"""The page for the authors of libraries, as it is before its script runs."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from conformance.catalogue import load
from reports.eras import VERSIONS, spoken
from reports.model import Report
from reports.site import rely
from reports.topics import TOPICS
from tests.reports.samples import evil_result, result, some_report, tags_of


def page(report: Report) -> str:
    (text,) = rely.pages(report).values()
    return text


def rules(text: str) -> dict[str, Any]:
    match = re.search(r'<script type="application/json" id="rules">(.*?)</script>', text, re.DOTALL)
    assert match is not None
    found: dict[str, Any] = json.loads(match[1])
    return found


def values(text: str, name: str) -> list[str]:
    return [unescape(value) for value in re.findall(rf'<input type="checkbox" name="{name}" value="([^"]*)">', text)]


def test_everything_can_be_chosen() -> None:
    """Each version, each family, each column and each topic has a control."""
    report = some_report()
    text = page(report)

    assert re.findall(r"<option(?: selected)?>(3\.[0-9]+)</option>", text) == [spoken(version) for version in VERSIONS]
    assert set(values(text, "on")) == {each.slug for each in report.families} | {each.page for each in report.results}
    assert values(text, "use") == [topic.id for topic in TOPICS]


def test_the_first_choice_is_what_is_maintained() -> None:
    """The oldest of the five maintained versions is chosen at first."""
    assert re.findall(r"<option selected>(.*?)</option>", page(some_report())) == ["3.11"]


def test_the_script_knows_the_topics_of_each_behaviour() -> None:
    """There are the places of the topics of each behaviour, in the order of the data that pages share."""
    found = rules(page(some_report()))

    assert [id for id, _ in found["topics"]] == [topic.id for topic in TOPICS]
    assert len(found["of"]) == len(load())
    assert all(places and max(places) < len(TOPICS) for places in found["of"])


def test_the_script_knows_old_releases() -> None:
    """A run of a release that is not the newest known has its remark at the place of its column."""
    it = {"title": "CPython 3.12.1", "implementation_version": "3.12.1", "language_version": "3.12.1"}
    report = Report([result(slug="cpython-3.12.1", judged_as="3.12", interpreter=it), result()])
    remarks = rules(page(report))["remarks"]

    assert remarks[0].startswith("3.12.1 is of December 2023; ")


def test_it_says_what_it_needs() -> None:
    """Without JavaScript it leads to the pages that can be read, and shows no control that would do nothing."""
    text = page(some_report())
    noscript = re.search(r"<noscript>(.*?)</noscript>", text, re.DOTALL)

    assert noscript is not None
    assert 'href="versions.html"' in noscript[1]
    assert re.search(r'<form id="choice"[^>]* scripted"', text)
    assert re.search(r'<section id="answer" hidden', text)


def test_what_an_interpreter_says_is_text() -> None:
    """No tag of it reaches the browser."""
    text = page(Report([evil_result()]))

    assert "<script>alert" not in text
    assert tags_of(text).tags.count("script") == 7
