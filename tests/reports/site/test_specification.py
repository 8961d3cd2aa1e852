"""The page of what the documents demand."""

from __future__ import annotations

import pytest

from conformance.catalogue import load
from conformance.sources import REFERENCE, TUTORIAL, documents
from reports.model import Report
from reports.site import specification
from reports.site.specification import Chapter, chapters
from tests.reports.samples import evil_result, some_report, tags_of


def page(report: Report) -> str:
    (text,) = specification.pages(report).values()
    return text


def chapter(report: Report, document: object) -> Chapter:
    return next(each for each in chapters(report) if each.document is document)


def test_every_section_and_behaviour_is_shown() -> None:
    """Each section has an anchor, and each behaviour stands under what it cites, with a link to it."""
    found = tags_of(page(some_report()))
    shown = {link.split("#")[1] for link in found.links if link.startswith("behaviours/")}

    assert {section.id for document in documents() for section in document.sections} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    assert shown == set(load())


def test_a_sentence_is_the_worst_of_its_behaviours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence is what the worst of its behaviours is, and names those that fail; without any it is untested."""
    monkeypatch.setattr(REFERENCE.AGEN_ASEND, "requires", {"Sending works.": "SND-001 SND-002", "Nobody looked.": ""})
    report = some_report()
    found = chapter(report, REFERENCE)
    (rows,) = (part.rows for part in found.parts if part.section is REFERENCE.AGEN_ASEND)
    text = page(report)

    assert [rows[0].statuses["cpython-3.13.0"], rows[0].statuses["pypy-1"]] == ["pass", "fail"]
    assert [rows[0].failing["cpython-3.13.0"], rows[0].failing["pypy-1"]] == [[], ["SND-001"]]
    assert rows[1].behaviours == ()
    assert found.untested == 1
    assert text.count('<em class="untested">') == 1
    assert text.count("data-untested>") == 1
    assert "1 is untested" in text


def test_documents_are_counted() -> None:
    """How many sentences a document demands, and how many of them an interpreter does not show; citing is no demand."""
    report = some_report()
    found = chapter(report, REFERENCE)
    good, other = report.results[0], next(each for each in report.results if each.slug == "pypy-1")

    assert len(found.demands) == sum(row.demanded for part in found.parts for row in part.rows)
    assert found.failing(good) == 0
    assert found.failing(other) == sum(bool(row.failing["pypy-1"]) for row in found.demands) > 0
    assert chapter(report, TUTORIAL).demands == []


def test_sentences_of_the_tutorial_are_judged() -> None:
    """Each is marked as what it is, with what is true beside it."""
    text = page(some_report())

    for section in TUTORIAL.sections:
        place = text.index(f'id="{section.id}"')
        heading = text[place : text.index("</tr>", place)]

        assert f'<b class="accuracy {section.accuracy}">{section.accuracy}</b>' in heading
        assert section.accuracy == "accurate" or '<span class="truth">' in heading


def test_what_an_interpreter_says_is_text() -> None:
    """No tag of it reaches the browser."""
    text = page(Report([evil_result()]))

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(" in text
