"""The pytest plugin, run from the command line: exit status, lines, node ids, result files."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conformance.program import ROOT
from tests.runners import fake
from tests.runners.samples import is_full, results, run_suite, verdicts


@pytest.mark.slow
def test_interpreter_at_hand(tmp_path: Path) -> None:
    """Without ``--interpreter``, the Python that runs pytest is under test; the result records the selection."""
    answer = run_suite("--results", tmp_path)
    (document,) = results(tmp_path).values()

    assert answer.returncode == 0, answer.stdout
    assert document["interpreter"]["implementation"] == sys.implementation.name
    assert document["interpreter"]["language_version"] == ".".join(map(str, sys.version_info[:3]))
    assert document["complete"]
    assert document["selection"]["cases"] == 6
    assert set(verdicts(document).values()) == {"pass"}


@pytest.mark.slow
@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one", "n2"])
def test_many_interpreters_and_one_that_is_not_there(tmp_path: Path, workers: list[str]) -> None:
    """A missing interpreter gives one line and exit status 4; other results are kept, also with pytest-xdist."""
    answer = run_suite(
        "--interpreter", sys.executable, "--interpreter", "/nowhere/python", "--results", tmp_path, *workers
    )
    (document,) = results(tmp_path).values()

    assert answer.returncode == 4
    assert answer.stdout.count("ERROR: an interpreter cannot run: /nowhere/python: there is no such file") == 1
    assert verdicts(document) == dict.fromkeys(verdicts(document), "pass")
    assert len(verdicts(document)) == 6


@pytest.mark.parametrize("workers", [[], pytest.param(["-n", "2"], marks=pytest.mark.slow)], ids=["one", "n2"])
def test_absent_interpreter_is_one_line(tmp_path: Path, workers: list[str]) -> None:
    """An absent interpreter gives one line and exit status 1, and each case has an outcome."""
    answer = run_suite("--interpreter", fake("Absent"), "--results", tmp_path, *workers)
    (document,) = results(tmp_path).values()

    assert answer.returncode == 1
    assert answer.stdout.count("absent: no asynchronous generators (SyntaxError: what is a yield)") == 1
    assert "FAILED" not in answer.stdout
    assert set(verdicts(document).values()) == {"absent"}
    assert len(verdicts(document)) == 6


def test_failure_ends_with_the_two_commands() -> None:
    """A failure shows the sentence and the source, and ends with the commands for a program and for this case."""
    answer = run_suite("--interpreter", fake("Failing"))
    text = answer.stdout

    assert answer.returncode == 1
    assert "``asend(value)`` resumes the body" in text
    assert "<https://docs.python.org/3.14/reference/expressions.html#agen.asend>" in text
    assert "as a program: python -m conformance script 'SND-012[42]' > case.py" in text
    assert re.search(r"only this:    pytest conformance -k 'SND-012\[42\]' --interpreter '.+ Failing'", text)


@pytest.mark.slow
def test_summary_has_a_line_for_each_failure() -> None:
    """The short summary names the behaviour, and does not repeat the text of the failure, also on a CI."""
    for environment in ({"CI": "true"}, {"CI": ""}):
        answer = run_suite("--interpreter", fake("Failing"), "--tb=no", select="SND-001", **environment)
        (line,) = [line for line in answer.stdout.splitlines() if line.startswith("FAILED ")]

        assert " - SND-001 (language) failed on fakepython 1.2.3 (Python 3.12.0)" in line
        assert "source:" not in answer.stdout


def test_what_an_interpreter_says_cannot_steer_the_terminal() -> None:
    """Control characters in an answer reach the terminal as escapes."""
    answer = run_suite("--interpreter", fake("Failing"))

    assert "\\x1b[31m<script>alert(1)</script>" in answer.stdout
    assert "\x1b[31m<script>" not in answer.stdout
    assert "\x00" not in answer.stdout


def test_unmet_need_is_skipped_with_the_reason() -> None:
    """A case with an unmet need is skipped, with the reason and the place of the behaviour."""
    answer = run_suite("--interpreter", fake("Fake"), "-rs", select="SHD-002")
    line = r"SKIPPED \[1\] conformance/lifecycle/test_shutdown\.py:\d+: needs asyncio: ModuleNotFoundError"

    assert answer.returncode == 0
    assert re.search(line, answer.stdout)


@pytest.mark.parametrize("option", ["--runxfail", "-rx"])
def test_failing_detail_is_expected(option: str) -> None:
    """A failing detail does not fail the run, unless pytest's own option asks for it."""
    answer = run_suite("--interpreter", fake("Failing"), option, select="EQV-007")

    assert answer.returncode == (1 if option == "--runxfail" else 0), answer.stdout
    assert ("xfailed" in answer.stdout) is (option == "-rx")
    assert "detail: EQV-007 does not hold on fakepython 1.2.3" in answer.stdout


