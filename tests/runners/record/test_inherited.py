"""What compiled code inherits from its host CPython: the host's known failures in built-ins and library modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.catalogue import load
from runners.record.baseline import Change, update
from runners.record.inherited import INHERITED, reason
from runners.record.reading import refreshed
from runners.record.revision import Python
from tests.runners.record.samples import FAKE, interpreter, outcome, record

BEFORE, AFTER = Python("cpython", "3.13.1"), Python("cpython", "3.13.2")
#: Name of a row → (case, verdict, host, whether the failure is the host's). gh-128078 is fixed in 3.13.2.
ROWS = {
    "known": ("BLT-013", "fail", BEFORE, True),
    "crash": ("BLT-039[with-default-none]", "crash", BEFORE, True),
    "mended": ("BLT-013", "fail", AFTER, False),
    "interpreter": ("BLT-013", "fail", None, False),
    "passes": ("BLT-013", "pass", BEFORE, False),
    "unknown-to-the-host": ("BLT-007", "fail", BEFORE, False),
    "body": ("AWT-089[anext-StopIteration]", "fail", BEFORE, False),
    "other-host": ("BLT-013", "fail", Python("graalpy", "25.1"), False),
}


@pytest.mark.parametrize(("case", "verdict", "host", "expected"), ROWS.values(), ids=ROWS)
def test_known_failures_of_the_host_are_inherited(case: str, verdict: str, host: Python | None, expected: bool) -> None:
    """Only a failure that the host has in code that is not compiled is the host's."""
    assert (reason(outcome(case, verdict=verdict), host) is not None) == expected


def test_reader_names_the_host() -> None:
    """A result of a compiler that is read again says whose failure it is."""
    made = record(
        outcome("BLT-013", verdict="fail"),
        interpreter=interpreter(implementation="cython", implementation_version="3.3.1", host=BEFORE),
    )
    (found,) = refreshed(made).outcomes.values()

    assert found.known is not None
    assert found.known.startswith("a known failure of cpython 3.13.1, which runs the compiled code: ")


def test_update_adds_no_entry_for_the_host(tmp_path: Path) -> None:
    """``--update-baseline`` writes no entry for a failure that is the host's."""
    outcomes = [outcome("BLT-013", verdict="fail", known="of the host"), outcome("SND-001", verdict="fail")]

    assert update(tmp_path / "known.toml", [(FAKE, outcomes)]) == Change(added=1, removed=0)


def test_inherited_prefixes_exist() -> None:
    """Each prefix has a behaviour."""
    assert {name.partition("-")[0] for name in load()} >= INHERITED
