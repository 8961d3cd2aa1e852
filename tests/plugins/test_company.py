"""Other plugins of pytest, installed in one environment and used with their options, do not change a verdict."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.program import ROOT
from runners.record.reading import parse

#: The plugins of the group "plugins": the module of each, and the name by which pytest loads it.
PLUGINS = {
    "anyio": "anyio",
    "pytest_asyncio": "asyncio",
    "pytest_cov": "pytest_cov",
    "pytest_randomly": "randomly",
    "pytest_repeat": "repeat",
    "pytest_rerunfailures": "rerunfailures",
    "pytest_timeout": "timeout",
    "pytest_trio": "trio",
}
missing = [module for module in PLUGINS if importlib.util.find_spec(module) is None]
if missing:
    raise pytest.UsageError(f"{missing[0]} is not installed: run 'tox run -e plugins', or install the group plugins")

ORDERED = ("-p", "no:randomly")
COVERED = ("--cov=runners", "--cov-report=", "--cov-fail-under=0")
#: Name → the options of a run.
USES: dict[str, tuple[str, ...]] = {
    "none": ORDERED,
    "asyncio": (*ORDERED, "--asyncio-mode=auto"),
    "trio": (*ORDERED, "-p", "trio", "-o", "trio_mode=true"),
    "timeout": (*ORDERED, "--timeout=5"),
    "timeout in a thread": (*ORDERED, "--timeout=5", "--timeout-method=thread"),
    "reruns": (*ORDERED, "--reruns", "1"),
    "randomly": ("-p", "randomly"),
    "cov": (*ORDERED, *COVERED),
    "repeat": (*ORDERED, "--count", "2"),
    "all": ("--asyncio-mode=auto", "--timeout=5", "--reruns", "1", "--count", "2", *COVERED),
    "all in two workers": ("-n", "2", "--asyncio-mode=auto", "--timeout=5", "--reruns", "1", "--count", "2", *COVERED),
}
#: Name → the option for the interpreter under test.
INTERPRETERS = {"at hand": (), "pointed at": ("--interpreter", sys.executable)}


def verdicts(folder: Path, *options: str) -> dict[str, str]:
    """The verdicts of the whole suite in a run with these options.

    The interpreter is judged as Python 3.8, because a failure that no baseline explains shall be among them.
    """
    command = [sys.executable, "-m", "pytest", "conformance", "-q", "--language-version", "3.8", *options]
    run = subprocess.run(
        [*command, "-p", "no:cacheprovider", "--results", str(folder)],
        cwd=ROOT,
        env={**os.environ, "COVERAGE_FILE": str(folder.parent / "measured")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    (path,) = folder.iterdir()
    record = parse(path)
    assert record.full
    return {case: outcome.verdict for case, outcome in record.outcomes.items()}


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The verdicts in a run without these plugins."""
    without = [word for name in PLUGINS.values() for word in ("-p", f"no:{name}")]
    return verdicts(tmp_path_factory.mktemp("alone") / "results", *without)


@pytest.mark.parametrize("interpreter", INTERPRETERS)
@pytest.mark.parametrize("use", USES)
def test_verdicts_are_the_same(tmp_path: Path, alone: dict[str, str], use: str, interpreter: str) -> None:
    """A run beside all these plugins, with the options of one or of all, is whole and has the same verdicts."""
    found = verdicts(tmp_path / "results", *USES[use], *INTERPRETERS[interpreter])

    assert found == alone
    assert "fail" in alone.values()
