"""The table of bad inputs: a wrong option, file or folder gives one line and an exit status.

No run here may end in a traceback, and no outcome may be lost.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.runners import fake
from tests.runners.samples import results, run_suite, shell_script, verdicts

#: Name of a row → (arguments, a part of the one line about the mistake).
ARGUMENTS: dict[str, tuple[list[str], str]] = {
    "timeout-nan": (["--case-timeout", "nan"], "--case-timeout: must be a number of seconds, not 'nan'"),
    "timeout-inf": (["--case-timeout", "inf"], "--case-timeout: must be a number of seconds, not 'inf'"),
    "timeout-negative": (["--case-timeout=-1"], "--case-timeout: must be more than 0"),
    "timeout-empty": (["--case-timeout", ""], "--case-timeout: must be a number of seconds, not ''"),
    "timeout-huge": (["--case-timeout", "1e99"], "--case-timeout: must be more than 0 and at most 86400 seconds"),
    "timeout-word": (["--case-timeout", "long"], "--case-timeout: must be a number of seconds, not 'long'"),
    "repeat-zero": (["--repeat", "0"], "--repeat: must be a whole number from 1"),
    "repeat-half": (["--repeat", "1.5"], "--repeat: must be a whole number from 1"),
    "repeat-huge": (["--repeat", "9" * 400], "--repeat: must be a whole number"),
    "interpreter-empty": (["--interpreter", ""], "--interpreter: an empty command starts nothing"),
    "interpreter-quote": (["--interpreter", "a 'b"], '--interpreter: "a \'b" is not a command line: No closing'),
    "results-empty": (["--results", ""], "argument --results: the name of a folder is expected"),
    "cases-missing": (["--cases", "/nowhere/list"], "cannot read /nowhere/list: No such file or directory"),
    "workers-negative": (["-n", "-1"], "-n must be 0 or more, or auto, not -1"),
    "version": (["--language-version", "4.0"], "not a language version such as 3.10: '4.0'"),
    "version-huge": (["--language-version", "3.1000"], "not a language version such as 3.10: '3.1000'"),
    "version-digits": (["--language-version", "3.9" + "9" * 5000], "not a language version such as 3.10: '3.99"),
    "expression": (["-k", "SND and ("], "Wrong expression passed to '-k'"),
    "mark": (["-m", "a b"], "Wrong expression passed to '-m'"),
    "expression-n2": (["-k", "SND and (", "-n", "2"], "Wrong expression passed to '-k'"),
    "mark-n2": (["-m", "a b", "-n", "2"], "Wrong expression passed to '-m'"),
}


def told(answer: CompletedProcess[str]) -> str:
    """Everything that a run printed, after a check that there is no traceback and no internal error."""
    text = answer.stdout + answer.stderr
    assert "Traceback" not in text
    assert "INTERNALERROR" not in text
    return text


#: Rows of which another one tells the same in a way that takes no second worker.
REPEATED = {"expression-n2", "mark-n2", "repeat-huge", "version-huge", "version-digits"}
_ROWS = [
    pytest.param(*row, id=name, marks=[pytest.mark.slow] if name in REPEATED else []) for name, row in ARGUMENTS.items()
]


@pytest.mark.parametrize(("arguments", "line"), _ROWS)
def test_argument(arguments: list[str], line: str) -> None:
    """A wrong value is refused before any case runs, with one line that names the option and the mistake."""
    select = None if "-k" in arguments else "SND-001"
    answer = run_suite("--interpreter", fake("Fake"), *arguments, select=select, where="conformance/bidirection")
    lines = [each for each in told(answer).splitlines() if line in each]

    assert answer.returncode == 4
    assert len(lines) == 1
    assert "passed" not in answer.stdout


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["alone", "n2"])
def test_unknown_case_in_a_list(tmp_path: Path, workers: list[str]) -> None:
    """An unknown case in a list of cases is refused before any case runs, and before a worker starts."""
    path = tmp_path / "cases.txt"
    path.write_text("# mine\n\nSND-001\nSND-999\n")
    answer = run_suite("--interpreter", fake("Fake"), "--cases", path, *workers, select=None)

    assert answer.returncode == 4
    assert told(answer).count("--cases: no case SND-999") == 1


@pytest.mark.slow
def test_list_of_cases(tmp_path: Path) -> None:
    """Only the cases in the list run, and the result records the selection."""
    path = tmp_path / "cases.txt"
    path.write_text("SND-001\nSND-012[42]\n")
    answer = run_suite("--interpreter", fake("Fake"), "--cases", path, "--results", tmp_path / "results", select=None)
    (document,) = results(tmp_path / "results").values()

    assert answer.returncode == 0, answer.stdout
    assert verdicts(document) == {"SND-001": "pass", "SND-012[42]": "pass"}
    assert document["selection"]["cases"] == 2


#: Name of a row → (text of interpreters.toml, a part of the line about it).
USER_FILES: dict[str, tuple[bytes, str]] = {
    "empty-command": (b'mine = { command = "" }', "mine: command: an empty command starts nothing"),
    "empty-text": (b'mine = ""', "mine: an empty command starts nothing"),
    "infinite-memory": (b"mine = { command = 'x', memory = inf }", "mine: memory: must be a number of MiB, not inf"),
    "no-number": (b"mine = { command = 'x', start_timeout = nan }", "mine: start_timeout: must be a number of seconds"),
    "huge": (b"mine = { command = 'x', memory = 99999999999999999999 }", "mine: memory: must be more than 0"),
    "truth": (b"mine = { command = 'x', case_timeout = true }", "mine: case_timeout: must be a number of seconds"),
    "bytes": (b"mine = '\xff'", "interpreters.toml: "),
    "deep": (b"mine = " + b"[" * 20000, "interpreters.toml: "),
    "name": (b'"a\\nb" = "x"', "a name has at most 100 letters"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("content", "line"), USER_FILES.values(), ids=USER_FILES)
def test_user_file(tmp_path: Path, content: bytes, line: str) -> None:
    """A mistake in the user's file gives one line for each interpreter, because each name is looked up there."""
    path = tmp_path / "asyncgen-conformance/interpreters.toml"
    path.parent.mkdir()
    path.write_bytes(content)
    answer = run_suite(
        "--interpreter", "mine", "--interpreter", fake("Fake"), XDG_CONFIG_HOME=str(tmp_path), select="SND-001"
    )
    lines = [each for each in told(answer).splitlines() if line in each]

    assert answer.returncode == 4
    # The second interpreter is looked up in the same file.
    assert set(lines) == {lines[0]}
    assert lines[0].startswith("ERROR: an interpreter cannot run: ")


