"""Text from outside cannot control a terminal or a CI."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runners.printable import one_line, printable


@given(st.text(st.characters(codec=None)))
def test_only_printable_characters_are_left(text: str) -> None:
    """All characters except line ends and tabs are printable, and a second call changes nothing."""
    found = printable(text)

    assert all(character.isprintable() or character in "\n\t" for character in found)
    assert printable(found) == found
    found.encode()
    assert one_line(text).isprintable()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é ✓ text", "plain é ✓ text"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\rb\x00", "a\\rb\\x00"),
        ("\u202egnp", "\\u202egnp"),
        ("\ud800", "\\ud800"),
        ("ok\n::error::no", "ok\n\\x3a:error::no"),
        ("  ::stop-commands::x", "  \\x3a:stop-commands::x"),
        ("a ##[error]b", "a \\x23#[error]b"),
        ("a::b and x[1::2]", "a::b and x[1::2]"),
    ],
)
def test_examples(text: str, shown: str) -> None:
    """The escapes are those of Python; a command of GitHub's runner is escaped, and a slice is not."""
    assert printable(text) == shown


def test_one_line_has_no_line_ends() -> None:
    """A name cannot begin a new line in a log."""
    assert one_line("a\n::error::b\tc") == "a\\n\\x3a:error::b\\tc"
