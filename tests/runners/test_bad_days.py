"""The table of bad days: an interpreter that misbehaves costs one case and nothing else.

Each case of the first table runs between two cases that must pass.
"""

from __future__ import annotations

import itertools
import os
import re
import select
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from conformance.program import ROOT
from runners.transport.stream import StreamTarget
from runners.transport.target import CannotStart
from tests.runners import fake
from tests.runners.samples import case, results, run_suite, verdicts

MEMORY = 300 * 1024 * 1024

#: A case that misbehaves in a real interpreter → (its verdict, a pattern for its message).
CASES = {
    "hangs": ("timeout", r"no answer within 0\.5 s"),
    "hangs_in_c": ("timeout", r"no answer within 0\.5 s"),
    "hangs_and_ignores_sigterm": ("timeout", r"no answer within 0\.5 s"),
    "exits": ("crash", r"exited with 0"),
    "aborts": ("crash", r"died of SIGABRT.*"),
    "segfaults": ("crash", r"died of SIGSEGV.*"),
    "is_killed": ("crash", r"died of SIGKILL: last words"),
    "exits_in_a_thread_of_children": ("crash", r"exited with 3"),
    "eats_memory": ("crash", r"took more than 300 MiB of memory"),
    "system_exit": ("fail", r"SystemExit: 3"),
    "interrupts": ("fail", r"KeyboardInterrupt"),
    "recurses": ("fail", r"RecursionError: .+"),
    "reads_stdin": ("fail", r"EOFError.*"),
    "floods": ("fail", r"assert False"),
    "prints": ("pass", None),
    "writes_bytes": ("pass", None),
    "closes_descriptors": ("pass", None),
    "forks": ("pass", None),
    "is_dirty": ("pass", None),
    "has_an_ugly_repr": ("fail", r"assert ugly is long"),
    "prints_a_long_line": ("pass", None),
    "raises_a_huge_text": ("fail", r"ValueError: x{1988}\.\.\."),
    "has_a_huge_type": ("fail", r"X{2000}\.\.\."),
    "asserts_a_huge_type": ("fail", r"<str\(\) raised X{1986}\.\.\."),
    "leaves_children_that_moved": ("pass", None),
    "is_reported_by_a_sanitizer": ("fail", r"a sanitizer reports: ERROR: AddressSanitizer: heap-use-after-free on .+"),
}

#: An agent that misbehaves → (the verdicts of three cases, the message of the first case that did not pass).
AGENTS = {
    "Fake": (["pass", "pass", "pass"], None),
    "Noisy": (["pass", "pass", "pass"], None),
    "Twice": (["pass", "pass", "pass"], None),
    "LongLine": (["pass", "pass", "pass"], None),
    "LoudStderr": (["pass", "pass", "pass"], None),
    "ClosesStderr": (["pass", "pass", "pass"], None),
    "SlowStart": (["pass", "pass", "pass"], None),
    "DiesBetween": (["pass", "pass", "pass"], None),
    "DiesAtSecond": (["pass", "crash", "pass"], r"exited with 9: out of fake memory; only after ZZZ-001, .+: pass"),
    "ClosesStdout": (["crash", "crash", "crash"], r"exited with 0"),
    "HalfALine": (["timeout", "timeout", "timeout"], r"no answer within 0\.5 s: .+"),
    "BrokenLine": (["timeout", "timeout", "timeout"], r"no answer within 0\.5 s.*"),
    "MalformedAnswer": (["error", "error", "error"], r"malformed answer: verdict is \['pass'\]"),
    "DeepLines": (["pass", "pass", "pass"], None),
    "FloodsMarked": (["timeout"] * 3, r"no answer, but 10000 other lines that are marked as messages.*"),
    "WrongTypes": (["error", "error", "error"], r"malformed answer: line is 'seven'"),
}

#: A command that is not an interpreter → a pattern for the one line about it.
IMPOSTORS = {
    "/nowhere/python": r"/nowhere/python: No such file or directory",
    "/": r"/: is a directory",
    "true": r"true: is not a Python that can run the agent \(exit status 0\)",
    "cat": r"cat: is not a Python that can run the agent \(exit status 1\).*",
    "sh -c 'exit 127'": r".*: a part of the command was not found \(exit status 127\)",
    "sh -c 'kill -9 $$'": r".*: died of SIGKILL",
    fake("Mute"): r".*: did not answer within 0\.5 s",
    fake("FloodsStart"): r".*: no answer, but 10000 other lines that are marked as messages",
    fake("OtherProtocol"): r".*: speaks protocol 99, not 2",
    fake("MalformedHello"): r".*: its hello is malformed \(.+\)",
}


#: Those of the tables above that take a second or more.
SLOW = {"hangs_in_c", "hangs_and_ignores_sigterm", "leaves_children_that_moved", "LongLine", "BrokenLine", "HalfALine"}


