"""Annotations: what GitHub's runner would make of the lines."""

from __future__ import annotations

import re

from conformance.catalogue import load
from conformance.program import cases
from reports.annotations import MOST, render
from reports.model import Report
from tests.reports.samples import evil_result, result


def read_back(line: str) -> tuple[str, str]:
    """Title and message, as the runner takes a workflow command apart."""
    match = re.fullmatch(r"::error title=([^:,]*)::(.*)", line)
    assert match is not None, line
    title, message = match.groups()
    for code, text in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        title, message = title.replace(code, text), message.replace(code, text)
    return title, message


def test_a_failure_that_counts_is_an_error() -> None:
    """One error for a failure, with the sentence and what was seen; passes and details have none."""
    lines = render(Report([result({"SND-001": "fail"})]))
    title, message = read_back(lines[-1])

    assert title == "SND-001 fail on CPython 3.13.0"
    assert message.startswith("``asend(value)`` resumes")


def test_known_failures_are_not_mentioned() -> None:
    """What the baseline lists is no news."""
    seen = result({"SND-001": "fail"})
    for outcome in seen.document["outcomes"]:
        outcome["known"] = "for a reason"

    assert [line for line in render(Report([seen])) if "SND-001" in line] == []


def test_a_run_that_was_not_whole_is_an_error() -> None:
    """A selection is said to be one."""
    (line,) = render(Report([result({"SND-001": "pass"}, selection={"arguments": ["-k", "SND"], "cases": 1})]))

    assert read_back(line)[1].startswith("incomplete")


def test_more_than_github_shows_are_counted() -> None:
    """The last of ten errors says how many there are besides the nine."""
    binding = [entry for entry in load().values() if entry.level != "detail" and entry.applies_to((3, 13))]
    names = [cases(entry)[0].name for entry in binding[: MOST + 2]]
    lines = render(Report([result(dict.fromkeys(names, "fail"))]))

    assert len(lines) == MOST
    assert read_back(lines[-1])[0] == "3 more"


def test_hostile_text_is_one_line() -> None:
    """Whatever an interpreter says, it neither starts a line nor a workflow command."""
    for line in render(Report([evil_result()])):
        assert line.splitlines() == [line]
        assert line.count("::error") == 1
        assert line.isprintable()
