"""The conversation with the agent in one process: requests with a nonce, and replies within a time limit.

``docs/protocol.md`` describes it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from runners.printable import one_line
from runners.transport.answers import bounded
from runners.transport.process import Ended, Process, TooBig, TooSlow

_T = TypeVar("_T")

#: The most marked lines, without the answer, that the host reads for one answer.
MOST_LINES = 10_000
#: Bytes; the most that these lines may have together.
MOST_BYTES = 64 * 1024 * 1024
#: How often the time limit of an answer can pass while the agent says again and again that it is busy: in a start or a
#: case, and while a compiler builds some hundred cases.
MOST_BUSY = 30
MOST_BUSY_BUILDING = 360
#: The most levels of a message. A deeper one does not come from an agent, and code that walks it could fail.
DEEPEST = 20


@dataclass(frozen=True)
class Wanted:
    """The wish for a line within ``seconds``. If ``anew``, the time limit begins again with this line."""

    seconds: float
    anew: bool


#: A generator that yields a Wanted for each line that it needs, and is resumed with the line, or with an Ended, TooSlow
#: or TooBig. It can stay suspended while the host does something else.
Work = Generator[Wanted, bytes, _T]


class Pending(Generic[_T]):
    """Work that has begun, the line that it waits for, and the time that is left for that line."""

    def __init__(self, work: Work[_T]) -> None:
        """Start the work. Raises StopIteration with the result if the work needs no line."""
        self._work = work
        self._wanted = next(work)
        #: Seconds. Only the time in which the host waits for this process counts.
        self._left = self._wanted.seconds

    def step(self, process: Process) -> None:
        """Wait for the line and resume the work with it. Raises StopIteration with the result when the work ends."""
        before = process.waited
        try:
            line = process.receive(max(0.0, self._left))
        except (Ended, TooSlow, TooBig) as error:
            self._wanted = self._work.throw(error)
        else:
            self._wanted = self._work.send(line)
        self._left = self._wanted.seconds if self._wanted.anew else self._left - (process.waited - before)


class Conversation:
    """Sends requests to an agent, and finds the messages of the agent in the output of its process."""

    def __init__(self, process: Process, busy: Callable[[str], None]) -> None:
        """``busy`` is called with the text of an agent that says that it is busy."""
        self.process = process
        #: Whether the agent has begun with the last request.
        self.began = False
        #: The process id that the agent reports; a forked child reports another one.
        self.pid: object = None
        self._busy = busy

    def post(self, request: Mapping[str, Any]) -> str:
        """Send a request, and return its nonce, which the replies repeat."""
        nonce = os.urandom(8).hex()
        self.process.send(json.dumps({**request, "nonce": nonce}).encode())
        return nonce

    def exchange(self, nonce: str, seconds: float, *, builds: bool = False) -> Work[dict[str, Any]]:
        """Wait for the reply to the request with this nonce; each of its two messages may take ``seconds``.

        ``builds`` says that the request lets a compiler build cases.
        """
        self.began = False
        started = yield from self.answer("start", nonce, seconds)
        self.began = True
        if self.pid is None:
            self.pid = started.get("pid")
        return (yield from self.answer("done", nonce, seconds, MOST_BUSY_BUILDING if builds else None))

    def answer(self, op: str, nonce: str | None, seconds: float, most_busy: int | None = None) -> Work[dict[str, Any]]:
        """Wait for the next message of the agent itself; other messages, such as those of a forked child, are noise.

        When the agent says that it is busy, the time begins again, ``most_busy`` times at most (default: MOST_BUSY).
        Raises TooSlow in the generator when that goes on for too long, or when too much noise comes.
        """
        most = (MOST_BUSY if most_busy is None else most_busy) * seconds
        anew, lines, size, begun = True, 0, 0, self.process.waited
        while True:
            line = yield Wanted(seconds, anew)
            anew = False
            lines, size = lines + 1, size + len(line)
            message = _read(line)
            known = op == "ready" or self.pid is None or message.get("pid") == self.pid
            if known and message.get("op") == op and message.get("nonce") == nonce:
                return message
            if lines >= MOST_LINES or size >= MOST_BYTES:
                raise TooSlow(f"no answer, but {lines} other lines that are marked as messages")
            if known and message.get("op") == "busy":
                if self.process.waited - begun > most:
                    raise TooSlow(f"no answer, but the agent says that it is busy for more than {most:g} s")
                anew = True
                self._busy(one_line(str(bounded(str(message.get("text")), 100))))

    def finish(self, work: Work[_T]) -> _T:
        """Run work to its end, wait for each line that it needs, and return its result."""
        try:
            pending = Pending(work)
            while True:
                pending.step(self.process)
        except StopIteration as ended:
            result: _T = ended.value
            return result


def _read(line: bytes) -> dict[str, Any]:
    """The message in a line; an empty one if the line is not a message."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(message, dict) or (line.count(b"[") + line.count(b"{") > DEEPEST and _is_deep(message)):
        return {}
    return message


def _is_deep(message: object) -> bool:
    """Whether a message has more than DEEPEST levels."""
    level = [message]
    for _ in range(DEEPEST):
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict):
                inner.extend(value.values())
            elif isinstance(value, list):
                inner.extend(value)
        level = [value for value in inner if isinstance(value, dict | list)]
    return bool(level)
