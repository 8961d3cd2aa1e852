"""Progress appears as often as a terminal or a log allows."""

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
    """A quick task shows nothing; a slow one shows lines at intervals, more often on a terminal than in a log."""
    said: list[str] = []
    times = iter([0.0, 0.1, 2.9, 3.0, 3.1, 4.0, 5.0, 18.0])
    progress = Progress(said.append, live=live, clock=lambda: next(times))
    for _ in range(8):
        progress.show("pyodide", "starting")

    assert said == lines


def test_counts_belong_to_one_task() -> None:
    """Texts that begin with the same word are one task, whose seconds go on."""
    said: list[str] = []
    times = iter([0.0, 3.0, 30.0])
    progress = Progress(said.append, live=False, clock=lambda: next(times))
    for number in (1, 64, 128):
        progress.show("cython", f"cython {number} of 1045")

    assert said == ["cython: cython 64 of 1045, 3 s", "cython: cython 128 of 1045, 30 s"]


class Reporter:
    """Replaces pytest's terminal reporter."""

    verbosity = 0

    def __init__(self, isatty: bool) -> None:
        self.isatty = isatty
        self.said: list[str] = []

    def rewrite(self, line: str, erase: bool) -> None:
        """Record a line that replaces the line before it."""
        self.said.append(f"rewritten {line}" if erase else line)

    def ensure_newline(self) -> None:
        """Record the end of a line of dots."""
        self.said.append("newline")

    def flush(self) -> None:
        """Do nothing."""

    def write_line(self, line: str) -> None:
        """Record a line."""
        self.said.append(line)


@pytest.mark.parametrize(
    ("isatty", "said"),
    [
        (True, ["newline", "rewritten cython: building, 5 s", "newline", "rewritten "]),
        (False, ["newline", "cython: building, 5 s"]),
    ],
    ids=["terminal", "log"],
)
def test_in_pytest(monkeypatch: pytest.MonkeyPatch, isatty: bool, said: list[str]) -> None:
    """On a terminal, one line is overwritten and then cleared; in a log, each line stays."""
    reporter = Reporter(isatty)
    progress = on_terminal(reporter)
    times = iter([0.0, 5.0])
    monkeypatch.setattr(progress, "_clock", lambda: next(times))
    for _ in range(2):
        progress.show("cython", "building")
    progress.done()

    assert reporter.said == said


def test_a_worker_says_nothing() -> None:
    """Without a terminal reporter, nothing is written and no error is raised."""
    progress = on_terminal(None)
    progress.show("cython", "building")
    progress.done()


def test_a_start_is_told() -> None:
    """During a start, the progress function is called again and again."""
    told: list[str] = []
    target = StreamTarget(shlex.split(fake("Mute")), start_timeout=0.5, progress=told.append)
    with pytest.raises(CannotStart):
        target.start()

    assert set(told) == {"starting"}
    assert len(told) > 1
