"""The commands of ``python -m conformance``, given what makes no sense."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from conformance.__main__ import main

#: Arguments → (exit status, a part of the one line).
BAD: dict[str, tuple[list[str], int, str]] = {
    "no command": (["rumour"], 2, "No such command"),
    "show nothing": (["show"], 2, "Missing argument"),
    "show empty": (["show", ""], 1, "no behaviour"),
    "show unknown": (["show", "SND-999"], 1, "SND-999"),
    "show case": (["show", "SND-012[nowhere]"], 1, "SND-012[nowhere]"),
    "show line": (["show", "a\nb"], 1, "no behaviour"),
    "script nothing": (["script"], 2, "give the name of a case, --whole ID, or --all FOLDER"),
    "script both": (["script", "SND-001", "--all", "x"], 2, "give the name of a case, --whole ID, or --all FOLDER"),
    "script unknown": (["script", "ZZZ-001"], 1, "ZZZ-001"),
    "script several": (["script", "SND-012"], 1, "SND-012[42]"),
    "script case": (["script", "SND-012[nowhere]"], 1, "SND-012[nowhere]"),
    "folder empty": (["script", "--all", ""], 2, "give the name of a case, --whole ID, or --all FOLDER"),
    "list option": (["list", "--rumour"], 2, "No such option"),
}


@pytest.mark.parametrize(("arguments", "status", "line"), BAD.values(), ids=BAD)
def test_bad_arguments_are_one_line(arguments: list[str], status: int, line: str) -> None:
    """A wrong argument ends with a line that names it, a status that is not 0, and no traceback."""
    answer = CliRunner().invoke(main, arguments)

    assert answer.exit_code == status
    assert isinstance(answer.exception, SystemExit)
    assert line in answer.stderr
    assert "Traceback" not in answer.output
    assert len([each for each in answer.stderr.splitlines() if each.startswith("Error: ")]) == 1


def test_programs_that_cannot_be_written(tmp_path: Path) -> None:
    """A file where a folder should be is one line, and nothing is written."""
    (tmp_path / "file").write_text("in the way")
    answer = CliRunner().invoke(main, ["script", "--all", str(tmp_path / "file/x")])

    assert answer.exit_code == 1
    assert answer.stderr.startswith(f"Error: cannot write {tmp_path / 'file/x'}{os.sep}")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
