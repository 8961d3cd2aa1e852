"""The page of the state machine, and the machine of one interpreter."""

from __future__ import annotations

from typing import Any

import pytest

from reports.model import Report, Result
from reports.site import states
from reports.site.markup import environment
from reports.site.states import beside, machine
from tests.reports.samples import absent_result, evil_result, result, some_report, tags_of

PYPY = {"implementation": "pypy", "title": "PyPy 1"}
DIFFERENT = {"EQV-005[at-yield-anext]": "crash", "EQV-006[in-await-aclose]": "crash"}


def page(report: Report) -> str:
    (text,) = states.pages(report).values()
    return text


def drawn(made: Result, report: Report) -> str:
    """What the macro draws for an interpreter."""
    template = environment().from_string('{% import "machine.html.j2" as machine %}{{ machine.of(it, "../") }}')
    return template.render(it=machine(made, report), report=report)


def test_the_page_leads_to_the_tables_of_each_interpreter() -> None:
    """Each interpreter has its counts and a link to its own tables; an absent one is named; no table is drawn twice."""
    report = some_report()
    text = page(report)
    found = tags_of(text)

    for each in report.results:
        assert (f"interpreters/{each.page}.html#states" in found.links) == (not each.absent)
    assert text.count('<table class="transitions">') == 3
    assert "Tiny 1" in text
    assert "no asynchronous generators" in text
    assert len(found.ids) == len(set(found.ids))
    assert {"documented", "interpreters", "in-await", "delegating"} <= set(found.ids)


def test_a_documented_cell_names_who_does_otherwise() -> None:
    """The newest release of a family that is not as documented is named in the cell itself, and leads to its tables."""
    report = Report([result(), result(DIFFERENT, slug="pypy-1", interpreter=PYPY)])
    text = page(report)

    assert text.count('<span class="not">') == 2
    assert text.count(f'<a href="interpreters/{report.results[1].page}.html#states">PyPy</a>') == 2


def test_the_picture_knows_delegation() -> None:
    """The states are drawn inside the page, with a title and words, and the state of Python 3.16 is marked as such."""
    text = page(some_report())

    assert '<svg class="machine"' in text
    assert 'aria-labelledby="machine-title machine-text"' in text
    assert ">delegating</text>" in text
    assert ">from Python 3.16</text>" in text
    assert text.count("suspends the generator in the state delegating") == 2


def test_differences_of_an_interpreter() -> None:
    """What is not as documented has a sign, and both what was seen and what is documented, beside what CPython does."""
    good, other = result(), result(DIFFERENT, slug="pypy-1", interpreter=PYPY)
    report = Report([good, other])
    made = machine(report.results[1], report)
    assert made is not None
    text = drawn(report.results[1], report)

    assert made.cpython is report.results[0]
    assert [(each.it.kind, each.cpython is not None) for table in made.tables for each in table.apart] == [
        ("differs", True),
        ("detail", True),
    ]
    assert "2 cells of its tables differ." in text
    assert text.count("≠</i>") == text.count("≈</i>") == 2  # in the list, and in the table
    assert "<em>documented:</em> " in text


def test_an_open_effect_that_is_not_that_of_cpython() -> None:
    """Where the documents leave it open, an interpreter may differ from CPython, and that is listed without a sign."""
    other = result(slug="pypy-1", interpreter=PYPY)
    for case, outcome in other.outcomes.items():
        if case.startswith("EQV-009["):
            outcome.observed = "something else"
    report = Report([result(), other])
    made = machine(report.results[1], report)
    assert made is not None

    assert {each.it.kind for table in made.tables for each in table.apart} == {"open"}
    assert "something else" in drawn(report.results[1], report)


@pytest.mark.parametrize(
    ("judged_as", "others", "expected"),
    [
        ("3.13", {"3.12": {}, "3.13": {}, "3.14": {}}, "3.13"),
        ("3.11", {"3.12": {}, "3.14": {}}, "3.14"),
        ("3.13", {"3.13": {"build": ("debug",)}, "3.14": {}}, "3.14"),
        ("3.13", {}, None),
    ],
    ids=["the same version", "else the newest", "a plain build", "no CPython"],
)
def test_the_cpython_beside_an_interpreter(judged_as: str, others: dict[str, Any], expected: str | None) -> None:
    """It is compared with the plain CPython of its version, or else with the newest one."""
    made = [result(judged_as=judged_as, slug="pypy-1", interpreter=PYPY)]
    for version, changes in others.items():
        full = {"implementation_version": f"{version}.0", "language_version": f"{version}.0", **changes}
        made.append(result(judged_as=version, slug=f"cpython-{version}.0", interpreter=full))
    report = Report(made)
    (mine,) = (each for each in report.results if each.slug == "pypy-1")
    found = beside(mine, report)

    assert (found.interpreter.judged_as if found else None) == expected


def test_a_cpython_is_not_compared_with_itself() -> None:
    """The run that others are compared with has no CPython beside it, and an absent interpreter no machine at all."""
    report = Report([result(), absent_result("tiny-1", interpreter={"title": "Tiny 1", "implementation": "tiny"})])
    text = drawn(report.results[0], report)

    assert beside(report.results[0], report) is None
    assert "No cell of its tables differs." in text
    assert machine(report.results[1], report) is None


def test_what_an_interpreter_says_is_text() -> None:
    """No tag of it reaches the browser, neither on the page nor in its machine."""
    report = Report([result(), evil_result("evil-1")])
    evil = next(each for each in report.results if each.slug == "evil-1")

    for text in (page(report), drawn(evil, report)):
        assert "<script>alert" not in text
    assert "&lt;script&gt;alert(" in drawn(evil, report)
