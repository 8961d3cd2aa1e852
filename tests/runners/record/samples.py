"""Results as dictionaries, small and right, for the tests to bend."""

from __future__ import annotations

from typing import Any

from runners.record.results import Outcome


def document(**changes: Any) -> dict[str, Any]:
    """A small result that is right."""
    return {
        "schema": 1,
        "suite": {"version": "0.1.0", "revision": "abc"},
        "host": {"implementation": "CPython", "version": "3.13.0"},
        "interpreter": {
            "slug": "cpython-3.13.0",
            "label": "python",
            "title": "CPython 3.13.0",
            "command": "python",
            "implementation": "cpython",
            "implementation_version": "3.13.0",
            "language_version": "3.13.0",
            "judged_as": "3.13",
            "version_text": "3.13.0",
            "build": [],
            "platform": "linux",
            "features": {"gc": None},
            "absent": None,
        },
        "selection": None,
        "started": "2026-11-23T12:00:00Z",
        "seconds": 1.5,
        "complete": True,
        "outcomes": [outcome()],
        "timings": {"SND-001": 0.001},
        **changes,
    }


def outcome(**changes: Any) -> dict[str, Any]:
    """An outcome that is right."""
    values: dict[str, Any] = {
        "case": "SND-001",
        "id": "SND-001",
        "module": "conformance/bidirection/test_asend.py",
        "level": "language",
        "applicable": True,
        "verdict": "pass",
        **changes,
    }
    return Outcome(**values).as_dict()
