"""The commands: their output and their exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.__main__ import main as conformance
from conformance.program import ROOT
from reports.__main__ import main as reports
from reports.diff import LISTS
from tests.reports.samples import EVIL, changed, old_text_of, result, run_command, selection, text_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an old and a new result, and one that is broken."""
    (tmp_path / "old.json").write_text(text_of(result({"THR-002": "fail"})))
    (tmp_path / "new.json").write_text(text_of(result({"SND-001": "fail"}, slug="new")))
    (tmp_path / "bad.json").write_text("{")
    return tmp_path


@pytest.mark.parametrize("form", ["terminal", "markdown"])
def test_summary(folder: Path, form: str) -> None:
    """The summary shows the matrix and the failures."""
    answer = run_command(reports, "summary", folder / "old.json", "--format", form)

    assert answer.exit_code == 0
    assert "bidirection" in answer.stdout
    assert "THR-002" in answer.stdout


def test_diff(folder: Path) -> None:
    """A broken case makes the exit status 1; equal results say so; a broken file is one line."""
    worse = run_command(reports, "diff", folder / "old.json", folder / "new.json")
    equal = run_command(reports, "diff", folder / "old.json", folder / "old.json")
    broken = run_command(reports, "diff", folder / "old.json", folder / "bad.json")

    assert worse.exit_code == 1
    assert f"broken (1): {LISTS['broken']}" in worse.stdout
    assert "  SND-001: because of SND-001" in worse.stdout
    assert "fixed (1)" in worse.stdout
    assert (equal.exit_code, equal.stdout.splitlines()[-1]) == (0, "no difference")
    assert broken.exit_code == 2
    assert broken.stderr.startswith("error: ")


def test_diff_with_what_still_fails(tmp_path: Path) -> None:
    """What failed before and fails now is no difference; ``--all`` lists it, and changes no exit status."""
    (tmp_path / "old.json").write_text(text_of(result({"SND-001": "fail"})))
    words = ("diff", tmp_path / "old.json", tmp_path / "old.json")
    plain, everything = run_command(reports, *words), run_command(reports, *words, "--all")
    text = run_command(reports, *words, "--all", "--format", "markdown")

    assert plain.stdout.splitlines()[-1] == "no difference"
    assert everything.stdout.splitlines()[2:] == [
        f"still failing (1): {LISTS['still failing']}",
        "  SND-001: because of SND-001",
    ]
    assert "#### Still failing \\(1\\)" in text.stdout
    assert (plain.exit_code, everything.exit_code, text.exit_code) == (0, 0, 0)


def test_diff_as_markdown(folder: Path) -> None:
    """The text for a pull request counts behaviours, and the exit status is that of the terminal."""
    worse = run_command(reports, "diff", folder / "old.json", folder / "new.json", "--format", "markdown")

    assert worse.exit_code == 1
    assert worse.stdout.startswith("### Asynchronous generators: CPython 3.13.0, run of")
    assert "1 behaviour fixed, 1 broken." in worse.stdout
    assert "- **SND-001** " in worse.stdout


def test_a_lost_pass_is_worse(tmp_path: Path) -> None:
    """A case that passed and is not judged any more is not called broken, and still makes the exit status 1."""
    (tmp_path / "old.json").write_text(old_text_of(result()))
    (tmp_path / "new.json").write_text(text_of(result({"SND-001": "unmet"})))
    answer = run_command(reports, "diff", tmp_path / "old.json", tmp_path / "new.json")

    assert answer.exit_code == 1
    assert answer.stdout.splitlines()[2:] == [f"lost (1): {LISTS['lost']}", "  SND-001: because of SND-001"]


def test_annotate(tmp_path: Path) -> None:
    """A part that was chosen is a notice on standard output."""
    (tmp_path / "a.json").write_text(text_of(result(selection=selection(30))))
    answer = run_command(reports, "annotate", tmp_path)

    assert answer.exit_code == 0
    assert answer.stdout == "::notice title=CPython 3.13.0::incomplete: a selection of 30 cases\n"


def test_a_message_is_one_line_of_a_diff(tmp_path: Path) -> None:
    """No message adds a line to the lists."""
    (tmp_path / "old.json").write_text(text_of(result()))
    bad = changed(result({"SND-001": "fail"}), "SND-001", message=f"{EVIL}\nfixed (3): forged")
    (tmp_path / "new.json").write_text(text_of(bad))
    answer = run_command(reports, "diff", tmp_path / "old.json", tmp_path / "new.json")

    assert answer.exit_code == 1
    assert len(answer.stdout.splitlines()) == 4
    assert answer.stdout.replace("\n", "").isprintable()


@pytest.mark.slow
@pytest.mark.parametrize("form", ["terminal", "markdown"])
def test_a_terminal_without_unicode(tmp_path: Path, form: str) -> None:
    """A title that the terminal cannot show does not end the command: it is escaped, or written as UTF-8."""
    title = {"title": "Čeština 1", "implementation": "other"}
    (tmp_path / "a.json").write_text(text_of(result({"SND-001": "fail"}, interpreter=title)))
    command = [sys.executable, "-m", "reports", "summary", str(tmp_path), "--format", form]
    answer = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "ascii", "COLUMNS": "100"},
    )

    assert (answer.returncode, answer.stderr) == (0, "")
    assert "\\u010ce" in answer.stdout or "\u010ce" in answer.stdout


def test_catalogue_commands(tmp_path: Path) -> None:
    """``list``, ``list --json``, ``show`` and ``script`` show the catalogue; an unknown name is one line."""
    entries = json.loads(run_command(conformance, "list", "--json").stdout)
    listed = run_command(conformance, "list").stdout.splitlines()
    shown = run_command(conformance, "show", "SND-001").stdout
    everything = run_command(conformance, "script", "--all", tmp_path)

    assert len(entries) == len(listed)
    assert {"id", "sentence", "level", "sources", "since", "until", "module"} <= set(entries[0])
    assert "test_asend_value_becomes_the_result_of_yield" in shown
    assert "https://peps.python.org/pep-0525/" in shown
    assert everything.exit_code == 0
    assert len(list(tmp_path.glob("*.py"))) == sum(len(entry["cases"]) for entry in entries)
    for command in (["show", "QQQ-001"], ["script", "QQQ-001"], ["script", "SND-012"]):
        answer = run_command(conformance, *command)

        assert answer.exit_code == 1
        assert len(answer.stderr.strip().splitlines()) == 1


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "words",
    [["summary", "old.json"], ["summary", "old.json", "--format", "markdown"], ["diff", "old.json", "new.json"]],
    ids=["summary", "markdown", "diff"],
)
def test_an_output_that_cannot_be_written(folder: Path, words: list[str]) -> None:
    """With a full disk behind standard output, a command ends with 2 and one line."""
    command = [sys.executable, "-m", "reports", *words]
    with open("/dev/full", "w") as full:
        answer = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )

    assert answer.returncode == 2
    assert answer.stderr == "error: cannot write the output: No space left on device\n"
