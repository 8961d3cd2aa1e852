"""Progress: seldom enough for the place where it is read."""

from __future__ import annotations

import shlex

import pytest

from runners.plugin.progress import Progress, on_terminal
from runners.transport.stream import StreamTarget
from runners.transport.target import CannotStart
from tests.runners import fake


@pytest.mark.parametrize(
    ("live", "lines"),
    [
        (
            True,
            ["pyodide: starting, 3 s", "pyodide: starting, 4 s", "pyodide: starting, 5 s", "pyodide: starting, 18 s"],
        ),
        (False, ["pyodide: starting, 3 s", "pyodide: starting, 18 s"]),
    ],
    ids=["terminal", "log"],
)
def test_says_it_seldom(live: bool, lines: list[str]) -> None:
    """Nothing of what is quick; of what is slow a line now and then, on a terminal more often than in a log."""
    said: list[str] = []
    times = iter([0.0, 0.1, 2.9, 3.0, 3.1, 4.0, 5.0, 18.0])
    progress = Progress(said.append, live=live, clock=lambda: next(times))
    for _ in range(8):
        progress.show("pyodide", "starting")

    assert said == lines


def test_counts_belong_to_one_task() -> None:
    """A text that counts is one task: its seconds go on."""
    said: list[str] = []
    times = iter([0.0, 3.0, 30.0])
    progress = Progress(said.append, live=False, clock=lambda: next(times))
    for number in (1, 64, 128):
        progress.show("cython", f"cython {number} of 1045")

    assert said == ["cython: cython 64 of 1045, 3 s", "cython: cython 128 of 1045, 30 s"]


class Reporter:
    """Stands in for pytest's terminal reporter."""

    verbosity = 0

    def __init__(self, isatty: bool) -> None:
        self.isatty = isatty
        self.said: list[str] = []

    def rewrite(self, line: str, erase: bool) -> None:
        """A line that replaces the one before."""
        self.said.append(f"rewritten {line}" if erase else line)

    def ensure_newline(self) -> None:
        """Dots may stand before a line."""
        self.said.append("newline")

    def flush(self) -> None:
        """Nothing is held back."""

    def write_line(self, line: str) -> None:
        """A line of its own."""
        self.said.append(line)


@pytest.mark.parametrize(
    ("isatty", "said"),
    [(True, ["rewritten cython: building, 5 s", "rewritten "]), (False, ["newline", "cython: building, 5 s"])],
    ids=["terminal", "log"],
)
def test_in_pytest(monkeypatch: pytest.MonkeyPatch, isatty: bool, said: list[str]) -> None:
    """On a terminal one line is written over and goes away, in a log lines stay."""
    reporter = Reporter(isatty)
    progress = on_terminal(reporter)
    times = iter([0.0, 5.0])
    monkeypatch.setattr(progress, "_clock", lambda: next(times))
    for _ in range(2):
        progress.show("cython", "building")
    progress.done()

    assert reporter.said == said


def test_a_worker_says_nothing() -> None:
    """Where there is no terminal reporter, nothing is written and nothing breaks."""
    progress = on_terminal(None)
    progress.show("cython", "building")
    progress.done()


def test_a_start_is_told() -> None:
    """Whoever waits for a start is told so, again and again."""
    told: list[str] = []
    target = StreamTarget(shlex.split(fake("Mute")), start_timeout=0.5, progress=told.append)
    with pytest.raises(CannotStart):
        target.start()

    assert set(told) == {"starting"}
    assert len(told) > 1
