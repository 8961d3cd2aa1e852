"""The job that throws random misbehaviour at the suite: its rounds repeat, and each invariant finds its breach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from conformance import hashes
from conformance.program import ROOT
from runners.record.results import Record, Selection
from tests.hostile.agent import ACTS
from tests.hostile.invariants import INVARIANTS, After, broken
from tests.hostile.play import play
from tests.hostile.rounds import Round, Sent
from tests.runners.record.samples import interpreter, outcome, record

CHOSEN = frozenset({"SND-001", "SND-002"})


def round_of(**changes: Any) -> Round:
    """A round with one interpreter that does nothing wrong."""
    values: dict[str, Any] = {"seed": 0, "plans": ((),), "options": (), "signals": (), "earlier": None}
    return Round(**{**values, "baseline": None, "whole": False, "file": False, "ci": False, **changes})


def written(*verdicts: str, **changes: Any) -> dict[str, Record]:
    """The file of the interpreter ``one`` with these verdicts of SND-001 and SND-002."""
    outcomes = {case: outcome(case, verdict=verdict) for case, verdict in zip(sorted(CHOSEN), verdicts, strict=False)}
    values: dict[str, Any] = {"interpreter": interpreter(label="one"), "selection": Selection((), 2), **changes}
    return {"x.json": record(**{"complete": len(outcomes) == 2, "outcomes": outcomes, **values})}


def answered(case: str | None, time: float = 1.0, **changes: Any) -> Mapping[str, Any]:
    """An entry of the log: ``one`` answered a case with pass."""
    return {"label": "one", "time": time, "case": case, "verdict": "pass", "took": 0.1, **changes}


def after(options: tuple[str, ...] = (), earlier: str | None = None, **changes: Any) -> After:
    """What is known after a good run of two cases that passed; ``changes`` are fields of After."""
    values: dict[str, Any] = {
        "round": round_of(options=options, earlier=earlier),
        "records": written("pass", "pass"),
        "log": tuple(map(answered, sorted(CHOSEN))),
        "chosen": CHOSEN,
    }
    return After(**{**values, **changes})


FRAME = f'  File "{ROOT}/runners/plugin/lane.py", line 7, in close\n'
SOON = ((9.0, "TERM", "pytest"),)
ACT = {"label": "one", "time": 0.5, "case": "SND-001", "act": "fails"}
KILLED = ((0.0, "KILL", "pytest"),)
ERROR = "INTERNALERROR> AssertionError: gw1"

#: The breach → the invariant that finds it, and a part of its line.
BREACHES: list[tuple[After, str, str]] = [
    (after(status=None, ended_for="it hangs"), "ends", "it hangs"),
    (after(status=3), "ends", "exit status 3"),
    (after(status=-9), "ends", "exit status -9"),
    (after(status=-15, sent=((0.0, "INT", "pytest"),)), "ends", "exit status -15"),
    (after(output=f"{ERROR}\n"), "is_calm", "AssertionError: gw1 (no frame of ours)"),
    (
        after(output=f"test session starts\nTraceback:\n{FRAME}KeyboardInterrupt\n"),
        "is_calm",
        "KeyboardInterrupt (lane",
    ),
    (after(output="name \x1b[31m"), "is_clean", r"first '\x1b' in 'name"),
    (after(output="name\r"), "is_clean", r"first '\r'"),
    (after(output="name \udcff"), "is_clean", r"'\udcff'"),
    (after(output="name \u202e"), "is_clean", r"'\u202e'"),
    (after(output="E\n  ::error::evil"), "is_clean", "::error::evil"),
    (after(output="E ##[error]evil"), "is_clean", "##[error]evil"),
    (after(peak=701), "is_bounded", "pytest took 701 MiB"),
    (after(heavy=("child",)), "is_bounded", "child"),
    (after(output="x" * (4 << 20)), "is_bounded", "4 MiB were printed"),
    (after(left=("child", "child")), "nobody_is_left", "processes are left: child"),
    (after(left=("child",), sent=KILLED), "nobody_is_left", "after KILL processes are left: child"),
    (after(stray=("results/.x",)), "nobody_is_left", "files are left: results/.x"),
    (after(records={"x.json": "is empty"}, status=1), "files_are_good", "x.json: is empty"),
    (after(earlier="full", before={"x.json": b"1"}), "files_are_good", "the full earlier file is gone"),
    (after(earlier="broken", before={"x.json": b"1"}), "files_are_good", "the broken earlier file is gone"),
    (after(earlier="partial", before={"x.json": b"1"}, records={}, status=1), "files_are_good", "by one without"),
    (
        after(earlier="partial", before={"x.json": b"1"}, records=written(), status=2),
        "files_are_good",
        "by one without",
    ),
    (after(baseline="is not TOML"), "files_are_good", "is not TOML"),
    (after(records=written("pass", complete=True)), "whole_is_whole", "complete without 1 of 2 cases"),
    (after(records=written("pass")), "whole_is_whole", "nobody disturbed lost 1 of 2 cases"),
    (after(records={}), "whole_is_whole", "0 results of 1 interpreters"),
    (after(records=written("pass", "crash")), "whole_is_whole", "one has SND-002: crash"),
    (after(records=written("pass"), sent=SOON, status=-15), "answers_are_kept", "one: answers lost after TERM: 1"),
    (after(records={}, sent=SOON, status=-15), "answers_are_kept", "one: answers lost after TERM: 2"),
    (
        after(log=(answered("SND-001"),)),
        "verdicts_are_true",
        "without such an answer: 1, first one: SND-002",
    ),
    (
        after(options=("--repeat", "2")),
        "verdicts_are_true",
        "without such an answer: 2, first one: SND-001",
    ),
    (
        after(records=written("pass", "timeout"), status=1),
        "verdicts_are_true",
        "blamed: 1, first one: SND-002: timeout",
    ),
    (
        after(records=written("pass", "crash"), log=(ACT,), status=1),
        "verdicts_are_true",
        "blamed: 1, first one: SND-002: crash",
    ),
    (after(records={}, status=4), "verdicts_are_true", "has no result (exit status 4)"),
]

#: Runs that look like a breach and are good.
GOOD = [
    after(),
    after(status=-9, sent=KILLED, stray=("results/.x",), records={}),
    after(status=2, sent=((1.2, "INT", "group"),), records={}),
    after(status=3, sent=((1.2, "KILL", "worker"),), output=ERROR, options=("-n", "2")),
    after(output=f"Traceback:\n{FRAME}KeyboardInterrupt\n", sent=((1.2, "INT", "pytest"),), status=-2),
    after(output="the interpreter wrote: Traceback (most recent call last): ValueError\n\tx :: y # #"),
    after(options=("--setup-only",), records=written()),
    after(options=("-x",), records=written("fail"), status=1, log=(ACT,)),
    after(earlier="broken", before={"x.json": b"1"}, files={"x.json": b"1"}),
    after(records=written("fail", "fail"), log=({**ACT, "case": None},), status=1),
    after(records=written("pass", "timeout"), log=(answered("SND-001"), answered("SND-002", took=0.9)), status=1),
]


@pytest.mark.parametrize(("known", "invariant", "text"), BREACHES, ids=[f"{b[1]}-{b[2][:20]}" for b in BREACHES])
def test_breach_is_found(known: After, invariant: str, text: str) -> None:
    """Each invariant finds its breach, and its line describes the breach."""
    assert any(name == invariant and text in line for name, line in broken(known)), broken(known)


@pytest.mark.parametrize("known", GOOD, ids=range(len(GOOD)))
def test_good_run_breaks_nothing(known: After) -> None:
    """A good run breaks nothing, and neither does a run whose signals, options or acts explain its faults."""
    assert broken(known) == []


def test_each_invariant_has_a_breach() -> None:
    """No invariant is without a row in the table."""
    assert {invariant for _, invariant, _ in BREACHES} == {invariant.__name__ for invariant in INVARIANTS}


def test_full_result_may_replace_a_broken_file() -> None:
    """A full run replaces whatever was there."""
    names = hashes.current()
    full = written(outcomes={name: outcome(name, verdict="absent") for name in names}, selection=None, complete=True)
    known = after(earlier="broken", before={"x.json": b"1"}, files={"x.json": b"2"}, records=full, status=1)

    assert [line for name, line in broken(known) if name == "files_are_good"] == []


def test_seed_decides() -> None:
    """A seed makes the same round each time, and many seeds make every act, each receiver and each kind of file."""
    rounds = [Round.random(seed) for seed in range(2000)]
    acts = {name for each in rounds for plan in each.plans for _, name, _ in plan}

    assert rounds[:50] == [Round.random(seed) for seed in range(50)]
    assert acts == set(ACTS)
    assert len({(sent.name, sent.receiver) for each in rounds for sent in each.signals}) == 15
    assert len({each.earlier for each in rounds}) == 8
    assert all(str(each) for each in rounds)


def test_rounds_with_nothing_but_ctrl_c() -> None:
    """These rounds have good interpreters and one or two interrupts: alone, in workers, isolated, from the start on."""
    rounds = [Round.interrupted(seed) for seed in range(200)]

    assert rounds == [Round.interrupted(seed) for seed in range(200)]
    assert {name for each in rounds for plan in each.plans for _, name, _ in plan} == set()
    assert {sent.name for each in rounds for sent in each.signals} == {"INT"}
    assert {len(each.signals) for each in rounds} == {1, 2}
    assert {each.options for each in rounds} == {(), ("-n", "2"), ("--isolate",)}
    assert {sent.entries for each in rounds for sent in each.signals} >= {0, 8}
    assert {each.whole for each in rounds} == {True, False}


@pytest.mark.slow
def test_round_of_a_good_interpreter() -> None:
    """A real run with an interpreter that does nothing wrong and one that fails a case breaks nothing."""
    known = play(round_of(plans=((), ((2, "fails_plainly", 1),)), earlier="full"))

    assert broken(known) == []
    assert known.status == 1
    assert sorted(outcome.verdict for _, outcome in known.outcomes) == ["fail"] + ["pass"] * 11
    assert len(known.files) == 3
    assert 20 < known.peak < 700


def test_signal_is_told() -> None:
    """The line about a round names its acts, options, signals and files."""
    sent = Sent(2, 0.25, "TERM", "group")
    told = str(round_of(plans=((), ((2, "fails", 1),)), options=("-x",), signals=(sent,), earlier="fifo", file=True))

    assert told == "well / fails@2x1, -x, TERM to group at 2+0.25 s, fifo, file"
