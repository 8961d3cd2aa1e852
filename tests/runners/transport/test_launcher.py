"""Spare processes are used if they are alive, replaced if they are not, and always ended."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
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
    """Every process that a launcher starts, in this order; at the end of the test, none may be alive."""
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
    """The spare process has the agent and is taken; a second call of prepare() starts no other process."""
    some = launcher()
    some.prepare()
    some.prepare()
    process = some.take()

    assert started == [process]
    assert b'"ready"' in process.receive(20)
    process.stop()


def test_a_spare_that_has_died_is_replaced(started: list[Process]) -> None:
    """A spare process that has ended is not taken."""
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
    """prepare() ignores an error of the start, and take() raises it."""
    some = launcher("/nowhere/python")
    some.prepare()

    with pytest.raises(OSError, match="No such file"):
        some.take()


def test_a_spare_from_the_first_death_on(started: list[Process]) -> None:
    """An interpreter has no spare process before its first crash, and one after it, which close() ends."""
    target = StreamTarget(shlex.split(fake("DiesAtSecond")))
    row = [case("passes", id=f"ZZZ-00{number}") for number in range(1, 6)]
    target.start()
    before = [target.run(row[0]).verdict, len(started)]
    target.submit(row[1:])
    after = [target.answer(each).verdict for each in row[1:]]
    target.close()

    assert before == ["pass", 1]
    assert after == ["crash", "pass"] * 2
    assert len(started) > 2


@pytest.mark.parametrize("isolate", [False, True], ids=["together", "isolated"])
def test_single_one_has_never_two_processes(
    started: list[Process], monkeypatch: pytest.MonkeyPatch, isolate: bool
) -> None:
    """For a ``single`` interpreter, a process starts only when the process before it has ended."""
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
    """With a process for each case, the next process starts while a case runs, and none is left."""
    target = StreamTarget(shlex.split(fake("Fake")), isolate=True)
    row = [case("passes", id=f"ZZZ-00{number}") for number in range(1, 5)]
    target.start()
    target.submit(row)
    verdicts = [target.answer(each).verdict for each in row]
    target.close()

    assert verdicts == ["pass"] * 4
    assert len(started) == 4


def test_modules_of_the_current_folder_are_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the current folder with the name of a standard module is not run, before the agent and in it."""
    for name in ("json", "warnings", "traceback", "gc", "os", "re"):
        (tmp_path / f"{name}.py").write_text(f"open('{name}.hit', 'w').close(); raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    target = StreamTarget([sys.executable])
    target.start()
    verdict = target.run(case("passes")).verdict
    target.close()

    assert verdict == "pass"
    assert list(tmp_path.glob("*.hit")) == []
