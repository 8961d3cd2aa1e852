"""The tables of states and operations: what each operation is to do in each state, and what each interpreter did."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from conformance.behaviour import NEWEST, Behaviour, Version, parse_version
from conformance.program import Case, cases
from reports.model import FAILURES, Report, Result

#: What a cell can be, and what that means.
KINDS = {
    "same": "as documented",
    "detail": "not as CPython, where no document says anything",
    "differs": "not as documented",
    "open": "the documents leave it open",
    "unsaid": "nothing is said of this version",
    "unknown": "not found out",
}
#: Longest text of an effect; what is longer is no effect but a mishap.
MOST = 200

Key = tuple[str, ...]


@dataclass(frozen=True)
class Effect:
    """What an operation does: its outcome, what the body sees of it, what awaiting it again does, and what follows.

    None where that is not known.
    """

    outcome: str
    body: tuple[str, ...] | None
    following: str | None
    again: str | None = None


@dataclass(frozen=True)
class Cell:
    """An operation in a state of one interpreter: what should be and what was.

    ``kind`` is a key of :data:`KINDS`. ``expected`` is None where nothing is said; ``seen`` where nothing was found
    out. ``message`` is what the case said when it failed, ``known`` the reason that a baseline gives for it.
    """

    kind: str
    behaviour: Behaviour
    expected: Effect | None
    seen: Effect | None
    message: str | None
    known: str | None


@dataclass(frozen=True)
class Table:
    """A table: its name, its rows and columns, as key → label, and the cases of each (row, column).

    ``corner`` says what the rows are.
    """

    id: str
    title: str
    corner: str
    rows: Mapping[Key, str]
    columns: Mapping[Key, str]
    cases: Mapping[tuple[Key, Key], Sequence[Case]]


_GENERATOR_ROWS: dict[Key, str] = {
    ("created",): "created",
    ("at-yield",): "suspended at a yield",
    ("in-await",): "suspended in an await",
    ("running-itself",): "running, and doing it to itself",
    ("closed-by-return",): "closed by return",
    ("closed-by-exception",): "closed by an exception",
    ("closed-by-aclose",): "closed by aclose()",
}
_GENERATOR_COLUMNS: dict[Key, str] = {
    ("anext",): "__anext__()",
    ("asend-None",): "asend(None)",
    ("asend-42",): "asend(42)",
    ("athrow",): "athrow(ValueError())",
    ("aclose",): "aclose()",
}
#: What the arguments of cases have behind a state for how it was before Python 3.8: one cell, whatever the era.
_EARLIER = "-3.7"
_STATES = {
    "new": "new",
    "suspended": "suspended",
    "finished": "finished",
    "closed": "closed",
}
_METHODS = {
    "send": "send(None)",
    "next": "next()",
    "await": "await",
    "send-value": "send('given')",
    "throw": "throw(ValueError())",
    "close": "close()",
}
_WAYS = {
    "send": "send(None)",
    "send-send": "send(None), wait, send(None)",
    "throw": "throw(ValueError())",
    "send-throw": "send(None), wait, throw(ValueError())",
    "throw-send": "throw(ValueError()), wait, send(None)",
}
_ANSWERS = {"item": "the body yields", "error": "the body raises OSError", "end": "the body returns"}
_AWAITABLE_COLUMNS: dict[Key, str] = {
    ("anext",): "__anext__()",
    ("asend",): "asend('sent')",
    ("athrow",): "athrow(KeyError())",
    ("aclose",): "aclose()",
}


def tables(catalogue: Mapping[str, Behaviour]) -> list[Table]:
    """The table of the generator, that of the awaitables of its operations, and that of how these end."""
    awaitable_rows: dict[Key, str] = {
        (state, method): f"{_STATES[state]}: {_METHODS[method]}" for state in _STATES for method in _METHODS
    }
    end_rows: dict[Key, str] = {
        (way, answer): f"{_WAYS[way]}: {_ANSWERS[answer]}" for way in _WAYS for answer in _ANSWERS
    }
    generator = Table("generator", "The generator", "state", _GENERATOR_ROWS, _GENERATOR_COLUMNS, {})
    awaitables = Table("awaitables", "The awaitables", "state: method", awaitable_rows, _AWAITABLE_COLUMNS, {})
    ends = Table("ends", "The awaitables, awaited again", "way to its end: answer", end_rows, _AWAITABLE_COLUMNS, {})
    return [
        _filled(generator, "EQV", ("state",), catalogue),
        _filled(awaitables, "AWT", ("state", "method"), catalogue),
        _filled(ends, "AWT", ("way", "answer"), catalogue),
    ]


def _filled(table: Table, prefix: str, names: tuple[str, ...], catalogue: Mapping[str, Behaviour]) -> Table:
    """The table with the cases of the behaviours of this prefix that have the arguments ``names``, as row, and more."""
    found: dict[tuple[Key, Key], list[Case]] = {}
    for behaviour in catalogue.values():
        for case in cases(behaviour) if behaviour.prefix == prefix else ():
            given = case.arguments
            if not {"operation", *names} <= set(given) or not ("outcome" in given or behaviour.allowed):
                continue
            key = (tuple(str(given[name]).removesuffix(_EARLIER) for name in names), (str(given["operation"]),))
            if key[0] in table.rows and key[1] in table.columns:
                found.setdefault(key, []).append(case)
    return replace(table, cases=found)


def expected(table: Table, row: Key, column: Key, version: Version = NEWEST) -> tuple[Case, Effect] | None:
    """What is said of an operation in a state in a language version, and the case that shows it."""
    case = next((case for case in table.cases.get((row, column), ()) if case.behaviour.applies_to(version)), None)
    return None if case is None else (case, _expected(case))


def cell(table: Table, row: Key, column: Key, result: Result) -> Cell | None:
    """What an interpreter did there; None where the suite has no case."""
    found = table.cases.get((row, column))
    if not found:
        return None
    said = expected(table, row, column, parse_version(str(result.interpreter["judged_as"])))
    if said is not None:
        return _judged(*said, result.outcomes.get(said[0].name))
    # What no era covers was run nevertheless: a case that passed, or what one that failed saw, tells what happens.
    outcomes = [(case, result.outcomes[case.name]) for case in found if case.name in result.outcomes]
    for case, outcome in sorted(outcomes, key=lambda pair: pair[1]["verdict"] != "pass"):
        seen = _expected(case) if outcome["verdict"] == "pass" else _seen(outcome)
        if seen is not None:
            return Cell("unsaid", case.behaviour, None, seen, None, None)
    return Cell("unknown", found[0].behaviour, None, None, None, None)


def count(table: Table, result: Result, kinds: Sequence[str] = ("differs", "detail")) -> int:
    """How many cells of an interpreter are of these kinds."""
    made = (cell(table, row, column, result) for row in table.rows for column in table.columns)
    return sum(each is not None and each.kind in kinds for each in made)


def without_generators(report: Report) -> list[Result]:
    """The interpreters that have nothing to show here."""
    return [result for result in report.results if result.interpreter["absent"] is not None]


def _judged(case: Case, said: Effect, outcome: Mapping[str, Any] | None) -> Cell:
    if outcome is None or outcome["verdict"] not in ("pass", *FAILURES):
        return Cell("unknown", case.behaviour, said, None, None if outcome is None else outcome["message"], None)
    if outcome["verdict"] == "pass":
        if not case.behaviour.allowed:
            return Cell("same", case.behaviour, said, said, None, None)
        return Cell("open", case.behaviour, said, Effect(_short(outcome["observed"]), (), None), None, None)
    kind = "detail" if case.behaviour.level == "detail" else "differs"
    return Cell(kind, case.behaviour, said, _seen(outcome), outcome["message"], outcome["known"])


def _expected(case: Case) -> Effect:
    given = case.arguments
    if "outcome" not in given:
        return Effect(" or ".join(case.behaviour.allowed), (), None)
    following = given.get("afterwards", given.get("following"))
    body, again = given.get("body"), given.get("again")
    seen = tuple(str(each) for each in body) if isinstance(body, list) else None
    return Effect(
        _spoken(given["outcome"]),
        seen,
        None if following is None else _spoken(following),
        None if again is None else _spoken(again),
    )


def _seen(outcome: Mapping[str, Any]) -> Effect | None:
    """What a case that failed saw, from the values that came back with the failure."""
    if outcome["verdict"] != "fail":
        return Effect(str(outcome["verdict"]), None, None)
    values = {name: _value(text) for name, text in (outcome["locals"] or {}).items()}
    log = values.get("seen_by_body", values.get("log"))
    body = tuple(_spoken(each) for each in log) if isinstance(log, list) else None
    following = _spoken(values["seen_next"]) if "seen_next" in values else None
    steps = values.get("steps")
    if isinstance(steps, list) and steps and "seen_again" in values:
        # What the body saw of this is not asked: nothing, unless it went on when awaited again.
        return Effect(_spoken(steps[-1]), body or None, following, _spoken(values["seen_again"]))
    if "seen" in values:
        return Effect(_spoken(values["seen"]), body, following)
    if body and "state" in values:
        # The body did it to itself, and logged what came of it.
        raised = tuple(each.removeprefix("raises ") for each in body if each.startswith("raises "))
        return Effect(body[0], raised, following)
    return None


def _spoken(value: object) -> str:
    """``["returns", "item 1"]`` as ``returns 'item 1'``; a string as it is."""
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str):
        return _short(f"{value[0]} {value[1] if value[0] == 'raises' else repr(value[1])}")
    return _short(value)


def _value(text: str) -> object:
    readers: list[Callable[[str], object]] = [ast.literal_eval, str]
    for read in readers:
        try:
            return read(text)
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            continue
    return text


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= MOST else text[:MOST] + "…"
