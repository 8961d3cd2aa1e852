"""The transport over standard input and output: start an interpreter, send it cases, and survive its crashes."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from conformance.needs import PROBES
from conformance.program import Case, body
from conformance.verdicts import DEATHS
from runners.printable import printable
from runners.transport.agenda import Agenda
from runners.transport.answers import Answer, End, Identity, bounded, with_errors
from runners.transport.conversation import Pending, Work
from runners.transport.process import Ended, TooBig, TooSlow
from runners.transport.sanitizers import report_in
from runners.transport.session import Session, told
from runners.transport.target import CASE_TIMEOUT, MEMORY, START_TIMEOUT, judged_as
from runners.transport.words import death

#: Cases in one request.
BATCH = 64
#: The most cases whose answers wait in the host; then it takes no further ones.
AHEAD = 512


@dataclass(frozen=True)
class _Asked:
    """A request on its way: a case, the probe of a need, or, if both are None, a part that a compiler prepares."""

    nonce: str
    case: Case | None = None
    need: str | None = None
    #: The token that a case returns at its end.
    end: str = ""


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
        self._isolate = isolate
        self._pause = pause
        self._agenda = Agenda()
        self._session = Session(
            self.command,
            start_timeout=start_timeout,
            memory=memory,
            progress=progress,
            pause=pause,
            again=lambda: not single and bool(self._agenda),
        )
        self._asked: deque[_Asked] = deque()
        #: A case that lost its process, with the answer as it is known so far, while it runs again to see why. Until
        #: then no process takes other work.
        self._trial: tuple[Case, Answer] | None = None
        #: The work under way, suspended where it needs a line.
        self._pending: Pending[None] | None = None
        #: Name of a case → its answers that the host has not asked for yet.
        self._answers: dict[str, deque[Answer]] = {}

    @property
    def identity(self) -> Identity | None:
        """Who the interpreter is; None before it has started."""
        return self._session.identity

    @property
    def needs(self) -> dict[str, str | None]:
        """Need or feature → why it is not met, or None; only those of submitted cases."""
        return self._agenda.needs

    def launch(self) -> None:
        """Start the process and give it the agent, without waiting for an answer. Raises CannotStart."""
        self._session.launch()
        if self._isolate and len(self._agenda) > 1:
            self._session.prepare_next()

    def start(self) -> Identity:
        """Launch the interpreter if it was not launched, and wait for its hello. Raises CannotStart.

        If the process ends during its start, there are further attempts.
        """
        return self._session.start()

    @property
    def judged_as(self) -> tuple[int, int]:
        """The language version whose behaviours apply."""
        assert self.identity is not None
        return judged_as(self.identity, self._language_version)

    def submit(self, cases: Iterable[Case]) -> None:
        """Run these cases, in this order, before their answers are needed."""
        self._agenda.add(cases)
        if self._session.is_ready and self._trial is None:
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
        self._agenda.clear()
        while (self._asked or self._trial) and self._session.talk is not None and self._step(wait=False):
            pass
        if self._trial is not None:
            self._pending = None
            self._keep(*self._trial)
            self._trial = None

    def close(self) -> End | None:
        """End the process. Return how it ended if it was idle; None if it was not, and there is nothing to say."""
        return self._session.close(idle=not self._asked)

    @property
    def _busy(self) -> bool:
        """Whether there is work under way, or to do."""
        return bool(self._pending or self._asked or self._agenda)

    def _step(self, wait: bool = True) -> bool:
        """Continue the work with the line that it needs. Without ``wait``, return False if that has not arrived."""
        try:
            if self._pending is None:
                self._pending = Pending(self._advance())
            if not wait and not self._session.conversation.process.has_news():
                return False
            self._pending.step(self._session.conversation.process)
        except StopIteration:
            self._pending = None
        return True

    def _advance(self) -> Work[None]:
        """Send requests if needed, and take the next reply: to a case, a probe or a preparation."""
        if not (yield from self._session.is_up()):
            assert self._session.broken is not None
            if self._agenda:
                self._keep(self._agenda.take(), Answer("error", self._session.broken))
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
        talk, during = self._session.conversation, asked.nonce if asked.case is not None else None
        try:
            builds = asked.case is None and asked.need is None
            return (yield from talk.exchange(asked.nonce, seconds, builds=builds))
        except TooSlow as error:
            words = self._session.stop(during=during)[1]
            why = str(error) or f"no answer within {seconds:g} s"
            answer = Answer("timeout", f"{why}{told(words)}", stderr=words or None)
        except TooBig:
            words = self._session.stop(during=during)[1]
            answer = Answer("crash", self._session.too_big, stderr=words or None)
        except Ended:
            status, words = self._session.stop(grace=1, during=during)
            answer = Answer("crash", death(status, starting=False) + told(words), stderr=words or None)
        return _Lost(answer, talk.began)

    def _answered(self, asked: _Asked, reply: Mapping[str, Any]) -> Answer:
        """The answer in a reply to a case. The case is now the last one that its process ran."""
        assert asked.case is not None
        words = self._session.conversation.process.take_errors(asked.nonce)
        self._session.previous = asked.case
        if self._isolate:
            status, last = self._session.exit()
            if report_in(last) is not None:
                words = f"{words}\n{last}".strip()
            if status not in (0, None):
                self._session.note(f"after {asked.case.name} it {death(status, starting=False)}")
        answer = Answer.from_reply(reply, body(asked.case.behaviour), asked.end)
        return with_errors(answer, words) if words else answer

    def _refill(self) -> None:
        """Send more requests before the interpreter has none left. A need that is not known yet is probed first."""
        if len(self._asked) > (0 if self._isolate else BATCH):
            return
        if self._prepare():
            return
        batch = self._agenda.batch(1 if self._isolate else BATCH)
        for case, need in batch.unmet:
            self._keep(case, Answer("unmet", f"needs {need}: {self.needs[need]}"))
        if batch.cases:
            self._asked.extend(self._post(batch.cases))
        if batch.unknown is not None:
            self._probe(batch.unknown)

    def _post(self, batch: Sequence[Case]) -> list[_Asked]:
        """Send cases to the agent."""
        ends = [os.urandom(4).hex() for _ in batch]
        requests = [{**r, "end": end} for r, end in zip(self._session.requests(batch), ends, strict=True)]
        nonce = self._session.post("cases", cases=requests)
        return [_Asked(f"{nonce}-{n}", case, end=end) for n, (case, end) in enumerate(zip(batch, ends, strict=True))]

    def _prepare(self) -> bool:
        """Let a compiler build the cases in parts, and return whether there are more parts.

        Needs are probed first, because a case whose need is unmet is not built.
        """
        self._agenda.prepares = self._session.prepares
        if not self._agenda.prepares:
            self._agenda.prepared()
        elif self._agenda.unprepared and not self._asked:
            unknown = next(self._agenda.unknown(), None)
            if unknown is not None:
                self._probe(unknown)
                return True
            part, after = self._agenda.part()
            if part:
                nonce = self._session.post("prepare", cases=self._session.requests(part), after=after)
                self._asked.append(_Asked(nonce))
        return self._agenda.unprepared

    def _probe(self, need: str) -> None:
        if all(asked.need != need for asked in self._asked):
            nonce = self._session.post("probe", need=need, probe=PROBES[need])
            self._asked.append(_Asked(nonce, need=need))

    def _lost(self, asked: _Asked, lost: _Lost) -> Work[None]:
        """Blame a crash on the right case, and put the cases after it back into the queue.

        If the agent had not begun with the case and had run another one before, the case is put back as well.
        """
        self._asked.popleft()
        self._agenda.put_back(other.case for other in self._asked if other.case is not None)
        self._asked.clear()
        self._session.dies = True
        if asked.need is not None:
            self.needs[asked.need] = f"its probe ended the interpreter ({lost.answer.message})"
        if asked.case is None:
            return
        company, answer = self._session.previous, lost.answer
        if company is None:
            self._keep(asked.case, answer)
        elif lost.began:
            self._trial = asked.case, answer
            answer = yield from self._blamed(asked.case, answer, company)
            self._trial = None
            self._keep(asked.case, answer)
        else:
            self._session.previous = None
            self._session.note(f"ended after {company.name} and before the next case: {answer.message}")
            self._agenda.put_back([asked.case])

    def _blamed(self, case: Case, answer: Answer, company: Case) -> Work[Answer]:
        """The answer to a case that lost its process, after it was run alone and after the case before it."""
        alone = yield from self._first([case])
        if alone is None or alone.verdict in (*DEATHS, "error"):
            return answer
        self._session.stop()
        after = yield from self._first([company, case])
        if after is not None and after.verdict in DEATHS:
            why = f"only after {company.name}, alone it is: {alone.verdict}"
            return replace(answer, message=f"{answer.message}; {why}", after=company.name)
        return replace(answer, message=f"{answer.message}; only after other cases; alone it is: {alone.verdict}")

    def _first(self, cases: Sequence[Case]) -> Work[Answer | None]:
        """Run cases as the first ones of a new process; return the answer to the last, None if one before it dies."""
        if not (yield from self._session.is_up()):
            return None
        for asked in self._post(cases):
            reply = yield from self._ask(asked)
            if isinstance(reply, _Lost):
                return reply.answer if asked.case is cases[-1] else None
            answer = self._answered(asked, reply)
        return answer

    def _keep(self, case: Case, answer: Answer) -> None:
        self._answers.setdefault(case.name, deque()).append(answer)
