"""``--update-baseline``: what it adds, removes and keeps, and the files that it refuses."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from runners.plugin.options import check
from runners.record.baseline import HEADER, MISSING, BadBaseline, Change, load, update
from runners.record.only import written_only
from tests.runners import fake
from tests.runners.record.samples import FAKE, KNOWN, entry, outcome, written
from tests.runners.samples import run_suite


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


def test_an_entry_with_a_cause_is_kept_or_removed(tmp_path: Path) -> None:
    """An update treats an entry that names a cause as any other: it goes where its case passes."""
    kept = entry(case="BLT-013", reason="-", cause="cpython-anext-default-is-an-exception", only="cpython <3.13.2")
    path = written(tmp_path, kept)
    release = ("cpython", "3.13.0", ())
    fails, passes = outcome("BLT-013", verdict="fail"), outcome("BLT-013")

    assert update(path, [(release, [fails])]) == Change(added=0, removed=0)
    assert path.read_text(encoding="utf-8") == kept
    assert update(path, [(release, [passes])]) == Change(added=0, removed=1)


def test_update_makes_the_file(tmp_path: Path) -> None:
    """A missing baseline is created."""
    path = tmp_path / "new" / "known.toml"
    change = update(path, [(FAKE, [outcome(verdict="fail")])])

    assert change == Change(added=1, removed=0)
    assert path.read_text(encoding="utf-8").startswith(HEADER)
    assert load([path], KNOWN.__contains__, unfinished=True).find("SND-001", "fakepython", "1.2.3") is not None


@pytest.mark.slow
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


@pytest.mark.slow
def test_update_says_what_it_cannot_add(tmp_path: Path) -> None:
    """The failures of an interpreter whose name cannot stand in an entry are counted in a line."""
    path, told = tmp_path / "known.toml", json.dumps({"implementation": "my-python"})
    pointed = ["--interpreter", fake("Called", told), "--baseline", path, "--update-baseline"]
    answer = run_suite(*pointed, where="conformance/bidirection")
    line = "failures that were not added, because an entry cannot name their interpreter: 6"

    assert answer.returncode == 1
    assert f"baseline {path}: 0 entries added, 0 removed" in answer.stdout
    assert f"baseline {path}: {line}" in answer.stdout


def test_update_needs_one_file() -> None:
    """Without a file to write, ``--update-baseline`` is refused."""
    answer = run_suite("--update-baseline")

    assert answer.returncode == 4
    assert "--update-baseline needs exactly one --baseline FILE" in answer.stderr


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


@pytest.mark.slow
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
    "text": ("known = ['x']", "entry 1: case, only, reason, issue, cause must be strings"),
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


@pytest.mark.parametrize("name", ["/proc/known.toml", "known.toml/inner", "nul\0"])
def test_update_of_a_file_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    """A baseline in a folder that cannot be written into is refused before anything starts."""
    written(tmp_path, entry())
    config = SimpleNamespace(
        option=SimpleNamespace(in_process=False, update_baseline=True, baseline=[tmp_path / name]),
    )

    with pytest.raises(pytest.UsageError, match=r"\A--baseline: [^\n]+\Z"):
        check(cast("pytest.Config", config))
    assert [path.name for path in tmp_path.iterdir()] == ["known.toml"]


def test_update_without_an_interpreter_makes_no_file(tmp_path: Path) -> None:
    """If no interpreter started, no baseline is mentioned or created."""
    path = tmp_path / "known.toml"
    answer = run_suite("--interpreter", "/nowhere/python", "--baseline", path, "--update-baseline")

    assert answer.returncode == 4
    assert "baseline" not in answer.stdout.replace("--baseline", "")
    assert not path.exists()


@pytest.mark.parametrize(
    ("implementation", "version", "only"),
    [
        ("cpython", "3.13.0", "cpython ==3.13.0"),
        ("pypy", "no version", "pypy"),
        ("pypy", "unknown", "pypy"),
        ("pypy", "1.0,<2", "pypy"),
        ("pypy", "1.0\n", "pypy"),
        ("pypy", "1.0\ud800", "pypy"),
        ("half\ud800", "1.0", None),
        ("my-python", "1.0", None),
        ("cpython debug", "1.0", None),
        ("cpython >=3", "1.0", None),
        ("", "1.0", None),
    ],
)
def test_new_entry_can_be_read_again(tmp_path: Path, implementation: str, version: str, only: str | None) -> None:
    """The ``only`` of a new entry applies to the interpreter for which it is written, or no entry is written."""
    run = [((implementation, version, ()), [outcome(verdict="fail")])]
    changes = [update(tmp_path / "known.toml", run) for _ in range(2)]
    found = load([tmp_path / "known.toml"], KNOWN.__contains__, unfinished=True)

    assert written_only(implementation, version) == only
    assert changes == ([Change(0, 0, unnamed=1)] * 2 if only is None else [Change(1, 0), Change(0, 0)])
    assert (found.find("SND-001", implementation, version) is not None) is (only is not None)


@pytest.mark.slow
def test_update_for_a_name_with_half_a_surrogate(tmp_path: Path) -> None:
    """A name that is not text in UTF-8 leaves no temporary file, and a baseline that can be read."""
    told = json.dumps({"implementation_version": "1.0\ud800"})
    path = tmp_path / "known.toml"
    pointed = ["--interpreter", fake("Called", told), "--baseline", path, "--update-baseline"]
    answers = [run_suite(*pointed, where="conformance/bidirection") for _ in range(2)]

    assert [answer.returncode for answer in answers] == [1, 0], answers[1].stdout
    assert "baseline " in answers[0].stdout
    assert "Traceback" not in answers[0].stdout + answers[0].stderr
    assert [each.name for each in tmp_path.iterdir()] == ["known.toml"]


def test_update_keeps_the_permissions_and_a_link(tmp_path: Path) -> None:
    """A baseline that only its owner may read stays so, and a link to a baseline stays a link."""
    path, link = written(tmp_path, "known = []\n"), tmp_path / "link.toml"
    path.chmod(0o600)
    link.symlink_to(path)
    change = update(link, [(FAKE, [outcome(verdict="fail")])])

    assert change == Change(1, 0)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o600
    assert "SND-001" in path.read_text(encoding="utf-8")


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
