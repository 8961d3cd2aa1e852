"""The conversation accepts only messages of the agent, and keeps the time limits."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from runners.transport.conversation import Conversation, Pending
from runners.transport.process import Ended, Process

DONE = b'{"op": "done", "nonce": "n", "pid": 1}'
ANSWER = {"op": "done", "nonce": "n", "pid": 1}


class Script:
    """Replaces a process: it gives the lines, raises the exceptions among them, and records each wait."""

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
    """Make the clock show these times, one for each call."""
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
    """Only the expected message of the expected process is accepted."""
    said: list[str] = []
    talk = conversation(Script(noise, DONE), said)

    assert talk.finish(talk.answer("done", "n", 10)) == ANSWER
    assert said == []


def test_busy_agent_gets_the_time_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time limit begins again when the agent says that it is busy, and not after noise."""
    clock(monkeypatch, 0, 0, 4, 7, 7, 9)
    script = Script(b"noise", b'{"op": "busy", "pid": 1, "text": "x 1 of 2"}', DONE)
    said: list[str] = []
    talk = conversation(script, said)

    assert talk.finish(talk.answer("done", "n", 10)) == ANSWER
    assert script.waits == [10, 6, 10]
    assert said == ["x 1 of 2"]


def test_time_runs_while_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of an answer begins when the host first waits for it."""
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
    """The end of the process is raised in the work, which knows whether the agent had begun with the request."""
    talk = conversation(Script(b'{"op": "start", "nonce": "n", "pid": 1}', Ended()))

    with pytest.raises(Ended):
        talk.finish(talk.exchange("n", 10))
    assert talk.began
