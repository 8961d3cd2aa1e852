"""A target: whatever an interpreter does, one case is lost and nothing else, and the right one is blamed."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance.program import body
from runners.transport.answers import Answer, Identity
from runners.transport.stream import StreamTarget
from runners.transport.target import CannotStart
from tests.runners import fake
from tests.runners.samples import case

Make = Callable[..., StreamTarget]


@pytest.fixture
def start() -> Iterator[Make]:
    """Start a target; all are closed at the end."""
    targets = []

    def make(command: str | None = None, **options: Any) -> StreamTarget:
        target = StreamTarget(shlex.split(command) if command else [sys.executable], **{"case_timeout": 5, **options})
        targets.append(target)
        target.start()
        return target

    yield make
    for target in targets:
        target.close()


def test_says_who_it_is(start: Make) -> None:
    """The identity comes from the interpreter itself."""
    identity = start().identity

    assert identity is not None
    assert identity.implementation == sys.implementation.name
    assert identity.language == sys.version_info[:2]
    assert identity.absent is None
    assert identity.slug.startswith(f"{sys.implementation.name}-")


@pytest.mark.parametrize(("flag", "word"), [("-O", "O"), ("-OO", "OO"), ("-I", "isolated")])
def test_flags_are_part_of_the_slug(start: Make, flag: str, word: str) -> None:
    """What was started differently is another interpreter."""
    plain, flagged = start().identity, start(f"{shlex.quote(sys.executable)} {flag}").identity

    assert plain is not None
    assert flagged is not None
    assert flagged.slug == f"{plain.slug}-{word}"


@pytest.mark.parametrize("flags", ["", "-O", "-OO"], ids=["plain", "O", "OO"])
def test_failure_has_condition_line_and_locals(start: Make, flags: str) -> None:
    """A failed assert comes back as its text, the line in the body, and the values of the names; with -O too."""
    failed = case("fails")
    report = start(f"{shlex.quote(sys.executable)} {flags}").run(failed)

    assert report.verdict == "fail"
    assert report.message == "assert resumed_with == 42"
    assert report.line is not None
    assert body(failed.behaviour).line_text(report.line) == "assert resumed_with == 42"
    assert report.locals is not None
    assert report.locals["resumed_with"] == "41"


def test_exception_has_the_line_in_the_body(start: Make) -> None:
    """An exception from deeper down is placed in the body, with the body's locals."""
    report = start().run(case("raises_in_a_call"))

    assert (report.verdict, report.locals and report.locals["number"]) == ("fail", "1")
    assert report.message is not None
    assert report.message.startswith("ZeroDivisionError: ")


def test_blames_the_company(start: Make) -> None:
    """A death that does not happen again alone says after which case it happened."""
    target = start()
    target.run(case("is_company", id="ZZZ-002"))
    report = target.run(case("dies_if_not_first"))

    assert report.verdict == "crash"
    assert report.message == "exited with 1; only after ZZZ-002, alone it is: pass"


def test_output_is_kept_and_is_no_answer(start: Make) -> None:
    """What a case prints is in the report; a forged answer among it is noise; standard input is empty."""
    report = start().run(case("prints"))

    assert report.verdict == "pass"
    assert report.output == "to stdout\nto stderr\n"


def test_output_is_bounded(start: Make) -> None:
    """Of endless output the beginning is kept."""
    report = start().run(case("floods"))

    assert report.verdict == "fail"
    assert report.output is not None
    assert len(report.output) == 2000


def test_unraisable_exceptions_are_shown(start: Make) -> None:
    """What is raised where nobody can catch it is in the output."""
    assert start().run(case("warns_of_an_unraisable")).output == "unraisable: ValueError: in a finalizer\n"


def test_dirt_is_named_and_removed(start: Make) -> None:
    """Interpreter-wide state that a case leaves behind is reported by name and restored."""
    target = start()
    report = target.run(case("is_dirty"))

    assert report.verdict == "pass"
    assert set(report.dirty) >= {
        "asyncgen hooks",
        "trace function",
        "profile function",
        "recursion limit",
        "warnings filters",
        "builtins",
        "stdout",
        "unraisable hook",
    }
    assert target.run(case("is_clean")).dirty == []


