"""Progress: seldom enough for the place where it is read."""

from __future__ import annotations

import pytest

from runners.progress import Progress


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
