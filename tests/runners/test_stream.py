"""An interpreter's part of a run: what it has answered and nobody will ask for any more."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import pytest

from runners.stream import Stream
from runners.target import Target
from tests.runners import fake
from tests.runners.test_target import case

ROW = [case("passes", id=f"ZZZ-00{number}") for number in range(1, 5)]


@pytest.fixture
def target() -> Iterator[Target]:
    """An interpreter that passes every case."""
    made = Target(shlex.split(fake("Fake")))
    yield made
    made.close()


def begun(target: Target, repeat: int = 1) -> Stream:
    """A stream that has answered all of the row, and was asked for the first case."""
    stream = Stream("", "command", lambda: target)
    assert stream.greet() is not None
    stream.feed(ROW, repeat)
    stream.report(ROW[0], repeat)
    while target.ready(ROW[-1]) < repeat:
        target._step(wait=False)
    return stream


@pytest.mark.parametrize("repeat", [1, 2], ids=["once", "twice"])
def test_what_nobody_asks_for(target: Target, repeat: int) -> None:
    """What has been answered is told once; what was asked for already is not among it."""
    stream = begun(target, repeat)
    found = [[each.name, report.verdict] for each, report in stream.unclaimed(repeat)]

    assert found == [[each.name, "pass"] for each in ROW[1:]]
    assert list(stream.unclaimed(repeat)) == []


def test_repetition_that_is_not_whole_is_no_report(target: Target) -> None:
    """Of a case that has run fewer times than it was to, nothing is told."""
    stream = begun(target, 2)
    target.report(ROW[1])

    assert [each.name for each, _ in stream.unclaimed(2)] == [each.name for each in ROW[2:]]


def test_what_was_not_fed_is_not_ahead(target: Target) -> None:
    """Where each case is given when it is asked for, nothing is left over."""
    stream = Stream("", "command", lambda: target)
    stream.greet()
    stream.report(ROW[0])

    assert list(stream.unclaimed()) == []