@pytest.mark.parametrize("command", [["list"], ["matrix"], ["list", "--json"]], ids=" ".join)
def test_user_file_of_the_other_commands(tmp_path: Path, command: list[str]) -> None:
    """``runners list`` and ``matrix`` print the same line."""
    path = tmp_path / "asyncgen-conformance/interpreters.toml"
    path.parent.mkdir()
    path.write_text('mine = { command = "" }')
    answer = _runners(*command, XDG_CONFIG_HOME=str(tmp_path))

    assert answer.returncode == 1
    assert told(answer) == (
        f"Error: {path}: mine: command: an empty command starts nothing; "
        "give a path, a command line, a version or a name\n"
    )


def _runners(*arguments: str, **environment: str) -> CompletedProcess[str]:
    import subprocess

    from conformance.program import ROOT

    command = [sys.executable, "-m", "runners", *arguments]
    variables = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=60)


def test_folder_of_path_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder on PATH or of pyenv that may not be listed is skipped without an error."""
    from runners.machine import pythons

    secret, good = tmp_path / "secret", tmp_path / "good"
    secret.mkdir()
    shell_script(good / "python3.12")
    monkeypatch.setenv("PATH", f"{secret}{os.pathsep}{good}{os.pathsep}{tmp_path / 'missing'}")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    (tmp_path / "pyenv/versions").mkdir(parents=True)
    listed = Path.iterdir

    def refuse(folder: Path) -> object:
        if folder in (secret, tmp_path / "pyenv/versions"):
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)

    assert [path.name for path in pythons.on_path()] == ["python3.12"]
    assert tmp_path not in [path.parents[-1] for path in pythons.folders()]


@pytest.mark.slow
def test_interrupt_when_one_interpreter_is_not_there(tmp_path: Path) -> None:
    """After Ctrl-C, the results of the interpreters that ran are kept, although another one was not found."""
    pointed = ["--interpreter", "/nowhere/python", "--interpreter", fake("Interrupts", "300")]
    answer = run_suite(*pointed, "--results", tmp_path, select=None)
    (document,) = results(tmp_path).values()

    assert "ERROR: an interpreter cannot run: /nowhere/python: there is no such file" in told(answer)
    assert not document["complete"]
    assert document["outcomes"] != []


@pytest.mark.slow
def test_labels_that_look_alike(tmp_path: Path) -> None:
    """Three interpreters run whose labels collide, also with the suffix that one of them gets."""
    paths = [tmp_path / "x/p3", tmp_path / "y/p3", tmp_path / "x/p3-2"]
    for path in paths:
        shell_script(path, f'exec {fake("Fake")} "$@"')
    pointed = [word for path in paths for word in ("--interpreter", str(path))]
    answer = run_suite(*pointed, "--results", tmp_path / "results", select="SND-001")

    assert answer.returncode == 0, told(answer)
    assert len(results(tmp_path / "results")) == 3


@pytest.mark.slow
def test_programs_that_cannot_be_written(tmp_path: Path) -> None:
    """With the file transport, a folder that disappears is an error of each case, and not of the run."""
    script = f"""echo x >> {tmp_path}/runs
