"""The transport over standard input and output: start an interpreter, send it cases, and survive its crashes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from conformance.needs import ASYNC_GENERATORS, NEEDS
from conformance.program import Case, body, travelling
from conformance.verdicts import DEATHS
from runners.printable import one_line, printable
from runners.transport.answers import LONGEST, Answer, End, Identity, bounded, with_errors
from runners.transport.conversation import Conversation, Pending, Work
from runners.transport.launcher import Launcher
from runners.transport.process import Ended, TooBig, TooSlow
from runners.transport.requests import Requests
from runners.transport.sanitizers import report_in
from runners.transport.target import (
    CASE_TIMEOUT,
    MEMORY,
    START_TIMEOUT,
    STARTS,
    CannotStart,
    CannotStartNow,
    judged_as,
)
from runners.transport.words import cannot_run, death, not_started, telling

PROTOCOL = 1
#: Cases in one request.
BATCH = 64
#: The most cases whose answers wait in the host; then it takes no further ones.
AHEAD = 512
#: Bodies in one request to prepare them.
PREPARED = 512


@dataclass(frozen=True)
class _Asked:
    """A request on its way: a case, the probe of a need, or, if both are None, a part that a compiler prepares."""

    nonce: str
    case: Case | None = None
    need: str | None = None


@dataclass(frozen=True)
class _Lost:
    """The process ended during a request. ``began`` says whether the agent had begun with the request."""

    answer: Answer
    began: bool


class StreamTarget:
    """A :class:`runners.transport.target.Target` that answers over its standard output.

    A window of cases is always on its way, so that the interpreter works while its host does something else, and many
    interpreters work at once. Crashes are handled as soon as they are noticed, not when the host reaches the case that
    crashed.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        case_timeout: float = CASE_TIMEOUT,
        start_timeout: float = START_TIMEOUT,
        language_version: tuple[int, int] | None = None,
        memory: int = MEMORY,
        isolate: bool = False,
        single: bool = False,
        progress: Callable[[str], None] = lambda text: None,
        pause: Callable[[], None] = lambda: None,
    ) -> None:
        """``command`` starts the interpreter when ``-c PROGRAM`` is appended. Times are seconds, memory is bytes.

        With ``isolate``, each case has its own process; with ``single``, no process starts while another one lives.
        ``progress`` is called again and again during a start, and with the text of an agent that is busy. ``pause`` is
        called again and again while the host waits; an exception that it raises loses no answer.
        """
        self.command = list(command)
        self._case_timeout = case_timeout
        self._start_timeout = start_timeout
        self._language_version = language_version
        self._memory = memory
        self._isolate = isolate
        self._single = single
        self._progress = progress
        self._pause = pause
        self._launcher = Launcher(self.command, memory, self._waiting)
        self._talk: Conversation | None = None
        self._previous: str | None = None
        self._starting = False
        #: Whether a process has crashed or hung: then a spare process is started in advance.
        self._dies = False
        self._broken: str | None = None
        #: The first line of the first report of a sanitizer that does not belong to a case.
        self._report: str | None = None
        #: What could not be ended, as lines for people.
        self._left: list[str] = []
        self._todo: deque[Case] = deque()
        #: One case of each behaviour that a compiler has to build before any case runs, and the IDs of all behaviours.
        self._unprepared: deque[Case] = deque()
        self._behaviours: set[str] = set()
        self._requests = Requests()
        self._asked: deque[_Asked] = deque()
        #: The work under way, suspended where it needs a line.
        self._pending: Pending[None] | None = None
        #: Name of a case → its answers that the host has not asked for yet.
        self._answers: dict[str, deque[Answer]] = {}
        self.identity: Identity | None = None
        #: Need → why it is not met, or None; only the needs of submitted cases.
        self.needs: dict[str, str | None] = {}

    def launch(self) -> None:
        """Start the process and give it the agent, without waiting for an answer. Raises CannotStart."""
        self._starting = True
        self._requests.forget()
        try:
            self._talk = Conversation(self._launcher.take(), self._progress)
        except (OSError, ValueError) as error:
            text = f"{self._shown}: {not_started(self.command, error)}"
            raise _failure(text, accident=self.identity is not None) from None
        if self._isolate and len(self._todo) > 1:
            self._prepare_next()

    def start(self) -> Identity:
        """Launch the interpreter if it was not launched, and wait for its hello. Raises CannotStart.

        If the process ends during its start, there are further attempts.
        """
        for attempt in range(1, STARTS + 1):
            if self._talk is None:
                self.launch()
            try:
                return self._conversation.finish(self._greeting())
            except CannotStartNow:
                if attempt == STARTS:
                    raise
        raise AssertionError("the loop returns or raises")

    def _greeting(self) -> Work[Identity]:
        try:
            hello = yield from self._greet()
            identity = Identity.from_hello(hello)
            if self.identity is not None and identity.slug != self.identity.slug:
                raise ValueError(f"was {self.identity.title} and is now {identity.title}")
        except TooSlow as error:
            words = _told(self._stop()[1])
            why = str(error) or f"did not answer within {self._start_timeout:g} s"
            raise _failure(f"{self._shown}: {why}{words}", accident=self.identity is not None) from None
        except TooBig:
            self._stop()
            raise CannotStart(f"{self._shown}: took more than {self._memory >> 20} MiB of memory to start") from None
        except ValueError as error:
            self._stop()
            raise CannotStart(f"{self._shown}: {error}") from None
        except Ended:
            status, words = self._stop(grace=1)
            text = f"{self._shown}: {death(status, starting=True)}{_told(words)}"
            raise _failure(text, accident=self.identity is not None or not cannot_run(status)) from None
        self._previous = None
        self._starting = False
        self._notice(self._conversation.process.take_errors(""))
        self.identity = identity
        if self._dies:
            self._prepare_next()
        return identity

    @property
    def judged_as(self) -> tuple[int, int]:
        """The language version whose behaviours apply."""
        assert self.identity is not None
        return judged_as(self.identity, self._language_version)

    def submit(self, cases: Iterable[Case]) -> None:
        """Run these cases, in this order, before their answers are needed."""
        for case in cases:
            self._todo.append(case)
            if case.behaviour.id not in self._behaviours:
                self._behaviours.add(case.behaviour.id)
                self._unprepared.append(case)
        if self._talk is not None and not self._starting:
            self._refill()

    def answer(self, case: Case) -> Answer:
        """Wait for the answer to a case. It runs now if it was not submitted, or if its answer was already taken.

        After a crash or a timeout, the case runs once more alone in a new process.
        """
        if not self._answers.get(case.name) and not self._busy:
            self.submit([case])
        while not self._answers.get(case.name):
            self._pause()
            self._step()
        while len(self._answers) < AHEAD and self._busy and self._step(wait=False):
            pass
        waiting = self._answers[case.name]
        answer = waiting.popleft()
        if not waiting:
            del self._answers[case.name]
        return answer

    def ready(self, case: Case) -> int:
        """The number of answers to a case that have arrived."""
        return len(self._answers.get(case.name, ()))

    def run(self, case: Case) -> Answer:
        """Submit one case and wait for it."""
        self.submit([case])
        return self.answer(case)

    def drain(self) -> None:
        """Take the answers that have arrived, without waiting and without new work."""
        self._todo.clear()
        while self._asked and self._talk is not None and self._step(wait=False):
            pass

    def close(self) -> End | None:
        """End the process. Return how it ended if it was idle; None if it was not, and there is nothing to say."""
        idle, end = self._talk is not None and not self._asked, End(None, None)
        if self._talk is not None:
            if idle:
                self._talk.process.send(b'{"op": "exit"}')
            status, words = self._stop(grace=1 if idle else 0)
            end = End(status, words or None)
        self._left += self._launcher.close()
        if self._report is not None and report_in(end.stderr) is None:
            end = replace(end, stderr=f"{self._report}\n{end.stderr or ''}".strip()[:LONGEST])
        return replace(end, left=tuple(self._left)) if idle or self._report or self._left else None

    @property
    def _busy(self) -> bool:
        """Whether there is work under way, or to do."""
        return bool(self._pending or self._asked or self._todo)

    @property
    def _conversation(self) -> Conversation:
        assert self._talk is not None
        return self._talk

    @property
    def _shown(self) -> str:
        return one_line(" ".join(self.command))

    def _step(self, wait: bool = True) -> bool:
        """Continue the work with the line that it needs. Without ``wait``, return False if that has not arrived."""
        try:
            if self._pending is None:
                self._pending = Pending(self._advance())
            if not wait and not self._conversation.process.has_news():
                return False
            self._pending.step(self._conversation.process)
        except StopIteration:
            self._pending = None
        return True

    def _greet(self) -> Work[dict[str, Any]]:
        talk = self._conversation
        ready = yield from talk.answer("ready", None, self._start_timeout)
        if ready.get("protocol") != PROTOCOL:
            raise ValueError(f"speaks protocol {ready.get('protocol')!r}, not {PROTOCOL}")
        nonce = talk.post({"op": "hello", "probe": ASYNC_GENERATORS, "prelude": travelling("prelude")})
        return (yield from talk.exchange(nonce, self._start_timeout))

    def _advance(self) -> Work[None]:
        """Send requests if needed, and take the next reply: to a case, a probe or a preparation."""
        if not (yield from self._is_up()):
            assert self._broken is not None
            if self._todo:
                self._keep(self._todo.popleft(), Answer("error", self._broken))
            return
        self._refill()
        if not self._asked:
            return  # all cases that were left are unmet
        asked = self._asked[0]
        reply = yield from self._ask(asked)
        if isinstance(reply, _Lost):
            yield from self._lost(asked, reply)
            return
        self._asked.popleft()
        if asked.case is not None:
            self._keep(asked.case, self._answered(asked, reply))
        elif asked.need is not None:
            why = reply.get("why")
            self.needs[asked.need] = None if why is None else printable(str(bounded(str(why))))

    def _ask(self, asked: _Asked) -> Work[Mapping[str, Any] | _Lost]:
        """Wait for the reply to a request that was sent; return a _Lost after a crash or a timeout."""
        # A probe may be the first to import a module, which belongs to the start of an interpreter.
        seconds = self._case_timeout if asked.need is None else max(self._case_timeout, self._start_timeout)
        talk = self._conversation
        try:
            return (yield from talk.exchange(asked.nonce, seconds))
        except TooSlow as error:
            words = self._stop(during=asked)[1]
            why = str(error) or f"no answer within {seconds:g} s"
            answer = Answer("timeout", f"{why}{_told(words)}", stderr=words or None)
        except TooBig:
            words = self._stop(during=asked)[1]
            answer = Answer("crash", f"took more than {self._memory >> 20} MiB of memory", stderr=words or None)
        except Ended:
            status, words = self._stop(grace=1, during=asked)
            answer = Answer("crash", death(status, starting=False) + _told(words), stderr=words or None)
        return _Lost(answer, talk.began)

    def _answered(self, asked: _Asked, reply: Mapping[str, Any]) -> Answer:
        """The answer in a reply to a case. The case is now the last one that its process ran."""
        assert asked.case is not None
        words = self._conversation.process.take_errors(asked.nonce)
        self._previous = asked.case.name
        if self._isolate:
            self._stop()
        answer = Answer.from_reply(reply, body(asked.case.behaviour))
        return with_errors(answer, words) if words else answer

    def _prepare_next(self) -> None:
        """Start a spare process, if it will be needed and is allowed."""
        if self._todo and not self._single:
            self._launcher.prepare()

    def _refill(self) -> None:
        """Send more requests before the interpreter has none left. A need that is not known yet is probed first."""
        if len(self._asked) > (0 if self._isolate else BATCH):
            return
        if self._prepare():
            return
        most = 1 if self._isolate else BATCH
        batch: list[Case] = []
        unknown = None
        while self._todo and len(batch) < most and unknown is None:
            unknown, unmet = self._wanting(self._todo[0])
            if unknown is None:
                case = self._todo.popleft()
                if unmet is None:
                    batch.append(case)
                else:
                    self._keep(case, Answer("unmet", f"needs {unmet}: {self.needs[unmet]}"))
        if batch:
            self._asked.extend(self._post(batch))
        if unknown is not None:
            self._probe(unknown)

    def _post(self, batch: Sequence[Case]) -> list[_Asked]:
        """Send cases to the agent."""
        nonce = self._conversation.post({"op": "cases", "cases": [self._requests.of(case) for case in batch]})
        return [_Asked(f"{nonce}-{number}", case) for number, case in enumerate(batch)]

    def _prepare(self) -> bool:
        """Let a compiler build the cases in parts, and return whether there are more parts.

        Needs are probed first, because a case whose need is unmet is not built.
        """
        assert self.identity is not None
        if not self.identity.prepares:
            self._unprepared.clear()
        elif self._unprepared and not self._asked:
            wanting = [self._wanting(case) for case in self._unprepared]
            unknown = next((need for need, _ in wanting if need is not None), None)
            if unknown is not None:
                self._probe(unknown)
                return True
            count = min(PREPARED, len(self._unprepared))
            part = [self._unprepared.popleft() for _ in range(count)]
            bodies = [self._requests.of(case) for case, (_, unmet) in zip(part, wanting, strict=False) if unmet is None]
            if bodies:
                after = sum(1 for _, unmet in wanting[count:] if unmet is None)
                nonce = self._conversation.post({"op": "prepare", "cases": bodies, "after": after})
                self._asked.append(_Asked(nonce))
        return bool(self._unprepared)

    def _wanting(self, case: Case) -> tuple[str | None, str | None]:
        """A need of the case that was not probed yet, and a need that is not met; None where there is none."""
        needs = case.behaviour.needs
        unknown = next((need for need in needs if need not in self.needs), None)
        return unknown, next((need for need in needs if self.needs.get(need) is not None), None)

    def _probe(self, need: str) -> None:
        if all(asked.need != need for asked in self._asked):
            nonce = self._conversation.post({"op": "probe", "need": need, "probe": NEEDS[need]})
            self._asked.append(_Asked(nonce, need=need))

    def _lost(self, asked: _Asked, lost: _Lost) -> Work[None]:
        """Blame a crash on the right case, and put the cases after it back into the queue.

        If the agent had not begun with the case and had run another one before, the case is put back as well.
        """
        self._asked.popleft()
        self._todo.extendleft(reversed([other.case for other in self._asked if other.case is not None]))
        self._asked.clear()
        self._dies = True
        if asked.need is not None:
            self.needs[asked.need] = f"its probe ended the interpreter ({lost.answer.message})"
        if asked.case is None:
            return
        company, answer = self._previous, lost.answer
        if not lost.began and company is not None:
            self._previous = None
            self._todo.appendleft(asked.case)
            return
        if company is not None and (yield from self._is_up()):
            alone = yield from self._alone(asked.case)
            if alone.verdict not in (*DEATHS, "error"):
                answer.message = f"{answer.message}; only after {company}, alone it is: {alone.verdict}"
                answer.after = company
        self._keep(asked.case, answer)

    def _alone(self, case: Case) -> Work[Answer]:
        """Run a case as the first one of a new process."""
        (asked,) = self._post([case])
        reply = yield from self._ask(asked)
        return reply.answer if isinstance(reply, _Lost) else self._answered(asked, reply)

    def _keep(self, case: Case, answer: Answer) -> None:
        self._answers.setdefault(case.name, deque()).append(answer)

    def _waiting(self) -> None:
        self._pause()
        if self._starting:
            self._progress("starting")

    def _is_up(self) -> Work[bool]:
        """Start the interpreter if it does not run; after STARTS attempts that failed, there is no further one."""
        for attempt in range(1, STARTS + 1):
            if self._broken is not None or self._talk is not None:
                break
            try:
                self.launch()
                yield from self._greeting()
            except CannotStart as error:
                if attempt == STARTS or not isinstance(error, CannotStartNow):
                    self._broken = f"the interpreter no longer starts: {error}"
        return self._broken is None

    def _stop(self, grace: float = 0, during: _Asked | None = None) -> tuple[int | None, str]:
        """End the process; return its exit status and its last words, at most LONGEST characters.

        If it ends ``during`` a case with which the agent had begun, the last words are only those of the case.
        """
        talk, self._talk = self._talk, None
        if talk is None:
            return None, ""
        status = talk.process.stop(grace)
        self._left += talk.process.left
        if during is not None and during.case is not None and talk.began:
            words = talk.process.take_errors(during.nonce) or talk.process.noise
            self._notice(talk.process.errors())
        else:
            words = talk.process.last_words()
            self._notice(words)
        return status, printable(words[-LONGEST:])

    def _notice(self, words: str) -> None:
        """Remember a report of a sanitizer in text that does not belong to a case."""
        if self._report is None and report_in(words) is not None:
            self._report = printable(next(line for line in words.splitlines() if report_in(line))[:LONGEST])


def _told(words: str) -> str:
    """The most informative line of last words, in a form that can be appended to a message."""
    return f": {report_in(words) or telling(words)}" if words else ""


def _failure(text: str, *, accident: bool) -> CannotStart:
    """The exception for a start that failed; after an ``accident`` another attempt may succeed."""
    return CannotStartNow(text) if accident else CannotStart(text)
