"""The page of what is contested."""

from __future__ import annotations

import re

from conformance.catalogue import load
from reports.model import Report
from reports.site import contested
from reports.site.contested import DOCUMENT, convert, named, outcomes
from tests.reports.samples import evil_result, result, some_report, tags_of


def test_document_is_converted() -> None:
    """The first heading becomes the title; tables, lists and code stay what they are."""
    title, body = convert("# A *title*\n\n## Part\n\n| a | b |\n|---|---|\n| `x` | y |\n\n* one\n", load())

    assert title == "A *title*"
    assert "<h2>Part</h2>" in body
    assert "<td><code>x</code></td>" in body
    assert "<li>one</li>" in body
    assert body.count("<div") == body.count("</div>") == body.count("<table") == 1


def test_behaviours_are_linked() -> None:
    """An ID of the catalogue leads to its place; an unknown one, and one in code, is text."""
    _, body = convert("SND-001, and QQQ-001, and `SND-002`; CLS-021a.", load())

    assert tags_of(body).links == [
        "b/SND-001.html",
        "b/CLS-021a.html",
    ]
    assert "</a>, and QQQ-001, and <code>SND-002</code>; " in body


def test_markup_in_the_document_is_text() -> None:
    """The document is Markdown and not HTML."""
    _, body = convert("a <script>x()</script> [link](javascript:x())\n\n<img src=x onerror=y()>\n", load())

    assert tags_of(body).tags == ["p", "p"]


def test_page_has_the_document_and_what_was_seen() -> None:
    """Every behaviour that the document names is linked in it, and has a row with a cell for each interpreter."""
    report = some_report()
    (text,) = contested.pages(report).values()
    ids = {each.behaviour.id for each in named(DOCUMENT.read_text(encoding="utf-8"), report)}
    prose, rows = text.split('<h2 id="behaviours">')
    written = set(re.findall(r"[A-Z]{3}-\d{3}[a-z]?", DOCUMENT.read_text(encoding="utf-8")))

    assert ids == written
    for part in (prose, rows):
        leads = {re.fullmatch(r"b/(.+)\.html(#.*)?", link) for link in tags_of(part).links if link.startswith("b/")}
        assert {match[1] for match in leads if match} == ids
    assert rows.count('<td class="sign') == len(ids) * len(report.families)


def test_open_outcomes_are_told() -> None:
    """Of a behaviour with several allowed outcomes it is told who shows which; each interpreter stands there once."""
    report = Report([result(), result(slug="other")])
    standing = next(each for each in report.standings if each.behaviour.id == "EQV-009")

    assert {seen: [r.slug for r in who] for seen, who in outcomes(standing, report).items()} == {
        "returns None": ["cpython-3.13.0", "other"]
    }


def test_what_an_interpreter_says_is_text() -> None:
    """No tag of it reaches the browser."""
    (text,) = contested.pages(Report([evil_result()])).values()

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(" in text
