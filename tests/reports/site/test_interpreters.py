"""The pages of interpreters: counts, failures, what is lacking, what a badge is copied as."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.catalogue import load
from conformance.program import cases
from reports.model import Report
from reports.site.interpreters import about, chosen, needs, pages, snippets
from runners.record.results import Loop
from runners.record.revision import Python
from runners.transport.answers import End
from tests.reports.samples import causes, edited, recorded, result, some_cause, some_report, without


def test_each_interpreter_has_its_page() -> None:
    """The table leads to each page, and each page says what is special about the run."""
    found = pages(some_report())

    assert set(found) == {
        "interpreters.html",
        *(f"interpreters/{name}-3.13.html" for name in ("cpython", "pypy", "tiny", "cut")),
    }
    assert "incomplete: the run was cut short" in found["interpreters/cut-3.13.html"]
    assert "absent: no asynchronous generators</b> (no yield). No behaviour" in found["interpreters/tiny-3.13.html"]
    assert "A behaviour that needs a missing feature stays in the" in found["interpreters/pypy-3.13.html"]


def test_needs_name_what_cannot_be_judged() -> None:
    """A need that is not met stands with its reason and the behaviours that were not judged for it."""
    using = [entry for entry in load().values() if "threads" in entry.needs and entry.applies_to((3, 13))]
    verdicts = {case.name: "unmet" for entry in using for case in cases(entry)}
    lacking = result(verdicts, interpreter={"features": {"threads": "no module named threading", "gc": None}})
    report = Report([lacking])
    (found,) = needs(lacking, report)

    assert using
    assert (found.name, found.why) == ("threads", "no module named threading")
    assert [each.behaviour.id for each in found.behaviours] == [entry.id for entry in using]
    assert "<code>threads</code>: no module named threading" in pages(report)["interpreters/cpython-3.13.html"]


def test_what_was_not_run_and_not_judged_is_told() -> None:
    """A missing case and a failure of the harness are no failures, and are not hidden."""
    less = without(result({"THR-002": "error"}), "SND-001")
    found = about(less, Report([less]))

    assert [each.behaviour.id for each in found.not_run] == ["SND-001"]
    assert [each.behaviour.id for each in found.errors] == ["THR-002"]
    assert found.clusters == found.details == found.known == []


def test_failures_are_told_apart() -> None:
    """What counts, what is a detail and what is known stand under headings of their own."""
    bad = result({"SND-001": "fail", "SND-013": "fail", "THR-002": "fail"})
    other: dict[str, dict[str, Any]] = {"THR-002": {"known": "a reason"}, "SND-013": {"message": "of another kind"}}
    mixed = edited(bad, lambda each: replace(each, **other.get(each.case, {})))
    found = about(mixed, Report([mixed]))
    told = [
        [behaviour.id for cluster in clusters for behaviour in cluster.behaviours]
        for clusters in (found.clusters, found.details, found.known)
    ]

    assert load()["SND-013"].level == "detail"
    assert told == [["SND-001"], ["SND-013"], ["THR-002"]]


def test_failures_stand_under_their_cause() -> None:
    """A cause is told with its state, address, answer, program and number; what has none comes after all causes."""
    bad = result({"SND-001": "fail", "SND-012[42]": "fail", "SND-012[False]": "fail", "THR-002": "fail"})
    one = some_cause(
        "SND-001", "SND-012[42]", "SND-012[False]", upstream="https://example.org/1", answer="<Soon>.", note="Since 1."
    )
    report = Report([bad], causes=causes(one))
    found = about(bad, report)
    page = pages(report)["interpreters/cpython-3.13.html"]

    assert [(each.cause, len(each.failures)) for each in found.causes] == [(one, 3)]
    assert [each.cause for each in found.clusters] == [None]
    assert '<section class="cluster" id="cause-some-cause">\n<h3>it does not hold</h3>' in page
    assert (
        'Open. Upstream: <a href="https://example.org/1">https://example.org/1</a>. The makers: &lt;Soon&gt;. Since 1.'
        in page
    )
    assert "1 cause explains 3 of the 4 failing cases." in page
    assert "<summary>2 behaviours, 3 cases</summary>" in page
    assert page.index("<h3>it does not hold</h3>") < page.index("<h3>Without a known cause</h3>")


def test_known_failures_stand_under_their_cause_too() -> None:
    """A failure that the baseline excuses is among the known ones, under its cause."""
    bad = edited(result({"SND-001": "fail"}), lambda each: replace(each, known="it does not hold"))
    report = Report([bad], causes=causes(some_cause("SND-001")))
    found = about(bad, report)
    page = pages(report)["interpreters/cpython-3.13.html"]

    assert (found.causes, found.clusters, len(found.known)) == ([], [], 1)
    assert "Open. Not reported to the makers." in page
    assert "All known: a baseline lists them with a reason" in page


def test_open_outcomes_are_told() -> None:
    """Where the documents leave it open the page says what this interpreter does."""
    one = result()
    behaviour = next(each for each in load().values() if each.allowed and each.applies_to((3, 13)))

    assert (behaviour.id, behaviour.allowed[0]) in [
        (standing.behaviour.id, seen) for standing, _, seen in chosen(one, Report([one]))
    ]


@pytest.mark.parametrize("language", ["Markdown", "reStructuredText", "HTML"])
def test_badges_can_be_copied(language: str) -> None:
    """Each form names the picture and the page, under the address of the site."""
    one = Report([result()]).results[0]
    text = snippets(one, "https://example.org/report")[language]

    assert "https://example.org/report/badges/cpython-3.13.svg" in text
    assert "https://example.org/report/interpreters/cpython-3.13.html" in text


def test_the_address_is_asked_for_where_it_is_unknown() -> None:
    """Without ``--url`` the page says what is to be replaced; with it there is nothing to replace."""
    without = pages(Report([result()]))["interpreters/cpython-3.13.html"]
    given = pages(Report([result()], address="https://example.org/"))["interpreters/cpython-3.13.html"]

    assert "Replace <code>https://SITE</code>" in without
    assert "SITE" not in given
    assert "url=https%3A%2F%2Fexample.org%2Fbadges%2Fcpython-3.13.json" in given


def test_cases_that_have_changed_are_counted() -> None:
    """The page says how many cases have changed since the run, or may have where the result has no hashes."""
    whole = result()
    stale = recorded(whole, changed=frozenset({"SND-001", "SND-013"}))
    old = recorded(whole, changed=frozenset(whole.outcomes), hashes={})
    name = "interpreters/cpython-3.13.html"

    assert "; 2 have changed since this run</td>" in pages(Report([stale]))[name]
    assert f"; {len(whole.outcomes)} may have changed since this run, because" in pages(Report([old]))[name]
    assert "changed since this run" not in pages(Report([whole]))[name]


def test_identity_is_shown() -> None:
    """The page names the host of a compiler, the event loop, the system, and how the process ended."""
    it = {"host": Python("CPython", "3.12.1"), "loop": Loop("uvloop", "0.21"), "machine": "aarch64"}
    report = Report([result(interpreter=it, end=End(-11, "last words"))])
    text = pages(report)[f"interpreters/{report.results[0].page}.html"]

    for part in ("<td>CPython 3.12.1</td>", "<td>uvloop 0.21</td>", "linux, Linux on aarch64", "<td>signal 11: <code>"):
        assert part in text