def _rows(names: Iterable[str]) -> list[Any]:
    return [pytest.param(name, id=name, marks=[pytest.mark.slow] if name in SLOW else []) for name in names]


def is_gone(target: StreamTarget) -> bool:
    """Close a target, and return whether no process is left that it started; a zombie does not count."""
    processes = [target._session.talk.process if target._session.talk else None, target._session._launcher._spare]
    families = [process._family for process in processes if process is not None]
    target.close()
    return not any(family.members() for family in families)


@pytest.mark.parametrize("name", _rows(CASES))
def test_case(name: str) -> None:
    """At most one case is lost, it is the right one with the right verdict, and no process is left."""
    if name == "eats_memory" and not Path("/proc/self/statm").exists():
        pytest.skip("this system does not say in /proc how much memory a process has")
    verdict, message = CASES[name]
    target = StreamTarget([sys.executable], case_timeout=0.5 if verdict == "timeout" else 20, memory=MEMORY)
    row = [case("passes", id="ZZZ-001"), case(name, id="ZZZ-002"), case("is_clean", id="ZZZ-003")]
    target.start()
    target.submit(row)
    answers = [target.answer(each) for each in row]

    assert [answer.verdict for answer in answers] == ["pass", verdict, "pass"]
    assert is_gone(target)
    if message is None:
        assert answers[1].message is None
    else:
        assert answers[1].message is not None
        assert re.fullmatch(message, answers[1].message)


def test_crash_is_handled_ahead() -> None:
    """Before the host asks for a case that crashed, it runs again alone and the cases after it run."""
    target = StreamTarget([sys.executable])
    row = [case("passes", id="ZZZ-001"), case("exits", id="ZZZ-002"), case("passes", id="ZZZ-003")]
    target.start()
    target.submit(row)
    first = target.answer(row[0])
    while not target.ready(row[2]):
        target._step(wait=False)
    second, third = (target.answer(each) for each in row[1:])

    assert [first.verdict, second.verdict, third.verdict] == ["pass", "crash", "pass"]
    assert is_gone(target)


def test_reports_that_wait_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of answers that wait has a limit, and no answer is lost when it is reached."""
    monkeypatch.setattr("runners.transport.stream.AHEAD", 3)
    target = StreamTarget(shlex.split(fake("Fake")))
    row = [case("passes", str(number)) for number in range(40)]
    target.start()
    target.submit(row)
    waiting, verdicts = [], []
    for each in row:
        verdicts.append(target.answer(each).verdict)
        waiting.append(sum(map(target.ready, row)))

    assert verdicts == ["pass"] * 40
    assert max(waiting) < 3
    assert is_gone(target)


@pytest.mark.parametrize("way", _rows(AGENTS))
def test_agent(way: str) -> None:
    """Noise, a forgery, a flood or a crash never becomes a verdict that the agent did not give."""
    wanted, message = AGENTS[way]
    target = StreamTarget(shlex.split(fake(way)), case_timeout=0.5 if "timeout" in wanted or way == "SlowStart" else 20)
    row = [case("passes", id=f"ZZZ-00{number}") for number in (1, 2, 3)]
    target.start()
    answers = [target.run(each) for each in row]
    first = next((answer.message for answer in answers if answer.verdict != "pass"), None)

    assert [answer.verdict for answer in answers] == wanted
    assert is_gone(target)
    assert (first is None) == (message is None)
    if first is not None and message is not None:
        assert re.fullmatch(message, first)


@pytest.mark.parametrize("command", IMPOSTORS, ids=lambda command: re.sub(r"\W+", "-", command)[-20:])
def test_impostor(command: str) -> None:
    """A command that is not an interpreter gives one line that says why, and leaves no process."""
    target = StreamTarget(shlex.split(command), start_timeout=0.5 if "Mute" in command else 20)
    with pytest.raises(CannotStart) as caught:
        target.start()

    assert re.fullmatch(IMPOSTORS[command], str(caught.value))
    assert is_gone(target)


def test_python_2() -> None:
    """A Python 2.7 reports its version, and is absent."""
    found = sorted(Path.home().glob(".pyenv/versions/2.7*/bin/python"))
    if not found:
        pytest.skip("python2.7 is not on this machine")
    answer = run_suite("--interpreter", found[0])

    assert answer.returncode == 1
    assert re.search(r"CPython 2\.7\.\d+: absent: no asynchronous generators \(SyntaxError", answer.stdout)


def test_python_3_5() -> None:
    """All cases of a Python 3.5 are absent."""
    answer = run_suite("--interpreter", fake("Python35"))

    assert answer.returncode == 1
    assert "CPython 3.5.10: absent: no asynchronous generators (SyntaxError: 'yield' inside" in answer.stdout


@pytest.mark.slow
def test_answers_are_bounded(tmp_path: Path) -> None:
    """An agent that sends too much does not fill the disk, and cannot name a file outside the folder."""
    answer = run_suite("--interpreter", fake("Boasts"), "--results", tmp_path / "results")
    (path,) = tmp_path.rglob("*.json")

    assert answer.returncode == 1
    assert path.parent == tmp_path / "results"
    assert path.stat().st_size < 400000
    assert len(answer.stdout) < 400000


@pytest.mark.slow
@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one", "n2"])
def test_deaths_in_a_whole_run(tmp_path: Path, workers: list[str]) -> None:
    """With one worker and with two, the run reaches its end, and a crash between cases costs no verdict."""
    answer = run_suite("--interpreter", fake("DiesBetween"), "--results", tmp_path, *workers, select="SND")
    (document,) = results(tmp_path).values()

    assert answer.returncode == 0
    assert document["complete"]
    assert set(verdicts(document).values()) == {"pass", "unmet"}
    assert len(verdicts(document)) == document["selection"]["cases"]


@pytest.mark.slow
def test_folder_that_is_removed_meanwhile(tmp_path: Path) -> None:
    """Results are written into their folder, even if it was removed during the run."""
    folder = tmp_path / "results"
    folder.mkdir()
    answer = run_suite("--interpreter", fake("RemovesFolder", str(folder)), "--results", folder)

    assert answer.returncode == 0
    assert len(results(folder)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("wrapped", [False, True], ids=["alone", "wrapped"])
def test_memory_of_quick_cases(wrapped: bool) -> None:
    """Cases that take no time each cannot take more memory together than is allowed, also behind a wrapper."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("this system does not say in /proc how much memory a process has")
    command = ["sh", "-c", f"{fake('Leaks')}; true"] if wrapped else shlex.split(fake("Leaks"))
    target = StreamTarget(command, memory=200 << 20)
    row = [case("passes", str(number)) for number in range(60)]
    target.start()
    target.submit(row)
    answers = [target.answer(each) for each in row]

    assert "took more than 200 MiB of memory" in {(answer.message or "").partition(";")[0] for answer in answers}
    assert is_gone(target)


