"""One interpreter's part of a run: launched early, greeted when it is needed, asked for one answer after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from conformance.behaviour import NEWEST
from conformance.program import Case
from runners.transport.answers import Answer, End, Identity
from runners.transport.target import CannotStart, Target


class Lane:
    """A target with the state of its part of the run. Once it has failed it stays so; :attr:`failure` says why."""

    def __init__(self, label: str, command: str, make: Callable[[], Target]) -> None:
        """Launch the target that ``make`` makes. If that raises CannotStart, the lane has failed."""
        self.label = label
        self.command = command
        self.failure: str | None = None
        self.identity: Identity | None = None
        #: The language version whose behaviours apply; known once the interpreter was greeted.
        self.judged_as = NEWEST
        self._target: Target | None = None
        #: The cases that the target was given at once; None where each is given when it is asked for.
        self._fed: Sequence[Case] | None = None
        try:
            self._target = make()
            self._target.launch()
        except CannotStart as error:
            self.failure = str(error)

    def greet(self) -> Identity | None:
        """Wait until the interpreter has said who it is; None if it does not."""
        if self.failure is None and self.identity is None:
            try:
                self.identity = self._started.start()
                self.judged_as = self._started.judged_as
            except CannotStart as error:
                self.failure = str(error)
        return self.identity

    @property
    def usable(self) -> bool:
        """Whether the interpreter has said who it is, and can run cases."""
        return self.failure is None and self.identity is not None and self.identity.absent is None

    @property
    def needs(self) -> Mapping[str, str | None]:
        """Which needs of cases the interpreter meets, of those that were asked: None, or why not."""
        return self._target.needs if self._target is not None else {}

    @property
    def release(self) -> tuple[str, str, tuple[str, ...]]:
        """The implementation, the implementation's own version, and the words of its build."""
        assert self.identity is not None
        return self.identity.implementation, self.identity.implementation_version, self.identity.build

    def feed(self, selection: Sequence[Case], repeat: int = 1) -> None:
        """Let the interpreter run these cases, each ``repeat`` times, ahead of being asked for them."""
        self._started.submit(case for case in selection for _ in range(repeat))
        self._fed = selection

    def answer(self, case: Case, repeat: int = 1) -> Answer:
        """The answer of one case, or of ``repeat`` runs of it as one.

        A case that was not fed runs now, as in a pytest-xdist worker that learns its cases late.
        """
        if self._fed is None:
            self._started.submit([case] * repeat)
        return Answer.of_many([self._started.answer(case) for _ in range(repeat)])

    def unclaimed(self, repeat: int = 1) -> Iterator[tuple[Case, Answer]]:
        """The answers that are there already and that nobody will ask for any more; none of a lane that never ran."""
        if self._fed is None:
            return
        self._started.drain()
        for case in self._fed:
            if self._started.ready(case) == repeat:
                yield case, Answer.of_many([self._started.answer(case) for _ in range(repeat)])

    def close(self) -> End | None:
        """End the interpreter; work under way is abandoned. How it ended, where it ended by itself."""
        return None if self._target is None else self._target.close()

    @property
    def _started(self) -> Target:
        assert self._target is not None
        return self._target
