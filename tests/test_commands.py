"""What holds for every command of every ``python -m`` program of this project."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from conformance.__main__ import main as conformance
from conformance.commands import Commands
from reports.__main__ import main as reports
from runners.__main__ import main as runners
from runners.survey import Candidate, Finding

PROGRAMS: dict[str, click.Group] = {"conformance": conformance, "runners": runners, "reports": reports}
#: Each help, and the commands of which a test needs no other file.
LINES = [
    *([name, "--help"] for name in PROGRAMS),
    *([name, command, "--help"] for name, program in PROGRAMS.items() for command in program.commands),
    ["conformance", "list"],
    ["conformance", "list", "--json"],
    ["conformance", "show", "SND-001"],
    ["conformance", "sources"],
    ["conformance", "script", "SND-001"],
    ["reports", "found"],
    ["runners", "list"],
    ["runners", "list", "--json"],
    ["runners", "matrix"],
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_output_that_cannot_be_written(
    line: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a full disk behind standard output, every command ends with one line and the status of an error."""
    missing = Finding(Candidate("some", "some"), None, "some: there is no such file")
    monkeypatch.setattr("runners.__main__.candidates", list)
    monkeypatch.setattr("runners.__main__.implementations", lambda machine: [])
    monkeypatch.setattr("runners.__main__.identify", lambda *arguments: [missing])
    program = PROGRAMS[line[0]]
    assert isinstance(program, Commands)
    with open("/dev/full", "w", encoding="utf-8") as full, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", full)
        with pytest.raises(SystemExit) as ended:
            program.main(line[1:], prog_name=line[0])

    assert ended.value.code == program.status != 0
    assert capsys.readouterr().err == f"{program.word}: cannot write the output: No space left on device\n"


def test_reader_that_has_seen_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe that nobody reads any more ends a command without a line."""

    def echo(*arguments: object, **options: object) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr("click.echo", echo)
    answer = CliRunner().invoke(conformance, ["list"])

    assert answer.exit_code == 1
    assert answer.output == ""
