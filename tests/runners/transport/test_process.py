"""The line that a message quotes from the output of a process."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from runners.transport.process import Process
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
