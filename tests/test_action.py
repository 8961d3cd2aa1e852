"""The GitHub Action without GitHub: the shell runs its steps as GitHub's runner does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from conformance.program import ROOT
from tests.runners import fake

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


def step(text: str) -> dict[str, Any]:
    """The step whose script contains this text."""
    (found,) = [each for each in STEPS if text in each.get("run", "")]
    assert isinstance(found, dict)
    return found


def perform(script: str, folder: Path, **variables: str) -> tuple[int, str, dict[str, str]]:
    """Run the script of a step as the runner does; return (exit status, output, outputs that it set)."""
    outputs = folder / "outputs"
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "SUITE": str(ROOT),
        "PYTHON": sys.executable,
        "RESULTS": str(folder / "results"),
        "REPORT": str(folder / "report"),
        "GITHUB_OUTPUT": str(outputs),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        **variables,
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    lines = outputs.read_text().splitlines() if outputs.exists() else []
    return done.returncode, done.stdout + done.stderr, dict(line.split("=", 1) for line in lines)


def inputs(**changes: str) -> dict[str, str]:
    """The variables of the step that runs the suite, if a user gives only the interpreter."""
    return {"BASELINE": "", "LEVEL": "detail", "LANGUAGE_VERSION": "", "MORE": "", **changes}


@pytest.mark.slow
@needs_bash
def test_a_failing_interpreter(tmp_path: Path) -> None:
    """Failures get annotations and a summary, the report is built, and the last step has the exit status."""
    (tmp_path / "known.toml").write_text("")
    given = inputs(INTERPRETER=fake("Failing"), MORE='-k "SND-001 or SND-002"', BASELINE="known.toml\n")
    done, output, outputs = perform(step("pytest")["run"], tmp_path, **given)
    told, said, _ = perform(step("annotate")["run"], tmp_path)
    ended, _, _ = perform(step('exit "$STATUS"')["run"], tmp_path, STATUS=outputs["status"])

    assert (done, outputs["status"]) == (0, "1"), output
    assert told == 0
    assert "::error title=SND-001 fail on" in said
    assert "SND" in (tmp_path / "summary.md").read_text()
    assert (tmp_path / "report" / "index.html").exists()
    assert ended == 1


@pytest.mark.slow
@needs_bash
def test_modules_of_the_workspace_are_not_imported(tmp_path: Path) -> None:
    """A file of the workspace with the name of a module is run neither by the host nor by the interpreter."""
    for name in ("pytest", "json", "re", "click", "warnings"):
        (tmp_path / f"{name}.py").write_text(f"open('{name}.hit', 'w').close(); raise SystemExit(7)")
    _, output, outputs = perform(
        step("pytest")["run"], tmp_path, **inputs(INTERPRETER=sys.executable, MORE="-k SND-001")
    )
    told, said, _ = perform(step("annotate")["run"], tmp_path)

    assert outputs["status"] == "0", output
    assert told == 0, said
    assert list(tmp_path.glob("*.hit")) == []


@pytest.mark.slow
@needs_bash
def test_an_interpreter_that_is_not_there(tmp_path: Path) -> None:
    """The status is 4, and another error says that there is no result."""
    done, output, outputs = perform(
        step("pytest")["run"], tmp_path, **inputs(INTERPRETER="./no-such", MORE="-k SND-001")
    )
    told, said, _ = perform(step("annotate")["run"], tmp_path)

    assert (done, outputs["status"]) == (0, "4"), output
    assert told == 0
    assert "There is no result" in said


def test_inputs_reach_scripts_as_variables_only() -> None:
    """No input is a part of a script, which would run it; each declared input is used."""
    for each in STEPS:
        assert "${{" not in each.get("run", ""), each
    used = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))

    assert used == set(ACTION["inputs"])


def test_outputs_come_from_steps_that_exist() -> None:
    """Each output of the action comes from one of its steps."""
    ids = {each["id"] for each in STEPS if "id" in each}
    named = re.findall(r"steps\.([a-z]+)\.outputs", (ROOT / "action.yml").read_text(encoding="utf-8"))

    assert named
    assert set(named) <= ids
