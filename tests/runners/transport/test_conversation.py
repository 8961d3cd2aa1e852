"""The conversation accepts only messages of the agent, and keeps the time limits."""

from __future__ import annotations

from typing import cast

import pytest

from runners.transport.conversation import MOST_LINES, Conversation, Pending
from runners.transport.process import Ended, Process, TooSlow

DONE = b'{"op": "done", "nonce": "n", "pid": 1}'
ANSWER = {"op": "done", "nonce": "n", "pid": 1}


class Script:
    """Replaces a process: it gives the lines, raises the exceptions among them, and records the time for each wait."""

    def __init__(self, *lines: bytes | Exception, takes: float = 0.0) -> None:
        """The process is ``takes`` seconds late with each line."""
        self.lines = list(lines)
        self.waits: list[float] = []
        self.waited = 0.0
        self._takes = takes

    def receive(self, seconds: float) -> bytes:
        self.waits.append(seconds)
        self.waited += self._takes
        line = self.lines.pop(0)
        if isinstance(line, Exception):
            raise line
        return line


def conversation(script: Script, said: list[str] | None = None) -> Conversation:
    """A conversation with process 1."""
    talk = Conversation(cast("Process", script), (said if said is not None else []).append)
    talk.pid = 1
    return talk


@pytest.mark.parametrize(
    "noise",
    [
        b"no JSON",
        b"[1]",
        b"[" * 100_000,
        b'{"op": "done", "nonce": "n", "pid": 1, "why": ' + b"[" * 50 + b"]" * 50 + b"}",
        b'{"op": "done", "nonce": "n", "pid": 1, "why": ' + b'{"x":' * 50 + b"1" + b"}" * 51,
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


def test_busy_agent_gets_the_time_again() -> None:
    """The time limit begins again when the agent says that it is busy, and not after noise."""
    script = Script(b"noise", b'{"op": "busy", "pid": 1, "text": "x 1 of 2"}', DONE, takes=4)
    said: list[str] = []
    talk = conversation(script, said)

    assert talk.finish(talk.answer("done", "n", 10)) == ANSWER
    assert script.waits == [10, 6, 10]
    assert said == ["x 1 of 2"]


def test_agent_is_not_busy_for_ever() -> None:
    """An agent that says without end that it is busy is given up."""
    busy = b'{"op": "busy", "pid": 1, "text": "x"}'
    talk = conversation(Script(*[busy] * 5000, takes=1))

    with pytest.raises(TooSlow, match="no answer, but the agent says that it is busy for more than 300 s"):
        talk.finish(talk.answer("done", "n", 10))


def test_compiler_may_be_busy_for_longer() -> None:
    """While a compiler builds some hundred cases, an agent may be busy twelve times as long."""
    start = b'{"op": "start", "pid": 1, "nonce": "n"}'
    talk = conversation(Script(start, *[b'{"op": "busy", "pid": 1, "text": "x"}'] * 5000, takes=1))

    with pytest.raises(TooSlow, match="no answer, but the agent says that it is busy for more than 3600 s"):
        talk.finish(talk.exchange("n", 10, builds=True))


@pytest.mark.parametrize(
    ("line", "count"), [(b"{}", MOST_LINES), (b"x" * (4 << 20), 16)], ids=["many lines", "long lines"]
)
def test_marked_lines_without_end(line: bytes, count: int) -> None:
    """The number of lines, and of their bytes, in which an answer is looked for has a limit."""
    talk = conversation(Script(*[line] * (count + 1)))

    with pytest.raises(TooSlow, match=f"no answer, but {count} other lines that are marked as messages"):
        talk.finish(talk.answer("done", "n", 10))


def test_time_runs_while_somebody_waits() -> None:
    """Only the time in which the host waits for this process counts, not what passes between two waits."""
    script = Script(b"noise", DONE, takes=3)
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
