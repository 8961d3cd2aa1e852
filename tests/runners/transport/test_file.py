"""The file transport: the exit status gives the verdict, and the interpreter only runs a file and prints."""

from __future__ import annotations

import itertools
import os
import shlex
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from conformance.sources import PEP828
from runners.transport.file import FileTarget, _judged
from runners.transport.target import CannotStart
from runners.transport.watcher import WATCHER
from tests.runners.samples import case, results, run_suite, shell_script, verdicts

#: A Python without standard input and without JSON.
BARE = f"""exec {shlex.quote(sys.executable)} -c '
import runpy, sys
sys.modules["json"] = None
sys.stdin = None
runpy.run_path(sys.argv[1], run_name="__main__")' "$1" <&-
"""

#: A case → (its verdict, the beginning of its message).
CASES = {
    "passes": ("pass", None),
    "fails": ("fail", "assert resumed_with == 42"),
    "raises_in_a_call": ("fail", "ZeroDivisionError: "),
    "exits": ("crash", "exited with 0"),
    "segfaults": ("crash", "died of SIGSEGV"),
    "exits_in_a_thread_of_children": ("crash", "exited with 3"),
    "prints_a_long_line": ("pass", None),
    "prints_many_lines": ("pass", None),
    "floods_with_marks": ("timeout", "wrote 10000 lines that are marked as messages"),
    "is_reported_by_a_sanitizer": ("fail", "a sanitizer reports: ERROR: AddressSanitizer: heap-use-after-free"),
}

#: A program that is not an interpreter → the end of the one line about it.
IMPOSTORS = {
    "exit 0": "is not a Python that can run the agent (exit status 0)",
    "exit 127": "a part of the command was not found (exit status 127)",
    "echo oops >&2; exit 1": "is not a Python that can run the agent (exit status 1): oops",
    "echo implementation=x; exit 0": "its exit status does not distinguish success from failure",
}


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[FileTarget]:
    """The Python at hand, without standard input and JSON."""
    programs = FileTarget([str(shell_script(tmp_path / "bare", BARE))], case_timeout=20)
    yield programs
    programs.close()


def test_standard_input_of_a_program_has_ended() -> None:
    """A case that reads its standard input does not wait for more."""
    programs = FileTarget([sys.executable], case_timeout=20)
    programs.start()
    answer = programs.run(case("reads_stdin"))
    programs.close()

    assert (answer.verdict, answer.message) == ("fail", "EOFError: EOF when reading a line")


def test_says_who_it_is(bare: FileTarget) -> None:
    """The identity comes from the interpreter; the transport is a part of it."""
    identity = bare.start()

    assert (identity.implementation, identity.language) == (sys.implementation.name, sys.version_info[:2])
    assert identity.absent is None
    assert identity.slug.endswith("-file")


@pytest.mark.slow
def test_all_cases(bare: FileTarget) -> None:
    """The end of its process gives the verdict of each case."""
    bare.start()
    row = [case(name, id=f"ZZZ-{number:03}") for number, name in enumerate(CASES)]
    bare.submit(row)
    answers = {name: bare.answer(each) for name, each in zip(CASES, row, strict=True)}

    for name, answer in answers.items():
        verdict, begin = CASES[name]
        assert answer.verdict == verdict, name
        assert (answer.message is None) == (begin is None)
        assert (answer.message or "").startswith(begin or "")
    assert (answers["fails"].locals or {})["resumed_with"] == "41"


