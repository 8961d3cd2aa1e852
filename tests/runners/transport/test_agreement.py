"""A verdict does not depend on the order, the process, repetition, or the language of the agent."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import pytest

from conformance.catalogue import load
from conformance.program import Case, cases
from runners.transport.answers import Answer
from runners.transport.stream import StreamTarget
from tests.runners import fake
from tests.runners.samples import results, run_suite, verdicts

EVERY = [case for entry in load().values() for case in cases(entry)]


def judged(selection: list[Case], *, isolate: bool = False) -> dict[str, str]:
    """Case → verdict, on the interpreter at hand."""
    target = StreamTarget([sys.executable], isolate=isolate)
    target.start()
    target.submit(selection)
    found = {case.name: target.answer(case).verdict for case in selection}
    target.close()
    return found


@pytest.mark.slow
def test_order_does_not_matter() -> None:
    """The whole suite has the same verdicts in reverse order and in a random order."""
    plain = judged(EVERY)

    assert judged(EVERY[::-1]) == plain
    assert judged(random.Random(1).sample(EVERY, len(EVERY))) == plain


@pytest.mark.slow
def test_isolation_does_not_matter() -> None:
    """A case has the same verdict in a process of its own as in a batch; every thirtieth case is tried."""
    some = EVERY[::30]

    assert judged(some, isolate=True) == judged(some)


@pytest.mark.slow
def test_isolated_run_from_the_command_line(tmp_path: Path) -> None:
    """With ``--isolate``, each process runs one case, so an interpreter that dies at its second case passes all."""
    answer = run_suite("--interpreter", fake("DiesAtSecond"), "--isolate", "--results", tmp_path)
    (result,) = results(tmp_path).values()

    assert answer.returncode == 0, answer.stdout
    assert set(verdicts(result).values()) == {"pass"}


@pytest.mark.slow
def test_repetition_finds_a_verdict_that_varies() -> None:
    """``--repeat N`` runs each case N times, and a verdict that varies is a failure with the counts."""
    steady = run_suite("--interpreter", fake("Fake"), "--repeat", "3")
    varying = run_suite("--interpreter", fake("Varies"), "--repeat", "3", select="SND-001")

    assert steady.returncode == 0
    assert varying.returncode == 1
    assert "the verdict varies: pass 2 times, fail 1 times; now and then" in varying.stdout


def test_several_reports_as_one() -> None:
    """Equal verdicts give the first answer; different ones give a failure with the message of one that did not pass."""
    equal = Answer.of_many([Answer("pass", seconds=1.0), Answer("pass", seconds=2.0)])
    different = Answer.of_many([Answer("pass"), Answer("crash", "died"), Answer("pass")])

    assert equal == Answer("pass", seconds=1.0)
    assert different == Answer("fail", "the verdict varies: pass 2 times, crash 1 times; died")


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell")
def test_agent_in_another_language(tmp_path: Path) -> None:
    """An agent in a shell, written from ``docs/protocol.md`` alone, works: every case is absent."""
    answer = run_suite("--interpreter", f"sh {Path(__file__).parents[1] / 'agent.sh'}", "--results", tmp_path)
    (result,) = results(tmp_path).values()

    assert answer.returncode == 1
    assert "shell 1.0 (Python 3.13.0): absent: no asynchronous generators (a shell has no generators)" in answer.stdout
    assert set(verdicts(result).values()) == {"absent"}
