"""Reading a result: an invalid file gives one line, and a valid one is judged by the present catalogue."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import fastjsonschema
import jsonschema
import pytest

from conformance import hashes
from conformance.catalogue import load
from conformance.program import cases
from runners.record import reading
from runners.record.reading import BadResult, _accepts, _schema, outdated, parse, read, refreshed
from runners.record.results import SCHEMA, Record
from tests.runners.record.samples import document, interpreter, old_document, outcome, record

#: Name of a row → (the text of a file, a part of the line about it).
BROKEN = {
    "empty": ("", "is empty"),
    "cut-at-once": ("{", "is not valid JSON (cut off?)"),
    "cut-late": (json.dumps(document())[:-40], "is not valid JSON (cut off?)"),
    "deep": ("[" * 100_000, "is not valid JSON"),
    "nan": (json.dumps(document(seconds=float("nan"))), "NaN is not a number of JSON"),
    "infinity": (json.dumps(document(timings={"SND-001": float("inf")})), "Infinity is not a number of JSON"),
    "too-large": (json.dumps(document()).replace("1.5", "1e999"), "1e999 is not a number of JSON"),
    "huge": (json.dumps(document(seconds=10**400)), "seconds: "),
    "huge-time": (json.dumps(document(timings={"SND-001": 10**400})), "timings/SND-001: "),
    "list": ("[]", "an object is expected"),
    "no-schema": ("{}", "schema: is None; this suite reads 1 and 2"),
    "newer": (json.dumps(document(schema=3)), "schema: is 3; this suite reads 1 and 2"),
    "seconds": (json.dumps(document(seconds="long")), "seconds: 'long' is not of type 'number'"),
    "outcomes": (json.dumps(document(outcomes={})), "outcomes: {} is not of type 'array'"),
    "verdict": (
        json.dumps(document(outcomes=[outcome(verdict="maybe").as_dict()])),
        "outcomes/0/verdict: 'maybe' is not one of",
    ),
    "line": (json.dumps(document(outcomes=[outcome(line=0).as_dict()])), "outcomes/0/line: 0 is less than"),
    "surprise": (json.dumps(document(surprise=1)), "'surprise' was unexpected"),
    "hash": (json.dumps(document(hashes={"SND-001": "short"})), "hashes/SND-001: 'short' does not match"),
    "huge-version": (
        json.dumps(document(interpreter={**document()["interpreter"], "judged_as": "3." + "9" * 5000})),
        "interpreter/judged_as: ",
    ),
    "dots": (json.dumps(document(interpreter={**document()["interpreter"], "slug": "../x"})), "interpreter/slug: "),
    "control": (json.dumps(document(hashes={"SND-001[\x00]": "0" * 16})), "does not match"),
    "old-huge-version": (
        json.dumps(old_document(interpreter={**old_document()["interpreter"], "judged_as": "3." + "9" * 5000})),
        "interpreter/judged_as: ",
    ),
    "old-huge": (json.dumps(old_document(seconds=10**400)), "seconds: "),
    "old-huge-time": (json.dumps(old_document(timings={"SND-001": 10**400})), "timings/SND-001: "),
    "line-end": (
        json.dumps(document(interpreter={**document()["interpreter"], "slug": "x\n"})),
        "interpreter/slug: must match pattern",
    ),
    "missing": (json.dumps({k: v for k, v in document().items() if k != "complete"}), "'complete' is a required"),
}


#: One of each kind of value, and what is at the edges of the schema.
ODD: list[object] = [None, True, 0, 1, -1, 1.0, 1.5, 10**13, "", "x", "3.12", "\x00", "SND-001", [None], {"x": "x"}]


def _changed_once(value: object) -> Iterator[object]:
    """The value with one part of it replaced, removed or added, in each way."""
    yield from ODD
    if isinstance(value, dict):
        for key, part in value.items():
            yield {name: each for name, each in value.items() if name != key}
            yield from ({**value, key: new} for new in _changed_once(part))
        yield {**value, "surprise": 1}
    if isinstance(value, list):
        for place, part in enumerate(value):
            yield from ([*value[:place], new, *value[place + 1 :]] for new in _changed_once(part))


@pytest.mark.parametrize("version", [1, 2])
def test_the_fast_check_is_the_exact_one(version: int) -> None:
    """What decides whether a document is of the schema, and what says why it is not, never differ."""
    exact = jsonschema.Draft202012Validator(_schema(version))
    wrong = []
    for changed in _changed_once(document() if version == SCHEMA else old_document()):
        try:
            _accepts(version)(changed)
        except fastjsonschema.JsonSchemaValueException:
            accepted = False
        else:
            accepted = True
        if accepted != exact.is_valid(changed):
            wrong.append(changed)

    assert wrong == []


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN)
def test_refuses_with_one_line(tmp_path: Path, text: str, message: str) -> None:
    """A file that is empty, cut off, too deep, of another schema or of wrong types gives one line with its name."""
    path = tmp_path / "broken.json"
    path.write_text(text)
    with pytest.raises(BadResult) as caught:
        read(path)

    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_refuses_paths_that_are_not_files(tmp_path: Path) -> None:
    """A missing file, a folder, a device, a pipe, a loop of links and bytes that are not text give one line each."""
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    messages = {
        "missing": "No such file",
        ".": "is a directory",
        "bytes": "is not UTF-8 text",
        "pipe": "is not a regular file",
        "/dev/zero": "is not a regular file",
        "loop": "symbolic link",
    }
    for name, message in messages.items():
        with pytest.raises(BadResult, match=message):
            read(tmp_path / name)


def test_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file larger than any result is not read."""
    monkeypatch.setattr("runners.record.reading.LARGEST", 10)
    (tmp_path / "x.json").write_text(json.dumps(document()))
    with pytest.raises(BadResult, match="is too large for a result file"):
        read(tmp_path / "x.json")


