"""Causes: mistakes in a file are one line each, and each cause is about the cases and interpreters that it names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conformance.catalogue import load as load_catalogue
from conformance.hashes import every
from conformance.program import ROOT
from runners.record import baseline
from runners.record.found import FOLDER, STATES, BadFound, Cause, Found, files, load, shipped
from runners.record.only import parse_only
from runners.record.revision import Python
from tests.runners.record.samples import cause, causes_file, interpreter, outcome


def read(tmp_path: Path, *causes: str, name: str = 'name = "Some"\n', cases: Any = None) -> Found:
    """The causes in one file with these tables."""
    return load([causes_file(tmp_path, name + "".join(causes))], cases)


def test_a_file_is_read(tmp_path: Path) -> None:
    """Each key becomes a field; texts lose the line ends around them, and ``not reported`` is None."""
    text = cause(expected='"""\n1\n2\n"""', fixed_in='["2.0"]', state='"fixed"', only='["some <2.0"]', note='"More."')
    (found,) = read(tmp_path, text, name='name = "Some"\nabout = "Of words.\\n"\n').files
    (one,) = found.causes

    assert (found.implementation, found.name, found.about) == ("some", "Some", "Of words.")
    assert (one.id, one.title, one.cases, one.only) == ("some-cause", "it does not hold", ("SND-001",), ("some <2.0",))
    assert (one.expected, one.seen, one.upstream, one.state) == ("1\n2", "2", None, "fixed")
    assert (one.fixed_in, one.fate, one.answer, one.note) == (("2.0",), "fixed in 2.0", None, "More.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[cause", "some.toml: is not valid TOML: "),
        ("", "some.toml: name must be the name of the implementation"),
        ("name = 1\n", "some.toml: name must be the name of the implementation"),
        ('name = "S"\nabout = 1\n', "some.toml: name must be the name of the implementation"),
        ('name = "S"\nmore = 1\n', "some.toml: unknown key more; a file has name, about and [[cause]] tables"),
        ('name = "S"\ncause = 1\n', "some.toml: causes are tables, each under [[cause]]"),
        ('name = "S"\ncause = [1]\n', "some.toml: causes are tables, each under [[cause]]"),
    ],
)
def test_a_wrong_file_is_one_line(tmp_path: Path, text: str, message: str) -> None:
    """A file that is not a file of causes is refused with its name and the reason."""
    with pytest.raises(BadFound) as caught:
        load([causes_file(tmp_path, text)])

    assert message in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    """A file that is not there, and a folder, are refused with the reason of the system."""
    for path, words in ((tmp_path / "none.toml", "No such file"), (tmp_path, "is not a file")):
        with pytest.raises(BadFound, match=words):
            load([path])


#: Key → (value of the key as TOML, words of the line).
WRONG: dict[str, tuple[str, str]] = {
    "case": ('"SND-001"', "unknown key case; a cause has answer, cases, expected,"),
    "id": ('"Some Cause"', "id must be words of a-z and 0-9"),
    "title": ('"two\\nlines"', "title must be one line of at most 120 characters"),
    "cases": ("[]", "cases must be a list of texts, with at least one"),
    "only": ('"some"', "only must be a list of texts, with at least one"),
    "program": ('" "', "program must be a text"),
    "expected": ("1", "expected must be a text"),
    "seen": ('""', "seen must be a text"),
    "upstream": ('"example.org/1"', "upstream must be an address that begins with https://, or 'not reported'"),
    "state": ('"closed"', "state is 'closed'; it can be open, pending, fixed, by design"),
    "fixed_in": ('["soon"]', "fixed_in is 'soon', which is not a version"),
    "answer": ('"Not a bug."', "there is an answer, and no address in upstream"),
}


@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_value_is_one_line(tmp_path: Path, key: str) -> None:
    """A value that cannot be used is named with the file, the cause and the key."""
    value, words = WRONG[key]
    with pytest.raises(BadFound) as caught:
        read(tmp_path, cause(**{key: value}))
    (line,) = str(caught.value).splitlines()

    assert line.startswith(f"{tmp_path / 'some.toml'}: cause ")
    assert words in line


@pytest.mark.parametrize("key", ["id", "title", "cases", "only", "program", "expected", "seen", "upstream", "state"])
def test_a_missing_key_is_one_line(tmp_path: Path, key: str) -> None:
    """Each key that every cause has is demanded."""
    with pytest.raises(BadFound, match=f": {key} is missing"):
        read(tmp_path, cause(**{key: "-"}))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"cases": '["SND-001", "SND-001"]'}, "cases says something twice"),
        ({"title": f'"{"x" * 121}"'}, "title must be one line"),
        ({"title": '"It fails."'}, "without a full stop"),
        ({"only": '["some 3"]'}, "only is 'some 3'; write it like"),
        ({"only": '["some <1,>2"]'}, "only is 'some <1,>2', which no version meets"),
        ({"program": "'''" + "pass\n" * 13 + "'''"}, "program has 13 lines; 12 are the most"),
        ({"program": '"print("'}, "program cannot be compiled: "),
        ({"state": '"fixed"'}, "a fixed cause has fixed_in"),
        ({"fixed_in": '["2.0"]'}, "a fixed cause has fixed_in"),
        ({"state": '"by design"', "upstream": '"https://example.org/1"'}, "a cause that is by design has an answer"),
        ({"state": '"fixed"', "fixed_in": '["2.0"]', "only": '["some <=2.0"]'}, "only includes 2.0, which has the fix"),
    ],
)
def test_contradictions_are_one_line(tmp_path: Path, values: dict[str, str], words: str) -> None:
    """Keys that cannot be right together are refused."""
    with pytest.raises(BadFound) as caught:
        read(tmp_path, cause(**values))

    assert words in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    "program",
    ["async def agen():\n    def f(x: (yield)): pass", "try: pass\nexcept* OSError: pass"],
    ids=["yield-in-annotation", "except-star"],
)
def test_a_program_can_be_of_another_version(tmp_path: Path, program: str) -> None:
    """A program that only some versions of the language accept is read by each Python."""
    (one,) = read(tmp_path, cause(program=f"'''\n{program}\n'''")).causes

    assert one.program.strip("\n") == program


def test_every_mistake_is_named(tmp_path: Path) -> None:
    """Two causes with a mistake each are two lines."""
    with pytest.raises(BadFound) as caught:
        read(tmp_path, cause(id='"one"', seen="1"), cause(id='"two"', state="1"))

    assert [line.partition(": cause ")[2] for line in str(caught.value).splitlines()] == [
        "one: seen must be a text",
        "two: state must be a text",
    ]


def test_an_id_is_used_once(tmp_path: Path) -> None:
    """An id that two causes have is refused, also in two files."""
    with pytest.raises(BadFound, match=r"cause some-cause: .*cause some-cause has the same id"):
        read(tmp_path, cause(), cause(cases='["SND-002"]'))


@pytest.mark.parametrize(
    ("name", "case", "named"),
    [
        ("SND-001", "SND-001", True),
        ("SND-012", "SND-012[42]", True),
        ("SND-012[42]", "SND-012[42]", True),
        ("SND-012[42]", "SND-012[False]", False),
        ("SND-012[*]", "SND-012[False]", True),
        ("SND-*", "SND-012[False]", True),
        ("SND-01", "SND-012[42]", False),
        ("RUN-001[anext-*]", "RUN-001[anext-asend]", True),
        ("RUN-001[anext-*]", "RUN-001[asend-anext]", False),
        ("RUN-001[a.*]", "RUN-001[anext-asend]", False),
    ],
)
def test_names_of_cases(tmp_path: Path, name: str, case: str, named: bool) -> None:
    """A name is a case, an ID with all its cases, or a name in which ``*`` stands for any text."""
    (one,) = read(tmp_path, cause(cases=f'["{name}"]')).causes

    assert one.names(case) is named


def test_names_must_exist(tmp_path: Path) -> None:
    """With the cases of the suite at hand, a name that stands for no case is refused."""
    with pytest.raises(BadFound, match=r"cause some-cause: no case SND-999; 'python -m conformance list --json'"):
        read(tmp_path, cause(cases='["SND-001", "SND-999"]'), cases=["SND-001"])


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        ("some", "some", True),
        ("some <2", "some >=2", False),
        ("some <=2", "some >=2", True),
        ("some", "other", False),
        ("some debug", "some jit", True),
    ],
)
def test_a_failure_has_one_cause(tmp_path: Path, first: str, second: str, refused: bool) -> None:
    """Two causes that name a case for the same interpreter are refused; with other interpreters they are not."""
    texts = [cause(id=f'"{id}"', only=f'["{only}"]') for id, only in (("one", first), ("two", second))]
    if refused:
        with pytest.raises(BadFound, match=r"cause two: SND-001 is explained by .*cause one on the same interpreters"):
            read(tmp_path, *texts, cases=["SND-001"])
    else:
        assert len(read(tmp_path, *texts, cases=["SND-001"]).causes) == 2


def test_the_cause_of_a_failure(tmp_path: Path) -> None:
    """A cause explains the cases that it names on the builds that it is about, and nothing that does not count."""
    found = read(tmp_path, cause(only='["cpython debug >=3.13"]'))
    debug = interpreter(build=("debug",))
    (one,) = found.causes

    assert found.explaining(outcome(verdict="fail"), debug) is one
    assert found.explaining(outcome(verdict="fail"), interpreter()) is None
    assert found.explaining(outcome("SND-012[42]", verdict="fail"), debug) is None
    assert found.explaining(outcome(), debug) is None
    assert found.explaining(outcome(verdict="fail", level="detail"), debug) is None
    assert found.explaining(outcome(verdict="fail", applicable=False), debug) is None


def test_compiled_code_inherits_the_cause_of_its_host(tmp_path: Path) -> None:
    """A failure that is known to be of the host has the host's cause; another failure of the compiler has not."""
    found = read(tmp_path, cause(only='["cpython <3.13.2"]'))
    compiled = interpreter(implementation="cython", implementation_version="3.3.1", host=Python("cpython", "3.13.1"))
    newer = interpreter(implementation="cython", implementation_version="3.3.1", host=Python("cpython", "3.13.2"))
    known = outcome(verdict="fail", known="of the host")

    assert found.explaining(known, compiled) is found.causes[0]
    assert found.explaining(known, newer) is None
    assert found.explaining(outcome(verdict="fail"), compiled) is None


