"""The stream target: identity, answers, blame for a crash, and bounds."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance.program import ROOT, body
from conformance.sources import PEP828
from runners.record.results import Interpreter, Loop
from runners.transport.answers import Answer, Identity
from runners.transport.stream import StreamTarget
from runners.transport.target import CannotStart, judged_as
from tests.runners import fake
from tests.runners.samples import case

Make = Callable[..., StreamTarget]


@pytest.fixture
def start() -> Iterator[Make]:
    """Start a target; the end of the test closes all."""
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
    """An interpreter with other flags has another slug."""
    plain, flagged = start().identity, start(f"{shlex.quote(sys.executable)} {flag}").identity

    assert plain is not None
    assert flagged is not None
    assert flagged.slug == f"{plain.slug}-{word}"


@pytest.mark.parametrize("flags", ["", "-O", "-OO"], ids=["plain", "O", "OO"])
def test_failure_has_condition_line_and_locals(start: Make, flags: str) -> None:
    """A failed assert has its text, its line in the body and the values of the names, also with -O."""
    failed = case("fails")
    answer = start(f"{shlex.quote(sys.executable)} {flags}").run(failed)

    assert answer.verdict == "fail"
    assert answer.message == "assert resumed_with == 42"
    assert answer.line is not None
    assert body(failed.behaviour).line_text(answer.line) == "assert resumed_with == 42"
    assert answer.locals is not None
    assert answer.locals["resumed_with"] == "41"


def test_exception_has_the_line_in_the_body(start: Make) -> None:
    """An exception in a called function has the line and the local variables of the body."""
    answer = start().run(case("raises_in_a_call"))

    assert (answer.verdict, answer.locals and answer.locals["number"]) == ("fail", "1")
    assert answer.message is not None
    assert answer.message.startswith("ZeroDivisionError: ")


def test_blames_the_company(start: Make) -> None:
    """A crash that does not happen again alone names the case that ran before."""
    target = start()
    target.run(case("is_company", id="ZZZ-002"))
    answer = target.run(case("dies_if_not_first"))

    assert answer.verdict == "crash"
    assert answer.message == "exited with 1; only after ZZZ-002, alone it is: pass"
    assert answer.after == "ZZZ-002"


def test_case_that_comes_during_the_search_for_company(start: Make) -> None:
    """A case that is submitted while a lost one runs again waits for the next process, and has its verdict."""
    target = start(fake("DiesAtSecond"))
    first, second, third = (case("passes", id=f"ZZZ-00{number}") for number in (1, 2, 3))
    target.submit([first, second])
    while target._trial is None:
        target._step()
    target.submit([third])

    assert [target.answer(each).verdict for each in (first, second, third)] == ["pass", "crash", "pass"]


def test_lost_case_has_its_verdict_at_any_end_of_the_run(start: Make) -> None:
    """If the run ends while a case that lost its process runs again, the case has the verdict that is known so far."""
    target = start(fake("DiesAtSecond"))
    first, second = (case("passes", id=f"ZZZ-00{number}") for number in (1, 2))
    target.submit([first, second])
    while target._trial is None:
        target._step()
    target.drain()

    assert [target.ready(each) for each in (first, second)] == [1, 1]
    assert target.answer(second).verdict == "crash"


def test_company_that_is_not_enough_is_not_blamed(start: Make) -> None:
    """A crash that needs more than the case before names no case, because no command could show it."""
    target = start(fake("DiesAtThird"))
    row = [case("passes", id=f"ZZZ-00{number}") for number in (1, 2, 3)]
    *_, answer = [target.run(each) for each in row]

    assert answer.verdict == "crash"
    assert answer.message == "exited with 9: out of fake memory; only after other cases; alone it is: pass"
    assert answer.after is None


def test_end_between_two_cases_is_told(start: Make) -> None:
    """A process that ends after an answer and before the next case costs no verdict, and the end is a line."""
    target = start(fake("DiesBetween"))
    answers = [target.run(case("passes", id=f"ZZZ-00{number}")) for number in (1, 2, 3)]
    end = target.close()

    assert [answer.verdict for answer in answers] == ["pass"] * 3
    assert end is not None
    assert end.notes
    assert all(re.search(r"DiesBetween: ended after ZZZ-00\d and before the next case: ", line) for line in end.notes)


def test_lines_for_people_are_bounded(start: Make) -> None:
    """An interpreter with much to tell tells some of it, and how much there was."""
    target = start(fake("Fake"))
    for number in range(30):
        target._session.note(str(number))
    end = target.close()

    assert end is not None
    assert len(end.notes) == 21
    assert end.notes[-1].endswith(": 10 more lines of this kind")


def test_output_is_kept_and_is_no_answer(start: Make) -> None:
    """The output of a case is in its answer, a forged answer in it is noise, and standard input is empty."""
    answer = start().run(case("prints"))

    assert answer.verdict == "pass"
    assert answer.output == "to stdout\nto stderr\n"


def test_words_between_two_requests_belong_to_no_case(start: Make, tmp_path: Path) -> None:
    """What comes on stderr after an answer is not text of that case, however late the host reads the answer."""
    os.mkfifo(tmp_path / "pipe")
    first, second = case("leaves_words_for_later"), case("opens", arguments={"path": str(tmp_path / "pipe")})
    target = start()
    target.submit([first])
    target.submit([second])
    (tmp_path / "pipe").read_bytes()  # now both answers, and all words before the second case, are in the pipes
    told = [target.answer(each).stderr for each in (first, second)]
    end = target.close()

    assert told == ["during", None]
    assert end is not None
    assert end.stderr == "between"


def test_output_is_bounded(start: Make) -> None:
    """Only the beginning of endless output is kept."""
    answer = start().run(case("floods"))

    assert answer.verdict == "fail"
    assert answer.output is not None
    assert len(answer.output) == 2000


def test_unraisable_exceptions_are_shown(start: Make) -> None:
    """An unraisable exception is in the output."""
    assert start().run(case("warns_of_an_unraisable")).output == "unraisable: ValueError: in a finalizer\n"


def test_dirt_is_named_and_removed(start: Make) -> None:
    """Interpreter-wide state that a case leaves changed is reported by name and restored."""
    target = start()
    answer = target.run(case("is_dirty"))

    assert answer.verdict == "pass"
    assert set(answer.dirty) >= {
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
    """An allowed outcome is reported; an outcome that is not allowed is a failure."""
    target = start()
    allowed = target.run(case("returns_a", allowed=("a", "b")))
    other = target.run(case("returns_a", allowed=("b", "c")))

    assert (allowed.verdict, allowed.observed) == ("pass", "a")
    assert (other.verdict, other.message) == ("fail", "an outcome that no document allows: a")


def test_outcome_that_is_not_allowed_is_bounded(start: Make) -> None:
    """A huge outcome is cut in the interpreter, because the host does not read such a long line."""
    answer = start().run(case("returns_a_huge_text", allowed=("a", "b")))

    assert answer.verdict == "fail"
    assert answer.message is not None
    assert answer.message.startswith("an outcome that no document allows: xxx")
    assert len(answer.message) == len(answer.observed or "") == 2003


def test_arguments_arrive_unchanged(start: Make) -> None:
    """Arguments arrive unchanged, whatever characters they have."""
    assert start().run(case("takes", "x", {"text": 'ä"\n', "number": 1, "nothing": None})).verdict == "pass"


def test_source_is_sent_once_to_each_process(start: Make) -> None:
    """Only the first case of a behaviour in a process comes with the source."""
    target = start(fake("TellsSource"))
    first, second = case("takes", "first"), case("takes", "second")
    deadly, last = case("takes", "deadly", {"die": True}), case("takes", "last")
    target.submit([first, second, deadly, last])

    observed = [target.answer(each).observed for each in (first, second, deadly, last)]

    assert observed == ["source", "no source", None, "source"]
    assert target.run(case("passes")).observed == "source"


def test_every_case_of_a_source_that_does_not_compile_fails(start: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a source does not compile, all its cases fail with the same message and line."""
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


