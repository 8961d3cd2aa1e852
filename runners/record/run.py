"""The state of a run: its interpreters, the planned cases, and their outcomes.

Each pytest-xdist worker has its own run. :meth:`Run.tell` gives its news, and in the controlling process
:meth:`Run.hear` adds them to the run there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from conformance.behaviour import Version
from conformance.verdicts import DEATHS, STATUSES
from runners.machine.resolve import unused
from runners.record.outcome import Outcome, stable_text
from runners.record.results import Interpreter
from runners.transport.answers import Answer, End, Identity
from runners.transport.words import death


@dataclass
class Part:
    """One interpreter's part of a run. ``planned`` are the names of the cases that were chosen for it."""

    interpreter: Interpreter
    absent: str | None
    planned: frozenset[str] = frozenset()
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    end: End | None = None

    @property
    def complete(self) -> bool:
        """Whether every planned case has an outcome."""
        return self.planned <= self.outcomes.keys()


@dataclass
class Run:
    """The state of a run. ``parts`` is label → part; ``problems`` and ``notes`` are lines for the end of the run."""

    parts: dict[str, Part] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: The state at the last call of :meth:`tell`, to find the differences at the next call.
    _told: dict[str, Any] = field(default_factory=dict)
    #: The outcomes since the last call of :meth:`tell`, as (label, outcome).
    _news: list[tuple[str, Outcome]] = field(default_factory=list)

    def meet(self, label: str, command: str, identity: Identity, judged_as: Version) -> None:
        """Add an interpreter that has started."""
        slug = unused(identity.slug, self._slugs)
        self.parts[label] = Part(Interpreter.of(identity, slug, label, command, judged_as), identity.absent)
        if identity.absent is not None:
            self.note(f"{identity.title}: absent: no asynchronous generators ({identity.absent})")

    def plan(self, label: str, names: Iterable[str]) -> None:
        """Record the cases that were chosen for an interpreter, besides the cases that already have an outcome."""
        if label in self.parts:
            part = self.parts[label]
            part.planned = frozenset({*names, *part.outcomes})

    def learn(self, label: str, features: Mapping[str, str | None]) -> None:
        """Record the needs of an interpreter: need → None if it is met, else why not."""
        if label in self.parts:
            self.parts[label].interpreter.features.update(features)

    def add(self, label: str, outcome: Outcome) -> None:
        """Record the outcome of a case."""
        stable = outcome.stable()
        if stable.verdict in DEATHS and stable.applicable and not stable.binding:
            told = f"{STATUSES[stable.verdict].told} ({stable.message})"
            self.note(f"{self.parts[label].interpreter.title}: {stable.case}, a detail, {told}")
        self._news.append((label, stable))
        self._keep(label, stable)

    def ended(self, label: str, end: End | None) -> None:
        """Record how a process of an interpreter ended. An end with a failure is not replaced by a later one."""
        part = self.parts.get(label)
        for line in end.notes if end is not None else ():
            self.note(line)
        if (
            part is not None
            and end is not None
            and (part.end is None or (part.end.status, part.end.report) == (0, None))
        ):
            part.end = End(end.status, stable_text(end.stderr))
            if part.end.report is not None:
                self.note(f"{part.interpreter.title}: a sanitizer reports: {part.end.report}")
            elif part.end.status not in (0, None):
                self.note(f"{part.interpreter.title}: after all cases it {death(part.end.status, starting=False)}")

    def fail(self, problem: str) -> None:
        """Record a problem that makes the run end with exit status 4."""
        if problem not in self.problems:
            self.problems.append(problem)

    def note(self, line: str) -> None:
        """Record a line for the end of the run."""
        if line not in self.notes:
            self.notes.append(line)

    @property
    def _slugs(self) -> set[str]:
        return {part.interpreter.slug for part in self.parts.values()}

    @property
    def fails(self) -> bool:
        """Whether an interpreter has no asynchronous generators, or a sanitizer reported something outside of cases."""
        return any(part.absent is not None or (part.end and part.end.report) for part in self.parts.values())

    def tell(self) -> dict[str, Any]:
        """The news since the last call, in types that pytest-xdist can send to another process."""
        state: dict[str, Any] = {"problems": list(self.problems), "notes": list(self.notes)}
        for label, part in self.parts.items():
            interpreter = replace(part.interpreter, features=dict(part.interpreter.features))
            state[f"part {label}"] = (label, interpreter, part.absent, part.planned, part.end)
        news = {key: _plain(value) for key, value in state.items() if self._told.get(key) != value}
        self._told = state
        outcomes = [(label, outcome.as_dict(), outcome.seconds) for label, outcome in self._news]
        self._news = []
        return {**news, "outcomes": outcomes}

    def hear(self, told: Mapping[str, Any]) -> None:
        """Add the news of another run."""
        for problem in told.get("problems", ()):
            self.fail(problem)
        for line in told.get("notes", ()):
            self.note(line)
        for key, value in told.items():
            if key.startswith("part "):
                self._hear_part(*value)
        for label, values, seconds in told["outcomes"]:
            self._keep(label, Outcome.from_dict(values, seconds))

    def _keep(self, label: str, outcome: Outcome) -> None:
        """Keep an outcome. A plugin of pytest may run a case again: then a verdict that varies is a failure."""
        part = self.parts[label]
        earlier = part.outcomes.get(outcome.case)
        if earlier is not None and earlier.verdict != outcome.verdict:
            outcome = Answer.of_many([earlier, outcome])
            self.note(f"{part.interpreter.title}: {outcome.case}: {outcome.message}; the result records a failure")
        part.outcomes[outcome.case] = outcome

    def _hear_part(
        self, label: str, values: dict[str, Any], absent: str | None, planned: list[str], end: list[Any] | None
    ) -> None:
        interpreter = Interpreter.from_dict(values)
        if label not in self.parts:
            # Another worker may have met fewer interpreters, and has given this slug to another one.
            interpreter = replace(interpreter, slug=unused(interpreter.slug, self._slugs))
            self.parts[label] = Part(interpreter, absent)
        part = self.parts[label]
        part.interpreter.features.update(interpreter.features)
        part.planned |= frozenset(planned)
        self.ended(label, None if end is None else End(*end))


def _plain(value: Any) -> Any:
    """The value in lists, dictionaries and simple types."""
    if isinstance(value, Interpreter):
        return value.as_dict()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, End):
        return [value.status, value.stderr]
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
