"""Results joined with the catalogue: the data that every view of a report is made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.behaviour import LEVELS, Behaviour
from conformance.catalogue import AREAS, load
from conformance.program import cases
from conformance.verdicts import STATUSES
from reports.families import Family, families, family_name, names, place, release, stable, title
from runners.printable import one_line
from runners.record import found
from runners.record.outcome import Outcome
from runners.record.results import Interpreter, Record

if TYPE_CHECKING:
    from reports.snapshots import Snapshot

_PLACES = {status: place for place, status in enumerate(STATUSES)}
#: A view says this in place of the line of a failure, where the text that ran is not the text of this checkout.
CHANGED = "This case has changed since this run."
#: The same for a result that has no hash of the case.
MAY_HAVE_CHANGED = "This case may have changed since this run."
#: Numbers in a version that are compared as numbers; a longer one is not a version.
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, eq=False)
class Result:
    """A result file: its path, and the record that was read from it."""

    path: Path
    record: Record
    #: The name of its page and badge, which stays when a newer release follows; empty for its slug.
    name: str = ""

    @property
    def page(self) -> str:
        """The name of its page and badge in addresses: the stable name of the newest run, or else its slug."""
        return self.name or self.slug

    @property
    def interpreter(self) -> Interpreter:
        """Who was under test."""
        return self.record.interpreter

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """Case → outcome."""
        return self.record.outcomes

    @property
    def slug(self) -> str:
        """The name of the result in addresses and file names."""
        return self.interpreter.slug

    @property
    def title(self) -> str:
        """The implementation, its version and its build, for people."""
        return title(self)

    @property
    def implementation(self) -> str:
        """The family as people write it: ``CPython``, ``Pyodide``."""
        return family_name(self)

    @property
    def version(self) -> str:
        """The title without the implementation: ``8.0.1 (Python 3.11.17)``."""
        return self.title.removeprefix(self.implementation).strip()

    @property
    def absent(self) -> bool:
        """Whether the interpreter has no asynchronous generators."""
        return self.record.absent is not None

    @property
    def remark(self) -> str | None:
        """In words, why the run is not a full one of asynchronous generators; None if it is."""
        record = self.record
        found = []
        if record.absent is not None:
            found.append("absent: no asynchronous generators")
        if not record.complete:
            found.append("incomplete: the run was cut short")
        elif record.selection is not None:
            found.append(f"incomplete: a selection of {record.selection.cases} cases")
        elif record.shard is not None:
            found.append(f"incomplete: part {record.shard.number} of {record.shard.of}")
        return "; ".join(found) or None

    def stale(self, case: str) -> str | None:
        """A sentence for a case that is another text now than the one that ran, or may be; None for the same text."""
        if case not in self.record.changed:
            return None
        return CHANGED if case in self.record.hashes else MAY_HAVE_CHANGED

    def count_stale(self, sentence: str) -> int:
        """The number of cases of which :meth:`stale` says ``sentence``."""
        return sum(self.stale(case) == sentence for case in self.record.changed)

    @property
    def order(self) -> tuple[object, ...]:
        """By kind and family, as :func:`reports.families.families` has them; of a family the oldest release first."""
        return (*place(self), [int(number) for number in _NUMBER.findall(release(self))], self.slug)


@dataclass(frozen=True)
class LeftOut:
    """A file that could not be used, and why, without its name."""

    path: Path
    why: str

    @property
    def name(self) -> str:
        """The name of the file without folders, which are nobody's business, printable."""
        return one_line(self.path.name)

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"


@dataclass
class Count:
    """How many of the behaviours that apply hold, fail, and are open: the run does not tell whether they hold."""

    passed: int = 0
    failed: int = 0
    open: int = 0

    @property
    def applicable(self) -> int:
        """How many behaviours apply."""
        return self.passed + self.failed + self.open

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed, self.open + other.open)

    def add(self, status: str) -> None:
        """Count one more behaviour."""
        if status == "pass":
            self.passed += 1
        elif STATUSES[status].fails:
            self.failed += 1
        elif status != "does not apply":
            self.open += 1


@dataclass(frozen=True)
class Standing:
    """How one behaviour stands in each interpreter: ``statuses`` is slug → status."""

    behaviour: Behaviour
    statuses: Mapping[str, str]

    def fails_in(self, results: Iterable[Result]) -> list[Result]:
        """The results in which it fails, for a known reason or not."""
        return [result for result in results if STATUSES[self.statuses[result.slug]].fails]


