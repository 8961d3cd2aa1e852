"""One interpreter with several command lines: their identities differ, and their variables stay set."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pytest

from runners.transport.answers import Identity
from runners.transport.stream import StreamTarget
from tests.runners.samples import case, run_suite

HERE = shlex.quote(sys.executable)
#: Runs a program in a subinterpreter; before 3.14 only the private module of ``concurrent.interpreters`` exists.
SUB = (
    "import sys; from concurrent import interpreters; interpreters.create().exec(sys.argv[2])"
    if sys.version_info >= (3, 14)
    else "import sys, _interpreters as i; i.exec(i.create(), sys.argv[2])"
)


def identity(command: str) -> Identity:
    """The identity of the interpreter that a command line starts."""
    target = StreamTarget(shlex.split(command))
    try:
        return target.start()
    finally:
        target.close()


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="the Python at hand is not a CPython")
@pytest.mark.parametrize(
    ("command", "words"),
    [
        (f"{HERE} -X dev", ("dev",)),
        (f"env PYTHONASYNCIODEBUG=1 {HERE}", ("asyncio-debug",)),
        (f"env PYTHONASYNCIODEBUG=1 {HERE} -E", ()),
        (f"env CONFORMANCE_BUILD='asan clang-21' {HERE}", ("asan", "clang-21")),
    ],
)
def test_each_start_has_its_words(command: str, words: tuple[str, ...]) -> None:
    """Each difference from the default start is a word in the hello, and so in the slug."""
    plain, other = identity(HERE), identity(command)

    assert other.build == (*plain.build, *words)
    assert (other.slug == plain.slug) == (words == ())


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="the Python at hand is not a CPython")
@pytest.mark.skipif(sys.version_info < (3, 13), reason="a Python before 3.13 cannot say which interpreter this is")
def test_subinterpreter() -> None:
    """The agent runs in a subinterpreter, its hello says so, and cases have their verdicts."""
    target = StreamTarget([sys.executable, "-c", SUB])
    found = target.start()
    answers = [target.run(case(name)) for name in ("passes", "fails")]
    target.close()

    assert found.build[-1] == "subinterpreter"
    assert [answer.verdict for answer in answers] == ["pass", "fail"]


def test_environment_of_the_command_line_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter gets its own PYTHONPATH and not the host's; it gets sanitizer options from both."""
    (tmp_path / "sitecustomize.py").write_text("import os, sys\nsys.version = 'mine ' + os.environ['LSAN_OPTIONS']\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("LSAN_OPTIONS", "of the host")

    assert identity(HERE).version_text == sys.version
    assert identity(f"env PYTHONPATH={shlex.quote(str(tmp_path))} {HERE}").version_text == "mine of the host"
    assert identity(f"env PYTHONPATH={shlex.quote(str(tmp_path))} LSAN_OPTIONS=own {HERE}").version_text == "mine own"


@pytest.mark.slow
def test_missing_names_are_one_line_each(tmp_path: Path) -> None:
    """An unknown name and a missing implementation give one line each; the results of the others are kept."""
    nothing = {"CONFORMANCE_CACHE": str(tmp_path / "cache"), "CONFORMANCE_NODE": os.devnull}
    answer = run_suite(
        *("--interpreter", "pyodid"),
        *("--interpreter", "brython"),
        *("--interpreter", sys.executable),
        *("--results", tmp_path / "results"),
        **nothing,
    )

    assert answer.returncode == 4
    assert "names no implementation (did you mean pyodide?)" in answer.stdout
    assert "ERROR: an interpreter cannot run: brython is not on this machine: " in answer.stdout
    assert len(list((tmp_path / "results").iterdir())) == 1
