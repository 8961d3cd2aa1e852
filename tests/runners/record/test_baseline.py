"""Baselines: mistakes are refused, and an update keeps everything else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.catalogue import load as load_catalogue
from conformance.program import ROOT, cases
from runners.record.baseline import HEADER, MISSING, BadBaseline, Change, default, load, update, written_only
from tests.runners import fake
from tests.runners.record.samples import outcome
from tests.runners.samples import results, run_suite

KNOWN = {"SND-001", "SND-012[42]"}
FAKE = ("fakepython", "1.2.3", ("debug",))


def written(tmp_path: Path, text: str) -> Path:
    """A baseline file with this text."""
    path = tmp_path / "known.toml"
    path.write_text(text, encoding="utf-8")
    return path


def entry(**values: str) -> str:
    """An entry as text; the default case and reason are valid."""
    given = {"case": "SND-001", "reason": "because", **values}
    return "[[known]]\n" + "".join(f'{key} = "{value}"\n' for key, value in given.items() if value != "-") + "\n"


@pytest.mark.parametrize(
    ("only", "implementation", "version", "applies"),
    [
        ("-", "anything", "1.0", True),
        ("cpython", "cpython", "3.13.0", True),
        ("cpython", "pypy", "7.3.11", False),
        ("cpython >=3.10,<3.13.2", "cpython", "3.13.1", True),
        ("cpython >=3.10,<3.13.2", "cpython", "3.13.2", False),
        ("cpython >=3.10,<3.13.2", "cpython", "3.9.18", False),
        ("cpython <3.16", "cpython", "3.15.0a3", True),
        ("pypy <=7.3.11", "pypy", "7.3.11", True),
        ("pypy <=7.3.11", "pypy", "no version", False),
        ("pypy", "pypy", "no version", True),
    ],
)
def test_only(tmp_path: Path, only: str, implementation: str, version: str, applies: bool) -> None:
    """``only`` is an implementation with comparisons of its version; without it, an entry applies to all."""
    found = load([written(tmp_path, entry(only=only))], KNOWN.__contains__).find("SND-001", implementation, version)

    assert (found is not None) is applies


@pytest.mark.parametrize(
    ("only", "build", "applies"),
    [
        ("cpython", ("debug",), True),
        ("cpython debug", (), False),
        ("cpython debug", ("debug",), True),
        ("cpython debug >=3.14", ("debug", "gil"), False),
        ("cpython debug freethreaded <3.14", ("freethreaded", "debug"), True),
        ("cpython debug freethreaded", ("debug",), False),
        ("pypy debug", ("debug",), False),
    ],
)
def test_only_one_build(tmp_path: Path, only: str, build: tuple[str, ...], applies: bool) -> None:
    """Words between the implementation and its version limit the entry to builds that have all of them."""
    known = load([written(tmp_path, entry(only=only))], KNOWN.__contains__)

    assert (known.find("SND-001", "cpython", "3.13.0", build) is not None) is applies


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (entry(case="SND-999"), "entry 1: no case SND-999"),
        (entry(case="SND-012"), "entry 1: no case SND-012"),
        (entry(case="-"), "entry 1: case is missing"),
        (entry(reason="-"), "entry 1: SND-001: the reason is missing"),
        (entry(reason=" "), "entry 1: SND-001: the reason is missing"),
        (entry(reason=MISSING), "entry 1: SND-001: the reason is missing"),
        (entry() + entry(only="cpython 3.13"), "entry 2: SND-001: only is 'cpython 3.13'"),
        (entry(only="3.13"), "entry 1: SND-001: only is '3.13'"),
        (entry(until="3.13"), "entry 1: unknown key until"),
        ("[[known]]\ncase = 1\n", "entry 1: case, reason, issue and only must be strings"),
        (
            entry(only="cpython >=3.13,<3.12"),
            "entry 1: SND-001: only is 'cpython >=3.13,<3.12', which no version meets",
        ),
        (entry(only="cpython <3.13,>=3.13"), "which no version meets"),
        (entry(only="cpython >3.13,<=3.13.0"), "which no version meets"),
        (entry(only="cpython ==3.13,==3.14"), "which no version meets"),
        (entry(only="cpython >=3.13,<=3.13,!=3.13"), "which no version meets"),
        (entry() + entry(), "entry 2: SND-001: entry 1 is about the same interpreters; remove one"),
        (entry(only="-") + entry() + entry(only="-"), "entry 3: SND-001: entry 1 is about the same interpreters"),
        (
            entry(only="cpython debug >=3.13,<3.14") + entry(only="cpython  debug <3.14, >=3.13.0"),
            "entry 2: SND-001: entry 1 is about the same interpreters",
        ),
        ("known = " + "[" * 20_000, "known.toml: is not valid TOML: "),
        ("[known", "known.toml: "),
        ("known = 1\n", "only [[known]] tables are expected"),
        ("[[unknown]]\n", "only [[known]] tables are expected"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, message: str) -> None:
    """Each mistake is an error that names the file and the entry."""
    with pytest.raises(BadBaseline) as caught:
        load([written(tmp_path, text)], KNOWN.__contains__)

    assert message in str(caught.value)


def test_missing_file_is_one_line(tmp_path: Path) -> None:
    """A missing baseline is an error."""
    with pytest.raises(BadBaseline, match="No such file"):
        load([tmp_path / "missing.toml"], KNOWN.__contains__)


def test_update_adds_removes_and_keeps(tmp_path: Path) -> None:
    """An update adds failures and removes entries that pass; reasons, comments and all other entries stay."""
    path = written(
        tmp_path,
        "# mine\n\n" + entry(only="fakepython ==1.2.3") + entry(case="SND-012[42]", reason="kept", only="cpython <3.7"),
    )
    outcomes = [
        outcome(),
        outcome("SND-012[42]", verdict="fail"),
        outcome("SND-012[0]", verdict="fail", applicable=False),
        outcome("EQV-007[x]", verdict="fail", level="detail"),
        outcome("SND-012[False]", verdict="crash"),
    ]
    change = update(path, [(FAKE, outcomes)])
    text = path.read_text(encoding="utf-8")

    assert change == Change(added=2, removed=1)
    assert text.startswith("# mine\n")
    assert 'reason = "kept"' in text
    assert 'case = "SND-001"' not in text
    assert text.count(f'reason = "{MISSING}"') == 2
    assert text.count('only = "fakepython ==1.2.3"') == 2
    assert update(path, [(FAKE, outcomes)]) == Change(added=0, removed=0)


def test_update_makes_the_file(tmp_path: Path) -> None:
    """A missing baseline is created."""
    path = tmp_path / "new" / "known.toml"
    change = update(path, [(FAKE, [outcome(verdict="fail")])])

    assert change == Change(added=1, removed=0)
    assert path.read_text(encoding="utf-8").startswith(HEADER)
    assert load([path], KNOWN.__contains__, unfinished=True).find("SND-001", "fakepython", "1.2.3") is not None


def test_known_failure_is_expected(tmp_path: Path) -> None:
    """A failure that the baseline lists does not fail the run; the reason is shown and is in the result."""
    names = [case.name for id in ("SND-001", "SND-012") for case in cases(load_catalogue()[id])]
    path = written(tmp_path, "".join(entry(case=name, issue="https://example.org/1") for name in names))
    answer = run_suite("--interpreter", fake("Failing"), "--baseline", path, "--results", tmp_path / "results", "-rx")
    (document,) = results(tmp_path / "results").values()

    assert answer.returncode == 0, answer.stdout
    assert "known: because (https://example.org/1)" in answer.stdout
    assert document["baseline"] == ["known.toml"]
    assert {each["known"] for each in document["outcomes"]} == {"because (https://example.org/1)"}


def test_entry_that_passes_is_a_failure(tmp_path: Path) -> None:
    """A case that passes although an entry lists it is a failure that names the entry."""
    path = written(tmp_path, entry())
    answer = run_suite("--interpreter", fake("Fake"), "--baseline", path)

    assert answer.returncode == 1
    assert "SND-001 is a known failure of fakepython 1.2.3" in answer.stdout
    assert f"{path}: entry 1: remove the entry" in answer.stdout


def test_broken_baseline_is_a_line_for_each_mistake(tmp_path: Path) -> None:
    """The mistakes in a baseline are printed before any case runs, with exit status 4."""
    path = written(tmp_path, entry(case="SND-999") + entry(reason="-"))
    answer = run_suite("--interpreter", fake("Fake"), "--baseline", path)

    assert answer.returncode == 4
    assert f"ERROR: {path}: entry 1: no case SND-999" in answer.stderr
    assert f"{path}: entry 2: SND-001: the reason is missing" in answer.stderr
    assert "Traceback" not in answer.stderr + answer.stdout


def test_update_from_the_command_line(tmp_path: Path) -> None:
    """``--update-baseline`` adds the failures; the next run is refused until a person has written the reasons."""
    path = tmp_path / "known.toml"
    first = run_suite("--interpreter", fake("Failing"), "--baseline", path, "--update-baseline")
    refused = run_suite("--interpreter", fake("Failing"), "--baseline", path)
    path.write_text(path.read_text().replace(MISSING, "written"))
    accepted = run_suite("--interpreter", fake("Failing"), "--baseline", path)

    assert f"baseline {path}: 6 entries added (write a reason for each), 0 removed" in first.stdout
    assert refused.returncode == 4
    assert accepted.returncode == 0, accepted.stdout


def test_update_needs_one_file() -> None:
    """Without a file to write, ``--update-baseline`` is refused."""
    answer = run_suite("--update-baseline")

    assert answer.returncode == 4
    assert "--update-baseline needs exactly one --baseline FILE" in answer.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "baselines").glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_baselines_are_reviewed(path: Path) -> None:
    """The baselines that ship name existing cases, versions of their implementation, and issues by their address."""
    known = {case.name for each in load_catalogue().values() for case in cases(each)}
    baseline = load([path], known.__contains__)

    assert default(path.stem) == [path]
    for entries in baseline._entries.values():
        for each in entries:
            assert each.only is not None
            assert each.only.startswith(f"{path.stem} ")
            assert each.issue is None or each.issue.startswith("https://")


def test_update_twice_from_nothing(tmp_path: Path) -> None:
    """An entry is added to a baseline without entries and removed again; each time the file is valid TOML."""
    path = tmp_path / "known.toml"
    failing, passing = [outcome(verdict="fail")], [outcome()]
    changes = [update(path, [(FAKE, run)]) for run in (passing, failing, failing, passing, failing)]

    assert changes == [Change(0, 0), Change(1, 0), Change(0, 0), Change(0, 1), Change(1, 0)]
    assert load([path], KNOWN.__contains__, unfinished=True).find("SND-001", *FAKE) is not None


@pytest.mark.parametrize("text", ["known = []\n", "# mine\nknown = [ ]  # empty\n", ""])
def test_update_of_an_empty_list(tmp_path: Path, text: str) -> None:
    """An empty array is replaced by tables."""
    path = written(tmp_path, text)
    change = update(path, [(FAKE, [outcome(verdict="fail")])])

    assert change == Change(1, 0)
    assert load([path], KNOWN.__contains__, unfinished=True).find("SND-001", *FAKE) is not None


def test_update_from_the_command_line_twice(tmp_path: Path) -> None:
    """A run without failures, and then two with failures, leave a baseline that can be read."""
    path = tmp_path / "known.toml"
    ways = ["Fake", "Failing", "Failing"]
    answers = [run_suite("--interpreter", fake(way), "--baseline", path, "--update-baseline") for way in ways]

    assert [answer.returncode for answer in answers] == [0, 1, 0], [answer.stdout for answer in answers]
    assert f"baseline {path}: 0 entries added, 0 removed" in answers[2].stdout


#: Name of a row → (a baseline that cannot be updated, a part of the line about it).
UNUSABLE = {
    "toml": ("this is = = bad", "is not valid TOML"),
    "deep": ("known = " + "[" * 50_000, "is not valid TOML"),
    "number": ("known = 3", "only [[known]] tables are expected"),
    "text": ("known = ['x']", "entry 1: case, reason, issue and only must be strings"),
    "bytes": (b"\xff\xfe", "utf-8"),
}


@pytest.mark.parametrize(("content", "message"), UNUSABLE.values(), ids=UNUSABLE)
def test_unusable_file_is_not_rewritten(tmp_path: Path, content: str | bytes, message: str) -> None:
    """Reading and updating refuse the same files with the same line, and leave them as they are."""
    path = tmp_path / "known.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    before = path.read_bytes()
    attempts: list[Callable[[], object]] = [
        lambda: update(path, [(FAKE, [outcome(verdict="fail")])]),
        lambda: load([path], KNOWN.__contains__, unfinished=True),
    ]
    for attempt in attempts:
        with pytest.raises(BadBaseline) as caught:
            attempt()

        assert message in str(caught.value)
        assert "\n" not in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize("interpreter", ["/nowhere/python", fake("Failing")], ids=["not there", "there"])
def test_update_of_an_unusable_file_is_one_line(tmp_path: Path, interpreter: str) -> None:
    """Whether an interpreter started or not, the file stays as it is, and no traceback is shown."""
    path = written(tmp_path, "this is = = bad")
    answer = run_suite("--interpreter", interpreter, "--baseline", path, "--update-baseline")
    told = answer.stdout + answer.stderr

    assert answer.returncode == 4
    assert "Traceback" not in told
    assert "INTERNALERROR" not in told
    assert path.read_text(encoding="utf-8") == "this is = = bad"
    assert told.count("is not valid TOML") == 1


def test_update_without_an_interpreter_makes_no_file(tmp_path: Path) -> None:
    """If no interpreter started, no baseline is mentioned or created."""
    path = tmp_path / "known.toml"
    answer = run_suite("--interpreter", "/nowhere/python", "--baseline", path, "--update-baseline")

    assert answer.returncode == 4
    assert "baseline" not in answer.stdout.replace("--baseline", "")
    assert not path.exists()


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "", "x" * 400, "cpython\0", "CPython"])
def test_name_of_an_implementation_never_chooses_a_file(name: str) -> None:
    """The name that an interpreter reports cannot select a file outside the folder of baselines."""
    assert default(name) == []


@pytest.mark.parametrize(
    ("implementation", "version", "only"),
    [
        ("cpython", "3.13.0", "cpython ==3.13.0"),
        ("pypy", "no version", "pypy"),
        ("my-python", "1.0", None),
        ("", "1.0", None),
    ],
)
def test_new_entry_can_be_read_again(implementation: str, version: str, only: str | None) -> None:
    """The ``only`` of a new entry can be parsed, or no entry is written."""
    assert written_only(implementation, version) == only


ENTRIES = st.lists(
    st.fixed_dictionaries(
        {"case": st.sampled_from(["SND-001", "SND-012[42]"]), "reason": st.text(max_size=20)},
        optional={
            "issue": st.text(max_size=20),
            "only": st.sampled_from(["cpython", "fakepython ==1.2.3", "fakepython debug >=1", "pypy <7,>=3"]),
        },
    ),
    max_size=5,
    unique_by=lambda values: (values["case"], values.get("only")),
)


COMMENTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=20)


@settings(max_examples=60, deadline=None)
@given(
    ENTRIES, st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=20), st.lists(st.booleans(), max_size=3)
)
def test_every_shape_can_be_updated_and_read(entries: list[dict[str, str]], comment: str, runs: list[bool]) -> None:
    """After updates with failing and passing runs, any baseline can be read, and its comments stay."""
    document = tomlkit.document()
    document.add(tomlkit.comment(comment))
    tables = tomlkit.aot()
    for values in entries:
        table = tomlkit.table()
        table.update(values)
        tables.append(table)
    if entries:
        document.append("known", tables)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "known.toml")
        path.write_text(tomlkit.dumps(document), encoding="utf-8")
        for fails in runs:
            update(path, [(FAKE, [outcome(verdict="fail" if fails else "pass")])])
            found = load([path], KNOWN.__contains__, unfinished=True).find("SND-001", *FAKE)

            assert fails is (found is not None) or not fails
            assert tomlkit.comment(comment).as_string() in path.read_text(encoding="utf-8")
