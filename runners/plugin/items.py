"""The items of pytest that are cases: which case and which interpreter each one stands for."""

from __future__ import annotations

import sys
from functools import cache

import pytest

from conformance.behaviour import CATALOGUE, Behaviour
from conformance.catalogue import load
from conformance.prelude import run
from conformance.program import Case, body, cases
from runners.plugin.lane import Lane

CASE = pytest.StashKey[Case]()
LANE = pytest.StashKey[Lane]()
#: The parameter that pytest adds to the cases if interpreters were named on the command line.
FIXTURE = "interpreter_under_test"


def case_of(item: pytest.Function, behaviour: Behaviour) -> tuple[Case, str]:
    """The case of a pytest item, and the label of its interpreter ("" for the interpreter at hand).

    Raises pytest.UsageError if the parameters are not those of a case.
    """
    callspec = getattr(item, "callspec", None)
    if callspec is None:
        return Case(behaviour, None, {}), ""
    param, label = callspec.id, callspec.params.get(FIXTURE, "")
    if label:
        param = "" if param == label else param.removesuffix(f"-{label}")
    case = _by_param(behaviour).get(param)
    if case is None:
        # A plugin such as pytest-repeat adds a parameter of its own, whose id is then a part of the item's.
        same = (each for each in cases(behaviour) if callspec.params.keys() - {FIXTURE} > each.arguments.keys())
        case = next((each for each in same if all(callspec.params[k] is v for k, v in each.arguments.items())), None)
    if case is None:
        raise pytest.UsageError(f"{item.nodeid}: parametrize needs one explicit string id for each value")
    return case, label


def node_id(case: Case, label: str) -> str:
    """The argument of pytest that selects a case for the interpreter with this label ("" for the one at hand)."""
    words = [word for word in (case.param, label) if word]
    place = f"{body(case.behaviour).file}::{case.behaviour.function.__name__}"
    return f"{place}[{'-'.join(words)}]" if words else place


def find(name: str) -> Case | None:
    """The case with this name, such as ``SND-001`` or ``SND-012[throw]``; None if there is none."""
    id = name.partition("[")[0]
    entry = CATALOGUE.get(id) or load().get(id)
    return None if entry is None else next((case for case in cases(entry) if case.name == name), None)


def call_here(case: Case) -> None:
    """Call a case in this process, unchanged, for ``--pdb`` and for pytest's own explanation of a failed assert.

    Raises what the case raises, and the skip and fail exceptions of pytest.
    """
    if not case.behaviour.applies_to(sys.version_info[:2]):
        pytest.skip(f"{case.behaviour.id} is about Python {case.behaviour.versions}")
    result = case.behaviour.function(**case.arguments)
    if body(case.behaviour).asynchronous:
        result = run(result)  # type: ignore[no-untyped-call]
    if case.behaviour.allowed and result not in case.behaviour.allowed:
        pytest.fail(f"an outcome that no document allows: {result}", pytrace=False)


@cache
def _by_param(behaviour: Behaviour) -> dict[str, Case]:
    return {case.param or "": case for case in cases(behaviour)}
