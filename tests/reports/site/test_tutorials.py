"""The page of the texts that are read more than the specification."""

from __future__ import annotations

import html

from conformance.catalogue import load
from conformance.program import cases
from conformance.requirements import shown_by
from conformance.sources import PEP525EXAMPLES, TUTORIAL, documents
from reports.model import Report
from reports.site import tutorials
from reports.site.tutorials import texts
from tests.reports.samples import evil_result, result, some_report, tags_of

TEXTS = [document for document in documents() if document.level is None]


def page(report: Report) -> str:
    (text,) = tutorials.pages(report).values()
    return text


def test_there_are_more_texts_than_the_tutorial() -> None:
    """The tutorial and at least two others are judged, each with an anchor, and each sentence has one."""
    ids = tags_of(page(some_report())).ids

    assert len(TEXTS) >= 3
    for document in TEXTS:
        assert document.__name__ in ids
        assert [section.id for section in document.sections if section.id not in ids] == []
    assert len(ids) == len(set(ids))


def test_each_sentence_has_its_marks_and_its_behaviours() -> None:
    """A sentence has a mark for each range of versions, the note that corrects it, and links to what shows it."""
    text = page(some_report())

    for section in (section for document in TEXTS for section in document.sections):
        start = text.index(f'id="{section.id}"')
        row = text[start : text.index("</th>", start)]
        for accuracy, when in section.judgements:
            assert f'<b class="accuracy {accuracy}">{f"{accuracy} {when}".strip()}</b>' in row
        assert html.escape(section.title).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in row
        assert section.note in html.unescape(row)
        for behaviour in shown_by(section, load()):
            assert f'href="b/{behaviour.id}.html"' in row


def test_a_version_changes_a_sentence() -> None:
    """What was accurate until a version came says so: returned values are refused up to 3.15."""
    text = page(some_report())
    start = text.index('id="TUTORIAL.S16"')

    assert TUTORIAL.S16.later == {"3.16": "inaccurate"}
    assert "accurate up to 3.15</b>" in text[start : start + 600]
    assert "inaccurate since 3.16</b>" in text[start : start + 600]


def test_counts_are_those_of_the_newest_version() -> None:
    """A text is counted as it is now, and all its sentences are counted."""
    for text in texts(some_report()):
        newest = [section.judgements[-1][0] for section in text.document.sections]

        assert sum(text.counts.values()) == len(newest)
        assert all(newest.count(accuracy) == many for accuracy, many in text.counts.items())


def test_a_cell_is_the_worst_of_what_applies() -> None:
    """Behaviours of other versions do not hide that the others hold; a failing one makes the cell fail, by name."""
    good = result(judged_as="3.13")
    failing = cases(load()["SYN-001"])[0].name
    bad = result({failing: "fail"}, slug="pypy-1", interpreter={"implementation": "pypy", "title": "PyPy 1"})
    report = Report([good, bad])
    (text,) = (each for each in texts(report) if each.document is TUTORIAL)
    (sentence,) = (each for each in text.sentences if each.section is TUTORIAL.S16)

    assert [sentence.row.statuses[each.slug] for each in report.results] == ["pass", "fail"]
    assert list(sentence.row.failing[report.results[1].slug]) == ["SYN-001"]


def test_a_sentence_that_nothing_shows_says_so() -> None:
    """Speed is no behaviour."""
    text = page(some_report())
    start = text.index(f'id="{PEP525EXAMPLES.S11.id}"')

    assert "no behaviour shows it" in text[start : text.index("</tr>", start)]


def test_what_an_interpreter_says_is_text() -> None:
    """No tag of it reaches the browser."""
    text = page(Report([evil_result()]))

    assert "<script>alert" not in text
