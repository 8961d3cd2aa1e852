"""Compilers as interpreters: the compiled modules run, no module is built twice, and a bad module costs one case."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from conformance.needs import PROBES
from conformance.program import Case, body
from runners.boot import compiled
from runners.boot.builds import Unusable
from runners.boot.extensions import Cython
from runners.transport.answers import Identity
from runners.transport.stream import StreamTarget
from runners.transport.target import CannotStart
from tests.runners.samples import case

FAKE = [sys.executable, str(Path(__file__).parents[1] / "fake_compiler.py"), "fake"]
Start = Callable[..., StreamTarget]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start a target that is the fake compiler, with a cache of the test's own."""
    monkeypatch.setenv("CONFORMANCE_CACHE", str(tmp_path))
    targets = []

    def make(**options: Any) -> StreamTarget:
        targets.append(StreamTarget(FAKE, **options))
        targets[-1].start()
        return targets[-1]

    yield make
    for target in targets:
        target.close()


def built(tmp_path: Path) -> list[str]:
    """For each module that the fake compiler built, the number of modules in its build."""
    return (tmp_path / f"compiled/fake-1.0-py{sys.version_info[0]}.{sys.version_info[1]}/built").read_text().split()


def many() -> list[Case]:
    """Cases of five behaviours, one of which has a need that no compiler meets."""
    return [
        case("passes", id="ZZZ-001"),
        case("fails_with_a_local", id="ZZZ-002"),
        case("leaves_a_global", "a", id="ZZZ-003"),
        case("leaves_a_global", "b", id="ZZZ-003"),
        case("is_refused", id="ZZZ-004"),
        case("fails", id="ZZZ-005", needs=("compile",)),
    ]


def test_cases_run_compiled(start: Start) -> None:
    """Cases pass and fail as their compiled bodies do, each with globals of its own and with the prelude's names."""
    target, asked = start(), many()

    target.submit(asked)
    answers = [target.answer(each) for each in asked]

    assert [each.verdict for each in answers] == ["pass", "fail", "pass", "pass", "fail", "unmet"]
    assert target.identity is not None
    assert target.identity.slug == f"fake-1.0-py{sys.version_info[0]}.{sys.version_info[1]}"


def test_failure_says_where(start: Start) -> None:
    """A failure has the line of the body in the checkout, though it was compiled in another file, and the locals."""
    target = start()
    failing = case("fails_with_a_local")

    answer = target.run(failing)

    assert answer.line is not None
    assert body(failing.behaviour).line_text(answer.line) == "assert number + 1 == 43"
    assert answer.locals == {"number": "41"}
    assert answer.message == "assert number + 1 == 43"


def test_names_of_modules_are_not_shown(start: Start) -> None:
    """An answer has the usual name of a case's module instead of the name of the compiled module."""
    answer = start().run(case("shows_its_module"))

    assert answer.message == "ValueError: __main__"
    assert answer.locals == {"Local": "<class '__main__.shows_its_module.<locals>.Local'>"}
    assert answer.output == "<class '__main__.shows_its_module.<locals>.Local'>\n"


def test_refusal_is_a_failure(start: Start) -> None:
    """A body that the compiler refuses fails with the compiler's message, at the line that it names."""
    refused = case("is_refused")
    answer = start().run(refused)

    assert (answer.verdict, answer.message) == ("fail", "Rejected: Fake: it is refused")
    assert answer.line is not None
    assert body(refused.behaviour).line_text(answer.line) == "refused = True"


def test_trouble_around_the_compiler_is_an_error(start: Start) -> None:
    """A failed build that is not the compiler's fault is an error of one case, and not a failure."""
    target = start()

    answers = [target.run(case("is_lost", id="ZZZ-001")), target.run(case("passes", id="ZZZ-002"))]

    assert [each.verdict for each in answers] == ["error", "pass"]
    assert answers[0].message == "Rejected: Fake: not built: the disk is full"


def test_source_at_run_time_is_unmet(start: Start) -> None:
    """A case that compiles source at run time would test the host's compiler, so it is unmet."""
    target = start()

    compiles, starts = (
        case("passes", id="ZZZ-001", needs=("compile",)),
        case("passes", id="ZZZ-002", needs=("subprocess",)),
    )
    answers = [target.run(compiles), target.run(starts)]

    assert [each.verdict for each in answers] == ["unmet", "unmet"]
    assert answers[0].message is not None
    assert "tests the host's compiler" in answers[0].message
    assert answers[1].message is not None
    assert "another process" in answers[1].message


def test_needs_of_functions_are_probed_compiled(start: Start, tmp_path: Path) -> None:
    """The probes of frames and tracebacks are compiled too, because a compiled function may have neither."""
    asked = [case("passes", id=f"ZZZ-00{number}", needs=(need,)) for number, need in enumerate(compiled.OF_FUNCTIONS)]

    answers = [start().run(each) for each in asked]

    assert [each.verdict for each in answers] == ["pass", "pass"]
    # The asynchronous generator of the hello, two probes and two bodies, of which one is like the other.
    assert built(tmp_path) == ["1", "1", "1", "1"]


@pytest.mark.parametrize(
    ("probe", "why"),
    [
        ("refused = True", "Fake did not build its probe: it is refused"),
        ("raise RuntimeError('no frame')", "RuntimeError: no frame"),
    ],
)
def test_a_compiled_probe_that_fails(start: Start, monkeypatch: pytest.MonkeyPatch, probe: str, why: str) -> None:
    """A need is unmet if its probe is refused by the compiler, or raises when it is compiled."""
    monkeypatch.setitem(PROBES, "frames", probe)

    answer = start().run(case("passes", needs=("frames",)))

    assert (answer.verdict, answer.message) == ("unmet", f"needs frames: {why}")