@pytest.mark.slow
def test_memory_of_one_that_nobody_waits_for() -> None:
    """While the host waits for one interpreter, another one cannot take more memory than it may have."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("this system does not say in /proc how much memory a process has")
    eater = StreamTarget([sys.executable], memory=MEMORY)
    other = StreamTarget([sys.executable], case_timeout=1)
    eater.start()
    other.start()
    eater.submit([case("eats_memory")])
    process = eater._session.conversation.process
    for _ in range(20):
        if process.lives:
            other.run(case("hangs"))

    assert not process.lives
    assert eater.answer(case("eats_memory")).message == "took more than 300 MiB of memory"
    assert is_gone(eater)
    assert is_gone(other)


def test_crash_quotes_its_own_words() -> None:
    """The message of a crash and the last words do not quote what an earlier case wrote."""
    target = StreamTarget([sys.executable])
    row = [case("writes_to_stderr", id="ZZZ-001"), case("exits", id="ZZZ-002"), case("passes", id="ZZZ-003")]
    target.start()
    target.submit(row)
    answers = [target.answer(each) for each in row]
    target.close()

    assert [(answer.verdict, answer.stderr) for answer in answers] == [
        ("pass", "first words"),
        ("crash", None),
        ("pass", None),
    ]
    assert answers[1].message == "exited with 0"


def test_child_that_cannot_be_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that may not be killed, as under sudo, is given up after a time, and the run says which one it is."""

    def refuse(*arguments: int) -> None:
        raise PermissionError

    target = StreamTarget([sys.executable])
    target.start()
    target.submit([case("hangs")])
    process = target._session.conversation.process
    with monkeypatch.context() as patch:
        patch.setattr("runners.transport.family.os.killpg", refuse)
        patch.setattr("runners.transport.family.GIVE_UP", 0.1)
        patch.setattr("runners.transport.process.GIVE_UP", 0.1)
        end = target.close()
    process.kill()

    assert end is not None
    assert end.notes == (f"process {process.pid}, started by this run, could not be ended",)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda number: number.name)
