"""Every command takes every result file that the schema allows, with the strangest values, without a traceback."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.catalogue import load
from conformance.program import cases
from conformance.verdicts import VERDICTS
from reports.__main__ import main as reports
from runners.record.reading import _accepts
from runners.record.results import KINDS, SCHEMA
from tests.reports.samples import EVIL, outcome, result, run_command

#: Texts that a number, a version, a terminal, a page or Python's own syntax could stumble over.
_ODD = [
    "",
    "9" * 5000,
    "1.9.",
    "nan",
    "\u00b2",
    "\u0663.\u0661",
    EVIL,
    "\u2028",
    "[bold]x[/]",
    "{{x}}",
    "[" * 3000,
    "[[]]",
]
_TEXT = st.sampled_from(_ODD) | st.text(max_size=10)
_MAYBE = st.none() | _TEXT
_NAMES = [case.name for behaviour in load().values() for case in cases(behaviour)]
_CASE = st.sampled_from(_NAMES) | st.from_regex(r"^[A-Z]{3}-[0-9]{3}[a-z]?(\[[^\x00-\x1f]*\])?$", fullmatch=True)
_SECONDS = st.floats(0, 1e12) | st.sampled_from([0, 10**12, 5e-324])
_NUMBER = st.sampled_from([1, 2, 10**40])
_PYTHON = st.fixed_dictionaries({"implementation": _TEXT, "version": _TEXT})
_LOCALS = st.dictionaries(st.sampled_from(["seen", "seen_again", "log", "steps", "state"]) | _TEXT, _TEXT, max_size=4)
_OUTCOME = st.fixed_dictionaries(
    {
        "case": _CASE,
        "module": st.sampled_from(["conformance/a/test_b.py", "conformance/bidirection/test_asend.py"]),
        "level": st.sampled_from(["language", "library", "detail"]),
        "applicable": st.booleans(),
        "verdict": st.sampled_from(list(VERDICTS)),
    },
    optional={
        **dict.fromkeys(("known", "observed", "message", "output", "stderr", "loop", "after", "revision"), _MAYBE),
        "line": st.none() | _NUMBER,
        "locals": st.none() | _LOCALS,
        "dirty": st.lists(_TEXT, max_size=2),
    },
).map(lambda each: {**each, "id": str(each["case"]).partition("[")[0]})
_INTERPRETER = st.fixed_dictionaries(
    {
        **dict.fromkeys(("label", "title", "command", "implementation", "version_text"), _TEXT),
        **dict.fromkeys(("implementation_version", "language_version"), _TEXT),
        **dict.fromkeys(("platform", "system", "machine"), _MAYBE),
        "kind": st.sampled_from(KINDS),
        "slug": st.from_regex(r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,119}$", fullmatch=True),
        "judged_as": st.from_regex(r"^3\.[0-9]{1,3}$", fullmatch=True),
        "build": st.lists(_TEXT, max_size=2),
        "host": st.none() | _PYTHON,
        "loop": st.none() | st.fixed_dictionaries({"name": _TEXT, "version": _MAYBE}),
        "features": st.dictionaries(_TEXT, _MAYBE, max_size=2),
    }
)
_DOCUMENT = st.fixed_dictionaries(
    {
        "schema": st.just(2),
        "suite": st.fixed_dictionaries({"version": _TEXT, "revision": _MAYBE, "harness": _MAYBE}),
        "host": _PYTHON,
        "interpreter": _INTERPRETER,
        "selection": st.none() | st.fixed_dictionaries({"arguments": st.lists(_TEXT, max_size=2), "cases": _NUMBER}),
        "as_of": _MAYBE,
        "shard": st.none() | st.fixed_dictionaries({"number": _NUMBER, "of": _NUMBER}),
        "started": st.from_regex(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$", fullmatch=True),
        "seconds": _SECONDS,
        "complete": st.booleans(),
        "absent": _MAYBE,
        "baseline": st.none() | st.lists(_TEXT, max_size=2),
        "outcomes": st.lists(_OUTCOME, max_size=5),
        "hashes": st.dictionaries(_CASE, st.from_regex(r"^[0-9a-f]{16}$", fullmatch=True), max_size=2),
        "end": st.none() | st.fixed_dictionaries({"status": st.none() | _NUMBER, "stderr": _MAYBE}),
        "timings": st.dictionaries(_CASE, _SECONDS, max_size=2),
    }
)


def _check(documents: tuple[dict[str, Any], dict[str, Any]], *commands: tuple[str, ...]) -> None:
    """Write two valid documents, and start the commands with OLD, NEW and OUT replaced by paths."""
    with tempfile.TemporaryDirectory() as name:
        places = {each: str(Path(name) / each) for each in ("OLD.json", "NEW.json", "OUT")}
        for place, document in zip(places.values(), documents, strict=False):
            _accepts(SCHEMA)(document)
            Path(place).write_text(json.dumps(document))
        for command in commands:
            answer = run_command(reports, *(places.get(word, word) for word in command))

            assert answer.exit_code in (0, 1), (command, answer.output)
            assert answer.exception is None or isinstance(answer.exception, SystemExit), command


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("summary", "OLD.json", "NEW.json"),
        ("summary", "OLD.json", "--format", "markdown"),
        ("annotate", "OLD.json", "NEW.json"),
        ("diff", "OLD.json", "NEW.json"),
        ("diff", "NEW.json", "OLD.json"),
        ("build", "OLD.json", "NEW.json", "--out", "OUT"),
    ],
    ids=" ".join,
)
def test_values_that_no_run_writes(command: tuple[str, ...]) -> None:
    """A reason on a pass, versions of 5000 digits and the largest numbers are valid, and every command takes them."""
    plain = result().record.as_document()
    versions = dict.fromkeys(("implementation_version", "language_version", "version_text"), "9" * 5000)
    odd = {
        **plain,
        "interpreter": {**plain["interpreter"], **versions, "judged_as": "3.999"},
        "seconds": 1e12,
        "selection": {"arguments": [], "cases": 10**40},
        "timings": {"SND-001": 1e12, "ZZZ-001": 5e-324},
        "outcomes": [
            outcome("pass", known="because").as_dict(),
            outcome("fail", "SND-013", known="because", applicable=False, line=10**40).as_dict(),
            outcome("crash", "SND-002", known="", level="detail").as_dict(),
        ],
    }

    _check((odd, plain), command)


@settings(max_examples=6, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.tuples(_DOCUMENT, _DOCUMENT))
def test_valid_results_are_told(documents: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """``summary``, ``annotate`` and ``diff`` take each pair of valid files."""
    _check(
        documents,
        ("summary", "OLD.json", "NEW.json"),
        ("summary", "OLD.json", "--format", "markdown"),
        ("annotate", "OLD.json", "NEW.json"),
        ("diff", "OLD.json", "NEW.json"),
    )


@pytest.mark.slow
@settings(max_examples=2, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.tuples(_DOCUMENT, _DOCUMENT))
def test_valid_results_are_shown(documents: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """``build`` makes a site of each pair of valid files."""
    _check(documents, ("build", "OLD.json", "NEW.json", "--out", "OUT"))
