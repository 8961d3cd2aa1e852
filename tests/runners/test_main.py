"""The commands of ``python -m runners``, given what makes no sense."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from runners.__main__ import main

#: Arguments → (exit status, a part of the one line).
BAD: dict[str, tuple[list[str], int, str]] = {
    "no command": (["rumour"], 2, "Error: No such command"),
    "install nothing": (["install"], 2, "Error: Missing argument"),
    "install empty": (["install", ""], 4, "ERROR: "),
    "install unknown": (["install", "no-such-python"], 4, "no-such-python"),
    "install line": (["install", "a\nb"], 4, "ERROR: "),
    "publish nowhere": (["publish"], 2, "Error: Missing option"),
    "publish empty": (["publish", "--out", ""], 2, "the name of a folder is expected"),
    "publish unknown": (["publish", "--out", "x", "--changed", "--only", "no-such-python"], 4, "no-such-python"),
    "matrix empty": (["matrix", "--results", ""], 2, "the name of a folder is expected"),
    "point empty": (["point", "--results", "", "x"], 2, "the name of a folder is expected"),
    "point nothing": (["point"], 2, "Error: Missing argument"),
}


@pytest.mark.parametrize(("arguments", "status", "line"), BAD.values(), ids=BAD)
def test_bad_arguments_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int, line: str
) -> None:
    """A wrong argument ends with a line that names it, a status that is not 0, and no traceback; nothing is written."""
    monkeypatch.chdir(tmp_path)
    answer = CliRunner().invoke(main, arguments)
    lines = [each for each in answer.stderr.splitlines() if each.lower().startswith("error: ")]

    assert answer.exit_code == status, answer.output
    assert isinstance(answer.exception, SystemExit)
    assert len(lines) == 1
    assert line in lines[0]
    assert list(tmp_path.iterdir()) == []
