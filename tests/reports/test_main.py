"""The commands: what they print, and how they exit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance.__main__ import main as conformance
from reports.__main__ import main as reports
from tests.reports.samples import result, run_command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an old and a new result, and one that is broken."""
    (tmp_path / "old.json").write_text(json.dumps(result({"THR-002": "fail"}).document))
    (tmp_path / "new.json").write_text(json.dumps(result({"SND-001": "fail"}, slug="new").document))
    (tmp_path / "bad.json").write_text("{")
    return tmp_path


@pytest.mark.parametrize("form", ["terminal", "markdown"])
def test_summary(folder: Path, form: str) -> None:
    """The summary shows the matrix and what fails."""
    answer = run_command(reports, "summary", folder / "old.json", "--format", form)

    assert answer.exit_code == 0
    assert "bidirection" in answer.stdout
    assert "THR-002" in answer.stdout


def test_diff(folder: Path) -> None:
    """What broke makes the exit status 1; what is equal says so; a broken file is one line."""
    worse = run_command(reports, "diff", folder / "old.json", folder / "new.json")
    equal = run_command(reports, "diff", folder / "old.json", folder / "old.json")
    broken = run_command(reports, "diff", folder / "old.json", folder / "bad.json")

    assert worse.exit_code == 1
    assert "broken (1)" in worse.stdout
    assert "  SND-001: because of SND-001" in worse.stdout
    assert "fixed (1)" in worse.stdout
    assert (equal.exit_code, equal.stdout.splitlines()[-1]) == (0, "no difference")
    assert broken.exit_code == 2
    assert broken.stderr.startswith("error: ")


def test_catalogue_commands(tmp_path: Path) -> None:
    """``list``, ``list --json``, ``show`` and ``script`` say what they know, and what is unknown is one line."""
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
