"""Ways in which a run, a test, a worker or a start can end that are not pytest's usual ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.runners import fake
from tests.runners.samples import results, run_suite, verdicts

pytestmark = pytest.mark.slow


#: Limits the time of a test as pytest-timeout does, with an alarm whose handler raises; twice in a run.
LIMITS = """
import signal
import pytest

rung = []

def ring(number, frame):
    rung.append(number)
    if len(rung) <= 2:
        pytest.fail("Timeout")

@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_pyfunc_call():
    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.15)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
"""
#: Runs each test that failed once more, as pytest-rerunfailures does.
REPEATS = """
from _pytest.runner import runtestprotocol

def pytest_runtest_protocol(item, nextitem):
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if any(report.failed for report in reports):
        for report in reports:
            report.outcome = "rerun" if report.failed else report.outcome
            item.ihook.pytest_runtest_logreport(report=report)
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    return True

def pytest_report_teststatus(report):
    if report.outcome == "rerun":
        return "rerun", "R", "RERUN"
"""


def plugin(folder: Path, text: str) -> dict[str, str]:
    """Write a plugin of pytest, and return the environment in which ``-p other`` loads it."""
    (folder / "other.py").write_text(text)
    return {"PYTHONPATH": str(folder)}


@pytest.mark.parametrize("option", ["--setup-only", "--setup-plan", "--fixtures-per-test", "--fixtures", "--co"])
def test_what_runs_no_case_writes_no_result(tmp_path: Path, option: str) -> None:
    """An option of pytest with which no case runs leaves an earlier result as it was."""
    path = tmp_path / "fakepython-1.2.3-py3.12.json"
    path.write_text("{}")
    answer = run_suite(
        option, "--interpreter", fake("Fake"), "--results", tmp_path, where="conformance/context/", select=None
    )

    assert answer.returncode == 0, answer.stdout
    assert "result:" not in answer.stdout
    assert [each.read_text() for each in tmp_path.iterdir()] == ["{}"]


def test_worker_that_is_killed(tmp_path: Path) -> None:
    """A case that died with its worker has no outcome, so the result is not complete; the others are kept."""
    pointed = fake("KillsHost", str(tmp_path / "killed"))
    answer = run_suite("-n", "2", "--interpreter", pointed, "--results", tmp_path / "results", select="SND")
    (document,) = results(tmp_path / "results").values()

    assert (tmp_path / "killed").exists()
    assert answer.returncode == 1, answer.stdout
    assert not document["complete"]
    assert len(verdicts(document)) == document["selection"]["cases"] - 1


def test_plugin_that_ends_a_test_by_an_alarm(tmp_path: Path) -> None:
    """The test fails; the case keeps its own verdict, and no other answer is lost."""
    environment = plugin(tmp_path, LIMITS)
    pointed = ["--interpreter", fake("Hangs", str(tmp_path / "hung")), "--case-timeout", "0.4"]
    answer = run_suite(*pointed, "-p", "other", "--results", tmp_path / "results", **environment)
    (document,) = results(tmp_path / "results").values()

    assert answer.returncode == 1
    assert "Failed: Timeout" in answer.stdout
    assert document["complete"], answer.stdout
    assert sorted(verdicts(document).values()) == ["pass"] * 5 + ["timeout"]


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["alone", "n2"])
def test_plugin_that_repeats_a_test(tmp_path: Path, workers: list[str]) -> None:
    """A case that is asked for again runs again, although its answers were submitted once."""
    environment = plugin(tmp_path, REPEATS)
    pointed = ["--interpreter", fake("Failing"), "--results", tmp_path / "results"]
    answer = run_suite(*pointed, *workers, "-p", "other", **environment)
    (document,) = results(tmp_path / "results").values()

    assert answer.returncode == 1
    assert "6 failed" in answer.stdout
    assert "6 rerun" in answer.stdout
    assert document["complete"]
    assert list(verdicts(document).values()) == ["fail"] * 6


@pytest.mark.parametrize(
    ("starts", "options"),
    [("1", []), ("2", ["--isolate"]), ("3,4", ["--isolate"]), ("1", ["-n", "2"])],
    ids=["first", "isolate", "isolate-twice", "n2"],
)
def test_start_that_fails_once(tmp_path: Path, starts: str, options: list[str]) -> None:
    """A start that fails is tried again, and no case pays for it."""
    pointed = ["--interpreter", fake("FailsToStart", str(tmp_path / "starts"), starts)]
    answer = run_suite(*pointed, *options, "--results", tmp_path / "results")
    (document,) = results(tmp_path / "results").values()

    assert answer.returncode == 0, answer.stdout
    assert os.path.getsize(tmp_path / "starts") > int(starts[-1])
    assert list(verdicts(document).values()) == ["pass"] * 6


def test_start_that_always_fails_is_given_up(tmp_path: Path) -> None:
    """After three attempts the run ends with one line and exit status 4."""
    numbers = ",".join(map(str, range(1, 100)))
    answer = run_suite("--interpreter", fake("FailsToStart", str(tmp_path / "starts"), numbers))

    assert answer.returncode == 4
    assert answer.stdout.count("no licence just now") == 1
    assert os.path.getsize(tmp_path / "starts") == 3


def test_start_that_fails_in_one_worker(tmp_path: Path) -> None:
    """The workers agree on what they collected: the interpreter's cases in that worker are skipped with the reason."""
    pointed = ["--interpreter", fake("FailsInWorker", "gw0"), "--interpreter", fake("Fake")]
    answer = run_suite(*pointed, "-n", "2", "-rs", "--results", tmp_path)
    documents = results(tmp_path)

    assert answer.returncode == 4
    assert "Different tests were collected" not in answer.stdout
    assert answer.stdout.count("ERROR: an interpreter cannot run: ") == 1
    assert any(document["complete"] and len(verdicts(document)) == 6 for document in documents.values())
    for document in documents.values():
        assert document["complete"] == (len(verdicts(document)) == 6)
