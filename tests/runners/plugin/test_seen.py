"""What a user sees of a run that takes long, and of one whose surroundings are poor."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.program import ROOT
from tests.runners import fake
from tests.runners.samples import results, run_suite, verdicts

#: Makes progress impatient, so that the test need not wait.
IMPATIENT = """
from runners.plugin import progress

progress.PATIENCE = progress.IN_A_LOG = progress.IN_A_TERMINAL = 0.0
"""
#: A Python that reads this at its start has a user without a name and, if HOME is not set, without a home.
NAMELESS = """
import pwd

def unknown(*arguments):
    raise KeyError("uid not found")

pwd.getpwuid = pwd.getpwnam = unknown
"""


def arguments(*more: str) -> list[str]:
    """The command of a small run with a busy interpreter and impatient progress."""
    command = [sys.executable, "-m", "pytest", "conformance/context", "-k", "FRM-001 or CVR-001", "-p", "impatient"]
    return [*command, "-p", "no:cacheprovider", "--interpreter", fake("Busy"), *more]


def environment(folder: Path) -> dict[str, str]:
    """The environment in which ``-p impatient`` is found."""
    (folder / "impatient.py").write_text(IMPATIENT)
    return {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}


@pytest.mark.slow
def test_progress_in_a_log(tmp_path: Path) -> None:
    """Without ``-s``, a log has a line of its own for each step of a start and of a case."""
    answer = subprocess.run(
        arguments(), cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, timeout=60
    )
    lines = [line for line in answer.stdout.splitlines() if "building" in line]

    assert answer.returncode == 0, answer.stdout
    assert [line.split(": ", 1)[1] for line in lines] == ["building 1 of 2, 0 s", "building 2 of 2, 0 s"]


@pytest.mark.slow
def test_progress_on_a_terminal(tmp_path: Path) -> None:
    """Without ``-s``, a terminal shows each step, and the line is cleared at the end."""
    import pty

    host, terminal = pty.openpty()
    with subprocess.Popen(
        arguments(), cwd=ROOT, env=environment(tmp_path), stdin=terminal, stdout=terminal, stderr=terminal
    ) as child:
        os.close(terminal)
        shown = b""
        while True:
            try:
                chunk = os.read(host, 4096)
            except OSError:  # the other side was closed
                break
            if not chunk:
                break
            shown += chunk
    os.close(host)

    assert child.returncode == 0, shown
    assert b"building 1 of 2, 0 s" in shown
    assert b"building 2 of 2, 0 s" in shown
    assert b"\r" + b" " * 20 in shown.partition(b"building 2 of 2")[2]


@pytest.mark.parametrize("option", ["--results", "--interpreter", "--baseline"])
def test_path_that_cannot_be_sent_to_workers(tmp_path: Path, option: str) -> None:
    """With ``-n``, a path that is not UTF-8 is refused with one line."""
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff")
    answer = run_suite("-n", "2", option, path, where="conformance/context", select=None)

    assert answer.returncode == 4
    assert answer.stderr.startswith(f"ERROR: -n: pytest-xdist cannot send the argument {tmp_path}/\\udcff to its")
    assert answer.stderr.count("\n") == 2
    assert "INTERNALERROR" not in answer.stdout


@pytest.mark.slow
def test_results_in_a_folder_that_is_not_utf8(tmp_path: Path) -> None:
    """Without ``-n``, a result is written into such a folder."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    answer = run_suite("--results", folder, "--interpreter", fake("Fake"), where="conformance/context", select=None)
    (document,) = results(folder).values()

    assert answer.returncode == 0, answer.stdout
    assert document["complete"]


@pytest.mark.slow
def test_results_beside_a_baseline(tmp_path: Path) -> None:
    """A baseline in the folder of the results stays as it was."""
    path = tmp_path / "known.toml"
    path.write_text("known = []\n")
    answer = run_suite(
        "--results",
        tmp_path,
        "--baseline",
        path,
        "--interpreter",
        fake("Fake"),
        where="conformance/context",
        select=None,
    )
    names = sorted(each.name for each in tmp_path.iterdir())

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert names == ["fakepython-1.2.3-py3.12.json", "known.toml"]
    assert path.read_text() == "known = []\n"


