"""Processes that are started ahead of need: used where they live, replaced where they do not, and never left."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import runners.transport.launcher
from runners.transport.launcher import Launcher
from runners.transport.process import Process
from runners.transport.stream import StreamTarget
from tests.runners import fake
from tests.runners.samples import case

Make = Callable[..., Launcher]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Process]]:
    """Every process that a launcher has started, in this order; none of them is left at the end."""
    found: list[Process] = []

    def start(*arguments: Any) -> Process:
        found.append(Process(*arguments))
        return found[-1]

    monkeypatch.setattr(runners.transport.launcher, "Process", start)
    yield found
    assert [process for process in found if process.lives] == []


def launcher(*command: str) -> Launcher:
    return Launcher(command or [sys.executable], 1 << 30, lambda: None)


def test_the_spare_is_taken(started: list[Process]) -> None:
    """What was prepared is what is taken, and it has been given the agent; preparing again starts no other one."""
    some = launcher()
    some.prepare()
    some.prepare()
    process = some.take()

    assert started == [process]
    assert b'"ready"' in process.receive(20)
    process.stop()


def test_a_spare_that_has_died_is_replaced(started: list[Process]) -> None:
    """A process that ended while nobody looked is not handed out."""
    some = launcher()
    some.prepare()
    started[0].kill()
    started[0]._child.wait()
    process = some.take()

    assert started == [started[0], process]
    assert process.lives
    process.stop()


@pytest.mark.usefixtures("started")
def test_what_does_not_start_is_told_to_who_takes_it() -> None:
    """Preparing is silent; taking is not."""
    some = launcher("/nowhere/python")
    some.prepare()

    with pytest.raises(OSError, match="No such file"):
        some.take()


def test_a_spare_from_the_first_death_on(started: list[Process]) -> None:
    """While an interpreter does not die it has one process; after that one waits, and ends with it."""
    target = StreamTarget(shlex.split(fake("DiesAtSecond")))
    row = [case("passes", id=f"ZZZ-00{number}") for number in range(1, 6)]
    target.start()
    before = [target.run(row[0]).verdict, len(started)]
    target.submit(row[1:])
    after = [target.answer(each).verdict for each in row[1:]]
    target.close()

    assert before == ["pass", 1]
    assert after == ["crash"] * 4
    assert len(started) > 2


@pytest.mark.parametrize("isolate", [False, True], ids=["together", "isolated"])
def test_single_one_has_never_two_processes(
    started: list[Process], monkeypatch: pytest.MonkeyPatch, isolate: bool
) -> None:
    """Where two at once would be in each other's way, the next process starts when the one before is gone."""
    living: list[int] = []
    launch: Callable[..., Process] = vars(runners.transport.launcher)["Process"]

    def start(*arguments: Any) -> Process:
        living.append(sum(process.lives for process in started))
        return launch(*arguments)

    monkeypatch.setattr(runners.transport.launcher, "Process", start)
    target = StreamTarget(shlex.split(fake("DiesAtSecond")), isolate=isolate, single=True)
    row = [case("passes", id=f"ZZZ-00{number}") for number in range(1, 5)]
    target.start()
    target.submit(row)
    verdicts = [target.answer(each).verdict for each in row]
    target.close()

    assert verdicts == ["pass"] * 4 if isolate else ["pass", *["crash"] * 3]
    assert len(living) >= 4
    assert set(living) == {0}


def test_isolated_ones_come_up_ahead(started: list[Process]) -> None:
    """With a process for each case, the next one starts while a case runs, and none is left over."""
    target = StreamTarget(shlex.split(fake("Fake")), isolate=True)
    row = [case("passes", id=f"ZZZ-00{number}") for number in range(1, 5)]
    target.start()
    target.submit(row)
    verdicts = [target.answer(each).verdict for each in row]
    target.close()

    assert verdicts == ["pass"] * 4
    assert len(started) == 4