def test_all_are_built_before_the_first_runs(start: Start, tmp_path: Path) -> None:
    """The submitted cases are built in batches, once for each behaviour, except those with an unmet need."""
    said: list[str] = []
    target, asked = start(progress=said.append), many()

    target.submit(asked)
    target.answer(asked[0])

    assert built(tmp_path) == ["1", "2", "2", "2", "2"]
    assert [text for text in dict.fromkeys(said) if text != "starting"] == [
        "fake 0 of 1",
        "fake 1 of 1",
        "fake 0 of 4",
        "fake 2 of 4",
        "fake 4 of 4",
    ]


def test_parts_of_a_preparation(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If there are more bodies than one request holds, several requests prepare them, and progress counts all."""
    monkeypatch.setattr("runners.transport.agenda.PREPARED", 3)
    said: list[str] = []
    target, asked = start(progress=said.append), many()

    target.submit(asked)
    answers = [target.answer(each) for each in asked]

    assert [each.verdict for each in answers] == ["pass", "fail", "pass", "pass", "fail", "unmet"]
    assert built(tmp_path) == ["1", "2", "2", "1", "1"]
    assert "fake 3 of 4" in said


def test_second_run_builds_nothing(start: Start, tmp_path: Path) -> None:
    """Another process finds the built and refused modules, and the answer to the probe of asynchronous generators."""
    for _ in range(2):
        target, asked = start(), many()
        target.submit(asked)
        verdicts = [target.answer(each).verdict for each in asked]

    assert verdicts == ["pass", "fail", "pass", "pass", "fail", "unmet"]
    assert len(built(tmp_path)) == 5


def test_death_costs_one_case(start: Start) -> None:
    """A case that ends the process is blamed, and the compiled cases after it run in a new one."""
    target = start(isolate=False)
    asked = [case("aborts", id="ZZZ-001"), case("passes", id="ZZZ-002")]

    target.submit(asked)

    assert [target.answer(each).verdict for each in asked] == ["crash", "pass"]


def test_isolated_cases_are_prepared_too(start: Start) -> None:
    """With a process for each case, the first process builds all modules."""
    target, asked = start(isolate=True), many()[:4]

    target.submit(asked)

    assert [target.answer(each).verdict for each in asked] == ["pass", "fail", "pass", "pass"]


def test_compiler_without_asynchronous_generators_is_absent(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """One probe, compiled, decides for all cases."""
    monkeypatch.setenv("FAKE_REFUSES", "yield")

    identity = start().identity
    assert identity is not None
    hello = {**_hello(), "absent": "it is refused"}

    assert replace(identity, system=None, machine=None, host=None) == Identity.from_hello(hello)
    assert identity.host == (sys.implementation.name, platform.python_version())


def _hello() -> dict[str, Any]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return {
        "implementation": "fake",
        "implementation_version": "1.0",
        "language_version": version,
        "version_text": sys.version,
        "build": [],
        "platform": sys.platform,
        "executable": sys.executable,
        "prepares": True,
    }


def test_compiler_that_builds_nothing_is_not_absent(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the compiler cannot build a plain function either, it is broken, and one line says so."""
    monkeypatch.setenv("FAKE_REFUSES", "def")

    with pytest.raises(CannotStart, match="Fake cannot build even a plain function: it is refused"):
        start()


def test_cache_that_cannot_be_written_to(start: Start, tmp_path: Path) -> None:
    """One line names the folder and the variable to set."""
    (tmp_path / "compiled").touch()

    with pytest.raises(CannotStart, match=r"fake: cannot start: cannot write to .*: set CONFORMANCE_CACHE to"):
        start()


def test_compiler_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line names the command that installs it."""
    monkeypatch.setitem(compiled.COMPILERS, "cython", ("no-such-package", Cython))

    with pytest.raises(
        Unusable, match=r"no-such-package is not installed in .*; run: python -m runners install cython"
    ):
        compiled.find("cython")


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"which": None, "include": "."}, "needs a C compiler, but"),
        ({"which": "/bin/cc", "include": "/nowhere"}, "needs the headers of"),
    ],
    ids=["no C compiler", "no headers"],
)
def test_tools_that_are_missing(names: dict[str, str | None], message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line names the missing tool or header that a compiler needs."""
    monkeypatch.setitem(compiled.COMPILERS, "cython", ("pytest", Cython))
    monkeypatch.setattr(compiled, "shutil", SimpleNamespace(which=lambda name: names["which"]))
    monkeypatch.setattr(
        compiled,
        "sysconfig",
        SimpleNamespace(get_config_var=lambda name: "cc -shared", get_paths=lambda: {"include": names["include"]}),
    )

    with pytest.raises(Unusable, match=message):
        compiled.find("cython")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([], "usage: compiled.py cython|nuitka|mypyc -c PROGRAM"),
        (["jython", "-c", ""], "'jython' is not a known compiler"),
    ],
    ids=["nothing", "unknown"],
)
def test_command_lines_that_make_no_sense(arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong command line prints one line and gives exit status 4."""
    status = compiled.main(arguments)

    assert status == 4
    assert line in capsys.readouterr().err


def test_cython_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If Cython is installed here, a compiled body that passes and one that fails have these verdicts."""
    try:
        compiled.find("cython")
    except Unusable as error:
        pytest.skip(str(error))
    monkeypatch.setenv("CONFORMANCE_CACHE", str(tmp_path))
    target = StreamTarget([sys.executable, str(compiled.__file__), "cython"])
    asked = [case("passes", id="ZZZ-001"), case("fails", id="ZZZ-002")]
    target.start()

    target.submit(asked)
    answers = [target.answer(each) for each in asked]
    target.close()

    assert [each.verdict for each in answers] == ["pass", "fail"]
    assert answers[1].message == "assert resumed_with == 42"
