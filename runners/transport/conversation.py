"""The conversation with one process: its answers are known by a nonce, and come in time or not at all.

``docs/protocol.md`` describes it.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Generator, Mapping
from typing import Any, TypeVar

from runners.transport.answers import bounded
from runners.transport.process import Ended, Process, TooBig, TooSlow

_T = TypeVar("_T")
#: Work that yields how many seconds the next line may take and is sent that line, or has Ended, TooSlow or TooBig
#: thrown into it. So it can rest while its host has something else to do.
Work = Generator[float, bytes, _T]


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
        #: When the answer that is waited for is too late, on the monotonic clock; None while nobody waits for it.
        self._limit: float | None = None

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
        self._limit = None
        while True:
            line = yield seconds
            try:
                message = json.loads(line)
            except ValueError:
                continue
            if not isinstance(message, dict):
                continue
            known = op == "ready" or self.pid is None or message.get("pid") == self.pid
            if known and message.get("op") == op and message.get("nonce") == nonce:
                return message
            if known and message.get("op") == "busy":
                self._limit = None
                self._busy(str(bounded(str(message.get("text")), 100)))

    def go_on(self, work: Work[_T], seconds: float) -> float:
        """Wait for a line and give it to ``work``; how long the next one may take. Raises StopIteration at the end."""
        if self._limit is None:
            self._limit = time.monotonic() + seconds
        try:
            line = self.process.receive(max(0.0, self._limit - time.monotonic()))
        except (Ended, TooSlow, TooBig) as error:
            return work.throw(error)
        return work.send(line)

    def finish(self, work: Work[_T]) -> _T:
        """Do all of some work, and wait for every line of it."""
        try:
            seconds = next(work)
            while True:
                seconds = self.go_on(work, seconds)
        except StopIteration as ended:
            result: _T = ended.value
            return result
