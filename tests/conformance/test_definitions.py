"""The source in a body's strings as code: what becomes of a body, which bodies stay as they are, and equal verdicts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest

from conformance import definitions, program
from conformance.behaviour import Behaviour
from conformance.catalogue import load
from conformance.definitions import inlined, needs_of
from conformance.program import Case, cases
from runners.transport.requests import Requests
from runners.transport.stream import StreamTarget
from tests.delegation.run import answers, chosen, unshown

#: What a body says → what it becomes.
TEXTS = {
    "literal": (
        'def test():\n    f = define("def f(): pass", "f")\n',
        "def test():\n    f = _defined_1()\n\n\ndef _defined_1():\n    def f(): pass\n    return f\n",
    ),
    "name": (
        'def test():\n    source = "f = log"\n    f = define(source, "f", log=[1,\n        2])\n    assert f\n',
        'def test():\n    source = "f = log"\n    f = _defined_1(log=[1,\n        2])\n    assert f\n'
        "\n\ndef _defined_1(log):\n    f = log\n    return f\n",
    ),
    "argument": (
        'def test(part):\n    f = define("\\n".join(["x = 1", part]), "f")\n',
        "def test(part):\n    f = _defined_1()\n\n\ndef _defined_1():\n    x = 1\n    f = 2\n    return f\n",
    ),
    "lines": (
        'def test():\n    f = define(\n        "f = 1",\n        "f",\n    )\n    assert f\n',
        "def test():\n    f = _defined_1(\n\n\n)\n    assert f\n\n\ndef _defined_1():\n    f = 1\n    return f\n",
    ),
    "nested": (
        'def test():\n    f = define("f = g", "f", g=define("g = 1", "g"))\n',
        "def test():\n    f = _defined_2(g=_defined_1())\n\n\ndef _defined_1():\n    g = 1\n    return g\n"
        "\n\ndef _defined_2(g):\n    f = g\n    return f\n",
    ),
}
#: What a body says that stays as it is.
KEPT = {
    "no definition": "def test():\n    pass\n",
    "assigned twice": 'def test():\n    s = "f = 1"\n    s = "f = 2"\n    f = define(s, "f")\n',
    "assigned in a branch": 'def test(part):\n    if part:\n        s = "f = 1"\n    f = define(s, "f")\n',
    "changed argument": 'def test(part):\n    part += "1"\n    f = define(part, "f")\n',
    "hidden argument": 'def test(part):\n    def make(part):\n        return define(part, "f")\n',
    "changed list": 'def test():\n    s = []\n    s.append("f = 1")\n    f = define("".join(s), "f")\n',
    "computed": 'def test():\n    f = define(source(), "f")\n',
    "dictionary of names": 'def test(part):\n    f = define("f = 1", "f", **names)\n',
    "other compilation": 'def test():\n    f = define("f = 1", "f")\n    assert rejects("1 +")\n',
    "global": 'def test():\n    f = define("def f():\\n    global x", "f")\n',
    "qualified name": 'def test():\n    assert define("def f(): pass", "f").__qualname__ == "f"\n',
    "long string": 'def test():\n    f = define(\'f = """a\\nb"""\', "f")\n',
}


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Case:
    """A case whose body is another text."""
    behaviour = replace(load()["SYN-049"])
    text = replace(program.body(behaviour), explicit=request.param)
    monkeypatch.setattr(definitions, "body", lambda behaviour: text)
    return Case(behaviour, None, {"part": "f = 2"})


@pytest.mark.parametrize(("spoken", "expected"), TEXTS.values(), ids=TEXTS, indirect=["spoken"])
def test_a_definition_becomes_a_function(spoken: Case, expected: str) -> None:
    """The source is code of the module, its names are parameters, and no line of the body moves."""
    assert inlined(spoken) == expected


@pytest.mark.parametrize("spoken", KEPT.values(), ids=KEPT, indirect=True)
def test_what_is_not_known_stays(spoken: Case) -> None:
    """A body whose sources are not all known, or depend on being code of a module of their own, keeps its strings."""
    assert inlined(spoken) is None
    assert needs_of(spoken, prepares=True) == spoken.behaviour.needs


def test_only_compilers_lose_the_need() -> None:
    """The need ``compile`` goes on an interpreter that builds its cases, and on no other one."""
    case = cases(load()["SYN-049"])[0]

    assert inlined(case) is not None
    assert (needs_of(case, prepares=False), needs_of(case, prepares=True)) == (("compile",), ())


def _inlined_before(behaviours: Iterator[Behaviour]) -> list[Case]:
    """The cases with definitions, without those of PEP 828, that apply to this Python."""
    here = sys.version_info[:2]
    return [case for each in behaviours if each.applies_to(here) for case in cases(each) if inlined(case) is not None]


def _with_definitions(self: Requests, case: Case, *, prepares: bool = False) -> dict[str, Any]:
    text = program.body(case.behaviour)
    return {
        "file": case.name,
        "line": text.line,
        "source": inlined(case) or text.explicit,
        "function": text.name,
        "asynchronous": text.asynchronous,
        "arguments": dict(case.arguments),
        "allowed": list(case.behaviour.allowed),
        "collect": "gc" in case.behaviour.needs,
    }


def test_verdicts_are_the_same() -> None:
    """A case with its source as code has the verdict, and the observation, of the case with its source in strings."""
    some = _inlined_before(iter(load().values()))
    found = []
    for of in (Requests.of, _with_definitions):
        with mock.patch.object(Requests, "of", of):
            target = StreamTarget([sys.executable])
            target.start()
            target.submit(some)
            found.append({case.name: (answer := target.answer(case)).verdict + str(answer.observed) for case in some})
            target.close()

    assert len(some) > 20
    assert found[1] == found[0]


@pytest.mark.parametrize("all_of_them", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["some", "all"])
def test_verdicts_of_the_proposal_are_the_same(all_of_them: bool) -> None:
    """Under the expansion of PEP 828, its cases pass with their source as code as they do with it in strings."""
    if sys.implementation.name != "cpython" or sys.version_info < (3, 11):
        pytest.skip("the expansion runs on CPython 3.11 and newer")
    missing = unshown((3, sys.version_info[1]))
    some = [case for case in chosen() if inlined(case) is not None and case.name not in missing]
    with mock.patch.object(Requests, "of", _with_definitions):
        found, _ = answers(some if all_of_them else some[::20])

    assert {name: answer.message for name, answer in found.items() if answer.verdict != "pass"} == {}
