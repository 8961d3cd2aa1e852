"""The result file: whole or not there, and refused with one line if it is not right."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runners.record.results import BadResult, CannotWrite, destination, read, revision, stable, write
from tests.runners.record.samples import document, outcome


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    """Writing and reading give the same; nothing else is left in the folder."""
    path = tmp_path / "new" / "cpython.json"
    write(path, document())

    assert read(path) == document()
    assert [each.name for each in path.parent.iterdir()] == ["cpython.json"]


@given(st.text(), st.dictionaries(st.text(), st.text()))
def test_any_text_survives(message: str, variables: dict[str, str]) -> None:
    """Whatever an interpreter says can be written and read."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "result.json"
        write(path, document(outcomes=[outcome(verdict="fail", message=message, locals=variables)]))
        (found,) = read(path)["outcomes"]

    assert found["message"] == stable(message)


def test_addresses_are_made_equal() -> None:
    """The addresses of objects are no difference between two runs."""
    made = outcome(message="<x at 0x7f3c891c0fc0>", locals={"g": "<async_generator object f at 0xDEADBEEF>"})

    assert made["message"] == "<x at 0x...>"
    assert made["locals"] == {"g": "<async_generator object f at 0x...>"}


def test_threads_are_made_equal() -> None:
    """The identifiers of threads are no difference between two runs, whatever the thread is called."""
    made = [
        outcome(message=f"<{kind}({name}, {state} 140581278168768)> and 7")["message"]
        for kind, name, state in [
            ("Thread", "Thread-1", "stopped"),
            ("Thread", "Thread-1 (<lambda>)", "started daemon"),
            ("_MainThread", "MainThread", "started"),
        ]
    ]

    assert made == [
        "<Thread(Thread-1, stopped ...)> and 7",
        "<Thread(Thread-1 (<lambda>), started daemon ...)> and 7",
        "<_MainThread(MainThread, started ...)> and 7",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("{", "is no JSON, perhaps cut off"),
        (json.dumps(document())[:-40], "is no JSON, perhaps cut off"),
        ("[]", "an object is expected"),
        ("{}", "schema: is None"),
        (json.dumps(document(schema=2)), "schema: is 2, and this suite reads 1"),
        (json.dumps(document(seconds="long")), "seconds: 'long' is not of type 'number'"),
        (json.dumps(document(outcomes={})), "outcomes: {} is not of type 'array'"),
        (json.dumps(document(outcomes=[outcome(verdict="maybe")])), "outcomes/0/verdict: 'maybe' is not one of"),
        (json.dumps(document(outcomes=[outcome(line="7")])), "outcomes/0/line: '7' is not of type"),
        (json.dumps(document(surprise=1)), "'surprise' was unexpected"),
        (json.dumps({k: v for k, v in document().items() if k != "complete"}), "'complete' is a required property"),
    ],
    ids=lambda value: re.sub(r"\W+", "-", value)[:30] if "is" in value else "",
)
def test_refuses_with_one_line(tmp_path: Path, text: str, message: str) -> None:
    """A file that is empty, cut off, of another schema or of wrong types is one line with its name and the key."""
    path = tmp_path / "broken.json"
    path.write_text(text)
    with pytest.raises(BadResult) as caught:
        read(path)

    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_refuses_what_is_no_file(tmp_path: Path) -> None:
    """A missing file, a folder and bytes that are no text are one line each."""
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    for name, message in [("missing", "No such file"), (".", "is a directory"), ("bytes", "is no text")]:
        with pytest.raises(BadResult, match=message):
            read(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_read_only_folder(tmp_path: Path) -> None:
    """A folder that cannot be written to is one line, and what is in it stays."""
    path = tmp_path / "result.json"
    write(path, document())
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(CannotWrite, match="Permission denied"):
            write(path, document(seconds=2))
    finally:
        tmp_path.chmod(0o700)

    assert read(path) == document()


def test_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full, the old result stays and nothing half-written is left."""
    path = tmp_path / "result.json"
    write(path, document())

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="No space left on device"):
        write(path, document(seconds=2))

    assert read(path) == document()
    assert [each.name for each in tmp_path.iterdir()] == ["result.json"]


@pytest.mark.parametrize(
    ("earlier", "partial", "name"),
    [
        (None, False, "x.json"),
        (None, True, "x.json"),
        (document(), False, "x.json"),
        (document(), True, "x.partial.json"),
        (document(complete=False), True, "x.json"),
        (document(selection={"arguments": [], "cases": 1}), True, "x.json"),
        ("broken", True, "x.json"),
    ],
)
def test_destination(tmp_path: Path, earlier: object, partial: bool, name: str) -> None:
    """Only what is not full gives way, and only to a full result."""
    if earlier is not None:
        (tmp_path / "x.json").write_text(json.dumps(earlier))

    assert destination(tmp_path, "x", partial) == tmp_path / name


def test_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit, and whether the checkout is another than that; published results and new files do not count."""
    monkeypatch.setattr("runners.record.results.ROOT", tmp_path)
    # What makes it a repository of its own even inside of one.
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    without = revision.__wrapped__()
    published, code = tmp_path / "reports/published/x.json", tmp_path / "code.py"
    published.parent.mkdir(parents=True)
    for path in (published, code):
        path.write_text("1")
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True)
    commit = revision.__wrapped__()
    published.write_text("2")
    (tmp_path / "new.py").write_text("1")
    same = revision.__wrapped__()
    code.write_text("2")

    assert without is None
    assert commit is not None
    assert re.fullmatch("[0-9a-f]{12}", commit)
    assert same == commit
    assert revision.__wrapped__() == f"{commit}+changes"
