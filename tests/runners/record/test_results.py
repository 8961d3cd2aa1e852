"""The result file: each record can be written and read again, whatever text it has."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.files import CannotWrite
from conformance.verdicts import VERDICTS
from runners.printable import one_line, printable
from runners.record.outcome import Outcome
from runners.record.reading import parse
from runners.record.results import KINDS, SCHEMA_FILE, Interpreter, Loop, Record, Selection, Shard, destination, schema
from runners.record.revision import Python, Suite
from runners.transport.answers import End
from tests.runners.record.samples import document, outcome, record

TEXT = st.text(st.characters(codec=None), max_size=30).map(printable)
WORD = st.text(st.characters(codec=None), max_size=20).map(one_line)
MAYBE = st.none() | TEXT
CASES = st.from_regex(r"[A-Z]{3}-[0-9]{3}[a-z]?(\[[a-z0-9 -]{0,9}\])?", fullmatch=True)
OUTCOMES = st.builds(
    Outcome,
    case=CASES,
    id=st.from_regex(r"[A-Z]{3}-[0-9]{3}[a-z]?", fullmatch=True),
    module=st.just("conformance/bidirection/test_asend.py"),
    level=st.sampled_from(["language", "library", "detail"]),
    applicable=st.booleans(),
    verdict=st.sampled_from(VERDICTS),
    line=st.none() | st.integers(1, 10**6),
    locals=st.none() | st.dictionaries(WORD, TEXT, max_size=3),
    dirty=st.lists(WORD, max_size=3),
    seconds=st.none() | st.floats(0, 1e6).map(lambda value: round(value, 6)),
    **dict.fromkeys(("message", "observed", "output", "stderr", "known", "loop", "after", "revision"), MAYBE),
)
INTERPRETERS = st.builds(
    Interpreter,
    slug=st.from_regex(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,119}", fullmatch=True),
    judged_as=st.from_regex(r"3\.[0-9]{1,3}", fullmatch=True),
    build=st.lists(WORD, max_size=3).map(tuple),
    platform=st.none() | WORD,
    kind=st.sampled_from(KINDS),
    system=st.none() | WORD,
    machine=st.none() | WORD,
    host=st.none() | st.builds(Python, WORD, WORD),
    loop=st.none() | st.builds(Loop, WORD, st.none() | WORD),
    features=st.dictionaries(WORD, MAYBE, max_size=3),
    **dict.fromkeys(
        ("label", "title", "command", "implementation", "implementation_version", "language_version", "version_text"),
        WORD,
    ),
)
RECORDS = st.builds(
    Record,
    suite=st.builds(Suite, WORD, st.none() | WORD, st.none() | WORD),
    host=st.builds(Python, WORD, WORD),
    interpreter=INTERPRETERS,
    started=st.just("2026-11-29T12:00:00Z"),
    seconds=st.floats(0, 1e9).map(lambda value: round(value, 3)),
    complete=st.booleans(),
    outcomes=st.lists(OUTCOMES, max_size=4).map(lambda some: {each.case: each for each in some}),
    hashes=st.dictionaries(CASES, st.from_regex("[0-9a-f]{16}", fullmatch=True), max_size=3),
    selection=st.none() | st.builds(Selection, st.lists(WORD, max_size=3).map(tuple), st.integers(0, 9999)),
    as_of=st.none() | WORD,
    shard=st.none() | st.builds(Shard, st.integers(1, 9), st.integers(1, 9)),
    absent=MAYBE,
    end=st.none() | st.builds(End, st.none() | st.integers(-64, 255), MAYBE),
    baseline=st.none() | st.lists(WORD, max_size=2).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(RECORDS)
def test_every_shape_survives(made: Record) -> None:
    """A record of any shape is valid when it is written, and equal when it is read."""
    if made.end is not None and made.end.stderr == "":
        made.end = replace(made.end, stderr=None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "new", "result.json")
        made.write(path)
        found = parse(path)
        left = os.listdir(path.parent)

    assert found == made
    assert left == ["result.json"]


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec=None)), st.dictionaries(st.text(), st.text(st.characters(codec=None)), max_size=3))
def test_hostile_text_is_made_printable_where_it_is_read(message: str, variables: dict[str, str]) -> None:
    """After reading a file with control characters, none is left."""
    bent = [{**outcome().as_dict(), "message": message, "locals": variables}]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "result.json")
        path.write_text(json.dumps(document(outcomes=bent)), encoding="utf-8")
        (found,) = parse(path).outcomes.values()

    assert found.message == printable(message)
    assert found.locals is not None
    assert all(text == printable(text) for pair in found.locals.items() for text in pair)


def test_addresses_are_made_equal() -> None:
    """Addresses of objects are removed, because they differ in each run."""
    made = outcome(message="<x at 0x7f3c891c0fc0>", locals={"g": "<async_generator object f at 0xDEADBEEF>"}).stable()

    assert made.message == "<x at 0x...>"
    assert made.locals == {"g": "<async_generator object f at 0x...>"}


def test_threads_are_made_equal() -> None:
    """Identifiers of threads are removed, whatever the name of the thread is."""
    made = [
        outcome(message=f"<{kind}({name}, {state} 140581278168768)> and 7").stable().message
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


def test_schema_is_valid_and_takes_its_lists_from_the_code() -> None:
    """The schema is a valid JSON Schema with the verdicts and kinds of the tables, and it has every key."""
    found = schema()
    keys: dict[str, Any] = found["$defs"]["outcome"]["properties"]
    jsonschema.Draft202012Validator.check_schema(found)

    assert keys["verdict"]["enum"] == list(VERDICTS)
    assert found["$defs"]["interpreter"]["properties"]["kind"]["enum"] == list(KINDS)
    assert set(keys) == set(outcome().as_dict())
    assert set(found["required"]) == set(found["properties"]) == set(record().as_document())
    assert set(found["$defs"]["interpreter"]["required"]) == set(record().as_document()["interpreter"])
    assert json.loads(SCHEMA_FILE.read_text())["$schema"] == found["$schema"]


def test_not_a_number_is_refused(tmp_path: Path) -> None:
    """JSON has no NaN, so a record with one is not written."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        record(seconds=float("nan")).write(tmp_path / "result.json")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_read_only_folder(tmp_path: Path) -> None:
    """A folder that cannot be written gives one line, and the file in it stays."""
    path = tmp_path / "result.json"
    record().write(path)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(CannotWrite, match="Permission denied"):
            record(seconds=2).write(path)
    finally:
        tmp_path.chmod(0o700)

    assert parse(path) == record()


