"""The tables of states and operations: the documented effect of each operation in each state, and the seen one."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from conformance.behaviour import NEWEST, OLDEST, Behaviour, Version
from conformance.program import Case, cases
from reports import delegating
from reports.delegating import Key
from reports.model import CHANGED, Report, Result
from runners.record.outcome import Outcome

#: The kinds of a cell, and their meanings.
KINDS = {
    "same": "as documented",
    "detail": "not as CPython, where no document says anything",
    "differs": "not as documented",
    "open": "the documents leave it open",
    "unsaid": "the documents say nothing about this version",
    "unknown": "the run does not tell",
}
#: Characters of an effect that are shown; a longer text is not an effect but a mishap.
MOST = 200


@dataclass(frozen=True)
class Effect:
    """What an operation does: its outcome, what the body sees, what a second await and the next operation do.

    None where the effect is not known.
    """

    outcome: str
    body: tuple[str, ...] | None
    following: str | None
    again: str | None = None


@dataclass(frozen=True)
class Cell:
    """An operation in a state of one interpreter: the documented effect and the seen one.

    ``kind`` is a key of :data:`KINDS`. ``expected`` is None where the documents say nothing, and ``seen`` where the run
    does not tell. ``message`` is the message of a case that failed, ``known`` the reason that a baseline gives for it.
    ``changed`` says that another text of the case ran.
    """

    kind: str
    behaviour: Behaviour
    expected: Effect | None
    seen: Effect | None
    message: str | None
    known: str | None
    changed: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its name, its rows and columns, as key → label, and the cases of each (row, column).

    ``corner`` says what the rows are. ``effects`` has the documented effect where the arguments of the case do not.
    """

    id: str
    title: str
    corner: str
    rows: Mapping[Key, str]
    columns: Mapping[Key, str]
    cases: Mapping[tuple[Key, Key], Sequence[Case]]
    effects: Mapping[tuple[Key, Key], Effect] = field(default_factory=dict)


_GENERATOR_ROWS: dict[Key, str] = {
    ("created",): "created",
    ("at-yield",): "suspended at a yield",
    ("in-await",): "suspended in an await",
    ("running-itself",): "running, and doing it to itself",
    **delegating.ROWS,
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
#: The ending of a state in the cases about versions that let operations overlap; the cell is the same in each era.
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
    "send-send": "send(None), suspended, send(None)",
    "throw": "throw(ValueError())",
    "send-throw": "send(None), suspended, throw(ValueError())",
    "throw-send": "throw(ValueError()), suspended, send(None)",
}
_ANSWERS = {"item": "the body yields", "error": "the body raises OSError", "end": "the body returns"}
_AWAITABLE_COLUMNS: dict[Key, str] = {
    ("anext",): "__anext__()",
    ("asend",): "asend('sent')",
    ("athrow",): "athrow(KeyError())",
    ("aclose",): "aclose()",
}


def tables(catalogue: Mapping[str, Behaviour]) -> list[Table]:
    """The table of the generator, the table of the awaitables of its operations, and the table of their ends."""
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
        _delegating(_filled(generator, "EQV", ("state",), catalogue), catalogue),
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


def _delegating(table: Table, catalogue: Mapping[str, Behaviour]) -> Table:
    """The table with the cases of the states of delegation, as far as the catalogue has them."""
    found, effects = dict(table.cases), {}
    for key, claim in delegating.CLAIMS.items():
        behaviour = catalogue.get(claim.case.partition("[")[0])
        named = [case for case in (cases(behaviour) if behaviour else ()) if case.name == claim.case]
        if named:
            found[key], effects[key] = named, Effect(claim.outcome, claim.body, None)
    return replace(table, cases=found, effects=effects)


def rows_of(table: Table, result: Result) -> dict[Key, str]:
    """The rows that say something about an interpreter: the states of its version, and any other that it shows."""
    return {
        row: label
        for row, label in table.rows.items()
        if any(
            case.behaviour.since == OLDEST
            or case.behaviour.applies_to(result.interpreter.version)
            or _passed(case, result)
            for column in table.columns
            for case in table.cases.get((row, column), ())
        )
    }


