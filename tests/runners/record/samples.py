"""Small valid results, as records and as documents, which a test can change; baselines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from conformance import hashes
from runners.record.outcome import Outcome
from runners.record.reading import OLD_SCHEMA_FILE
from runners.record.results import Interpreter, Record
from runners.record.revision import Python, Suite

#: The cases that the baselines of the tests may name, and the release of the fake interpreter.
KNOWN = {"SND-001", "SND-012[42]"}
FAKE = ("fakepython", "1.2.3", ("debug",))


def outcome(case: str = "SND-001", **changes: Any) -> Outcome:
    """A valid outcome: SND-001 passed."""
    values: dict[str, Any] = {
        "verdict": "pass",
        "id": case.partition("[")[0],
        "module": "conformance/bidirection/test_asend.py",
        "level": "language",
        "applicable": True,
        **changes,
    }
    return Outcome(case=case, **values)


def interpreter(**changes: Any) -> Interpreter:
    """A CPython 3.13.0."""
    values: dict[str, Any] = {
        "slug": "cpython-3.13.0",
        "label": "python",
        "title": "CPython 3.13.0",
        "command": "python",
        "implementation": "cpython",
        "implementation_version": "3.13.0",
        "language_version": "3.13.0",
        "judged_as": "3.13",
        "version_text": "3.13.0",
        "build": (),
        "platform": "linux",
        "system": "Linux",
        "machine": "x86_64",
        "features": {"gc": None},
        **changes,
    }
    return Interpreter(**values)


def record(*outcomes: Outcome, **changes: Any) -> Record:
    """A record of these outcomes, or of one that passed, with the hashes of the present cases."""
    found = {each.case: each for each in outcomes or (outcome(seconds=0.001),)}
    current = hashes.current()
    values: dict[str, Any] = {
        "suite": Suite("0.1.0", "abc", "0123456789abcdef"),
        "host": Python("CPython", "3.13.0"),
        "interpreter": interpreter(),
        "started": "2026-11-23T12:00:00Z",
        "seconds": 1.5,
        "complete": True,
        "outcomes": found,
        "hashes": {case: current[case] for case in found if case in current},
        **changes,
    }
    return Record(**values)


def document(**changes: Any) -> dict[str, Any]:
    """The document of a small valid result."""
    return {**record().as_document(), **changes}


def as_schema_1(document: dict[str, Any]) -> dict[str, Any]:
    """A document in the form of schema 1: without the keys that it did not have, the absence with the interpreter."""
    old = json.loads(OLD_SCHEMA_FILE.read_text(encoding="utf-8"))
    parts = {"suite": old["properties"]["suite"], "interpreter": old["properties"]["interpreter"]}
    absent = {**document["interpreter"], "absent": document["absent"]}
    found = _only(old, {**document, "schema": 1, "interpreter": absent})
    found |= {name: _only(part, found[name]) for name, part in parts.items()}
    return {**found, "outcomes": [_only(old["$defs"]["outcome"], each) for each in document["outcomes"]]}


def _only(schema: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key in schema["properties"]}


def old_document(**changes: Any) -> dict[str, Any]:
    """The document of a small result of schema 1, in which SND-001 failed at line 7."""
    failing = record(outcome(verdict="fail", line=7, message="no"))
    return {**as_schema_1(failing.as_document()), **changes}


def written(tmp_path: Path, text: str) -> Path:
    """A baseline file with this text."""
    path = tmp_path / "known.toml"
    path.write_text(text, encoding="utf-8")
    return path


def entry(**values: str) -> str:
    """An entry as text; the default case and reason are valid."""
    given = {"case": "SND-001", "reason": "because", **values}
    return "[[known]]\n" + "".join(f'{key} = "{value}"\n' for key, value in given.items() if value != "-") + "\n"


def cause(**values: str) -> str:
    """A cause as text; ``values`` are TOML, and "-" leaves a key out. The default values are valid."""
    given = {
        "id": '"some-cause"',
        "title": '"it does not hold"',
        "cases": '["SND-001"]',
        "only": '["some"]',
        "program": '"print(1)"',
        "expected": '"1"',
        "seen": '"2"',
        "upstream": '"not reported"',
        "state": '"open"',
        **values,
    }
    return "[[cause]]\n" + "".join(f"{key} = {value}\n" for key, value in given.items() if value != "-") + "\n"


def causes_file(tmp_path: Path, text: str) -> Path:
    """A file of causes with this text."""
    path = tmp_path / "some.toml"
    path.write_text(text, encoding="utf-8")
    return path
