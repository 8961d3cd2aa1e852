"""Markdown, JUnit XML, badges, the terminal and the difference: true, and safe whatever they are told."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
from rich.console import Console

from conformance.catalogue import load
from conformance.program import cases
from reports import badge, junit, markdown, terminal
from reports.diff import LISTS, compare
from reports.model import Report, Result
from tests.reports.samples import evil_result, result, some_report


def test_what_fails_on_one_implementation_alone() -> None:
    """A behaviour that fails on one implementation, in any version of it, is named under it; details are not."""
    two = {"implementation": "pypy", "title": "PyPy 1"}
    report = Report(
        [
            result({"SND-002": "fail"}),
            result({"SND-001": "fail", "SND-002": "fail", "SND-013": "fail"}, slug="pypy-1", interpreter=two),
        ]
    )
    text = io.StringIO()
    terminal.show(report, Console(file=text, width=200))
    alone = {name: [entry.behaviour.id for entry in entries] for name, entries in report.alone.items()}

    assert alone == {"PyPy": ["SND-001"]}
    assert "1 behaviours fail on PyPy and on no other implementation: SND-001" in text.getvalue()
    assert "Failing on PyPy and on no other implementation (1): SND-001." in markdown.render(report)
    assert Report(report.results[:1]).alone == {}


def test_markdown_is_safe() -> None:
    """What an interpreter says is no markup, and stays on its line and in its cell."""
    text = markdown.render(Report([evil_result()]))

    assert "<script>" not in text
    assert "\\`\\|" in text
    assert all(line.count(" | ") <= 2 for line in text.splitlines() if line.startswith("| "))


def test_markdown_says_what_fails() -> None:
    """The matrix, and for each interpreter what fails of what binds."""
    text = markdown.render(some_report())

    assert re.search(r"\| bidirection \| \d+/\d+ ", text)
    assert "## PyPy 1\n\n- **SND-001** fail: " in text
    assert "Absent as a whole: no asynchronous generators (no yield)." in text.replace("\\", "")
    assert "No language or library behaviour fails." in text


def test_junit_is_xml_whatever_is_in_it() -> None:
    """The file parses, has a test for each case, and counts what it holds."""
    root = ElementTree.fromstring(junit.render(evil_result()))
    total = sum(len(cases(entry)) for entry in load().values())

    assert len(root.findall(".//testcase")) == total
    assert sum(int(suite.get("failures", "0")) for suite in root) == len(root.findall(".//failure")) == 2
    assert sum(int(suite.get("skipped", "0")) for suite in root) == len(root.findall(".//skipped"))


def test_junit_skips_what_does_not_count() -> None:
    """A failing detail and what does not apply are skipped with the reason; an absent interpreter fails once."""
    details = junit.render(result({"EQV-007[running-itself-anext]": "fail"}))
    absent = {case.name: "absent" for entry in load().values() for case in cases(entry)}
    nothing = ElementTree.fromstring(junit.render(result(absent, interpreter={"absent": "no yield"})))

    assert '<skipped message="detail: because of EQV-007[running-itself-anext]"' in details
    assert "<failure" not in details
    assert len(nothing.findall(".//failure")) == 1


def test_junit_names_the_module_of_today() -> None:
    """An outcome that was recorded before its behaviour moved is listed in the module that holds it now."""
    moved = result({"AWT-001": "fail"})
    for outcome in moved.document["outcomes"]:
        outcome["module"] = "conformance/protocol/test_moved.py"
    moved.outcomes["AWT-001"]["level"] = "language"  # type: ignore[index]

    text = junit.render(moved)

    assert "test_moved" not in text
    assert f"{load()['AWT-001'].module}:" in text


def test_badges() -> None:
    """The badge says how many hold; an absent interpreter and an incomplete run do not look like a number."""
    report = some_report()
    texts = {each.slug: badge.endpoint(report, each)["message"] for each in report.results}
    full = report.total.binding["cpython-3.13.0"].applicable

    assert texts["cpython-3.13.0"] == f"{full}/{full}"
    assert texts["pypy-1"] == f"{full - 1}/{full}"
    assert texts["tiny-1"] == "absent"
    assert texts["cut-1"].endswith(" (incomplete)")
    for each in report.results:
        assert badge.endpoint(report, each)["schemaVersion"] == 1
        ElementTree.fromstring(badge.svg(report, each))


@pytest.mark.parametrize("width", [40, 80, 200])
def test_terminal_fits(width: int) -> None:
    """The matrix is cut into pieces that fit the terminal, and no control character gets through."""
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False)
    terminal.show(some_report(), console)
    terminal.show(Report([evil_result()]), console)
    lines = out.getvalue().splitlines()

    assert max(map(len, lines)) <= width
    assert "\x1b" not in out.getvalue()
    assert "\x00" not in out.getvalue()
    assert any("SND-001" in line for line in lines)


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("fail", "pass", "fixed"),
        ("absent", "pass", "fixed"),
        ("pass", "fail", "broken"),
        ("pass", "unmet", "broken"),
        ("pass", "crash", "new crash"),
        ("fail", "timeout", "new crash"),
        ("crash", "fail", "fixed crash"),
        ("timeout", "pass", "fixed crash"),
        ("crash", "timeout", None),
        ("fail", "fail", None),
        ("pass", "pass", None),
    ],
)
def test_diff_puts_a_change_into_one_list(before: str, after: str, where: str | None) -> None:
    """Each change is in exactly one list."""
    found = compare(result({"SND-001": before}), result({"SND-001": after}))

    assert found == {name: (["SND-001"] if name == where else []) for name in LISTS}


def test_diff_of_what_is_new_and_gone() -> None:
    """A case in only one of the results is new or gone; one that does not apply is no change."""
    whole = result()
    less = Result(whole.path, {**whole.document, "outcomes": whole.document["outcomes"][1:]})
    missing = whole.document["outcomes"][0]["case"]
    older = result({"EQV-006[in-await-anext]": "fail"}, judged_as="3.7")

    assert compare(less, whole)["new"] == [missing]
    assert compare(whole, less)["gone"] == [missing]
    assert not any(compare(result(judged_as="3.7"), older).values())