@dataclass
class Group:
    """An area, or a module of it, with counts by slug: for each level, for what binds, for details."""

    name: str
    standings: list[Standing]
    by_level: dict[str, dict[str, Count]] = field(default_factory=dict)
    binding: dict[str, Count] = field(default_factory=dict)
    details: dict[str, Count] = field(default_factory=dict)
    modules: list[Group] = field(default_factory=list)


@dataclass(frozen=True)
class Failure:
    """An outcome that is not a pass, once for all results that say the same of the case.

    ``stale`` is the sentence of :meth:`Result.stale`; the line is None where there is one.
    """

    case: str
    outcome: Outcome
    results: list[Result]
    stale: str | None

    @property
    def news(self) -> bool:
        """Whether the failure counts against the interpreter and no baseline gives a reason for it."""
        return self.outcome.counts and self.outcome.known is None


class Report:
    """Results in the order of their columns, and the behaviours in the order of their rows.

    ``left_out`` are the files that could not be used. ``address`` is where the site will be, ``repository`` where this
    project is, and ``pyodide`` where Pyodide is, for readers who want to run a case in their browser; each is empty if
    it is not known or not wanted. ``causes`` and ``catalogue`` are those that ship, unless others are given.
    ``history`` are the days of publication that are recorded, the oldest first.
    """

    def __init__(
        self,
        results: Iterable[Result],
        left_out: Sequence[LeftOut] = (),
        address: str = "",
        causes: found.Found | None = None,
        repository: str = "",
        pyodide: str = "",
        catalogue: Mapping[str, Behaviour] | None = None,
        history: Sequence[Snapshot] = (),
    ) -> None:
        self.left_out = list(left_out)
        self.address = address
        self.repository = repository
        self.pyodide = pyodide
        self.history = tuple(history)
        #: Whether the site has pictures for links to it.
        self.cards = False
        self.causes = found.shipped() if causes is None else causes
        self.results = named(sorted(results, key=lambda result: result.order))
        self.catalogue = load() if catalogue is None else catalogue
        self.standings = [
            Standing(behaviour, {result.slug: status_of(behaviour, result) for result in self.results})
            for behaviour in self.catalogue.values()
        ]

    @cached_property
    def families(self) -> list[Family]:
        """The columns by family, those of one kind together."""
        return families(self.results)

    @cached_property
    def names(self) -> Mapping[str, Result]:
        """Every stable name → the newest run that it stands for."""
        return names(self.results)

    @cached_property
    def heads(self) -> list[Result]:
        """The newest release of each family: the columns that a table begins with."""
        return [family.head for family in self.families]

    @cached_property
    def areas(self) -> list[Group]:
        """The rows of the matrix: areas, with their modules inside."""
        found = []
        for area in AREAS:
            group = self._group(area, [each for each in self.standings if each.behaviour.area == area])
            for module in dict.fromkeys(each.behaviour.module for each in group.standings):
                inside = [each for each in group.standings if each.behaviour.module == module]
                group.modules.append(self._group(module, inside))
            if group.standings:
                found.append(group)
        return found

    @cached_property
    def total(self) -> Group:
        """All behaviours as one group."""
        return self._group("all", self.standings)

    def _group(self, name: str, standings: list[Standing]) -> Group:
        group = Group(name, standings)
        for result in self.results:
            counts = {level: Count() for level in LEVELS}
            for standing in standings:
                counts[standing.behaviour.level].add(standing.statuses[result.slug])
            group.by_level[result.slug] = counts
            group.binding[result.slug] = counts["language"] + counts["library"]
            group.details[result.slug] = counts["detail"]
        return group

    @cached_property
    def alone(self) -> Mapping[str, list[Standing]]:
        """Implementation → the behaviours that count and fail in a version of it and in no other implementation.

        Empty when there is only one implementation.
        """
        implementations = dict.fromkeys(result.implementation for result in self.results)
        found: dict[str, list[Standing]] = {name: [] for name in implementations}
        for standing in self.standings:
            failing = {result.implementation for result in standing.fails_in(self.results)}
            if standing.behaviour.level != "detail" and len(failing) == 1:
                found[failing.pop()].append(standing)
        return {name: each for name, each in found.items() if each} if len(implementations) > 1 else {}

    def cause(self, case: str, result: Result) -> found.Cause | None:
        """The cause of a failure that counts against an interpreter; None if it is not known, or does not count."""
        outcome = result.outcomes.get(case)
        return None if outcome is None else self.causes.explaining(outcome, result.interpreter)

    def causes_of(self, behaviour: Behaviour) -> list[found.Cause]:
        """The causes that make a behaviour fail in these results, each once."""
        names = [case.name for case in cases(behaviour)]
        made = (self.cause(name, result) for result in self.results for name in names)
        return list(dict.fromkeys(cause for cause in made if cause is not None))

    def unknown(self, result: Result) -> list[str]:
        """Cases of a result that this checkout does not have: the result is of another revision."""
        known = {case.name for behaviour in self.catalogue.values() for case in cases(behaviour)}
        return sorted(set(result.outcomes) - known)

    @property
    def revisions(self) -> list[str]:
        """The revisions of the suite that the results were made with."""
        return sorted({one_line(result.record.suite.revision or "unknown") for result in self.results})

    @property
    def newest(self) -> str:
        """When the newest run began, UTC."""
        return max(result.record.started for result in self.results)


