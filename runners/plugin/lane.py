"""One interpreter's part of a run: launched early, greeted when it is needed, asked for one answer after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from conformance.behaviour import NEWEST
from conformance.program import Case
from runners.record.results import Outcome
from runners.transport.answers import Answer, Identity
from runners.transport.target import CannotStart, Target


class Lane:
    """A target with what the run knows about it; once it has failed it stays so, and :attr:`failure` says why."""

    def __init__(self, label: str, command: str, make: Callable[[], Target]) -> None:
        """Launch the target that ``make`` makes; that may raise CannotStart."""
        self.label = label
        self.command = command
        self.failure: str | None = None
        self.identity: Identity | None = None
        #: The language version whose behaviours apply; known once it was greeted.
        self.judged_as = NEWEST
        self._target: Target | None = None
        #: The cases that it was given at once, if it was; None where each is given when it is asked for.
        self._fed: Sequence[Case] | None = None
        try:
            self._target = make()
            self._target.launch()
        except CannotStart as error:
            self.failure = str(error)

    def greet(self) -> Identity | None:
        """Wait until the interpreter has said who it is; None if it does not."""
        if self.failure is None and self.identity is None:
            assert self._target is not None
            try:
                self.identity = self._target.start()
                self.judged_as = self._target.judged_as
            except CannotStart as error:
                self.failure = str(error)
        return self.identity

    @property
    def needs(self) -> Mapping[str, str | None]:
        """Which needs of cases the interpreter meets, of those that were asked: None, or why not."""
        return self._target.needs if self._target is not None else {}

    @property
    def version(self) -> tuple[str, str, tuple[str, ...]]:
        """The implementation, the implementation's own version, and the words of its build."""
        assert self.identity is not None
        return self.identity.implementation, self.identity.implementation_version, self.identity.build

    def feed(self, selection: Sequence[Case], repeat: int = 1) -> None:
        """Let the interpreter run these cases, each ``repeat`` times, ahead of being asked for them."""
        assert self._target is not None
        self._target.submit(case for case in selection for _ in range(repeat))
        self._fed = selection

    def answer(self, case: Case, repeat: int = 1) -> Answer:
        """The report of one case, or of ``repeat`` runs of it as one.

        What was not fed runs now, as in a pytest-xdist worker that learns its cases late.
        """
        assert self._target is not None
        if self._fed is None:
            self._target.submit([case] * repeat)
        return Answer.of_many([self._target.answer(case) for _ in range(repeat)])

    def unclaimed(self, repeat: int = 1) -> Iterator[tuple[Case, Answer]]:
        """The reports of cases that are there already, and that nobody will ask for any more."""
        assert self._target is not None
        for case in self._fed or ():
            if self._target.ready(case) == repeat:
                yield case, self.answer(case, repeat)

    def outcome(self, case: Case, report: Answer) -> Outcome:
        """A report as it is recorded: with what the behaviour is, and whether it applies here."""
        behaviour = case.behaviour
        return Outcome(
            case=case.name,
            id=behaviour.id,
            module=behaviour.module,
            level=behaviour.level,
            applicable=behaviour.applies_to(self.judged_as),
            verdict=report.verdict,
            observed=report.observed,
            message=report.message,
            line=report.line,
            locals=report.locals,
            output=report.output,
            dirty=report.dirty,
            loop=report.loop,
        )

    def close(self) -> None:
        """End the interpreter; what is under way is abandoned."""
        if self._target is not None:
            self._target.close()