def test_crash_of_a_detail_is_told_and_fails_no_run(tmp_path: Path) -> None:
    """A detail that crashes the interpreter counts for nobody; a line at the end says that it did."""
    answer = run_suite("--interpreter", fake("Crashes"), "--results", tmp_path, "-rx", select="EQV-007")
    (document,) = results(tmp_path).values()
    cases = [outcome["case"] for outcome in document["outcomes"]]

    assert answer.returncode == 0, answer.stdout
    assert {outcome["verdict"] for outcome in document["outcomes"]} == {"crash"}
    assert answer.stdout.count("detail: EQV-007 crashed the interpreter on fakepython 1.2.3") == len(cases)
    for case in cases:
        assert (
            f"\nfakepython 1.2.3 (Python 3.12.0): {case}, a detail, crashed the interpreter (exited with 5"
            in answer.stdout
        )


def test_a_file_for_a_ci_says_why(tmp_path: Path) -> None:
    """pytest's own JUnit file has skips and expected failures with their reasons."""
    path = tmp_path / "junit.xml"
    old = ["--language-version", "3.6"]
    run_suite("--interpreter", fake("Failing"), f"--junitxml={path}", *old, select="EQV-006 or AWT-066")
    found = {(each.get("type"), each.get("message", "")[:7]) for each in ElementTree.parse(path).iter("skipped")}

    assert found == {("pytest.skip", "EQV-006"), ("pytest.xfail", "detail:")}


def test_level_chooses_what_runs(tmp_path: Path) -> None:
    """``--level language`` runs neither library behaviours nor details."""
    answer = run_suite("--level", "language", "--results", tmp_path, select="EQV")
    (document,) = results(tmp_path).values()

    assert answer.returncode == 0, answer.stdout
    assert {outcome["level"] for outcome in document["outcomes"]} == {"language"}


@pytest.mark.slow
def test_language_version_is_what_it_is_judged_as(tmp_path: Path) -> None:
    """``--language-version`` decides which cases apply; a case that does not apply runs, is recorded and skipped."""
    answer = run_suite("--language-version", "3.6", "--results", tmp_path, "-rs", select="EQV-006")
    (document,) = results(tmp_path).values()

    assert answer.returncode == 0
    assert "EQV-006 is about Python 3.9+; its verdict here is: pass" in answer.stdout
    assert {outcome["applicable"] for outcome in document["outcomes"]} == {False}
    assert document["interpreter"]["judged_as"] == "3.6"


@pytest.mark.slow
def test_what_ends_with_the_newest_version_does_not_count_after_it(tmp_path: Path) -> None:
    """A Python that is newer than the suite is not accused of a rule that a document ends with the newest version."""
    answer = run_suite("--language-version", "3.16", "--results", tmp_path, "-rs", select="SYN-007 or SYN-009")
    (document,) = results(tmp_path).values()
    applicable: dict[str, set[bool]] = {"SYN-007": set(), "SYN-009": set()}
    for outcome in document["outcomes"]:
        applicable[outcome["id"]].add(outcome["applicable"])

    assert answer.returncode == 0
    assert "SYN-007 is about Python 3.6 to 3.15; its verdict here is: pass" in answer.stdout
    assert applicable == {"SYN-007": {False}, "SYN-009": {True}}
    assert document["interpreter"]["judged_as"] == "3.16"