def test_schema_1_is_read_without_lines(tmp_path: Path) -> None:
    """A file of schema 1 has no hashes, so its lines are not kept, because its cases may have changed."""
    path = tmp_path / "old.json"
    path.write_text(json.dumps(old_document()))
    found = read(path)
    (only,) = found.outcomes.values()

    assert found.schema == 1
    assert found.hashes == {}
    assert found.changed == {"SND-001"}
    assert (only.line, only.message) == (None, "no")
    assert (found.interpreter.kind, found.interpreter.system, found.end) == ("interpreter", None, None)


def test_schema_1_keeps_its_reasons_in_a_new_file(tmp_path: Path) -> None:
    """The reason of a user's own baseline is still there after a file of schema 1 was written in this schema."""
    old = old_document()
    old["outcomes"][0]["known"] = "mine"
    (tmp_path / "old.json").write_text(json.dumps(old))
    read(tmp_path / "old.json").write(tmp_path / "new.json")
    found = read(tmp_path / "new.json")

    assert (found.schema, found.baseline) == (2, ())
    assert found.outcomes["SND-001"].known == "mine"


def test_absence_of_schema_1_is_kept(tmp_path: Path) -> None:
    """The reason why an interpreter is absent is read from its place in schema 1."""
    path = tmp_path / "old.json"
    old = old_document()
    path.write_text(json.dumps({**old, "interpreter": {**old["interpreter"], "absent": "SyntaxError"}}))

    assert read(path).absent == "SyntaxError"


def test_level_module_and_applicable_are_computed_again() -> None:
    """Level, module and applicability come from the present catalogue, and not from the file."""
    stale = outcome(level="detail", applicable=False, module="conformance/protocol/test_gone.py")
    (found,) = refreshed(record(stale)).outcomes.values()

    assert (found.level, found.applicable, found.module) == (
        "language",
        True,
        "conformance/bidirection/test_asend.py",
    )


def test_known_follows_the_baseline_of_the_suite() -> None:
    """A reason that the reviewed baseline no longer has is removed."""
    (found,) = refreshed(record(outcome(verdict="fail", known="an entry of last year"))).outcomes.values()

    assert found.known is None


def test_known_of_a_given_baseline_stays() -> None:
    """If the run had a baseline of the user, the recorded reasons stay."""
    (found,) = refreshed(record(outcome(verdict="fail", known="mine"), baseline=("b.toml",))).outcomes.values()

    assert found.known == "mine"