def test_a_case_that_leaves_its_body_too_early_fails(start: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a body returns without the token of its end is no pass; the last line is that of one more run."""
    early = case("ends_too_early", arguments={"way": "early"}, allowed=("1",))
    text = body(early.behaviour)
    wrong = replace(text, explicit=text.explicit.replace("return END_OF_CASE, (value)", "return value"))
    monkeypatch.setattr("runners.transport.requests.body", lambda behaviour: wrong)
    target = start()
    answers = [target.run(early), target.run(case("ends_too_early", arguments={"way": "late"}))]

    assert [(answer.verdict, answer.message) for answer in answers] == [
        ("fail", "ended before its end"),
        ("pass", None),
    ]
    assert answers[0].line is not None
    assert text.line_text(answers[0].line) == "return value"


def test_a_pass_without_the_token_is_malformed(start: Make) -> None:
    """An agent that says pass, and does not send the token of this request back, gives no verdict."""
    answer = start(fake("ForgetsTheEnd")).run(case("passes"))

    assert answer == Answer("error", "malformed answer: a pass without the token of the end of the case")


def test_unmet_need_is_not_run(start: Make) -> None:
    """A case with an unmet need does not run, and its message is the reason from the probe."""
    answer = start(fake("Fake")).run(case("passes", needs=("asyncio",)))

    assert answer == Answer("unmet", "needs asyncio: ModuleNotFoundError: No module named 'asyncio'")


def test_missing_feature_excuses_nothing(start: Make) -> None:
    """The feature that a behaviour is about is probed and recorded, and the case runs although it is not there."""
    target = start(fake("Fake"))
    answer = target.run(case("passes", sources=(PEP828.YIELD_FROM,), since=(3, 16)))

    assert answer.verdict == "pass"
    assert target.needs == {"yield-from": "SyntaxError: not in async def"}


@pytest.mark.parametrize(
    ("language", "told", "judged"),
    [
        ("3.12.0", None, (3, 12)),
        ("3.99.0", None, (3, 99)),
        ("3.4.0", None, (3, 15)),
        ("3.4.0", (3, 8), (3, 8)),
        ("4.0", None, (3, 15)),
        ("4.0", (3, 8), (3, 8)),
        ("nonsense", None, (3, 15)),
    ],
)
def test_judged_as(language: str, told: tuple[int, int] | None, judged: tuple[int, int]) -> None:
    """An interpreter is judged as the given version, else as its own if that is 3.6 to 3.x, else as the newest."""
    identity = Identity("x", "1.0", language, "", (), None, None, None)

    assert judged_as(identity, told) == judged


def test_no_restart_loop(start: Make, tmp_path: Path) -> None:
    """If an interpreter does not start again, the host tries only once."""
    target = start(fake("DiesAfterStart", str(tmp_path / "started")))
    first, second = target.run(case("passes")), target.run(case("passes"))

    assert (first.verdict, first.message) == ("crash", "exited with 1")
    assert second.verdict == "error"
    assert second.message is not None
    assert second.message.startswith("the interpreter no longer starts: ")
    assert second.message.endswith("no licence left")


def test_file_without_permission(tmp_path: Path) -> None:
    """A file that cannot be executed gives one line."""
    path = tmp_path / "python"
    path.write_text("#!/bin/sh\n")
    with pytest.raises(CannotStart, match="Permission denied"):
        StreamTarget([str(path)]).start()


@pytest.mark.parametrize(
    ("system", "machine", "slug"),
    [
        ("Linux", "x86_64", "cpython-3.13.0"),
        ("Linux x86_64", None, "cpython-3.13.0"),
        (None, None, "cpython-3.13.0"),
        ("Linux", "aarch64", "cpython-3.13.0-Linux-aarch64"),
        ("Emscripten", "wasm32", "cpython-3.13.0-Emscripten-wasm32"),
    ],
)
def test_slug_names_an_unusual_system(system: str | None, machine: str | None, slug: str) -> None:
    """The name of a result has the system and the machine, unless they are Linux on x86-64."""
    identity = Identity("cpython", "3.13.0", "3.13.0", "", (), None, None, None, system=system, machine=machine)

    assert identity.slug == slug


#: A ``sitecustomize`` that installs an event loop policy, as that of uvloop.
_FAST = """
import asyncio.events, sys, types
fast = sys.modules["fastloop"] = types.ModuleType("fastloop")
Policy = type("Policy", (), {"__module__": "fastloop.policies"})
asyncio.events._event_loop_policy = Policy()
"""


@pytest.mark.parametrize(
    ("added", "title", "slug", "loop"),
    [
        ("fast.__version__ = '1.2'", "(fastloop 1.2)", "-fastloop-1.2", Loop("fastloop", "1.2")),
        ("", "(fastloop)", "-fastloop", Loop("fastloop", None)),
        ("import os; os.environ['CONFORMANCE_BUILD'] = 'fastloop-1'", "(fastloop-1)", "-fastloop-1", None),
        ("asyncio.events._event_loop_policy = None", "", "", None),
    ],
    ids=["version", "no-version", "of-the-implementation", "none"],
)
def test_another_event_loop_is_told(tmp_path: Path, added: str, title: str, slug: str, loop: Loop | None) -> None:
    """An event loop that the start installed is in the title, the slug and the result, unless a build word names it."""
    (tmp_path / "sitecustomize.py").write_text(_FAST + added)
    target = StreamTarget(["env", f"PYTHONPATH={tmp_path}", sys.executable])
    identity = target.start()
    target.close()
    plain = replace(identity, loop=None, build=tuple(word for word in identity.build if word != "fastloop-1"))

    assert identity.title == " ".join([plain.title, title]).strip()
    assert identity.slug == plain.slug + slug
    assert Interpreter.of(identity, identity.slug, "", "", (3, 13)).loop == loop


def test_no_event_loop_where_types_have_no_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop of a start is found out without the module of a type, which types in MicroPython do not have."""
    # Another test in this process may have used asyncio, which then has a policy.
    monkeypatch.delitem(sys.modules, "asyncio.events", raising=False)
    names: dict[str, Any] = {"__name__": "who"}
    exec((ROOT / "runners/transport/inside/who.py").read_text(encoding="utf-8"), names)
    names["type"] = lambda value: object()

    assert names["loop"](()) is None