def named(results: Sequence[Result]) -> list[Result]:
    """The results, each with the stable name of its page if it is the newest run with that name."""
    leading = names(results)
    return [replace(each, name=stable(each) if leading.get(stable(each)) is each else "") for each in results]


def rank(status: str) -> int:
    """The place of a status in the table of verdicts: 0 is the worst."""
    return _PLACES[status]


def worst(statuses: Iterable[str], default: str) -> str:
    """The worst of some statuses, which names the whole; ``default`` if there are none."""
    return min(statuses, key=rank, default=default)


def case_status(case: str, result: Result) -> str:
    """How a case stands in an interpreter, a key of :data:`conformance.verdicts.STATUSES`."""
    outcome = result.outcomes.get(case)
    return "not run" if outcome is None else outcome.status


def status_of(behaviour: Behaviour, result: Result) -> str:
    """How a behaviour stands in an interpreter: as the worst of its cases; a missing case leaves it ``not run``."""
    return worst((case_status(case.name, result) for case in cases(behaviour)), "not run")


def failures(behaviour: Behaviour, results: Sequence[Result]) -> list[Failure]:
    """The outcomes of a behaviour that are not a pass, also where they do not count; equal ones are one failure.

    An interpreter without asynchronous generators is left out: its column says so.
    """
    found: dict[tuple[object, ...], Failure] = {}
    for case in cases(behaviour):
        for result in results:
            outcome = result.outcomes.get(case.name)
            if outcome is None or outcome.verdict == "pass" or outcome.verdict == "absent":
                continue
            stale = result.stale(case.name)
            told = (outcome.applicable, outcome.verdict, outcome.known, outcome.message, outcome.line, stale)
            key = (case.name, *told, *sorted((outcome.locals or {}).items()))
            found.setdefault(key, Failure(case.name, outcome, [], stale)).results.append(result)
    return list(found.values())


def observations(behaviour: Behaviour, results: Sequence[Result]) -> list[tuple[str, str, list[Result]]]:
    """For a behaviour with several allowed outcomes: (case, the outcome that was seen, the results that show it)."""
    found: dict[tuple[str, str], list[Result]] = {}
    for case in cases(behaviour):
        for result in results:
            outcome = result.outcomes.get(case.name)
            if outcome is not None and outcome.observed is not None and outcome.verdict == "pass":
                found.setdefault((case.name, outcome.observed), []).append(result)
    return [(case, seen, shown_by) for (case, seen), shown_by in found.items()]


def who(results: Iterable[Result], among: Sequence[Result] = ()) -> str:
    """Interpreters in few words, in their order: ``CPython 3.8.18, 3.9.18; PyPy 8.0.1 (Python 3.11.17)``.

    Three or more of one implementation that are neighbours in ``among`` become ``3.8.18 to 3.15.2``.
    """
    places = {result.slug: place for place, result in enumerate(among)}
    found: dict[str, list[list[Result]]] = {}
    for result in results:
        runs = found.setdefault(result.implementation, [])
        if runs and places.get(result.slug, -1) == places.get(runs[-1][-1].slug, -3) + 1:
            runs[-1].append(result)
        else:
            runs.append([result])
    return "; ".join(f"{name} {', '.join(map(_run, runs))}" for name, runs in found.items())


def _run(results: Sequence[Result]) -> str:
    if len(results) > 2:
        return f"{results[0].version} to {results[-1].version}"
    return ", ".join(result.version for result in results)