@pytest.mark.slow
def test_environment_cannot_run_another_python(tmp_path: Path) -> None:
    """With ``--expect``, each other interpreter is refused with one line, exit status 4 and no result."""
    here = f"py3{sys.version_info[1]}" if sys.implementation.name == "cpython" else f"pypy3{sys.version_info[1]}"
    right = run_suite("--expect", here)
    wrong = run_suite("--expect", "py36", "--results", tmp_path)

    assert right.returncode == 0, right.stdout
    assert wrong.returncode == 4
    assert re.search(r"ERROR: an interpreter cannot run: .+: is .+, but py36 was expected", wrong.stdout)
    assert list(tmp_path.iterdir()) == []


def test_node_ids_say_which_interpreter() -> None:
    """With ``--interpreter``, the label is the last part of the node id, after the parameter."""
    answer = run_suite("--interpreter", fake("Fake"), "-v")

    assert "::test_unstarted_accepts_only_none[42-" in answer.stdout
    assert re.search(r"::test_asend_value_becomes_the_result_of_yield\[[^\]]*fake.py-Fake\] PASSED", answer.stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--language-version", "2.7"], "not a language version such as 3.10: '2.7'"),
        (["--expect", "fish"], "does not name an interpreter and a version"),
        (["--case-timeout", "0"], "--case-timeout: must be more than 0"),
        (["--in-process", "--results", "x"], "--in-process runs in pytest's own process"),
        (["--level", "rumour"], "invalid choice: 'rumour'"),
    ],
    ids=["version", "expect", "timeout", "in-process", "level"],
)
def test_wrong_options_are_one_line(arguments: list[str], message: str) -> None:
    """A wrong option is refused with a message and exit status 4."""
    answer = run_suite(*arguments)

    assert answer.returncode == 4
    assert message in answer.stderr


def test_in_process_calls_the_function_here() -> None:
    """``--in-process`` starts no interpreter, so pytest's assertion rewriting and ``--pdb`` work."""
    answer = run_suite("--in-process", "-v")

    assert answer.returncode == 0, answer.stdout
    assert "interpreter:" not in answer.stdout
    assert "6 passed" in answer.stdout


@pytest.mark.slow
def test_selection_never_replaces_a_full_result(tmp_path: Path) -> None:
    """The result of a selection is written beside a full result."""
    run_suite("--results", tmp_path, select=None)
    (full,) = results(tmp_path)
    before = (tmp_path / full).read_bytes()
    run_suite("--results", tmp_path)
    after = results(tmp_path)

    assert (tmp_path / full).read_bytes() == before
    assert sorted(after) == sorted([full, full.replace(".json", ".partial.json")])
    assert is_full(after[full])
    assert not is_full(after[full.replace(".json", ".partial.json")])


@pytest.mark.slow
def test_single_one_is_not_started_by_two_workers(tmp_path: Path) -> None:
    """Two workers would start a ``single`` interpreter twice: the run gives one line and exit status 4."""
    path = tmp_path / "asyncgen-conformance/interpreters.toml"
    path.parent.mkdir()
    path.write_text(f"board = {{ command = {json.dumps(fake('Fake'))}, single = true }}\n")
    config = {"XDG_CONFIG_HOME": str(tmp_path)}
    alone = run_suite("--interpreter", "board", **config)
    together = run_suite("--interpreter", "board", "-n", "2", **config)

    assert alone.returncode == 0, alone.stdout
    assert together.returncode == 4
    assert (
        "an interpreter cannot run: board: is marked single, and -n would start it several times; run it"
        in together.stdout
    )


def test_interrupted_run_keeps_what_it_has(tmp_path: Path) -> None:
    """After Ctrl-C, the outcomes so far are written, the result is incomplete, and no process is left.

    The answers that have arrived and that pytest has not asked for are written too.
    """
    command = fake("Interrupts", "300", str(tmp_path))
    answer = run_suite("--interpreter", command, "--results", tmp_path, "-p", "no:xdist", select=None)
    (document,) = results(tmp_path).values()
    left = [path for path in Path("/proc").glob("[0-9]*/cmdline") if str(tmp_path).encode() in path.read_bytes()]

    assert answer.returncode == 2
    assert not document["complete"]
    shown = re.search(r"(\d+) passed", answer.stdout)
    # The host gives the verdict unmet without an answer.
    answered = [verdict for verdict in verdicts(document).values() if verdict != "unmet"]
    assert int(shown[1] if shown else 0) < len(answered) < 300
    assert left == []