if [ $(wc -l < {tmp_path}/runs) -ge 7 ]; then rm -rf "$(dirname "$(dirname "$1")")"; exit 0; fi
exec {sys.executable} "$@" """
    path = shell_script(tmp_path / "python", script)
    answer = run_suite("--interpreter", path, "--transport", "file", "--results", tmp_path / "results")
    (document,) = results(tmp_path / "results").values()

    assert answer.returncode == 1, told(answer)
    assert set(verdicts(document).values()) <= {"error", "crash", "unmet"}
    assert len(verdicts(document)) == 6


@pytest.mark.slow
@pytest.mark.parametrize("way", ["Evil", "EvilStart", "EvilNeed", "EvilAnswer"])
def test_text_of_an_interpreter_is_printable(way: str) -> None:
    """What an interpreter says reaches the terminal with escapes, and no line of it begins with a command for a CI."""
    answer = run_suite("--interpreter", fake(way), "-rsxf", select="SHD-002 or SND-001 or FRM-001")
    text = told(answer)

    assert "\x1b[31m" not in text
    assert "\\x1b[31mRED" in text
    assert not re.search(r"^\s*::|##\[", text, re.MULTILINE)


def test_case_that_no_interpreter_ran_never_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If another plugin removes the lane of a case, the case fails with a message, and never passes."""
    (tmp_path / "thief.py").write_text(
        "import pytest\n"
        "@pytest.hookimpl(tryfirst=True)\n"
        "def pytest_runtest_setup(item):\n"
        "    from runners.plugin.items import LANE\n"
        "    item.stash[LANE] = None\n"
    )
    answer = run_suite("-p", "thief", "--interpreter", fake("Failing"), select="SND-001", PYTHONPATH=str(tmp_path))

    assert answer.returncode == 1
    assert "SND-001 was not sent to any interpreter" in told(answer)