def test_ugly_locals_are_bounded(start: Make) -> None:
    """A repr that fails is described, and a long one is cut."""
    shown = start().run(case("has_an_ugly_repr")).locals

    assert shown is not None
    assert shown["ugly"] == "<repr() raised KeyboardInterrupt>"
    assert len(shown["long"]) < 400


def test_several_outcomes(start: Make) -> None:
    """The outcome seen is reported; one that is not allowed is a failure."""
    target = start()
    allowed = target.run(case("returns_a", allowed=("a", "b")))
    other = target.run(case("returns_a", allowed=("b", "c")))

    assert (allowed.verdict, allowed.observed) == ("pass", "a")
    assert (other.verdict, other.message) == ("fail", "an outcome that no document allows: a")


def test_arguments_arrive_unchanged(start: Make) -> None:
    """Values survive the way, whatever characters they hold."""
    assert start().run(case("takes", "x", {"text": 'ä"\n', "number": 1, "nothing": None})).verdict == "pass"


def test_source_is_sent_once_to_each_process(start: Make) -> None:
    """The cases of a behaviour share its source, which a new process has not had."""
    target = start(fake("TellsSource"))
    first, second = case("takes", "first"), case("takes", "second")
    deadly, last = case("takes", "deadly", {"die": True}), case("takes", "last")
    target.submit([first, second, deadly, last])

    observed = [target.answer(each).observed for each in (first, second, deadly, last)]

    assert observed == ["source", "no source", None, "no source"]
    assert target.run(case("passes")).observed == "source"


def test_every_case_of_a_source_that_does_not_compile_fails(start: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that came with an earlier case fails in the later ones as it did there."""
    wrong = replace(body(case("passes").behaviour), explicit="def passes():\n    1 +\n")
    monkeypatch.setattr("runners.transport.requests.body", lambda behaviour: wrong)
    target = start()
    cases = [case("passes"), case("passes", "again")]
    target.submit(cases)

    one, other = (target.answer(each) for each in cases)

    assert one.verdict == "fail"
    assert one.message is not None
    assert one.message.startswith("SyntaxError")
    assert (other.verdict, other.message, other.line) == (one.verdict, one.message, one.line)


def test_unmet_need_is_not_run(start: Make) -> None:
    """A case whose need is not met is not run, and the reason is the probe's."""
    report = start(fake("Fake")).run(case("passes", needs=("asyncio",)))

    assert report == Answer("unmet", "needs asyncio: ModuleNotFoundError: No module named 'asyncio'")


@pytest.mark.parametrize(
    ("language", "told", "judged"),
    [("3.12.0", None, (3, 12)), ("3.4.0", None, (3, 15)), ("3.4.0", (3, 8), (3, 8)), ("nonsense", None, (3, 15))],
)
def test_judged_as(language: str, told: tuple[int, int] | None, judged: tuple[int, int]) -> None:
    """An interpreter is judged as it is told, else as it claims, else, if that is below 3.6, as the newest."""
    target = StreamTarget(["python"], language_version=told)
    target.identity = Identity("x", "1.0", language, "", (), None, None, None)

    assert target.judged_as == judged


def test_no_restart_loop(start: Make, tmp_path: Path) -> None:
    """An interpreter that does not start again is not tried for every case."""
    target = start(fake("DiesAfterStart", str(tmp_path / "started")))
    first, second = target.run(case("passes")), target.run(case("passes"))

    assert (first.verdict, first.message) == ("crash", "exited with 1")
    assert second.verdict == "error"
    assert second.message is not None
    assert second.message.startswith("the interpreter no longer starts: ")
    assert second.message.endswith("no licence left")


def test_file_without_permission(tmp_path: Path) -> None:
    """A file that cannot be executed is one line."""
    path = tmp_path / "python"
    path.write_text("#!/bin/sh\n")
    with pytest.raises(CannotStart, match="Permission denied"):
        StreamTarget([str(path)]).start()
