"""The tables of states and operations: every cell, and what an interpreter did in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.behaviour import Version
from conformance.catalogue import load
from conformance.program import cases
from reports.delegating import CLAIMS, DELEGATING, DELEGATING_IN_AWAIT, ROWS, Key
from reports.eras import VERSIONS, spoken
from reports.model import Result
from reports.transitions import Cell, Effect, Table, cell, count, expected, rows_of, tables
from tests.reports.samples import changed, recorded, result

GENERATOR, AWAITABLES, ENDS = tables(load())
IN_AWAIT, ACLOSE = ("in-await",), ("aclose",)


def seen_as(case: str, judged_as: str = "3.13", **values: Any) -> Result:
    """A result in which everything passed but for one case, of which these values came back."""
    return changed(result(judged_as=judged_as), case, **values)


def found(table: Table, row: Key, column: Key, only: Result) -> Cell:
    made = cell(table, row, column, only)
    assert made is not None
    return made


@pytest.mark.parametrize("table", [GENERATOR, AWAITABLES, ENDS], ids=lambda table: table.id)
def test_every_cell_has_a_case(table: Table) -> None:
    """No pair of state and operation is left out, and in the newest version something is said of each."""
    missing = [(row, column) for row in table.rows for column in table.columns if not expected(table, row, column)]

    assert missing == ([(DELEGATING_IN_AWAIT, ("asend-None",))] if table is GENERATOR else [])
    assert len(table.cases) == len(table.rows) * len(table.columns) - len(missing)


@pytest.mark.parametrize("version", VERSIONS, ids=spoken)
def test_no_two_cases_apply_at_once(version: Version) -> None:
    """In no version two things are said of one cell."""
    for table in (GENERATOR, AWAITABLES, ENDS):
        for some in table.cases.values():
            assert sum(case.behaviour.applies_to(version) for case in some) <= 1


def test_what_passed_is_as_documented() -> None:
    """An interpreter that passes everything has no difference; what is left open shows what was seen."""
    only = result()
    same = found(GENERATOR, ("at-yield",), ACLOSE, only)
    open_ = found(GENERATOR, ("closed-by-return",), ("athrow",), only)

    assert count(GENERATOR, only) == count(AWAITABLES, only) == 0
    assert (same.kind, same.seen) == ("same", same.expected)
    assert same.seen == Effect("returns None", ("GeneratorExit",), "raises StopAsyncIteration")
    assert (open_.kind, open_.seen) == ("open", Effect("returns None", (), None))
    assert open_.expected == Effect("returns None or raises the exception", (), None)


def test_difference_tells_what_was_seen() -> None:
    """Where a case fails, the cell has what the interpreter did, beside what is documented, and the known reason."""
    seen = {"seen": "'returns None'", "log": "['GeneratorExit']", "seen_next": "'raises StopAsyncIteration'"}
    only = seen_as("EQV-006[in-await-aclose]", verdict="fail", message="assert x", locals=seen, known="not refused")
    made = found(GENERATOR, IN_AWAIT, ACLOSE, only)

    assert (made.kind, made.message, made.known) == ("detail", "assert x", "not refused")
    assert made.expected == Effect("raises RuntimeError", (), "returns 'first'")
    assert made.seen == Effect("returns None", ("GeneratorExit",), "raises StopAsyncIteration")
    assert (count(GENERATOR, only), count(AWAITABLES, only)) == (1, 0)


def test_difference_of_an_awaitable() -> None:
    """The steps of awaitables are told in the same words."""
    seen = {"seen": "['raises', 'RuntimeError']", "seen_by_body": "[]", "seen_next": "['returns', 'item 1']"}
    only = seen_as("AWT-058[athrow-new-throw]", verdict="fail", locals=seen)
    made = found(AWAITABLES, ("new", "throw"), ("athrow",), only)

    assert made.seen == Effect("raises RuntimeError", (), "returns 'item 1'")


def test_difference_of_what_is_awaited_again() -> None:
    """Of an awaitable that comes to its end, its last step counts, and what the same awaitable does after that."""
    seen = {"steps": "[['suspends', 'waiting'], ['returns', 'item 1']]", "seen_again": "['returns', 'item 2']"}
    seen = {**seen, "seen_by_body": "['got None']", "seen_next": "['raises', 'StopAsyncIteration']"}
    names = [
        case.name for case in ENDS.cases[("send-send", "error"), ("aclose",)] if case.behaviour.applies_to((3, 13))
    ]
    only = seen_as(names[0], verdict="fail", locals=seen)
    made = found(ENDS, ("send-send", "error"), ACLOSE, only)

    assert made.expected == Effect("raises OSError", None, "raises StopAsyncIteration", "raises RuntimeError")
    assert made.seen == Effect("returns 'item 1'", ("got None",), "raises StopAsyncIteration", "returns 'item 2'")


@pytest.mark.parametrize(
    ("log", "following"),
    [("[['raises', 'ValueError']]", "['returns', 'first']"), ("['raises ValueError']", "\"returns 'first'\"")],
    ids=["steps", "words of an older result"],
)
def test_a_body_that_did_it_to_itself(log: str, following: str) -> None:
    """What the body logged is both the outcome and what it saw; no document says it, so it counts for nobody."""
    seen = {"log": log, "state": "'running-itself'", "seen_next": following}
    only = seen_as("EQV-007[running-itself-anext]", verdict="fail", locals=seen)
    made = found(GENERATOR, ("running-itself",), ("anext",), only)

    assert (made.kind, made.seen) == ("detail", Effect("raises ValueError", ("ValueError",), "returns 'first'"))


def test_nothing_is_said_of_an_old_version() -> None:
    """Outside the versions of a cell the case ran all the same, and what it saw is shown without a judgement."""
    seen = {"seen": "['returns', 'first']", "log": "[]"}
    later = replace(load()["AWT-060"], since=(3, 7))
    awaitables = tables({**load(), "AWT-060": later})[1]
    only = seen_as("AWT-060[aclose-new-throw]", judged_as="3.6", verdict="fail", locals=seen)
    made = found(awaitables, ("new", "throw"), ACLOSE, only)

    assert (made.kind, made.expected, made.seen) == ("unsaid", None, Effect("returns 'first'", (), None))


def test_the_era_is_that_of_the_interpreter() -> None:
    """Where a cell changed, what is documented for the version of the interpreter is what counts."""
    older = found(GENERATOR, IN_AWAIT, ("anext",), result(judged_as="3.8"))
    newer = found(GENERATOR, IN_AWAIT, ("anext",), result(judged_as="3.9"))

    assert (older.behaviour.id, newer.behaviour.id) == ("EQV-010", "EQV-006")


@pytest.mark.parametrize(
    ("row", "id"), [(IN_AWAIT, "EQV-010"), (("running-itself",), "EQV-011")], ids=["await", "self"]
)
def test_states_before_operations_were_refused(row: Key, id: str) -> None:
    """Until Python 3.8 an operation could overlap another one: the same cell, and what is said of it then."""
    made = found(GENERATOR, row, ("anext",), seen_as("", judged_as="3.7"))

    assert (made.kind, made.behaviour.id) == ("same", id)


@pytest.mark.parametrize(
    ("values", "kind", "seen"),
    [
        ({"verdict": "crash", "message": "signal 11"}, "differs", Effect("crash", None, None)),
        ({"verdict": "fail", "message": "KeyError"}, "differs", None),
        ({"verdict": "unmet", "message": "no asyncio"}, "unknown", None),
        ({"verdict": "absent"}, "unknown", None),
    ],
    ids=["crash", "no values", "unmet", "absent"],
)
def test_what_tells_nothing(values: dict[str, Any], kind: str, seen: Effect | None) -> None:
    """A death, a failure without values and a case that did not run leave nothing to show, and say so."""
    made = found(GENERATOR, ("created",), ("anext",), seen_as("EQV-005[created-anext]", **values))

    assert (made.kind, made.seen) == (kind, seen)


@pytest.mark.parametrize("value", ["[" * 5000, "'" + "x" * 5000 + "'", "<script>", "{'a': [1]}", "[[1], 2]"])
def test_hostile_values_stay_short(value: str) -> None:
    """Values are what an interpreter says: any of them makes a cell, and none makes it long."""
    only = seen_as("EQV-005[created-anext]", verdict="fail", locals={"seen": value, "log": value, "seen_next": value})
    made = found(GENERATOR, ("created",), ("anext",), only)

    assert made.seen is not None
    assert max(len(each) for each in (made.seen.outcome, made.seen.following or "", *(made.seen.body or ()))) < 300


def test_a_cell_says_that_its_case_has_changed() -> None:
    """The effect came from another text of the case than the documented one beside it."""
    only = recorded(result(), changed=frozenset({"EQV-005[created-anext]"}))
    stale = found(GENERATOR, ("created",), ("anext",), only)
    fresh = found(GENERATOR, ("created",), ("aclose",), only)

    assert (stale.kind, stale.changed) == ("same", True)
    assert not fresh.changed


def test_the_states_of_delegation_are_shown_by_behaviours_about_it() -> None:
    """Each claim has a case of the catalogue, of a behaviour about yield from, and stands in the table as it is."""
    named = {claim.case for claim in CLAIMS.values()}
    known = {case.name: each for each in load().values() for case in cases(each)}

    assert named <= set(known)
    assert {(known[name].area, known[name].since) for name in named} == {("delegation", (3, 16))}
    assert {row for row, _ in CLAIMS} == set(ROWS)
    for (row, column), claim in CLAIMS.items():
        said = expected(GENERATOR, row, column)
        assert said is not None
        assert (said[0].name, said[1]) == (claim.case, Effect(claim.outcome, claim.body, None))


def test_a_state_that_comes_later_is_shown_where_it_is_there() -> None:
    """The rows of delegation are those of 3.16, and of an older interpreter that shows one of them all the same."""
    all_fail = {claim.case: "fail" for claim in CLAIMS.values()}
    older, newer = result(all_fail, judged_as="3.15"), result(all_fail, judged_as="3.16")
    early = result({name: "fail" for name in all_fail if name != "YFR-025"}, judged_as="3.15")

    assert not set(ROWS) & set(rows_of(GENERATOR, older))
    assert set(ROWS) <= set(rows_of(GENERATOR, newer))
    assert DELEGATING in rows_of(GENERATOR, early)
    assert DELEGATING_IN_AWAIT not in rows_of(GENERATOR, early)
    assert (count(GENERATOR, older), count(GENERATOR, newer)) == (0, len(CLAIMS))


def test_what_delegation_did() -> None:
    """A pass has the documented effect; the values of a failure do not tell the effect, but its message is there."""
    seen = {"seen": "'returns None'", "log": "['anext']"}
    young = seen_as("YFT-003", judged_as="3.16", verdict="fail", message="assert y", locals=seen)
    good = found(GENERATOR, DELEGATING, ("anext",), young)
    bad = found(GENERATOR, DELEGATING, ("athrow",), young)
    early = found(GENERATOR, DELEGATING, ("anext",), result(judged_as="3.15"))

    assert (good.kind, good.seen) == ("same", good.expected)
    assert (bad.kind, bad.seen, bad.message) == ("differs", None, "assert y")
    assert (early.kind, early.expected, early.seen) == ("unsaid", None, good.seen)