def _passed(case: Case, result: Result) -> bool:
    outcome = result.outcomes.get(case.name)
    return outcome is not None and outcome.verdict == "pass"


def expected(table: Table, row: Key, column: Key, version: Version = NEWEST) -> tuple[Case, Effect] | None:
    """The documented effect of an operation in a state in a language version, and the case that shows it."""
    case = next((case for case in table.cases.get((row, column), ()) if case.behaviour.applies_to(version)), None)
    return None if case is None else (case, _effect(table, row, column, case))


def cell(table: Table, row: Key, column: Key, result: Result) -> Cell | None:
    """The seen effect of an operation in a state; None where the suite has no case."""
    found = table.cases.get((row, column))
    if not found:
        return None
    said = expected(table, row, column, result.interpreter.version)
    if said is not None:
        changed = result.stale(said[0].name) == CHANGED
        told = (row, column) not in table.effects
        return replace(_judged(*said, result.outcomes.get(said[0].name), told), changed=changed)
    # Cases run outside of their versions too: one that passed, or the values of one that failed, tell the effect.
    outcomes = [(case, result.outcomes[case.name]) for case in found if case.name in result.outcomes]
    for case, outcome in sorted(outcomes, key=lambda pair: pair[1].verdict != "pass"):
        told = (row, column) not in table.effects
        seen = _effect(table, row, column, case) if outcome.verdict == "pass" else _seen(outcome) if told else None
        if seen is not None:
            return Cell("unsaid", case.behaviour, None, seen, None, None)
    return Cell("unknown", found[0].behaviour, None, None, None, None)


def count(table: Table, result: Result, kinds: Sequence[str] = ("differs", "detail")) -> int:
    """How many cells of an interpreter are of these kinds."""
    made = (cell(table, row, column, result) for row in rows_of(table, result) for column in table.columns)
    return sum(each is not None and each.kind in kinds for each in made)


def without_generators(report: Report) -> list[Result]:
    """The interpreters that have no asynchronous generators."""
    return [result for result in report.results if result.absent]


def _judged(case: Case, said: Effect, outcome: Outcome | None, told: bool) -> Cell:
    """The cell of a case that applies; ``told`` is false if the values of a failure do not tell the effect."""
    if outcome is None or not (outcome.fails or outcome.verdict == "pass"):
        return Cell("unknown", case.behaviour, said, None, None if outcome is None else outcome.message, None)
    if outcome.verdict == "pass":
        if not case.behaviour.allowed:
            return Cell("same", case.behaviour, said, said, None, None)
        return Cell("open", case.behaviour, said, Effect(_short(outcome.observed), (), None), None, None)
    kind = "differs" if outcome.binding else "detail"
    seen = _seen(outcome) if told or outcome.verdict != "fail" else None
    return Cell(kind, case.behaviour, said, seen, outcome.message, outcome.known)


def _effect(table: Table, row: Key, column: Key, case: Case) -> Effect:
    """The documented effect of a cell."""
    return table.effects.get((row, column)) or _expected(case)


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


def _seen(outcome: Outcome) -> Effect | None:
    """The effect that a case saw which failed, from the values that came back with the failure."""
    if outcome.verdict != "fail":
        return Effect(outcome.verdict, None, None)
    values = {name: _value(text) for name, text in (outcome.locals or {}).items()}
    log = values.get("seen_by_body", values.get("log"))
    body = tuple(_spoken(each) for each in log) if isinstance(log, list) else None
    following = _spoken(values["seen_next"]) if "seen_next" in values else None
    steps = values.get("steps")
    if isinstance(steps, list) and steps and "seen_again" in values:
        # The case does not ask what the body saw. It saw nothing, unless it went on when awaited again.
        return Effect(_spoken(steps[-1]), body or None, following, _spoken(values["seen_again"]))
    if "seen" in values:
        return Effect(_spoken(values["seen"]), body, following)
    if body and "state" in values:
        # The body did it to itself, and logged the result.
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
