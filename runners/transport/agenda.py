"""The agenda of an interpreter: the cases that wait to be sent, and the needs that decide which of them can run."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from conformance.definitions import inlined, needs_of
from conformance.program import Case

#: Bodies in one request to prepare them.
PREPARED = 512


@dataclass(frozen=True)
class Batch:
    """The next cases: those that can run, those with a need that is not met, and a need that must be probed first."""

    cases: list[Case] = field(default_factory=list)
    #: A case, and the need that is not met.
    unmet: list[tuple[Case, str]] = field(default_factory=list)
    unknown: str | None = None


class Agenda:
    """The cases that were submitted and not sent yet, in order."""

    def __init__(self) -> None:
        self._todo: deque[Case] = deque()
        #: The cases that were submitted and that nobody has looked at, and those of them that a compiler has to build.
        self._unseen: deque[Case] = deque()
        self._to_build: deque[Case] = deque()
        #: The behaviours in these. Its cases have one text, if it has no definitions that differ by case.
        self._known: set[str] = set()
        #: Whether the interpreter builds cases before they run.
        self.prepares = False
        #: Need or feature → why it is not met, or None; only those of submitted cases.
        self.needs: dict[str, str | None] = {}

    def __len__(self) -> int:
        return len(self._todo)

    def add(self, cases: Iterable[Case]) -> None:
        """Add cases at the end."""
        for case in cases:
            self._todo.append(case)
            self._unseen.append(case)

    def put_back(self, cases: Iterable[Case]) -> None:
        """Add cases at the beginning, in this order."""
        self._todo.extendleft(reversed(list(cases)))

    def take(self) -> Case:
        """Take the next case."""
        return self._todo.popleft()

    def clear(self) -> None:
        """Forget all cases."""
        self._todo.clear()

    def batch(self, most: int) -> Batch:
        """Take the next cases, at most ``most`` that can run, up to one whose need is not known yet."""
        batch = Batch()
        while self._todo and len(batch.cases) < most:
            unknown, unmet = self._wanting(self._todo[0])
            if unknown is not None:
                return Batch(batch.cases, batch.unmet, unknown)
            case = self._todo.popleft()
            if unmet is None:
                batch.cases.append(case)
            else:
                batch.unmet.append((case, unmet))
        return batch

    @property
    def unprepared(self) -> bool:
        """Whether a compiler has more cases to build."""
        return bool(self._unseen or self._to_build)

    def prepared(self) -> None:
        """Say that nothing is left to build."""
        self._unseen.clear()

    def unknown(self) -> Iterator[str]:
        """The needs of the cases to build that are not known yet: a case whose need is not met is not built."""
        return (need for need, _ in map(self._wanting, self._unseen) if need is not None)

    def part(self) -> tuple[list[Case], int]:
        """Take the next cases to build, and return them and the number of cases to build after them."""
        for case in self._unseen:
            if self._wanting(case)[1] is None and (inlined(case) is not None or case.behaviour.id not in self._known):
                self._known.add(case.behaviour.id)
                self._to_build.append(case)
        self._unseen.clear()
        taken = [self._to_build.popleft() for _ in range(min(PREPARED, len(self._to_build)))]
        return taken, len(self._to_build)

    def _wanting(self, case: Case) -> tuple[str | None, str | None]:
        """A need or feature that was not probed yet, and a need that is not met; None where there is none."""
        needs = needs_of(case, prepares=self.prepares)
        unknown = next((name for name in (*needs, case.behaviour.feature) if name and name not in self.needs), None)
        return unknown, next((need for need in needs if self.needs.get(need) is not None), None)
