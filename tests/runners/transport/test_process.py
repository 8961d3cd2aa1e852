"""The line that a message quotes from the output of a process."""

from __future__ import annotations

import pytest

from runners.transport.process import telling

JAVA = """\
Traceback (most recent call last):
  File "case.py", line 1, in <module>
java.lang.NullPointerException: nothing is there
\tat org.example.Main.main(Main.java:1)
\tSuppressed: Attached Guest Language Frames (8)
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        (" \n\n", ""),
        ("one\ntwo\n\n", "two"),
        (JAVA, "java.lang.NullPointerException: nothing is there"),
        ("\tat org.example.Main\n\tSuppressed: frames\n", "Suppressed: frames"),
        ("x" * 1000, "x" * 300),
    ],
    ids=["nothing", "blank", "last", "Java", "only a trace", "long"],
)
def test_the_line_that_says_most(text: str, line: str) -> None:
    """The last line that is not a part of a stack trace is chosen, or the last line of a stack trace alone."""
    assert telling(text) == line
