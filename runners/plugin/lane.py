"""One interpreter's part of a run: its target, its identity, and the cases that it was given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from conformance.behaviour import NEWEST
from conformance.program import Case
from runners.transport.answers import Answer, End, Identity
from runners.transport.target import CannotStart, Target


class Lane:
    """A target with the state of its part of the run. A failure is final; :attr:`failure` says why it failed."""

    def __init__(self, label: str, command: str, make: Callable[[], Target]) -> None:
        """Launch the target that ``make`` makes. If that raises CannotStart, the lane has failed."""
        self.label = label
        self.command = command
        self.failure: str | None = None
        self.identity: Identity | None = None
        #: The language version whose behaviours apply; :meth:`greet` sets it.
        self.judged_as = NEWEST
        self._target: Target | None = None
        #: The cases that the target was given in advance; None if it gets each case only when its answer is needed.
        self._fed: Sequence[Case] | None = None
        #: Name of a case → the number of its answers that were submitted and not taken; only of fed cases.
        self._owed: Counter[str] = Counter()
        #: Name of a case → the answers to it that were taken before an exception ended the wait for the others.
        self._taken: dict[str, list[Answer]] = {}
        try:
            self._target = make()
            self._target.launch()
        except CannotStart as error:
            self.failure = str(error)

    def greet(self) -> Identity | None:
        """Wait for the identity of the interpreter, and return it; None if the interpreter does not start."""
        if self.failure is None and self.identity is None:
            try:
                self.identity = self._started.start()
                self.judged_as = self._started.judged_as
            except CannotStart as error:
                self.failure = str(error)
        return self.identity

    @property
    def usable(self) -> bool:
        """Whether the interpreter has started and can run cases."""
        return self.failure is None and self.identity is not None and self.identity.absent is None

    @property
    def needs(self) -> Mapping[str, str | None]:
        """Need → None if the interpreter meets it, else why not; only the needs that were probed."""
        return self._target.needs if self._target is not None else {}

    @property
    def release(self) -> tuple[str, str, tuple[str, ...]]:
        """The implementation, the implementation's own version, and the words of its build."""
        assert self.identity is not None
        return self.identity.implementation, self.identity.implementation_version, self.identity.build

    def feed(self, selection: Sequence[Case], repeat: int = 1) -> None:
        """Submit these cases, each ``repeat`` times: the interpreter runs them before their answers are needed."""
        for case in selection:
            self._owed[case.name] += repeat  # a plugin may have put a case into the selection several times
        self._started.submit(case for case in selection for _ in range(repeat))
        self._fed = selection

    def answer(self, case: Case, repeat: int = 1) -> Answer:
        """The answer to one case, or one answer for ``repeat`` runs of it.

        A case that was not fed runs now: a pytest-xdist worker learns late which cases it gets. A case whose answer
        was taken before runs once more: a plugin may repeat a test. An exception that ends the wait loses no answer.
        """
        taken = self._taken.setdefault(case.name, [])
        missing = repeat - len(taken) - self._owed[case.name]
        if missing > 0:
            self._owed[case.name] += missing
            self._started.submit([case] * missing)
        while len(taken) < repeat:
            taken.append(self._started.answer(case))
            self._owed[case.name] -= 1
        return Answer.of_many(self._taken.pop(case.name))

    def unclaimed(self, repeat: int = 1) -> Iterator[tuple[Case, Answer]]:
        """The answers that have arrived and that pytest has not asked for; none if the lane was not fed."""
        if self._fed is None:
            return
        self._started.drain()
        for case in self._fed:
            taken = self._taken.get(case.name, [])
            if self._owed[case.name] and self._started.ready(case) + len(taken) >= repeat:
                while len(taken) < repeat:
                    taken.append(self._started.answer(case))
                    self._owed[case.name] -= 1
                self._taken.pop(case.name, None)
                yield case, Answer.of_many(taken)

    def close(self) -> End | None:
        """End the interpreter and abandon its unfinished work. Return how it ended if it was idle, else None."""
        return None if self._target is None else self._target.close()

    @property
    def _started(self) -> Target:
        assert self._target is not None
        return self._target
