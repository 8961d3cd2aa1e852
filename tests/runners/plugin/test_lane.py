"""A lane keeps the answers that pytest has not asked for."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

import pytest

from conformance.program import Case
from runners.plugin.lane import Lane
from runners.transport.stream import StreamTarget
from tests.runners import fake
from tests.runners.samples import case

ROW = [case("passes", id=f"ZZZ-00{number}") for number in range(1, 5)]


@pytest.fixture
def target() -> Iterator[StreamTarget]:
    """An interpreter that passes every case."""
    made = StreamTarget(shlex.split(fake("Fake")))
    yield made
    made.close()


def begun(target: StreamTarget, repeat: int = 1) -> Lane:
    """A lane that has all answers of the row, and gave the first one."""
    lane = Lane("", "command", lambda: target)
    assert lane.greet() is not None
    lane.feed(ROW, repeat)
    lane.answer(ROW[0], repeat)
    while target.ready(ROW[-1]) < repeat:
        target._step(wait=False)
    return lane


@pytest.mark.parametrize("repeat", [1, 2], ids=["once", "twice"])
def test_what_nobody_asks_for(target: StreamTarget, repeat: int) -> None:
    """Each answer that nobody asked for is given once; an answer that was given before is not among them."""
    lane = begun(target, repeat)
    found = [[each.name, answer.verdict] for each, answer in lane.unclaimed(repeat)]

    assert found == [[each.name, "pass"] for each in ROW[1:]]
    assert list(lane.unclaimed(repeat)) == []


def test_repetition_that_is_not_whole_is_no_report(target: StreamTarget) -> None:
    """A case that has not yet run as often as it should is left out."""
    lane = begun(target, 2)
    target.answer(ROW[1])

    assert [each.name for each, _ in lane.unclaimed(2)] == [each.name for each in ROW[2:]]


def test_what_was_not_fed_is_not_ahead(target: StreamTarget) -> None:
    """If no case was fed in advance, no answer is left."""
    lane = Lane("", "command", lambda: target)
    lane.greet()
    lane.answer(ROW[0])

    assert list(lane.unclaimed()) == []


def test_case_that_is_asked_for_again(target: StreamTarget) -> None:
    """A case whose answer was taken runs once more, although other cases are still under way."""
    row = [case("passes", str(number)) for number in range(200)]
    lane = Lane("", "command", lambda: target)
    lane.greet()
    lane.feed(row)
    answers = [lane.answer(each).verdict for each in (row[0], row[0], *row[1:])]

    assert answers == ["pass"] * 201
    assert list(lane.unclaimed()) == []


def test_case_that_is_chosen_twice(target: StreamTarget, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case that a plugin of pytest put into the selection twice runs twice, and not once more for each answer."""
    submitted: list[str] = []
    submit = target.submit

    def noted(cases: Iterable[Case]) -> None:
        some = list(cases)
        submitted.extend(each.name for each in some)
        submit(some)

    monkeypatch.setattr(target, "submit", noted)
    lane = Lane("", "command", lambda: target)
    lane.greet()
    lane.feed([ROW[0], ROW[0], ROW[1]])
    answers = [lane.answer(each).verdict for each in (ROW[0], ROW[0], ROW[1])]

    assert answers == ["pass"] * 3
    assert submitted == [ROW[0].name, ROW[0].name, ROW[1].name]


@pytest.mark.parametrize("steps", range(6))
def test_isolated_one_is_abandoned_at_any_step(steps: int) -> None:
    """With a process for each case, an interrupt between two processes loses no answer that has arrived."""
    target = StreamTarget(shlex.split(fake("Fake")), isolate=True)
    lane = Lane("", "command", lambda: target)
    lane.greet()
    lane.feed(ROW)
    lane.answer(ROW[0])
    for _ in range(steps):
        if target._busy:
            target._step()
    arrived = [each.name for each in ROW[1:] if target.ready(each)]
    found = {each.name: answer.verdict for each, answer in lane.unclaimed()}
    lane.close()

    assert set(arrived) <= found.keys()
    assert set(found.values()) <= {"pass"}
    assert list(lane.unclaimed()) == []
