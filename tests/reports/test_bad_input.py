"""Every command with every bad input: one line for each file, and the documented exit status."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.__main__ import main as reports
from tests.reports.samples import outcome, run_command, small, text_of


def _written(content: str | bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return make


def _edited(**changes: object) -> Callable[[Path], None]:
    return _written(json.dumps({**json.loads(text_of(small(outcome()))), **changes}))


def _replaced(old: str, new: str) -> Callable[[Path], None]:
    text = text_of(small(outcome("fail", message="because", line=3)))
    assert old in text, old
    return _written(text.replace(old, new))


def _unreadable(path: Path) -> None:
    path.write_text("{}")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user can read every file, as root can")


def _deep_name(path: Path) -> None:
    """A file that is there, in a folder with a name that is not valid UTF-8 and has control characters."""
    path.mkdir()
    os.mkdir(os.fsencode(path) + b"/\xff\x1b[31m\n")


#: Name → how the input is made at a path, and words of its line.
BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: None, "No such file or directory"),
    "empty folder": (Path.mkdir, "has no result file in it"),
    "empty": (_written(""), "is empty"),
    "blank": (_written(" \n"), "is empty"),
    "not UTF-8": (_written(b"\xff\xfe{}"), "is not UTF-8 text"),
    "not JSON": (_written("{"), "is not valid JSON"),
    "truncated": (_written(text_of(small(outcome()))[:-20]), "is not valid JSON"),
    "deep": (_written("[" * 100_000), "is not valid JSON"),
    "NaN": (_edited(seconds=float("nan")), "NaN is not a number of JSON"),
    "infinity": (_edited(seconds=float("inf")), "Infinity is not a number of JSON"),
    "infinite": (_replaced('"seconds": 1.5', '"seconds": 1e999'), "x.json: "),
    "huge integer": (_replaced('"seconds": 1.5', '"seconds": ' + "9" * 5000), "is not valid JSON"),
    "large integer": (_replaced('"seconds": 1.5', '"seconds": ' + "9" * 400), "x.json: "),
    "not an object": (_written("[]"), "is not a result file"),
    "schema 0": (_edited(schema=0), "schema: is 0"),
    "schema 3": (_edited(schema=3), "schema: is 3"),
    "schema of words": (_edited(schema="\x1b[31m"), "schema: is "),
    "no schema": (_written("{}"), "schema: is None"),
    "wrong type": (_edited(outcomes=1), "outcomes: 1 is not of type 'array'"),
    "unknown verdict": (_replaced('"verdict": "fail"', '"verdict": "maybe"'), "verdict"),
    "unknown key": (_edited(**{"\x1b[31m\n\ud800": 1}), "x.json: "),
    "FIFO": (os.mkfifo, "is not a regular file"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "is not a regular file"),
    "link loop": (lambda path: path.symlink_to(path), "x.json: "),
    "dangling link": (lambda path: path.symlink_to("nowhere"), "No such file or directory"),
    "unreadable": (_unreadable, "Permission denied"),
    "folder of another name": (_deep_name, "has no result file in it"),
}
COMMANDS: dict[str, Callable[[Path], tuple[object, ...]]] = {
    "build": lambda path: ("build", path, "--out", path.parent / "site"),
    "build strict": lambda path: ("build", path, "--out", path.parent / "site", "--strict"),
    "summary": lambda path: ("summary", path),
    "markdown": lambda path: ("summary", path, "--format", "markdown"),
    "annotate": lambda path: ("annotate", path),
    "diff old": lambda path: ("diff", path, path.parent / "good.json"),
    "explain": lambda path: ("explain", "SND-001", path, path.parent / "good.json"),
    "check": lambda path: ("found", "--check", path),
    "draft": lambda path: ("found", "--draft", path),
    "diff new": lambda path: ("diff", path.parent / "good.json", path),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", BAD)
def test_a_bad_input_is_one_line(tmp_path: Path, kind: str, command: str) -> None:
    """The command ends with 2 and a line that names the file and the reason; nothing is written."""
    make, words = BAD[kind]
    path = tmp_path / "x.json"
    make(path)
    (tmp_path / "good.json").write_text(text_of(small(outcome())))
    answer = run_command(reports, *COMMANDS[command](path))
    lines = answer.stderr.splitlines()

    assert answer.exit_code == 2, answer.output
    assert answer.stdout == ""
    if command.startswith(("diff", "explain")):
        expected = "is a directory" if path.is_dir() and not path.is_symlink() else words
        assert [line.startswith(f"error: {path}: ") for line in lines] == [True]
        assert expected in lines[0]
    else:
        assert lines[0].startswith(f"left out: {path}: ")
        assert words in lines[0]
        assert lines[1:] == ["error: there is no result to report; 'pytest conformance --results DIR' makes one"]
    assert answer.stderr.replace("\n", "").isprintable()
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("name", [b"\xff.json", b"\x1b[31mred.json", b"two\nlines.json", b"::error::x.json"])
def test_a_name_of_a_file_is_one_line(tmp_path: Path, name: bytes) -> None:
    """A name with control characters, or that is not UTF-8, is shown with escapes."""
    file = tmp_path / os.fsdecode(name)
    file.write_text("{")
    for command in (("summary", tmp_path), ("summary", file), ("diff", file, file)):
        answer = run_command(reports, *command)

        assert answer.exit_code == 2
        assert answer.stderr.replace("\n", "").isprintable()
        assert len(answer.stderr.splitlines()) == (1 if command[0] == "diff" else 2)
        assert "\n::error" not in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--out", ""], "--out is empty"),
        (["--out", "{folder}"], "is the folder of the result file"),
        (["--out", "{folder}/good.json"], "is not a folder"),
        (["--out", "{folder}/site\0"], "NUL"),
        (["--out", "{folder}/good.json/site"], "cannot write"),
        (["--out", "{folder}/site", "--url", "example.org"], "is not the address of a site"),
        (["--out", "{folder}/site", "--url", "https://a\x1b[31m\n"], "is not the address of a site"),
        (["", "--out", "{folder}/site"], "the name of a result file is empty"),
    ],
)
def test_a_bad_value_is_one_line(tmp_path: Path, arguments: list[str], words: str) -> None:
    """A value of ``build`` that cannot be used ends with 2 and one line, and nothing is written."""
    (tmp_path / "good.json").write_text(text_of(small(outcome())))
    given = [argument.format(folder=tmp_path) for argument in arguments]
    answer = run_command(reports, "build", tmp_path / "good.json", *given)
    (line,) = answer.stderr.splitlines()

    assert answer.exit_code == 2
    assert line.startswith("error: ")
    assert words in line
    assert line.isprintable()
    assert [path.name for path in tmp_path.iterdir()] == ["good.json"]


@pytest.mark.parametrize("command", ["build", "summary", "annotate", "diff", "explain"])
def test_a_usage_error_is_clicks(command: str) -> None:
    """A missing argument and an unknown option end with 2 and the usage."""
    for arguments in ([], ["--nonsense"]):
        answer = run_command(reports, command, *arguments)

        assert answer.exit_code == 2
        assert answer.stderr.startswith("Usage: ")