def test_output_is_read_after_the_end(bare: FileTarget, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that an ended program has written is read, also by a host that has no time left for it."""
    leaps = itertools.count()

    def monotonic() -> float:
        return time.monotonic() + 100 * next(leaps)

    bare.start()
    with monkeypatch.context() as patch:
        patch.setattr("runners.transport.process.time", SimpleNamespace(monotonic=monotonic))
        answer = bare.run(case("prints_many_lines"))

    assert (answer.verdict, answer.message) == ("pass", None)


def test_watcher_knows_the_folder(bare: FileTarget, monkeypatch: pytest.MonkeyPatch) -> None:
    """The watcher has to remove the folder of the programs as long as it is there, and the programs run in it."""
    told: list[str] = []
    monkeypatch.setattr(WATCHER, "_tell", told.append)
    bare.launch()
    (folder,) = told
    bare.start()
    bare.run(case("passes"))
    bare.close()
    name = folder.removeprefix("folder ")

    assert Path(os.fsdecode(bytes.fromhex(name))).name.startswith("conformance-")
    assert told[-1] == f"gone {name}"
    assert [line[0] for line in told[1:-1]] == ["+", "-"] * ((len(told) - 2) // 2)


def test_hang(bare: FileTarget) -> None:
    """A program that does not end is killed after the time limit."""
    bare.start()
    bare._case_timeout, bare._start_timeout = 0.3, 0.2

    assert bare.run(case("hangs")).message == "no end within 0.5 s"


def test_status_and_output_that_disagree(tmp_path: Path) -> None:
    """A program that prints FAIL and ends with 0 is an error of the harness, never a pass."""
    python = shlex.quote(sys.executable)
    lying = shell_script(
        tmp_path / "lying", f'case "$1" in *ZZZ*) {python} "$1"; exit 0;; *) exec {python} "$1";; esac'
    )
    programs = FileTarget([str(lying)], case_timeout=20)
    programs.start()
    answer = programs.run(case("fails"))
    programs.close()

    assert (answer.verdict, answer.message) == ("error", "the program printed FAIL, but its exit status is 0")


#: Exit status and output of a program → the verdict and the message, or what was observed.
JUDGED = {
    (0, "PASS SND-001"): ("pass", None),
    (0, "noise\nPASS SND-001: first\nnoise"): ("pass", "first"),
    (0, "Loading... PASS SND-001\n"): ("pass", None),
    (0, "Loading... PASS SND-001: first\n"): ("pass", "first"),
    (0, "PASS SND-001[x]"): ("crash", "exited with 0"),
    (0, "PASS SND-0011"): ("crash", "exited with 0"),
    (0, ""): ("crash", "exited with 0"),
    (0, "PASS SND-001\nLoading... FAIL SND-001: no"): ("error", "the program printed FAIL, but its exit status is 0"),
    (1, "Loading... FAIL SND-001: no\n  x = 1"): ("fail", "no"),
    (1, "PASS SND-001"): ("fail", "PASS SND-001"),
    (1, "SyntaxError: what"): ("fail", "SyntaxError: what"),
    (1, ""): ("fail", "no output"),
    (-11, "PASS SND-001"): ("crash", "died of SIGSEGV: PASS SND-001"),
    (None, "PASS SND-001"): ("crash", "closed its standard output: PASS SND-001"),
}


@pytest.mark.parametrize(("status", "output"), JUDGED)
def test_verdict_of_an_end(status: int | None, output: str) -> None:
    """The words of the program may follow a banner without a line end; the exit status must agree with them."""
    answer = _judged(case("passes", id="SND-001"), status, output, 0.5)
    found = answer.observed if answer.verdict == "pass" else answer.message

    assert (answer.verdict, found) == JUDGED[status, output]


def test_missing_feature_excuses_nothing(bare: FileTarget) -> None:
    """The feature that a behaviour is about is probed, and the case runs whether it is there or not."""
    bare.start()
    answer = bare.run(case("passes", sources=(PEP828.YIELD_FROM,), since=(3, 16)))

    assert answer.verdict == "pass"
    assert set(bare.needs) == {"yield-from"}


def test_unmet_need_is_not_run(bare: FileTarget) -> None:
    """A case with an unmet need does not run, and the message is the reason."""
    bare.start()
    bare.needs["asyncio"] = "ModuleNotFoundError: No module named 'asyncio'"
    answer = bare.run(case("passes", needs=("asyncio",)))

    assert answer.message == "needs asyncio: ModuleNotFoundError: No module named 'asyncio'"
    assert bare.run(case("passes", needs=("weakref",))).verdict == "pass"


@pytest.mark.parametrize("text", IMPOSTORS)
def test_impostor(tmp_path: Path, text: str) -> None:
    """A program that cannot run files, or whose exit status means nothing, gives one line that says why."""
    path = shell_script(tmp_path / "python", text)
    programs = FileTarget([str(path)])
    with pytest.raises(CannotStart) as caught:
        programs.start()
    programs.close()

    assert str(caught.value) == f"{path}: {IMPOSTORS[text]}"


def test_what_is_not_there(tmp_path: Path) -> None:
    """A missing program gives one line."""
    programs = FileTarget([str(tmp_path / "nowhere")])
    with pytest.raises(CannotStart, match="nowhere: No such file or directory"):
        programs.start()
    programs.close()


@pytest.mark.slow
def test_a_run_makes_the_same_file(tmp_path: Path) -> None:
    """``--transport file`` writes the same result file, with the same verdicts as the other transport."""
    path = shell_script(tmp_path / "bare", BARE)
    answer = run_suite("--interpreter", path, "--transport", "file", "--results", tmp_path / "results")
    run_suite("--interpreter", sys.executable, "--results", tmp_path / "results")
    one, other = results(tmp_path / "results").values()

    assert answer.returncode == 0, answer.stdout
    assert verdicts(one) == verdicts(other)
    assert {one["interpreter"]["slug"].endswith("-file"), other["interpreter"]["slug"].endswith("-file")} == {
        True,
        False,
    }


def test_single_one_runs_one_program_at_a_time(tmp_path: Path) -> None:
    """For a ``single`` interpreter, a program starts only when the program before it has ended."""
    lock = shlex.quote(str(tmp_path / "lock"))
    run_alone = f'mkdir {lock} || exit 9\n{shlex.quote(sys.executable)} "$1"\nstatus=$?\nrmdir {lock}\nexit $status'
    programs = FileTarget([str(shell_script(tmp_path / "single", run_alone))], case_timeout=20, single=True)
    row = [case("passes", str(number)) for number in range(4)]
    programs.start()
    programs.submit(row)
    found = [programs.answer(each).verdict for each in row]
    programs.close()

    assert found == ["pass"] * 4


def test_ready_once_it_has_run(bare: FileTarget) -> None:
    """A case is ready when its program has ended, and not after its answer was taken."""
    one, other = case("passes", "one"), case("passes", "other")
    bare.start()
    before = bare.ready(one)
    bare.submit([one, other])
    answer = bare.answer(one)
    while not bare.ready(other):
        pass

    assert before == 0
    assert answer.verdict == "pass"
    assert [bare.ready(one), bare.ready(other)] == [0, 1]
