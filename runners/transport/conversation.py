"""The conversation with one process: its answers are known by a nonce, and come in time or not at all.

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
    """A line that some work waits for, for ``seconds``. ``anew`` says that the time begins again with this line."""

    seconds: float
    anew: bool


#: Work that yields which line it wants and is sent that line, or has Ended, TooSlow or TooBig thrown into it. So it can
#: rest while its host has something else to do.
Work = Generator[Wanted, bytes, _T]


class Pending(Generic[_T]):
    """Some work that has begun, the line that it waits for, and when that line would be too late."""

    def __init__(self, work: Work[_T]) -> None:
        """Go on to the first line. Raises StopIteration, with the result, if the work needs none."""
        self._work = work
        self._wanted = next(work)
        #: On the monotonic clock. The time begins when somebody waits for the line.
        self._limit: float | None = None

    def step(self, process: Process) -> None:
        """Wait for the line and give it to the work. Raises StopIteration, with the result, at its end."""
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
    """What is said to an agent, and what of its process's output can only be the agent's."""

    def __init__(self, process: Process, busy: Callable[[str], None]) -> None:
        """``busy`` is told what an agent says that is not done yet."""
        self.process = process
        #: Whether the agent has begun with what was asked last.
        self.began = False
        #: What the agent calls its process; a child that a case has forked has another name.
        self.pid: object = None
        self._busy = busy

    def post(self, request: Mapping[str, Any]) -> str:
        """Send a request; the nonce by which its answers are known."""
        nonce = os.urandom(8).hex()
        self.process.send(json.dumps({**request, "nonce": nonce}).encode())
        return nonce

    def exchange(self, nonce: str, seconds: float) -> Work[dict[str, Any]]:
        """The answer to what was sent with ``nonce``; each of its two messages may take ``seconds``."""
        self.began = False
        started = yield from self.answer("start", nonce, seconds)
        self.began = True
        if self.pid is None:
            self.pid = started.get("pid")
        return (yield from self.answer("done", nonce, seconds))

    def answer(self, op: str, nonce: str | None, seconds: float) -> Work[dict[str, Any]]:
        """The next message that can only come from the agent itself; others are noise, as from a forked child.

        An agent that says that it is busy gets the time anew.
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
        """Do all of some work, and wait for every line of it."""
        try:
            pending = Pending(work)
            while True:
                pending.step(self.process)
        except StopIteration as ended:
            result: _T = ended.value
            return result
