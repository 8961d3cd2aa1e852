"""The comparison of runs in another order and company: the shuffled order, the runs, and what is printed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from conformance.program import ROOT
from runners.record.outcome import Outcome
from tests import order
from tests.reports.samples import outcome


def collected(*options: str) -> list[str]:
    """The node ids that pytest would run, in their order."""
    command = [sys.executable, "-m", "pytest", "conformance/bidirection/test_asend.py", "--collect-only", "-q"]
    answer = subprocess.run(
        [*command, "-p", "no:cacheprovider", *options], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    return [line for line in answer.stdout.splitlines() if "::" in line]


@pytest.mark.slow
def test_a_seed_gives_an_order() -> None:
    """The same cases come in another order, and the same seed gives the same order again."""
    plain, one, again = (
        collected(*seed)
        for seed in ((), ("-p", "tests.shuffle", "--shuffle", "1"), ("-p", "tests.shuffle", "--shuffle", "1"))
    )

    assert one != plain
    assert sorted(one) == sorted(plain)
    assert one == again


def test_a_slow_start_means_a_sample(tmp_path: Path) -> None:
    """Where a start is slow, --isolate gets 200 cases, the same ones each time."""
    fast, slow = order.ways(False, tmp_path), order.ways(True, tmp_path)
    listed = (tmp_path / "sample.txt").read_text().splitlines()

    assert fast["isolated"] == ["--isolate"]
    assert slow["isolated"] == ["--isolate", "--cases", str(tmp_path / "sample.txt")]
    assert listed == order.sample()
    assert len(set(listed)) == 200


def test_differences_are_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A verdict that differs is printed with both messages and the command that shows it, and the status is 1."""

    def run(command: str, options: Sequence[str], folder: Path) -> Mapping[str, Outcome]:
        crash = "2" in options and "--shuffle" in options
        second = outcome("crash", "SND-002", message="died", after="SND-001") if crash else outcome("pass", "SND-002")
        return {"SND-001": outcome("pass"), "SND-002": second}

    monkeypatch.setattr(order, "run", run)
    monkeypatch.setattr(order, "seconds_to_start", lambda command: 0.1)
    status = order.main(["x y"])
    lines = capsys.readouterr().out.splitlines()

    assert status == 1
    assert lines == [
        "x y: 1 verdicts differ (2 cases, 2 of them isolated; a start takes 0.10 s)",
        "  SND-002: pass in the order of the files, crash shuffled 2",
        "    crash: died",
        "    needs before it: SND-001",
        "    pytest conformance --interpreter 'x y'",
        "    pytest conformance --interpreter 'x y' -p tests.shuffle --shuffle 2",
    ]


def test_equal_verdicts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no verdict differs, one line says so, and the status is 0."""
    monkeypatch.setattr(order, "run", lambda command, options, folder: {"SND-001": outcome("pass")})
    monkeypatch.setattr(order, "seconds_to_start", lambda command: 0.1)

    assert order.main(["x"]) == 0
    assert capsys.readouterr().out.startswith("x: no verdict differs (1 cases")


def test_an_interpreter_that_does_not_start(capsys: pytest.CaptureFixture[str]) -> None:
    """One line says why, and the status is 2."""
    assert order.main(["/nowhere/python"]) == 2
    assert capsys.readouterr().err == "/nowhere/python: /nowhere/python: there is no such file\n"
