"""A program that has the name of a Python is asked for its version, and cannot do harm with its answer."""

from __future__ import annotations

import os
import select
import sys
from pathlib import Path

import pytest

from runners.machine.pythons import pythons
from tests.runners.samples import shell_script


def test_python_answers() -> None:
    """A CPython says its version."""
    if sys.implementation.name != "cpython":
        pytest.skip("only a CPython answers")
    (found,) = pythons([[sys.executable]])

    assert found.version == sys.version_info[:3]


@pytest.mark.parametrize("text", ["exec yes", "exit 1", "echo nonsense"], ids=["flood", "status", "nonsense"])
def test_other_program_is_not_a_python(tmp_path: Path, text: str) -> None:
    """A program that writes without end, or something else, is passed over."""
    assert pythons([[str(shell_script(tmp_path / "python3", text))]]) == []


def test_flood_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A program that writes much more than a Python is ended long before it has written all of it."""
    text = f"head -c 50000000 /dev/zero && echo end >{tmp_path}/end"

    assert pythons([[str(shell_script(tmp_path / "python3", text))]]) == []
    assert not (tmp_path / "end").exists()


def test_its_children_end_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that hangs is ended together with its children."""
    monkeypatch.setattr("runners.machine.pythons._PATIENCE", 0.3)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with os.fdopen(os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)) as held:
        found = pythons([[str(shell_script(tmp_path / "python3", f"(sleep 100 >{fifo}) & wait"))]])
        gone = select.select([held], [], [], 30)[0]  # at the latest when nobody holds the other end
        rest = held.read() if gone else None

    assert (found, rest) == ([], "")
