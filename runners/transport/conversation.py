"""The conversation with the agent in one process: requests with a nonce, and replies within a time limit.

``docs/protocol.md`` describes it.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from runners.printable import one_line
from runners.transport.answers import bounded
from runners.transport.process import Ended, Process, TooBig, TooSlow

_T = TypeVar("_T")


@dataclass(frozen=True)
class Wanted:
    """The wish for a line within ``seconds``. If ``anew``, the time limit begins again with this line."""

    seconds: float
    anew: bool


#: A generator that yields a Wanted for each line that it needs, and is resumed with the line, or with an Ended, TooSlow
#: or TooBig. It can stay suspended while the host does something else.
Work = Generator[Wanted, bytes, _T]


class Pending(Generic[_T]):
    """Work that has begun, the line that it waits for, and the time limit of that line."""

    def __init__(self, work: Work[_T]) -> None:
        """Start the work. Raises StopIteration with the result if the work needs no line."""
        self._work = work
        self._wanted = next(work)
        #: On the monotonic clock. The time begins when the host first waits for the line.
        self._limit: float | None = None

    def step(self, process: Process) -> None:
        """Wait for the line and resume the work with it. Raises StopIteration with the result when the work ends."""
        if self._limit is None:
            self._limit = time.monotonic() + self._wanted.seconds
        try:
            line = process.receive(max(0.0, self._limit - time.monotonic()))
        except (Ended, TooSlow, TooBig) as error:
            self._wanted = self._work.throw(error)
        else:
            self._wanted = self._work.send(line)
        if self._wanted.anew:
            self._limit = None


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

    def exchange(self, nonce: str, seconds: float) -> Work[dict[str, Any]]:
        """Wait for the reply to the request with this nonce; each of its two messages may take ``seconds``."""
        self.began = False
        started = yield from self.answer("start", nonce, seconds)
        self.began = True
        if self.pid is None:
            self.pid = started.get("pid")
        return (yield from self.answer("done", nonce, seconds))

    def answer(self, op: str, nonce: str | None, seconds: float) -> Work[dict[str, Any]]:
        """Wait for the next message of the agent itself; other messages, such as those of a forked child, are noise.

        When the agent says that it is busy, the time begins again.
        """
        anew = True
        while True:
            line = yield Wanted(seconds, anew)
            anew = False
            try:
                message = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if not isinstance(message, dict):
                continue
            known = op == "ready" or self.pid is None or message.get("pid") == self.pid
            if known and message.get("op") == op and message.get("nonce") == nonce:
                return message
            if known and message.get("op") == "busy":
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
