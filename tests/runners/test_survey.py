"""The survey of interpreters, and the choice of those that the matrix runs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import runners.machine.pythons as machine
import runners.survey as found
from runners.__main__ import main
from runners.survey import Candidate, Finding, identify
from runners.transport.answers import Identity
from tests.runners import fake


def _interpreter(implementation: str, language: str, named: bool = False, build: tuple[str, ...] = ()) -> Finding:
    identity = Identity(implementation, language, language, "", build, None, None, None)
    return Finding(Candidate("x", "x", "user" if named else None), identity, None)


@pytest.mark.parametrize(
    ("implementation", "language", "named", "native", "pointed"),
    [
        ("cpython", "3.9.18", False, False, True),
        ("cpython", "3.10.0", False, True, False),
        ("cpython", "3.15.2", True, False, True),
        ("pypy", "3.9.16", False, False, True),
        ("pypy", "3.11.17", False, True, False),
        ("graalpy", "3.12.8", False, False, False),
        ("micropython", "3.4.0", False, False, False),
        ("micropython", "3.4.0", True, False, True),
    ],
)
def test_what_the_matrix_runs(implementation: str, language: str, named: bool, native: bool, pointed: bool) -> None:
    """The matrix points at each CPython and PyPy that does not run pytest itself, and at all in the user's file."""
    found = _interpreter(implementation, language, named)

    assert (found.native, found.pointed) == (native, pointed)


@pytest.mark.parametrize("build", [("debug",), ("freethreaded",), ("debug", "freethreaded")], ids="-".join)
def test_the_matrix_points_at_other_builds(build: tuple[str, ...]) -> None:
    """tox makes an environment for the default build of a version; the matrix points at each other build."""
    found = _interpreter("cpython", "3.14.0", build=build)

    assert (found.native, found.pointed) == (False, True)
    assert _interpreter("cpython", "3.14.0", build=("jit",)).native


def test_identify_starts_each(tmp_path: Path) -> None:
    """Each candidate is started, and one that does not start has the reason."""
    here, broken = identify([Candidate("here", sys.executable), Candidate("broken", "/nowhere/python")])

    assert here.identity is not None
    assert here.identity.implementation == sys.implementation.name
    assert broken.identity is None
    assert broken.problem == "/nowhere/python: No such file or directory"


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with one interpreter that works and one that does not."""
    some = [Candidate("fake", fake("Fake"), "user"), Candidate("broken", "/nowhere/python", "user")]
    monkeypatch.setattr("runners.__main__.candidates", lambda: some)
    monkeypatch.setattr("runners.__main__.implementations", lambda machine: [])


@pytest.mark.usefixtures("two")
def test_list_shows_all() -> None:
    """``python -m runners list`` has one line for each interpreter, with the problem of one that cannot be used."""
    lines = CliRunner().invoke(main, ["list"]).stdout.splitlines()
    entries = json.loads(CliRunner().invoke(main, ["list", "--json"]).stdout)

    assert lines[0].split(maxsplit=1) == ["fake", "fakepython 1.2.3 (Python 3.12.0)"]
    assert lines[1].split(maxsplit=1) == ["broken", "-- /nowhere/python: there is no such file"]
    assert [entry["title"] for entry in entries] == ["fakepython 1.2.3 (Python 3.12.0)", None]


@pytest.mark.usefixtures("two")
def test_matrix_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The matrix runs the interpreters that were found, and prints a line for each one that is missing."""
    asked: list[list[str]] = []
    monkeypatch.setattr("pytest.main", asked.append)
    answer = CliRunner().invoke(main, ["matrix", "--results", "somewhere", "--", "-k", "SND"])

    assert answer.exit_code == 0
    assert "skipped: /nowhere/python: there is no such file" in answer.stdout
    assert "skipped: CPython 3.6: not found on this machine" in answer.stdout
    assert asked == [
        ["conformance", "--interpreter", "fake", "--results", "somewhere", "-k", "SND"],
    ]


@pytest.mark.parametrize("words", [["py39 -O"], ["py39", "-O"]], ids=["quoted", "words"])
def test_point_takes_a_command_line(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    """``tox run -e interpreter -- CMD`` needs no quotes around a command with arguments."""
    asked: list[list[str]] = []
    monkeypatch.setattr("pytest.main", asked.append)
    CliRunner().invoke(main, ["point", *words])

    assert asked == [["conformance", "--interpreter", "py39 -O"]]


def test_candidates_are_on_path_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with several names on PATH is one candidate, and pyenv's shims are not candidates."""
    for folder in ("bin", "shims"):
        (tmp_path / folder).mkdir()
        for name in ("python3", "python3.13", "python3-config", "pip3"):
            (tmp_path / folder / name).symlink_to(sys.executable)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{tmp_path / 'shims'}")
    monkeypatch.setattr(machine, "folders", list)
    monkeypatch.setattr(found, "user_interpreters", dict)

    assert [candidate.name for candidate in found.candidates()] == ["python3"]
