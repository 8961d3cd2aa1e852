"""The matrix: an environment runs only the Python of its name, and reports only its own results."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.program import ROOT
from runners.machine.resolve import matches

HERE = ("py" if sys.implementation.name == "cpython" else "pypy") + "{}{}".format(*sys.version_info[:2])


@pytest.fixture(scope="module")
def settings() -> configparser.ConfigParser:
    """``tox.ini``, without interpolation."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "tox.ini")
    return parser


def matrix(settings: configparser.ConfigParser) -> list[str]:
    """The environments that are named after a Python, with the braces of ``env_list`` expanded."""
    found = []
    for line in settings["tox"]["env_list"].split():
        before, braces, after = [*re.split(r"[{}]", line), "", ""][:3]
        found += [f"{before}{each}{after}" for each in braces.split(",")]
    return [name for name in found if re.fullmatch(r"(py|pypy)\d+", name)]


def test_matrix_is_what_runs_pytest_itself(settings: configparser.ConfigParser) -> None:
    """CPython from 3.10 on and PyPy 3.11 have environments, and all of them use the same command."""
    names = matrix(settings)

    assert names == [*(f"py3{minor}" for minor in range(10, 16)), "pypy311"]
    assert not any(f"testenv:{name}" in settings for name in names)
    for name in names:
        implementation = "pypy" if name.startswith("pypy") else "cpython"
        assert matches(name, implementation, (3, int(name[-2:])))


@pytest.mark.parametrize(
    ("name", "status"), [(HERE, 0), *(pytest.param(name, 4, marks=pytest.mark.slow) for name in ("py36", "pypy39"))]
)
def test_environment_runs_the_python_of_its_name(
    settings: configparser.ConfigParser, tmp_path: Path, name: str, status: int
) -> None:
    """In an environment with another Python than its name says, the command exits with 4 and writes no result."""
    values = {"env_name": name, "work_dir": str(tmp_path), "/": os.sep, "posargs": "-k SND-001 -p no:cacheprovider"}
    command = re.sub(r"\{([^{}]+)\}", lambda match: values[match[1]], settings["testenv"]["commands"])
    answer = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )

    assert answer.returncode == status, answer.stdout
    assert (tmp_path / "results").exists() == (status == 0)
    if status:
        assert re.search(rf"ERROR: an interpreter cannot run: .+: is .+, but {name} was expected", answer.stdout)


def test_what_says_where_things_are_goes_through(settings: configparser.ConfigParser) -> None:
    """tox passes the variables that say where implementations are."""
    passed = settings["testenv"]["pass_env"].split()

    assert {"CONFORMANCE_*", "PYENV_ROOT", "UV_PYTHON_INSTALL_DIR", "XDG_CACHE_HOME"} <= set(passed)
    assert settings["testenv:check"]["pass_env"] == "CI"  # the self-tests must not depend on the machine


def test_report_comes_last_and_old_results_are_forgotten_first(settings: configparser.ConfigParser) -> None:
    """Every environment waits until ``fresh`` has removed the old results, and the report waits for all others."""
    waits_for = settings["testenv:report"]["depends"].split()

    assert settings["testenv"]["depends"] == "fresh"
    assert settings["testenv:pointed"]["depends"] == "fresh"
    assert waits_for == [line for line in settings["tox"]["env_list"].split() if line not in ("fresh", "report")]


def test_every_environment_is_described(settings: configparser.ConfigParser) -> None:
    """``tox list`` says what each environment is for."""
    sections = [name for name in settings.sections() if name.startswith("testenv")]

    assert [name for name in sections if not settings[name].get("description")] == []
