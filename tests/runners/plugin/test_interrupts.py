"""A run that is interrupted keeps each answer, prints no traceback and leaves no interpreter."""

from __future__ import annotations

import os
import random
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from conformance.program import ROOT
from runners.plugin.lane import Lane
from runners.plugin.signals import Signals
from runners.transport.stream import StreamTarget
from tests.runners import fake
from tests.runners.record.samples import interpreter, record
from tests.runners.samples import case, results, run_suite, verdicts

pytestmark = pytest.mark.slow


#: About 300 cases, which are collected quickly.
FOLDER = "conformance/bidirection"
PART: dict[str, Any] = {"where": FOLDER, "select": None}


def told(answer: subprocess.CompletedProcess[str]) -> str:
    """Everything that a run printed, after a check that there is no traceback and no internal error."""
    text = answer.stdout + answer.stderr
    assert "Traceback" not in text
    assert "INTERNALERROR" not in text
    return text


def is_left(word: Path) -> bool:
    """Whether a process has the word in its command line."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(word).encode() in path.read_bytes():
                return True
        except OSError:
            continue
    return False


MOMENTS = [(number, (0.0, 0.01, 0.05, 0.2)[index % 4]) for index, number in enumerate(range(1, 97, 16))]


@pytest.mark.parametrize(("number", "seconds"), MOMENTS, ids=[f"{number}-{gap}" for number, gap in MOMENTS])
def test_two_interrupts(tmp_path: Path, number: int, seconds: float) -> None:
    """After one Ctrl-C and soon another one, each answer that was sent before is in the result."""
    pointed = fake("SignalsTwice", "SIGINT", str(number), str(seconds), str(tmp_path))
    answer = run_suite("--interpreter", pointed, "--results", tmp_path / "results", "-p", "no:xdist", **PART)
    (document,) = results(tmp_path / "results").values()

    assert answer.returncode == 2, told(answer)
    assert "KeyboardInterrupt" in told(answer)
    assert number - 1 <= len(verdicts(document))
    assert document["complete"] == (len(verdicts(document)) == document["selection"]["cases"])
    assert set(verdicts(document).values()) <= {"pass", "unmet"}
    assert not is_left(tmp_path)


@pytest.mark.parametrize("seconds", [0.01, 0.2])
def test_two_interrupts_keep_a_full_result(tmp_path: Path, seconds: float) -> None:
    """After two interrupts of a run of the whole suite, an earlier full result stays, and the new one is not whole."""
    made = interpreter(slug="fakepython-1.2.3-py3.12", implementation="fakepython", implementation_version="1.2.3")
    path = tmp_path / "results/fakepython-1.2.3-py3.12.json"
    record(interpreter=made).write(path)
    earlier = path.read_bytes()
    pointed = fake("SignalsTwice", "SIGINT", "300", str(seconds), str(tmp_path))
    answer = run_suite("--interpreter", pointed, "--results", path.parent, "-p", "no:xdist", select=None)
    part = results(path.parent)["fakepython-1.2.3-py3.12.partial.json"]

    assert answer.returncode == 2, told(answer)
    assert path.read_bytes() == earlier
    assert len(verdicts(part)) >= 299
    assert not part["complete"]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_signals_that_end_a_run(tmp_path: Path, name: str) -> None:
    """SIGTERM and SIGHUP end a run as Ctrl-C does; the exit status says which signal it was."""
    pointed = fake("SignalsTwice", name, "20", "0", str(tmp_path))
    answer = run_suite("--interpreter", pointed, "--results", tmp_path / "results", "-p", "no:xdist", **PART)
    (document,) = results(tmp_path / "results").values()

    assert answer.returncode == 128 + signal.Signals[name], told(answer)
    assert len(verdicts(document)) >= 19
    assert not is_left(tmp_path)


def test_two_interrupts_with_isolation(tmp_path: Path) -> None:
    """With ``--isolate``, where an interpreter is started while another one answers, nothing breaks either."""
    pointed = fake("SignalsTwice", "SIGINT", "1", "0.03", str(tmp_path))
    answer = run_suite("--interpreter", pointed, "--results", tmp_path / "results", "--isolate", **PART)
    found = results(tmp_path / "results") if (tmp_path / "results").exists() else {}

    assert answer.returncode == 2, told(answer)
    assert "KeyboardInterrupt" in told(answer)
    assert not any(document["complete"] for document in found.values())
    assert not is_left(tmp_path)


def test_two_interrupts_with_workers(tmp_path: Path) -> None:
    """A terminal sends Ctrl-C to the workers as well: what they answered is kept, and nobody prints a traceback."""
    command = [sys.executable, "-m", "pytest", FOLDER, "-v", "-n", "2", "-p", "no:cacheprovider"]
    command += ["--results", str(tmp_path / "results"), "--interpreter", fake("Fake", str(tmp_path))]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as child:
        assert child.stdout is not None
        lines = []
        for line in child.stdout:
            lines.append(line)
            if sum("PASSED" in each for each in lines) == 30:
                os.killpg(child.pid, signal.SIGINT)
                break
        os.killpg(child.pid, signal.SIGINT)
        rest = child.stdout.read()
    (document,) = results(tmp_path / "results").values()

    assert "Traceback" not in rest
    assert "INTERNALERROR" not in rest
    assert child.returncode == 2
    assert len(verdicts(document)) >= sum("PASSED" in each for each in [*lines, *rest.splitlines()])
    assert not is_left(tmp_path)


def test_interrupt_during_the_start(tmp_path: Path) -> None:
    """Ctrl-C while an interpreter starts leaves no file, and an earlier result as it was."""
    pointed = fake("Fake", str(tmp_path))
    run_suite("--interpreter", pointed, "--results", tmp_path / "results")
    (before,) = (tmp_path / "results").iterdir()
    content = before.read_bytes()
    starting = shlex.join(["sh", "-c", f"kill -INT $PPID; exec {pointed}"])
    answer = run_suite("--interpreter", starting, "--results", tmp_path / "results")

    assert answer.returncode == 2, told(answer)
    assert [path.read_bytes() for path in (tmp_path / "results").iterdir()] == [content]


class Alarm:
    """An alarm that raises KeyboardInterrupt, as Ctrl-C does, once each time that it is set."""

    def __init__(self) -> None:
        self.armed = False
        self.rung = 0

    def set(self, seconds: float) -> None:
        """Ring in so many seconds."""
        self.armed = True
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def ring(self, number: int, frame: FrameType | None) -> None:
        """Raise, if that is still wanted."""
        if self.armed:
            self.armed = False
            self.rung += 1
            raise KeyboardInterrupt


@pytest.fixture
def alarm() -> Iterator[Alarm]:
    """An alarm on the signal SIGALRM."""
    made = Alarm()
    earlier = signal.signal(signal.SIGALRM, made.ring)
    yield made
    made.armed = False
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, earlier)


@pytest.mark.parametrize("isolate", [False, True], ids=["one-process", "isolate"])
def test_exception_at_any_moment_loses_no_answer(alarm: Alarm, isolate: bool) -> None:
    """If an exception comes at random moments and the host goes on, each case has its answer, and exactly one."""
    signals, moments = Signals(), random.Random(isolate)
    target = StreamTarget(shlex.split(fake("Fake")), case_timeout=20, isolate=isolate, pause=signals.pause)
    row = [case("passes", str(number)) for number in range(8 if isolate else 400)]
    lane = Lane("", "", lambda: target)
    lane.greet()
    lane.feed(row)
    found: dict[str, str] = {}
    while len(found) < len(row):
        each = row[len(found)]
        with suppress(KeyboardInterrupt):
            alarm.set(moments.uniform(1e-6, 2e-2 if isolate else 2e-4))
            with signals:
                found[each.name] = lane.answer(each).verdict
            alarm.armed = False
        alarm.armed = False
    left = [each.name for each, _ in lane.unclaimed()]
    lane.close()

    assert list(found.items()) == [(each.name, "pass") for each in row]
    assert alarm.rung > 5
    assert left == []
