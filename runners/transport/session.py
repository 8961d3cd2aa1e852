"""The present process of an interpreter: its start, its end, and the process that takes its place after a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from conformance.needs import ASYNC_GENERATORS
from conformance.program import Case, travelling
from runners.printable import one_line, printable
from runners.transport.answers import LONGEST, End, Identity
from runners.transport.conversation import Conversation, Work
from runners.transport.launcher import Launcher
from runners.transport.process import Ended, TooBig, TooSlow
from runners.transport.requests import Requests
from runners.transport.sanitizers import report_in
from runners.transport.tails import shortened
from runners.transport.target import STARTS, CannotStart, CannotStartNow
from runners.transport.words import cannot_run, death, not_started, telling

PROTOCOL = 2
#: The most lines for people about one interpreter.
MOST_NOTES = 20


class Session:
    """Keeps an interpreter under test alive, and remembers what its processes said that belongs to no case."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        start_timeout: float,
        memory: int,
        progress: Callable[[str], None],
        pause: Callable[[], None],
        again: Callable[[], bool],
    ) -> None:
        """The arguments are those of ``StreamTarget``. ``again`` says whether another process will be needed."""
        self._command = command
        self._start_timeout = start_timeout
        self._memory = memory
        self._progress = progress
        self._pause = pause
        self._again = again
        self._launcher = Launcher(command, memory, self._waiting)
        self._requests = Requests()
        self._starting = False
        #: The first line of the first report of a sanitizer that does not belong to a case.
        self._report: str | None = None
        #: What the reader of the results has to know besides, as lines for people.
        self._notes: list[str] = []
        self._more = 0
        #: The conversation with the process; None if there is none.
        self.talk: Conversation | None = None
        self.identity: Identity | None = None
        #: The last case that the process answered.
        self.previous: Case | None = None
        #: Whether a process has crashed or hung: then a spare process is started in advance.
        self.dies = False
        #: Why the interpreter no longer starts.
        self.broken: str | None = None

    @property
    def conversation(self) -> Conversation:
        """The conversation with the process, which there must be."""
        assert self.talk is not None
        return self.talk

    @property
    def is_ready(self) -> bool:
        """Whether there is a process that has started and takes requests."""
        return self.talk is not None and not self._starting

    @property
    def prepares(self) -> bool:
        """Whether the interpreter builds all cases before it runs the first."""
        assert self.identity is not None
        return self.identity.prepares

    @property
    def too_big(self) -> str:
        """The message about a process that had too much memory."""
        return f"took more than {self._memory >> 20} MiB of memory"

    def launch(self) -> None:
        """Start a process and give it the agent, without waiting for an answer. Raises CannotStart."""
        self._starting = True
        self._requests.forget()
        try:
            self.talk = Conversation(self._launcher.take(), self._progress)
        except (OSError, ValueError) as error:
            raise self._failure(not_started(self._command, error), accident=self.identity is not None) from None

    def start(self) -> Identity:
        """Launch a process if there is none, and wait for its hello. Raises CannotStart after STARTS attempts."""
        for attempt in range(1, STARTS + 1):
            if self.talk is None:
                self.launch()
            try:
                return self.conversation.finish(self._greeting())
            except CannotStartNow:
                if attempt == STARTS:
                    raise
        raise AssertionError("the loop returns or raises")

    def is_up(self) -> Work[bool]:
        """Start a process if there is none; after STARTS attempts that failed, there is no further one."""
        for attempt in range(1, STARTS + 1):
            if self.broken is not None or self.talk is not None:
                break
            try:
                self.launch()
                yield from self._greeting()
            except CannotStart as error:
                if attempt == STARTS or not isinstance(error, CannotStartNow):
                    self.broken = f"the interpreter no longer starts: {error}"
        return self.broken is None

    def prepare_next(self) -> None:
        """Start a spare process, if it will be needed and is allowed."""
        if self._again():
            self._launcher.prepare()

    def post(self, op: str, **request: Any) -> str:
        """Send a request, and return its nonce."""
        return self.conversation.post({"op": op, **request})

    def requests(self, cases: Iterable[Case]) -> list[dict[str, Any]]:
        """The requests to run these cases, or to prepare them, in this process."""
        return [self._requests.of(case, prepares=self.prepares) for case in cases]

    def stop(self, grace: float = 0, during: str | None = None) -> tuple[int | None, str]:
        """End the process; return its exit status and its last words, at most LONGEST characters.

        The process first has ``grace`` seconds to end by itself. ``during`` is the nonce of the case that was asked
        for: if the agent had begun with it, the last words are only those of the case.
        """
        talk, self.talk = self.talk, None
        if talk is None:
            return None, ""
        status = talk.process.stop(grace)
        self._notes += talk.process.left
        if during is not None and talk.began:
            words = talk.process.take_errors(during) or talk.process.noise
            self._notice(talk.process.errors())
        else:
            words = talk.process.last_words()
            self._notice(words)
        return status, printable(shortened(words, LONGEST))

    def exit(self) -> tuple[int | None, str]:
        """Ask the process to end by itself, and return what :meth:`stop` returns."""
        self.conversation.process.send(b'{"op": "exit"}')
        return self.stop(grace=1)

    def note(self, text: str) -> None:
        """Remember something for the reader of the results; after MOST_NOTES lines only that there was more."""
        if len(self._notes) < MOST_NOTES:
            self._notes.append(f"{self._shown}: {text}")
        else:
            self._more += 1

    def close(self, *, idle: bool) -> End | None:
        """End the process for good, by a request if it is ``idle``. None means that there is nothing to say."""
        idle, end = idle and self.talk is not None, End(None, None)
        if self.talk is not None:
            status, words = self.exit() if idle else self.stop()
            end = End(status, words or None)
        self._notes += self._launcher.close()
        if self._more:
            self._notes.append(f"{self._shown}: {self._more} more lines of this kind")
        if self._report is not None and report_in(end.stderr) is None:
            end = replace(end, stderr=f"{self._report}\n{end.stderr or ''}".strip()[:LONGEST])
        return replace(end, notes=tuple(self._notes)) if idle or self._report or self._notes else None

    @property
    def _shown(self) -> str:
        return one_line(" ".join(self._command))

    def _greeting(self) -> Work[Identity]:
        try:
            hello = yield from self._greet()
            identity = Identity.from_hello(hello)
            if self.identity is not None and identity.slug != self.identity.slug:
                raise ValueError(f"was {self.identity.title} and is now {identity.title}")
        except TooSlow as error:
            words = self.stop()[1]
            why = str(error) or f"did not answer within {self._start_timeout:g} s"
            raise self._failure(f"{why}{told(words)}", accident=self.identity is not None) from None
        except TooBig:
            self.stop()
            raise self._failure(f"{self.too_big} to start", accident=False) from None
        except ValueError as error:
            self.stop()
            raise self._failure(str(error), accident=False) from None
        except Ended:
            status, words = self.stop(grace=1)
            accident = self.identity is not None or not cannot_run(status)
            raise self._failure(f"{death(status, starting=True)}{told(words)}", accident=accident) from None
        self.previous = None
        self._starting = False
        self._notice(self.conversation.process.take_errors(""))
        self.identity = identity
        if self.dies:
            self.prepare_next()
        return identity

    def _greet(self) -> Work[dict[str, Any]]:
        talk = self.conversation
        ready = yield from talk.answer("ready", None, self._start_timeout)
        if ready.get("protocol") != PROTOCOL:
            raise ValueError(f"speaks protocol {ready.get('protocol')!r}, not {PROTOCOL}")
        nonce = talk.post({"op": "hello", "probe": ASYNC_GENERATORS, "prelude": travelling("prelude")})
        return (yield from talk.exchange(nonce, self._start_timeout))

    def _waiting(self) -> None:
        self._pause()
        if self._starting:
            self._progress("starting")

    def _notice(self, words: str) -> None:
        """Remember a report of a sanitizer in text that does not belong to a case."""
        if self._report is None and report_in(words) is not None:
            self._report = printable(next(line for line in words.splitlines() if report_in(line))[:LONGEST])

    def _failure(self, why: str, *, accident: bool) -> CannotStart:
        """The exception for a start that failed; after an ``accident`` another attempt may succeed."""
        text = f"{self._shown}: {why}"
        return CannotStartNow(text) if accident else CannotStart(text)


def told(words: str) -> str:
    """The most informative line of last words, in a form that can be appended to a message."""
    return f": {report_in(words) or telling(words)}" if words else ""
