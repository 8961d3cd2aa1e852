"""The line that a message quotes from the output of a process."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from runners.transport.answers import LONGEST
from runners.transport.process import Process
from runners.transport.tails import GAP, HEAD, TAIL, Errors, shortened
from runners.transport.words import telling

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


@pytest.mark.parametrize("length", [1, 400, 1000, 4000])
def test_the_first_line_of_a_long_trace_is_kept(length: int) -> None:
    """The line that says most comes before a trace of any length; what is kept of both ends is bounded."""
    text = "noise\n" + JAVA + "\tat org.example.Some.method(Some.java:12)\n" * length + "\tat the.end(End.java:1)\n"
    errors = Errors()
    for start in range(0, len(text), 999):
        errors.add(text[start : start + 999].encode())
    kept = shortened(errors.text(), LONGEST)

    assert telling(kept) == "java.lang.NullPointerException: nothing is there"
    assert kept.endswith("at the.end(End.java:1)")
    assert len(kept) <= LONGEST
    assert len(errors.text()) <= HEAD + TAIL + len(GAP)
    assert (GAP in kept) == (len(text) > LONGEST)


def test_a_text_of_one_line_is_shortened() -> None:
    """Both ends of a line without an end are kept."""
    assert shortened("a" * 50 + "b" * 50, 40) == "a" * 13 + "\n [...]\n" + "b" * 19


def test_ctrl_c_waits_until_a_process_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while a process is being ended takes effect when the process and its pipes are gone."""
    process = Process([sys.executable, "-c", "while True: pass"], dict(os.environ), 1 << 30)
    end = process._family.end

    def interrupted() -> list[int]:
        signal.raise_signal(signal.SIGINT)
        return end()

    monkeypatch.setattr(process._family, "end", interrupted)
    with pytest.raises(KeyboardInterrupt):
        process.stop()

    assert process._family.members() == []
    assert all(pipe.closed for pipe in process._pipes)
