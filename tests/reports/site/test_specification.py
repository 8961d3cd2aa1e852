"""The pages of what the documents demand."""

from __future__ import annotations

import json
import re

import pytest

from conformance.catalogue import load
from conformance.sources import PEP525, REFERENCE, TUTORIAL, documents
from reports.model import Report
from reports.site import specification
from reports.site.specification import Chapter, chapters, document_url
from tests.reports.samples import evil_result, some_report, tags_of

BINDING = [document for document in documents() if document.level is not None]


def page(report: Report, name: str = "specification.html") -> str:
    return specification.pages(report)[name]


def chapter(report: Report, document: object) -> Chapter:
    return next(each for each in chapters(report) if each.document is document)


def test_every_document_has_a_page() -> None:
    """The overview leads to the page of each document, which has an anchor for each section; a tutorial has none."""
    made = specification.pages(some_report())
    links, ids = tags_of(made["specification.html"]).links, tags_of(made["specification.html"]).ids

    assert {name for name in made if name.endswith(".html")} == {
        "specification.html",
        *(f"documents/{document.__name__}.html" for document in BINDING),
    }
    assert {document_url(document) for document in BINDING} <= set(links)
    assert {document.__name__ for document in documents()} <= set(ids)
    for document in BINDING:
        found = tags_of(made[document_url(document)])

        assert {section.id for section in document.sections} <= set(found.ids)
        assert len(found.ids) == len(set(found.ids))
        assert document.url in found.links


def test_every_behaviour_is_shown() -> None:
    """Each behaviour stands on the page of a document that it cites, with a link to it."""
    made = specification.pages(some_report())
    pages = [made[document_url(document)] for document in BINDING]
    shown = {match for text in pages for match in re.findall(r'href="\.\./b/([^".]+)\.html"', text)}

    assert shown == {id for id, entry in load().items() if any(it.document in BINDING for it in entry.sources)}


def test_a_tutorial_stands_elsewhere() -> None:
    """A document without a level has its place on the page of tutorials: its sentences are on none of these pages."""
    made = specification.pages(some_report())

    assert document_url(TUTORIAL) == "tutorials.html#TUTORIAL"
    assert not any("TUTORIAL.S" in text for text in made.values())
    assert 'id="TUTORIAL" data-page="tutorials.html"' in made["specification.html"]


def test_a_sentence_is_the_worst_of_its_behaviours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence is what the worst of its behaviours is, and names those that fail; without any it is untested."""
    monkeypatch.setattr(REFERENCE.AGEN_ASEND, "requires", {"Sending works.": "SND-001 SND-002", "Nobody looked.": ""})
    report = some_report()
    found = chapter(report, REFERENCE)
    (rows,) = (part.rows for part in found.parts if part.section is REFERENCE.AGEN_ASEND)
    text = page(report, "documents/REFERENCE.html")

    assert [rows[0].statuses["cpython-3.13.0"], rows[0].statuses["pypy-1"]] == ["pass", "fail"]
    assert [rows[0].failing["cpython-3.13.0"], rows[0].failing["pypy-1"]] == [[], [load()["SND-001"]]]
    assert rows[1].behaviours == ()
    assert found.untested == 1
    assert text.count('<em class="untested">') == 1
    assert text.count(" data-untested ") == 1
    assert "1 is untested" in page(report)


def test_a_failure_leads_to_what_was_seen() -> None:
    """The cell of a failure leads to the failure of that interpreter, and not only to the behaviour."""
    report = some_report()
    failing = next(each for each in report.results if each.slug == "pypy-1")

    assert f'href="../b/SND-001.html#{failing.page}"' in page(report, "documents/REFERENCE.html")


def test_the_words_of_the_document_stand_beside_the_demand() -> None:
    """The page quotes the section, and the search over all documents has the quotation."""
    made = specification.pages(some_report())
    quote = "When awaited it throws a GeneratorExit into the suspended generator"

    assert quote in made["documents/PEP525.html"]
    assert quote in made["data/demands.js"]


def test_the_search_has_every_demand() -> None:
    """The data of the search has a row for each demand of a binding document, with a letter for each column."""
    report = some_report()
    text = page(report, "data/demands.js")
    rows = json.loads(text.removeprefix("(globalThis.conformance ??= {}).demands = ").removesuffix(";\n"))

    assert sum(bool(row[2]) for row in rows) == sum(len(each.demands) for each in chapters(report))
    assert {len(row[5]) for row in rows} == {len(report.results)}
    assert any(row[0] == "PEP525.AGEN_OBJECT" for row in rows) is hasattr(PEP525, "AGEN_OBJECT")


def test_documents_are_counted() -> None:
    """How many sentences a document demands, and how many of them an interpreter does not show; citing is no demand."""
    report = some_report()
    found = chapter(report, REFERENCE)
    good, other = report.results[0], next(each for each in report.results if each.slug == "pypy-1")

    assert len(found.demands) == sum(row.demanded for part in found.parts for row in part.rows)
    assert found.failing(good) == 0
    assert found.failing(other) == sum(bool(row.failing["pypy-1"]) for row in found.demands) > 0
    assert found.applies(good)
    assert chapter(report, TUTORIAL).demands == []


def test_heads_name_what_they_are_of() -> None:
    """A head has the name of a family and its release, and no two heads of a table are the same."""
    for name, text in specification.pages(some_report()).items():
        heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', text.partition("<thead>")[2].partition("</thead>")[0])
        words = [re.sub(r"<[^>]+>", " ", head).strip() for head in heads]

        assert len(words) == len(set(words)), name
        assert not any(re.fullmatch(r"[0-9. ]+", each) for each in words), name


def test_what_an_interpreter_says_is_text() -> None:
    """No tag of it reaches the browser."""
    text = "".join(specification.pages(Report([evil_result()])).values())

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(" in text