@pytest.mark.slow
def test_stopping_at_the_first_failure_is_no_full_run(tmp_path: Path) -> None:
    """``-x`` leaves an incomplete result."""
    answer = run_suite("--interpreter", fake("Failing"), "--results", tmp_path, "-x")
    (document,) = results(tmp_path).values()

    assert answer.returncode == 1
    assert not document["complete"]
    assert len(document["outcomes"]) == 1


@pytest.mark.parametrize("name", ["file", "file/inner", "/proc/self/fd", "/proc/new"])
def test_results_that_cannot_be_written_are_one_line(tmp_path: Path, name: str) -> None:
    """A folder that cannot be made, or not be written into, is refused before anything starts, with exit status 4."""
    (tmp_path / "file").write_text("in the way")
    started = tmp_path / "started"
    answer = run_suite("--interpreter", fake("FailsToStart", str(started), "0"), "--results", tmp_path / name)

    assert answer.returncode == 4
    assert not started.exists()
    assert re.fullmatch(r"ERROR: --results: cannot write into [^\n]+: [\w ]+\n+", answer.stderr)


@pytest.mark.slow
def test_crash_in_the_middle_costs_one_case(tmp_path: Path) -> None:
    """An interpreter that crashed starts again; each case has its verdict, and the printed command shows the crash."""
    answer = run_suite("--interpreter", fake("DiesAtSecond"), "--results", tmp_path)
    (document,) = results(tmp_path).values()
    crashed = [outcome for outcome in document["outcomes"] if outcome["verdict"] == "crash"]

    assert answer.returncode == 1
    assert document["complete"]
    assert len(document["outcomes"]) == 6
    assert len(crashed) == 3
    assert {"out of fake memory" in outcome["message"] for outcome in crashed} == {True}
    assert {"only after" in outcome["message"] for outcome in crashed} == {True}

    told = [line for line in answer.stdout.splitlines() if line.startswith("  both cases:   pytest ")]
    words = shlex.split(told[0].removeprefix("  both cases:   "))
    again = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert len(told) == 3
    assert "1 failed, 1 passed" in again.stdout
    assert f"{crashed[0]['case']} (language) crashed the interpreter on fakepython" in again.stdout


@pytest.mark.slow
def test_two_equal_interpreters_have_two_files(tmp_path: Path) -> None:
    """A second equal slug gets a suffix."""
    run_suite("--interpreter", fake("Fake"), "--interpreter", fake("Fake"), "--results", tmp_path)

    assert list(results(tmp_path)) == ["fakepython-1.2.3-py3.12-2.json", "fakepython-1.2.3-py3.12.json"]


@pytest.mark.slow
def test_runs_twice_alike(tmp_path: Path) -> None:
    """The results of two runs differ only in their times."""
    documents = []
    for name in ("one", "two"):
        run_suite("--results", tmp_path / name, select="SND or THR")
        (document,) = results(tmp_path / name).values()
        for key in ("started", "seconds", "timings", "selection"):
            del document[key]
        documents.append(json.dumps(document, sort_keys=True))

    assert documents[0] == documents[1]


def test_suite_passes_on_the_interpreter_at_hand(tmp_path: Path) -> None:
    """Here, each case that applies passes or is a known failure, and no case leaves state changed."""
    answer = run_suite("--results", tmp_path, select=None)
    (document,) = results(tmp_path).values()
    wrong = {
        outcome["case"]: outcome["message"]
        for outcome in document["outcomes"]
        if outcome["applicable"]
        and outcome["verdict"] != "pass"
        and outcome["known"] is None
        and outcome["level"] != "detail"
    }
    dirty = {outcome["case"]: outcome["dirty"] for outcome in document["outcomes"] if outcome["dirty"]}

    assert is_full(document), answer.stdout
    assert dirty == {}
    if sys.implementation.name == "cpython":
        assert wrong == {}