def test_known_is_found_in_the_baseline_of_the_suite() -> None:
    """A failure that the reviewed baseline lists for the release has its reason."""
    failing = outcome("SYN-016[class-in-async-def]", verdict="fail")
    old = interpreter(implementation_version="3.6.15", language_version="3.6.15", judged_as="3.6")
    (found,) = refreshed(record(failing, interpreter=old)).outcomes.values()

    assert found.known is not None
    assert found.status == "known"


def test_line_of_a_changed_case_is_hidden() -> None:
    """If the hash in the file is not the one of the checkout, the line is removed and the case is marked."""
    failing = outcome(verdict="fail", line=3)
    same = refreshed(record(failing))
    other = refreshed(record(failing, hashes={"SND-001": "0" * 16}))

    assert (same.outcomes["SND-001"].line, same.changed) == (3, frozenset())
    assert (other.outcomes["SND-001"].line, other.changed) == (None, frozenset({"SND-001"}))


def test_case_that_is_gone_stays_as_it_was() -> None:
    """An outcome of a case that the catalogue no longer has is kept, and is marked."""
    gone = outcome("ZZZ-001", verdict="fail", known=None)
    found = refreshed(record(gone))

    assert found.outcomes == {"ZZZ-001": gone}
    assert found.changed == {"ZZZ-001"}


def whole() -> Record:
    """A run of every case, in which each passed and every need was met."""
    every = [case for entry in load().values() for case in cases(entry)]
    needs = {need: None for case in every for need in case.behaviour.needs}
    return record(*(outcome(case.name) for case in every), interpreter=interpreter(features=needs))


def test_a_run_of_this_checkout_is_not_outdated() -> None:
    """If every hash is the same, no case has to run again."""
    assert outdated(whole(), hashes.current()) == []


def test_changed_missing_and_new_needs_are_outdated() -> None:
    """A case runs again if its hash differs, if it has no outcome, or if its needs now decide otherwise."""
    made = whole()
    one, two, three = [case.name for each in load().values() if not each.needs for case in cases(each)][:3]
    made.hashes[one] = "0" * 16
    del made.outcomes[two]
    made.outcomes[three] = outcome(three, verdict="unmet")
    features = {need: why for need, why in made.interpreter.features.items() if need != "weakref"}
    made.interpreter = replace(made.interpreter, features={**features, "threads": "no threads"})
    found = outdated(made, hashes.current())
    needing = [
        case.name for each in load().values() if {"threads", "weakref"} & set(each.needs) for case in cases(each)
    ]

    assert sorted(found) == sorted([one, two, three, *needing])


def test_absent_interpreter_is_not_outdated_by_needs() -> None:
    """An absent interpreter has no probed needs, and no case has to run again for that."""
    made = replace(whole(), absent="SyntaxError", interpreter=interpreter(features={}))

    assert outdated(made, hashes.current()) == []


def test_parse_keeps_the_file_as_it_is(tmp_path: Path) -> None:
    """parse() computes nothing again."""
    stale = record(outcome(level="detail", verdict="fail", line=3), hashes={"SND-001": "0" * 16})
    stale.write(tmp_path / "x.json")

    assert parse(tmp_path / "x.json") == stale
    assert re.search(r'"schema": 2', (tmp_path / "x.json").read_text())


def test_a_result_that_is_compressed(tmp_path: Path) -> None:
    """A file of a site is read as it is; one that is cut off, damaged or a bomb is refused in one line."""
    packed = gzip.compress(json.dumps(document()).encode(), mtime=0)
    path = tmp_path / "some.json.gz"
    path.write_bytes(packed)

    assert parse(path).interpreter.slug == document()["interpreter"]["slug"]
    for content, told in (
        (packed[:-20], "is compressed by gzip, and cut off"),
        (packed[:30] + b"\0" * 30 + packed[60:], "is compressed by gzip, and damaged"),
    ):
        path.write_bytes(content)
        with pytest.raises(BadResult, match=told):
            parse(path)


def test_a_result_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that holds a large one is not unpacked beyond the limit."""
    monkeypatch.setattr(reading, "LARGEST", 10_000)
    path = tmp_path / "bomb.json.gz"
    path.write_bytes(gzip.compress(b" " * 1_000_000, mtime=0))

    with pytest.raises(BadResult, match="is too large for a result file, once it is unpacked"):
        parse(path)