def test_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full, the old result stays and no incomplete file is left."""
    path = tmp_path / "result.json"
    record().write(path)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="No space left on device"):
        record(seconds=2).write(path)

    assert parse(path) == record()
    assert [each.name for each in tmp_path.iterdir()] == ["result.json"]


@pytest.mark.parametrize(
    ("earlier", "full", "name"),
    [
        (None, True, "x.json"),
        (None, False, "x.json"),
        (document(), True, "x.json"),
        (document(), False, "x.partial.json"),
        (document(complete=False), False, "x.json"),
        (document(selection={"arguments": [], "cases": 1}), False, "x.json"),
    ],
)
def test_destination(tmp_path: Path, earlier: object, full: bool, name: str) -> None:
    """A partial result does not replace a full one; a full result replaces every one."""
    if earlier is not None:
        (tmp_path / "x.json").write_text(json.dumps(earlier))

    assert destination(tmp_path, "x", full=full) == tmp_path / name


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"9" * 5000, b'"text"', b"[]", b"{}", b'{"complete": true}'],
    ids=lambda content: content[:5].decode(errors="replace"),
)
def test_destination_of_a_file_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    """A file that is not understood may be a full result, so only a full result replaces it."""
    (tmp_path / "x.json").write_bytes(content)

    assert destination(tmp_path, "x", full=False) == tmp_path / "x.partial.json"
    assert destination(tmp_path, "x", full=True) == tmp_path / "x.json"


def test_destination_of_a_pipe_is_not_read(tmp_path: Path) -> None:
    """A pipe with the name of a result stays, and nobody waits for its other end."""
    os.mkfifo(tmp_path / "x.json")

    assert destination(tmp_path, "x", full=False) == tmp_path / "x.partial.json"


@pytest.mark.parametrize("full", [True, False], ids=["full", "partial"])
def test_destination_beside_a_folder(tmp_path: Path, full: bool) -> None:
    """A folder with the name of a result costs no result."""
    (tmp_path / "x.json").mkdir()

    assert destination(tmp_path, "x", full=full) == tmp_path / "x.partial.json"
