"""The files that GitHub reads: two offline tools check workflows, the action, the issue form and Dependabot's file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conformance.program import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
#: A schema of check-jsonschema → the files that must fit it.
SCHEMAS = {
    "vendor.github-workflows": WORKFLOWS,
    "custom.github-workflows-require-timeout": WORKFLOWS,
    "vendor.github-actions": [ROOT / "action.yml"],
    "vendor.github-issue-forms": sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml")),
    "vendor.dependabot": [GITHUB / "dependabot.yml"],
}
#: zizmor must find two mistakes here: the token stays in the checkout, and a message becomes part of a script.
CARELESS = """\
on: push
permissions: {}
jobs:
  job:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@v5
      - run: echo "${{ github.event.head_commit.message }}"
"""


def fits(schema: str, *paths: Path) -> tuple[bool, str]:
    """Whether check-jsonschema accepts the files, and its output."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.returncode == 0, done.stdout + done.stderr


def audit(*paths: Path) -> tuple[int, str]:
    """The exit status of zizmor with the settings of this project, and its output."""
    tool = str(Path(sys.executable).with_name("zizmor"))
    # Its colours depend on the environment: a CI gets them without a terminal.
    options = ["--offline", "--no-progress", "--color=never", "--format=plain", "--strict-collection"]
    options.append(f"--config={GITHUB / 'zizmor.yml'}")
    done = subprocess.run([tool, *options, *map(str, paths)], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_fit_their_schema(schema: str) -> None:
    """GitHub can read each file: no key is misspelt, and every job has a time limit."""
    paths = SCHEMAS[schema]
    accepted, said = fits(schema, *paths)

    assert paths
    assert accepted, said


@pytest.mark.parametrize("schema", SCHEMAS)
def test_wrong_file_is_refused(schema: str, tmp_path: Path) -> None:
    """Each schema refuses a wrong file."""
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("on: push\njobs:\n  job:\n    runs_on: ubuntu-latest\n    steps: [{run: 'true'}]\n")

    assert not fits(schema, wrong)[0]


def test_zizmor_finds_nothing() -> None:
    """zizmor read each file that GitHub runs, and found no mistake."""
    status, said = audit(GITHUB, ROOT / "action.yml")
    read = set(re.findall(r"completed .*?([\w-]+\.yml)", said))

    assert status == 0, said
    assert read == {"action.yml", "dependabot.yml", *(path.name for path in WORKFLOWS)}


def test_zizmor_finds_what_is_careless(tmp_path: Path) -> None:
    """zizmor finds a checkout that keeps its token and a script with foreign text in it."""
    workflows = tmp_path / ".github" / "workflows"
    workflows.mkdir(parents=True)
    (workflows / "careless.yml").write_text(CARELESS)
    status, said = audit(tmp_path / ".github")

    assert status != 0
    assert set(re.findall(r"\[([a-z-]+)\]: ", said)) == {"artipacked", "template-injection"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_only_the_job_that_publishes_may_write(path: Path) -> None:
    """A workflow may read the repository; only the job that publishes the site may do more."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    writing = [name for name, job in workflow["jobs"].items() if "write" in job.get("permissions", {}).values()]

    assert workflow["permissions"] == {"contents": "read"}
    assert writing == (["publish"] if path.stem == "publish" else [])


def test_only_whole_runs_are_published() -> None:
    """The site that goes to Pages is built with ``--strict``."""
    text = (GITHUB / "workflows" / "publish.yml").read_text(encoding="utf-8")
    (build,) = re.findall(r"python -m reports build .*", text)

    assert "--strict" in build