@pytest.mark.slow
@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["alone", "n2"])
@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"known = 3\n", "only [[known]] tables are expected, each with case, only, and reason and issue, or cause"),
        (b"known = " + b"[" * 20_000, "is not valid TOML: "),
        (None, "is not a file"),
    ],
    ids=["number", "deep", "FIFO"],
)
def test_baseline_that_cannot_be_read(tmp_path: Path, content: bytes | None, line: str, workers: list[str]) -> None:
    """A baseline that is not valid is refused before a worker starts, with one line however many interpreters run."""
    path = tmp_path / "bad.toml"
    if content is None:
        os.mkfifo(path)
    else:
        path.write_bytes(content)
    pointed = ["--interpreter", fake("Fake")] * 2
    answer = run_suite(*workers, *pointed, "--baseline", path, where="conformance/context", select=None)

    assert answer.returncode == 4
    assert answer.stderr.startswith(f"ERROR: {path}: {line}")
    assert answer.stderr.count("\n") == 2
    assert "INTERNALERROR" not in answer.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "line"),
    [
        (["pytest", "conformance/context", "-p", "no:cacheprovider", "--interpreter", "pyodide"], "install pyodide"),
        (["pytest", "conformance/context", "-p", "no:cacheprovider", "-q"], None),
        (["runners", "install", "pyodide"], "could not determine the home directory"),
    ],
    ids=["interpreter", "at-hand", "install"],
)
def test_user_without_home_and_name(tmp_path: Path, command: list[str], line: str | None) -> None:
    """The run needs no home; what needs one says so in a line."""
    (tmp_path / "sitecustomize.py").write_text(NAMELESS)
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LD_LIBRARY_PATH", "COLUMNS")}
    answer = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**kept, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    text = answer.stdout + answer.stderr

    assert answer.returncode == (0 if line is None else 4), text
    assert "Traceback" not in text
    assert text.count("ERROR: ") == (0 if line is None else 1)
    assert line is None or line in text


@pytest.mark.slow
def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    """If the disk of the log is full, pytest ends the run, and no result says more than what was answered."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "w") as full:
        answer = subprocess.run(
            arguments("--results", str(tmp_path / "results"), "-q"),
            cwd=ROOT,
            env=environment(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    found = results(tmp_path / "results") if (tmp_path / "results").exists() else {}

    assert answer.returncode != 0
    assert "runners/plugin/progress.py" not in answer.stderr
    assert all(document["complete"] == bool(verdicts(document)) for document in found.values())


@pytest.mark.slow
@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["alone", "n2"])
def test_shipped_baseline_that_is_broken(tmp_path: Path, workers: list[str]) -> None:
    """Each mistake in it is said once, its interpreters run no case, and another interpreter runs."""
    folder = "import pathlib, runners.record.baseline as room; room.ROOT = pathlib.Path(__file__).parent"
    (tmp_path / "elsewhere.py").write_text(folder)
    (tmp_path / "baselines").mkdir()
    (tmp_path / "baselines/fakepython.toml").write_text('[[known]]\ncase = "SND-999"\n[[known]]\n')
    pointed = [fake("Fake"), fake("Fake"), sys.executable]
    given = [word for command in pointed for word in ("--interpreter", command)]
    answer = run_suite(*workers, "-p", "elsewhere", *given, "--results", tmp_path / "results", PYTHONPATH=str(tmp_path))
    (document,) = results(tmp_path / "results").values()
    lines = [line for line in answer.stdout.splitlines() if line.startswith("ERROR: ")]

    assert answer.returncode == 4
    assert answer.stderr == ""
    assert "INTERNALERROR" not in answer.stdout
    assert [line.partition("fakepython.toml: ")[2] for line in lines] == [
        "entry 1: no case SND-999; 'python -m conformance list --json' names them all",
        "entry 2: case is missing",
    ]
    assert document["interpreter"]["implementation"] == sys.implementation.name
    assert document["complete"]
