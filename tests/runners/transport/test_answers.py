"""Identities and answers: whatever an agent says, a result can be made of it, and the result can be read again."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conformance.catalogue import load
from conformance.program import Case, body, cases
from conformance.verdicts import ANSWERS
from runners.record.outcome import Outcome
from runners.record.results import Interpreter, Record, schema
from runners.transport.answers import Answer, Identity
from runners.transport.target import judged_as
from tests.hostile.agent import HELLO, PASS
from tests.runners.record.samples import record

CASE: Case = cases(load()["SND-001"])[0]
BODY = body(CASE.behaviour)
VALIDATOR = jsonschema.Draft202012Validator(schema())

#: Every value that JSON has, with the numbers and texts that a result cannot hold among them.
TEXTS = st.text(st.characters(codec=None), max_size=10) | st.sampled_from(["4.0", "3.13", "9" * 500, "\ud800", "\x00"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(10**400) | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


def changed(values: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """These values, some of them replaced."""
    return st.dictionaries(st.sampled_from(sorted(values)), VALUES).map(lambda other: {**values, **other})


def result(identity: Identity, answer: Answer) -> Record:
    """The result of a run in which an interpreter gave one answer."""
    judged = judged_as(identity, None)
    made = record(
        Outcome.of(CASE, answer, judged).stable(),
        interpreter=Interpreter.of(identity, identity.slug, "label", "command", judged),
    )
    return replace(made, absent=identity.absent)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    changed({**HELLO, "system": None, "machine": None, "host": None, "loop": None}),
    changed({**PASS, **dict.fromkeys(("line", "locals", "observed", "output", "loop"))}),
)
@example({**HELLO, "language_version": "4.0"}, PASS)
@example({**HELLO, "implementation": "half \ud800"}, PASS)
@example({**HELLO, "loop": " \n uvloop  1\t2"}, PASS)
@example(HELLO, {**PASS, "seconds": -0.001})
@example(HELLO, {**PASS, "seconds": 1e12})
@example(HELLO, {**PASS, "seconds": float("nan")})
@example(HELLO, {**PASS, "seconds": float("inf")})
def test_what_an_agent_says_makes_a_result(hello: dict[str, Any], reply: dict[str, Any]) -> None:
    """A hello is refused, or a result with it and with any answer is JSON that a reader accepts."""
    try:
        identity = Identity.from_hello(hello)
    except ValueError:
        return
    made = result(identity, Answer.from_reply({"end": "e", **reply}, BODY, "e"))
    text = json.dumps(made.as_document(), allow_nan=False)

    VALIDATOR.validate(json.loads(text))
    assert Record.from_document(json.loads(text)).as_document() == made.as_document()


@pytest.mark.parametrize(
    ("key", "value"), [("build", "debug"), ("build", None), ("build", {"debug": 1}), ("host", "CPython"), ("host", [1])]
)
def test_hello_of_wrong_types_is_refused(key: str, value: object) -> None:
    """A text in the place of a list is not taken for a list of its letters."""
    with pytest.raises(ValueError, match="its hello is malformed"):
        Identity.from_hello({**HELLO, key: value})


@pytest.mark.parametrize(
    "seconds", [-0.001, float("nan"), float("inf"), float("-inf"), 10**400, 1e13], ids=lambda seconds: str(seconds)[:9]
)
def test_time_that_no_clock_shows_is_left_out(seconds: float) -> None:
    """The answer stays, without the time."""
    assert Answer.from_reply({**PASS, "end": "e", "seconds": seconds}, BODY, "e") == Answer("pass")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("verdict", ["pass"]),
        ("verdict", None),
        ("verdict", "crash"),
        ("verdict", True),
        ("line", "seven"),
        ("line", True),
        ("line", 1.5),
        ("locals", ["a"]),
        ("dirty", "trace function"),
        ("message", {"a": 1}),
        ("output", 3),
        ("seconds", "1"),
    ],
)
def test_answer_of_wrong_types_is_an_error(key: str, value: object) -> None:
    """A value of a wrong type is never a verdict of the interpreter, and the message names the key."""
    answer = Answer.from_reply({**PASS, "end": "e", key: value}, BODY, "e")

    assert answer.verdict == "error"
    assert answer.message == f"malformed answer: {key} is {value!r}"


def test_every_verdict_of_an_agent_is_kept() -> None:
    """The verdicts that an agent can give are those that a reply may have."""
    assert [
        Answer.from_reply({**PASS, "end": "e", "verdict": verdict}, BODY, "e").verdict for verdict in ANSWERS
    ] == list(ANSWERS)