def test_the_causes_that_ship_are_right() -> None:
    """Each name in them is a case, and no failure has two causes."""
    found = load(files(), every())

    assert found.causes
    assert {file.implementation for file in found.files} >= {"cpython", "pypy"}


def test_the_causes_that_ship_are_about_what_counts() -> None:
    """Each case of a cause is of a behaviour that counts, and applies to a version that the cause can be about."""
    known = load_catalogue()
    details = {
        f"{cause.id}: {case}"
        for cause in shipped().causes
        for case in every()
        if cause.names(case) and known[case[: case.find("[")] if "[" in case else case].level == "detail"
    }

    assert details == set()


def test_the_document_of_the_causes_names_everything() -> None:
    """The page about the files names each key, each state and each file."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    keys = {"name", "about", *Cause.__dataclass_fields__} - {"implementation", "where"}

    assert [key for key in keys if f"| `{key}` |" not in text] == []
    assert [state for state in STATES if f"`{state}`" not in text] == []
    assert [path.stem for path in files() if f"({path.stem}.md)" not in text] == []


@pytest.mark.parametrize("path", sorted((ROOT / "baselines").glob("*.toml")), ids=lambda path: path.stem)
def test_the_baselines_that_ship_name_causes(path: Path) -> None:
    """Each entry names a cause."""
    entries = [each for group in baseline.load([path], every().__contains__)._entries.values() for each in group]

    assert [each.where for each in entries if each.cause is None] == []


@pytest.mark.parametrize("cause", shipped().causes, ids=lambda cause: cause.id)
def test_programs_print_what_they_should(cause: Cause) -> None:
    """Where a cause's behaviours apply and no cause says that it fails, the program prints what documents demand."""
    here = (sys.implementation.name, sys.version.split()[0], ())
    same = [each for each in shipped().causes if each.program == cause.program]
    known = load_catalogue()
    about = {known[case.partition("[")[0]] for case in every() if cause.names(case)}
    if not all(behaviour.applies_to(sys.version_info[:2]) for behaviour in about):
        pytest.skip("a behaviour is of another version of the language")
    if any(each.applies_to(here) for each in same):
        pytest.skip("this interpreter has the defect")
    command = [sys.executable, "-I", "-W", "ignore", "-c", cause.program]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert answer.stdout.strip("\n") == cause.expected, answer.stderr


def test_two_ranges_overlap() -> None:
    """Whether an interpreter can be meant by both is decided by name and versions."""
    assert parse_only("some >=1,<2").overlaps(parse_only("some ==1.5"))
    assert not parse_only("some >=1,<2").overlaps(parse_only("some ==2"))
