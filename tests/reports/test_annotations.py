"""Annotations: what GitHub's runner would make of the lines."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from conformance.catalogue import load
from conformance.program import cases
from reports.annotations import MOST, render
from reports.model import Report, Result
from runners.record.results import Shard
from tests.reports.samples import absent_result, changed, evil_result, result, selection


def read_back(line: str) -> tuple[str, str, str]:
    """Kind, title and message, as the runner takes a workflow command apart."""
    match = re.fullmatch(r"::(error|notice) title=([^:,]*)::(.*)", line)
    assert match is not None, line
    kind, title, message = match.groups()
    for code, text in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        title, message = title.replace(code, text), message.replace(code, text)
    return kind, title, message


def test_a_failure_that_counts_is_an_error() -> None:
    """A failure that counts is one error, with the sentence and the message; passes and details have none."""
    (line,) = render(Report([result({"SND-001": "fail", "SND-013": "fail"})]))
    kind, title, message = read_back(line)

    assert (kind, title) == ("error", "SND-001 fail on CPython 3.13.0")
    assert message.startswith("``asend(value)`` resumes")


def test_known_failures_are_not_mentioned() -> None:
    """A failure that the baseline lists is not news, and hides no equal failure of another interpreter."""
    known = changed(result({"SND-001": "fail"}), "SND-001", known="for a reason")
    other = result({"SND-001": "fail"}, slug="other", interpreter={"title": "Other 1"})

    assert render(Report([known])) == []
    assert [read_back(line)[1] for line in render(Report([known, other]))] == ["SND-001 fail on Other 1"]


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (lambda: result(selection=selection(1)), "notice"),
        (lambda: result(shard=Shard(1, 2)), "notice"),
        (lambda: result(complete=False), "error"),
        (lambda: result(complete=False, selection=selection(1)), "error"),
        (lambda: absent_result("tiny-1", selection=selection(1)), "error"),
    ],
    ids=["selection", "shard", "cut short", "selection cut short", "absent"],
)
def test_a_part_that_was_chosen_is_a_notice(made: Callable[[], Result], kind: str) -> None:
    """A chosen part of the suite is a notice; a run that was cut short and an absent interpreter are errors."""
    (line,) = render(Report([made()]))

    assert read_back(line)[0] == kind


def test_more_than_github_shows_are_counted() -> None:
    """The last of ten errors says how many there are besides the nine; a notice takes the place of none."""
    binding = [entry for entry in load().values() if entry.level != "detail" and entry.applies_to((3, 13))]
    names = [cases(entry)[0].name for entry in binding[: MOST + 2]]
    lines = render(Report([result(dict.fromkeys(names, "fail"), selection=selection(12))]))
    kinds = [read_back(line)[0] for line in lines]

    assert kinds == ["error"] * MOST + ["notice"]
    assert read_back(lines[MOST - 1])[1] == "3 more"


def test_hostile_text_is_one_line() -> None:
    """No text of an interpreter starts a line or a workflow command."""
    for line in render(Report([evil_result()])):
        assert line.splitlines() == [line]
        assert line.count("::error") == 1
        assert line.isprintable()
