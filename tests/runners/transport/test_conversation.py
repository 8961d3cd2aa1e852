"""What is believed of what a process says, how long it has for it, and how it is waited for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from runners.transport.conversation import Conversation, Pending
from runners.transport.process import Ended, Process

DONE = b'{"op": "done", "nonce": "n", "pid": 1}'
ANSWER = {"op": "done", "nonce": "n", "pid": 1}


class Script:
    """Stands in for a process that says ``lines``; an exception is raised, and every wait is noted."""

    def __init__(self, *lines: bytes | Exception) -> None:
        self.lines = list(lines)
        self.waits: list[float] = []

    def receive(self, seconds: float) -> bytes:
        self.waits.append(seconds)
        line = self.lines.pop(0)
        if isinstance(line, Exception):
            raise line
        return line


def conversation(script: Script, said: list[str] | None = None) -> Conversation:
    """A conversation with process 1."""
    talk = Conversation(cast("Process", script), (said if said is not None else []).append)
    talk.pid = 1
    return talk


def clock(monkeypatch: pytest.MonkeyPatch, *times: float) -> None:
    """The times that the clock shows, one for each look at it."""
    shown = iter(times)
    monkeypatch.setattr("runners.transport.conversation.time", SimpleNamespace(monotonic=lambda: next(shown)))


@pytest.mark.parametrize(
    "noise",
    [
        b"no JSON",
        b"[1]",
        b"[" * 100_000,
        b'{"op": "done", "nonce": "other", "pid": 1}',
        b'{"op": "done", "nonce": "n", "pid": 2}',
        b'{"op": "start", "nonce": "n", "pid": 1}',
        b'{"op": "busy", "pid": 2, "text": "of a child"}',
    ],
)
def test_noise_is_passed_over(noise: bytes) -> None:
    """Only the message that is waited for, of the process that it is waited for from, is an answer."""
    said: list[str] = []
    talk = conversation(Script(noise, DONE), said)

    assert talk.finish(talk.answer("done", "n", 10)) == ANSWER
    assert said == []


def test_one_that_is_busy_gets_the_time_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build may take longer than a case, as long as the agent says that it is at work; noise earns no time."""
    clock(monkeypatch, 0, 0, 4, 7, 7, 9)
    script = Script(b"noise", b'{"op": "busy", "pid": 1, "text": "x 1 of 2"}', DONE)
    said: list[str] = []
    talk = conversation(script, said)

    assert talk.finish(talk.answer("done", "n", 10)) == ANSWER
    assert script.waits == [10, 6, 10]
    assert said == ["x 1 of 2"]


def test_time_runs_while_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of an answer begins when it is first waited for, however long its host did something else before."""
    clock(monkeypatch, 100, 100, 103)
    script = Script(b"noise", DONE)
    talk = conversation(script)
    pending = Pending(talk.answer("done", "n", 10))
    pending.step(talk.process)

    with pytest.raises(StopIteration) as ended:
        pending.step(talk.process)
    assert ended.value.value == ANSWER
    assert script.waits == [10, 7]


def test_end_is_raised_where_the_line_was_to_come() -> None:
    """Work sees that no line comes any more, and whether the agent had begun with what was asked."""
    talk = conversation(Script(b'{"op": "start", "nonce": "n", "pid": 1}', Ended()))

    with pytest.raises(Ended):
        talk.finish(talk.exchange("n", 10))
    assert talk.began
