"""The checks of values that a person can type: a right value is accepted, and each other one gives one line."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from runners import values

#: Values that every check of a number refuses.
NEVER: list[object] = [
    "",
    " ",
    "nan",
    "inf",
    "-inf",
    "x",
    "-1",
    "0",
    "1e999",
    "0x10",
    "1_0_",
    math.nan,
    math.inf,
    -1,
    0,
    True,
    None,
    [],
]
#: A check → more values that it refuses, because they are too large or not whole.
REFUSED: dict[Callable[[object], object], list[object]] = {
    values.seconds: ["86401", 1e300, 10**400],
    values.mebibytes: ["1e12", 2**70, 10**5000],
    values.times: ["1.5", 0.5, "1000000", 10**400],
}


@pytest.mark.parametrize("check", REFUSED, ids=lambda check: check.__name__)
def test_numbers_that_are_refused(check: Callable[[object], object]) -> None:
    """A value that is not a number, infinite, negative, empty, huge or of another type gives one short line."""
    for value in [*NEVER, *REFUSED[check]]:
        with pytest.raises(ValueError, match=r"\Amust be [^\n]{1,150}\Z"):
            check(value)


@pytest.mark.parametrize(
    ("check", "value", "found"),
    [
        (values.seconds, "0.5", 0.5),
        (values.seconds, 30, 30.0),
        (values.mebibytes, 60, 60),
        (values.mebibytes, 0.5, 1),
        (values.mebibytes, "2048", 2048),
        (values.times, "20", 20),
    ],
)
def test_numbers_that_are_right(check: Callable[[object], object], value: object, found: object) -> None:
    """Numbers and their texts are accepted; memory is rounded up."""
    assert check(value) == found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "an empty command"),
        ("   ", "an empty command"),
        ("''", "an empty command"),
        ("a 'b", "is not a command line: No closing quotation"),
        ("a\0b", "NUL character"),
        (3, "must be a command line, not 3"),
        (None, "must be a command line, not None"),
    ],
)
def test_commands_that_are_refused(text: object, message: str) -> None:
    """A command line that names no program or cannot be split into words is refused."""
    with pytest.raises(ValueError, match=message):
        values.command(text)


def test_command_is_split_as_a_shell_does() -> None:
    """Quotes keep words together."""
    assert values.command("env A='1 2' ./python") == ("env", "A=1 2", "./python")


@pytest.mark.parametrize("text", ["", " ", "a\0b"])
def test_folders_that_are_refused(text: str) -> None:
    """An empty name would be the current folder."""
    with pytest.raises(ValueError, match="the name of a folder is expected"):
        values.folder(text)


@pytest.mark.parametrize("name", ["", ".hidden", "-n", "a/b", "a b", "a\nb", "x" * 101, "\x1b"])
def test_names_that_are_refused(name: str) -> None:
    """A name that does not fit into a label, the name of a file or one line is refused."""
    with pytest.raises(ValueError, match="a name has at most 100 letters"):
        values.name(name)


@pytest.mark.parametrize("name", ["sid-3.15", "debug", "my_python+1", "3.15"])
def test_names_that_are_right(name: str) -> None:
    """Versions and words are accepted as names."""
    assert values.name(name) == name
