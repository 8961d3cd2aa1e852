"""The pages of interpreters: counts, failures, what is lacking, what a badge is copied as."""

from __future__ import annotations

import pytest

from conformance.catalogue import load
from conformance.program import cases
from reports.model import Report
from reports.site.interpreters import about, chosen, needs, pages, snippets
from tests.reports.samples import result, some_report


def test_each_interpreter_has_its_page() -> None:
    """The table leads to each page, and each page says what is special about the run."""
    found = pages(some_report())

    assert set(found) == {
        "interpreters.html",
        *(f"interpreters/{slug}.html" for slug in ("cpython-3.13.0", "pypy-1", "tiny-1", "cut-1")),
    }
    assert "incomplete: the run was cut short" in found["interpreters/cut-1.html"]
    assert "absent: no asynchronous generators</b> (no yield)." in found["interpreters/tiny-1.html"]
    assert "What is missing stays in the" in found["interpreters/pypy-1.html"]


def test_needs_name_what_cannot_be_judged() -> None:
    """A need that is not met stands with its reason and the behaviours that were not judged for it."""
    using = [entry for entry in load().values() if "threads" in entry.needs and entry.applies_to((3, 13))]
    verdicts = {case.name: "unmet" for entry in using for case in cases(entry)}
    lacking = result(verdicts, interpreter={"features": {"threads": "no module named threading", "gc": None}})
    report = Report([lacking])
    (found,) = needs(lacking, report)

    assert using
    assert (found.name, found.why) == ("threads", "no module named threading")
    assert [entry.behaviour.id for entry in found.behaviours] == [entry.id for entry in using]
    assert "<code>threads</code>: no module named threading" in pages(report)["interpreters/cpython-3.13.0.html"]


def test_what_was_not_run_and_not_judged_is_told() -> None:
    """A missing case and a failure of the harness are no failures, and are not hidden."""
    whole = result({"THR-002": "error"})
    part = [each for each in whole.document["outcomes"] if each["case"] != "SND-001"]
    less = type(whole)(whole.path, {**whole.document, "outcomes": part})
    found = about(less, Report([less]))

    assert [entry.behaviour.id for entry in found.not_run] == ["SND-001"]
    assert [entry.behaviour.id for entry in found.errors] == ["THR-002"]
    assert found.clusters == found.details == found.known == []


def test_failures_are_told_apart() -> None:
    """What counts, what is a detail and what is known stand under headings of their own."""
    bad = result({"SND-001": "fail", "SND-013": "fail", "THR-002": "fail"})
    other = {"THR-002": {"known": "a reason"}, "SND-013": {"message": "of another kind"}}
    outcomes = [{**each, **other.get(each["case"], {})} for each in bad.document["outcomes"]]
    mixed = type(bad)(bad.path, {**bad.document, "outcomes": outcomes})
    found = about(mixed, Report([mixed]))
    told = [
        [behaviour.id for cluster in clusters for behaviour in cluster.behaviours]
        for clusters in (found.clusters, found.details, found.known)
    ]

    assert load()["SND-013"].level == "detail"
    assert told == [["SND-001"], ["SND-013"], ["THR-002"]]


def test_open_outcomes_are_told() -> None:
    """Where the documents leave it open the page says what this interpreter does."""
    one = result()
    behaviour = next(each for each in load().values() if each.allowed and each.applies_to((3, 13)))

    assert (behaviour.id, behaviour.allowed[0]) in [
        (entry.behaviour.id, seen) for entry, _, seen in chosen(one, Report([one]))
    ]


@pytest.mark.parametrize("language", ["Markdown", "reStructuredText", "HTML"])
def test_badges_can_be_copied(language: str) -> None:
    """Each form names the picture and the page, under the address of the site."""
    text = snippets(result(), "https://example.org/report")[language]

    assert "https://example.org/report/badges/cpython-3.13.0.svg" in text
    assert "https://example.org/report/interpreters/cpython-3.13.0.html" in text


def test_the_address_is_asked_for_where_it_is_unknown() -> None:
    """Without ``--url`` the page says what is to be replaced; with it there is nothing to replace."""
    without = pages(Report([result()]))["interpreters/cpython-3.13.0.html"]
    given = pages(Report([result()], address="https://example.org/"))["interpreters/cpython-3.13.0.html"]

    assert "Replace <code>https://SITE</code>" in without
    assert "SITE" not in given
    assert "url=https%3A%2F%2Fexample.org%2Fbadges%2Fcpython-3.13.0.json" in given
