"""The state of a run: the controlling process gets all news of its workers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from runners.record.run import Run
from runners.transport.answers import End, Identity
from tests.runners.record.samples import outcome

IDENTITY = Identity("cpython", "3.13.0", "3.13.0", "3.13.0", ("dev",), "linux", None, None, system="Linux")


def worker(*cases: str) -> Run:
    """A worker with one interpreter, two planned cases, and the given outcomes."""
    run = Run()
    run.meet("python", "python", IDENTITY, (3, 13))
    run.plan("python", ["SND-001", "SND-002"])
    for case in cases:
        run.add("python", outcome(case, seconds=0.5))
    return run


def over_the_wire(told: dict[str, Any]) -> dict[str, Any]:
    """The news of a worker after a way through JSON, whose types pytest-xdist can send."""
    found: dict[str, Any] = json.loads(json.dumps(told))
    return found


def test_the_controller_knows_what_the_worker_knows() -> None:
    """Interpreter, plan, outcomes, needs, end, problems and notes all arrive."""
    told = worker("SND-001")
    told.learn("python", {"gc": None, "threads": "no threads"})
    told.ended("python", End(1, "last words"))
    told.fail("cannot run x")
    told.note("a line")
    heard = Run()
    heard.hear(over_the_wire(told.tell()))

    assert heard.parts == told.parts
    ended = "CPython 3.13.0 (dev, Linux): after all cases it exited with 1"
    assert (heard.problems, heard.notes) == (["cannot run x"], [ended, "a line"])


def test_only_news_are_told() -> None:
    """Each piece of news is told only once."""
    run = worker("SND-001")
    first = run.tell()
    second = run.tell()
    run.add("python", outcome("SND-002"))
    third = run.tell()

    assert len(first["outcomes"]) == 1
    assert second == {"outcomes": []}
    assert [values["case"] for _, values, _ in third["outcomes"]] == ["SND-002"]
    assert set(third) == {"outcomes"}


def test_two_workers_are_merged() -> None:
    """Problems of two workers are both kept, and the same problem of both is one line."""
    heard = Run()
    for case, problem in [("SND-001", "only one saw this"), ("SND-002", None)]:
        each = worker(case)
        each.fail("both saw this")
        if problem is not None:
            each.fail(problem)
        each.learn("python", {case: None})
        heard.hear(over_the_wire(each.tell()))

    assert heard.problems == ["both saw this", "only one saw this"]
    assert set(heard.parts["python"].outcomes) == {"SND-001", "SND-002"}
    assert heard.parts["python"].interpreter.features == {"SND-001": None, "SND-002": None}
    assert heard.parts["python"].complete


def test_a_verdict_that_varies_is_a_failure() -> None:
    """If a case runs again, in the same worker or in another, two different verdicts are a failure and a line."""
    heard = Run()
    same, other = worker("SND-001", "SND-001"), worker()
    other.add("python", outcome("SND-001", verdict="crash", message="died of SIGSEGV"))
    heard.hear(over_the_wire(same.tell()))
    before = heard.parts["python"].outcomes["SND-001"].verdict
    heard.hear(over_the_wire(other.tell()))
    after = heard.parts["python"].outcomes["SND-001"]
    message = "the verdict varies: pass 1 times, crash 1 times; died of SIGSEGV"

    assert (before, after.verdict, after.message) == ("pass", "fail", message)
    assert heard.notes == [f"CPython 3.13.0 (dev, Linux): SND-001: {message}; the result records a failure"]


def test_absent_outcomes_belong_to_the_plan() -> None:
    """The cases of an absent interpreter have outcomes before the plan, and count as planned."""
    run = Run()
    run.meet("x", "x", replace(IDENTITY, absent="SyntaxError"), (3, 13))
    run.add("x", outcome(verdict="absent"))
    run.plan("x", [])

    assert run.fails
    assert run.parts["x"].planned == {"SND-001"}
    assert run.parts["x"].complete
    assert run.notes == ["CPython 3.13.0 (dev, Linux): absent: no asynchronous generators (SyntaxError)"]


def test_second_equal_slug_gets_a_suffix() -> None:
    """Two interpreters with the same identity have different slugs."""
    run = Run()
    for label in "abc":
        run.meet(label, label, IDENTITY, (3, 13))

    slugs = [part.interpreter.slug for part in run.parts.values()]
    assert slugs == [slugs[0], f"{slugs[0]}-2", f"{slugs[0]}-3"]


def test_bad_end_stays() -> None:
    """Of several ends, the one with a failure is kept."""
    run = worker()
    for end in (End(0, None), End(23, "leak"), End(0, None), None):
        run.ended("python", end)

    assert run.parts["python"].end == End(23, "leak")


def test_interpreter_that_was_not_met_has_no_part() -> None:
    """plan(), learn() and ended() ignore an interpreter that did not start."""
    run = Run()
    run.plan("x", ["SND-001"])
    run.learn("x", {"gc": None})
    run.ended("x", None)

    assert run.parts == {}


def test_two_workers_that_met_different_interpreters() -> None:
    """Two interpreters have two files, although each was the first one of its slug in its worker."""
    workers = [Run(), Run()]
    for told, label in zip(workers, ("one", "two"), strict=True):
        told.meet(label, label, IDENTITY, (3, 13))
    heard = Run()
    for told in workers:
        heard.hear(over_the_wire(told.tell()))

    assert len({part.interpreter.slug for part in heard.parts.values()}) == 2