def test_interpreter_ends_with_its_host(tmp_path: Path, number: signal.Signals) -> None:
    """An interpreter that hangs in a case does not outlive the host, in whatever way the host ends."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    program = (
        "import sys; from runners.transport.stream import StreamTarget; from tests.runners.samples import case\n"
        "target = StreamTarget(sys.argv[1:]); target.start(); target.run(case('passes'))"
    )
    command = [sys.executable, "-c", program, *shlex.split(fake("HangsOpen", str(fifo)))]
    with subprocess.Popen(command, cwd=ROOT) as host, fifo.open() as held:
        held.readline()
        host.send_signal(number)
        gone = bool(select.select([held], [], [], 30)[0])  # at the latest when the interpreter is gone
        rest = held.read() if gone else None

    assert rest == ""
    assert host.returncode == -number


@pytest.mark.parametrize("transport", ["stream", "file"])
def test_exit_status_under_a_parent_that_ignores_sigchld(transport: str) -> None:
    """A crash keeps its signal, although the system gives no exit statuses to a process that ignores SIGCHLD."""
    program = (
        "import signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
        "from runners.machine.machine import Start; from runners.transport.make import make\n"
        "from tests.runners.samples import case\n"
        f"target = make(Start((sys.executable,)), transport={transport!r}); target.start()\n"
        "print(target.run(case('segfaults')).message); target.close()"
    )
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert (answer.stdout, answer.stderr) == ("died of SIGSEGV\n", "")


@pytest.mark.slow
def test_time_does_not_run_while_the_host_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that came while the host was stopped, as by Ctrl-Z, is an answer."""
    leaps = itertools.count()

    def monotonic() -> float:
        return time.monotonic() + 100 * next(leaps)  # each step takes as long as if the host was stopped

    target = StreamTarget(shlex.split(fake("SlowStart")), start_timeout=20)
    with monkeypatch.context() as patch:
        patch.setattr("runners.transport.process.time", SimpleNamespace(monotonic=monotonic))
        identity = target.start()

    assert identity.implementation == "fakepython"
    assert is_gone(target)


LEAK = "==9==ERROR: LeakSanitizer: detected memory leaks"


def test_report_of_a_sanitizer_at_the_end(tmp_path: Path) -> None:
    """A report that comes when the interpreter ends makes the run fail with a line, and is in the result."""
    answer = run_suite("--interpreter", fake("WritesAtEnd", LEAK), "--results", tmp_path)
    (document,) = results(tmp_path).values()

    assert answer.returncode == 1
    assert "a sanitizer reports: ERROR: LeakSanitizer: detected memory leaks" in answer.stdout
    assert document["end"] == {"status": 23, "stderr": LEAK}
    assert set(verdicts(document).values()) == {"pass"}


@pytest.mark.slow
def test_report_of_a_sanitizer_at_the_end_of_an_isolated_case(tmp_path: Path) -> None:
    """With ``--isolate`` each process ends by itself, so that a report which comes then fails the one case of it."""
    answer = run_suite("--interpreter", fake("WritesAtEnd", LEAK), "--isolate", "--results", tmp_path, select="SND-001")
    (document,) = results(tmp_path).values()
    (outcome,) = document["outcomes"]

    assert answer.returncode == 1
    assert (outcome["verdict"], outcome["stderr"]) == ("fail", LEAK)
    assert outcome["message"] == "a sanitizer reports: ERROR: LeakSanitizer: detected memory leaks"
    assert "WritesAtEnd" in answer.stdout
    assert ": after SND-001 it exited with 23" in answer.stdout


def test_report_of_a_sanitizer_before_much_text() -> None:
    """A report is not lost if more text comes after it than is kept."""
    target = StreamTarget(shlex.split(fake("WritesAtEnd", f"{LEAK}\n" + "x" * 9000)))
    target.start()
    target.run(case("passes"))
    end = target.close()

    assert end is not None
    assert end.report == "ERROR: LeakSanitizer: detected memory leaks"
    assert end.stderr is not None
    assert len(end.stderr) <= 2000


def test_report_of_a_sanitizer_in_an_agent_without_marks() -> None:
    """The case in which a report came fails, also if the agent does not mark its stderr."""
    target = StreamTarget(shlex.split(fake("WritesInSecond", LEAK)))
    target.start()
    answers = [target.run(case("passes", id=f"ZZZ-00{number}")) for number in (1, 2, 3)]
    target.close()

    assert [answer.verdict for answer in answers] == ["pass", "fail", "pass"]
    assert answers[1].stderr == LEAK


@pytest.mark.slow
def test_interrupt_under_xdist(tmp_path: Path) -> None:
    """After Ctrl-C in a run with two workers, the outcomes so far are kept, and the result is incomplete."""
    command = [sys.executable, "-m", "pytest", "conformance", "-v", "-n", "2", "-p", "no:cacheprovider"]
    command += ["--results", str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as child:
        assert child.stdout is not None
        passed = 0
        for line in child.stdout:
            passed += "PASSED" in line
            if passed == 200:
                os.kill(child.pid, signal.SIGINT)
                break
        child.stdout.read()
    (document,) = results(tmp_path).values()

    assert child.returncode == 2
    assert not document["complete"]
    assert len(document["outcomes"]) >= 200
    assert document["selection"] is None
    assert document["interpreter"]["features"]
