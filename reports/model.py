"""Result files joined with the catalogue: what every view of a report is made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from conformance.behaviour import LEVELS, Behaviour
from conformance.catalogue import AREAS, load
from conformance.program import cases

#: What a behaviour can be in an interpreter, worst first: of several cases, the worst one names the whole.
STATUSES = ("crash", "timeout", "fail", "known", "error", "absent", "not run", "unmet", "pass", "does not apply")
#: Statuses that say that the interpreter does something else than the sentence; ``known`` ones are in a baseline.
FAILURES = ("crash", "timeout", "fail", "known")
#: Failures that no baseline lists.
NEWS = tuple(status for status in FAILURES if status != "known")


@dataclass(frozen=True)
class Result:
    """One result file."""

    path: Path
    document: Mapping[str, Any]

    @property
    def interpreter(self) -> Mapping[str, Any]:
        part: Mapping[str, Any] = self.document["interpreter"]
        return part

    @property
    def slug(self) -> str:
        return str(self.interpreter["slug"])

    @property
    def title(self) -> str:
        return str(self.interpreter["title"])

    @property
    def family(self) -> str:
        """The implementation as people write it: ``CPython``."""
        return self.title.partition(" ")[0]

    @property
    def version(self) -> str:
        """The title without the implementation: ``8.0.1 (Python 3.11.17)``."""
        return self.title.partition(" ")[2]

    @property
    def full(self) -> bool:
        """Whether the whole suite was run, to its end."""
        return bool(self.document["complete"]) and self.document["selection"] is None

    @property
    def remark(self) -> str | None:
        """What is special about the run as a whole, in words, or None."""
        if not self.document["complete"]:
            return "incomplete: the run was cut short"
        if self.document["selection"] is not None:
            return f"incomplete: a selection of {self.document['selection']['cases']} cases"
        if self.interpreter["absent"] is not None:
            return "absent: no asynchronous generators"
        return None

    @cached_property
    def outcomes(self) -> Mapping[str, Mapping[str, Any]]:
        """Case → outcome."""
        return {outcome["case"]: outcome for outcome in self.document["outcomes"]}

    @property
    def order(self) -> tuple[Any, ...]:
        """CPython first, then the others by name; each by version."""
        part = self.interpreter
        version = [int(number) for number in re.findall(r"\d+", part["implementation_version"])]
        return (part["implementation"] != "cpython", part["implementation"], version, self.slug)


@dataclass(frozen=True)
class LeftOut:
    """A file that could not be used, and why, without its name."""

    path: Path
    why: str

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"


@dataclass
class Count:
    """How many of the applicable behaviours hold, and of how many that cannot be said."""

    passed: int = 0
    failed: int = 0
    open: int = 0

    @property
    def applicable(self) -> int:
        return self.passed + self.failed + self.open

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed, self.open + other.open)

    def add(self, status: str) -> None:
        if status == "pass":
            self.passed += 1
        elif status in FAILURES:
            self.failed += 1
        elif status != "does not apply":
            self.open += 1


@dataclass(frozen=True)
class Entry:
    """One behaviour across all interpreters. ``statuses`` is by slug."""

    behaviour: Behaviour
    statuses: Mapping[str, str]


@dataclass
class Group:
    """An area, or a module of it: its entries, and counts by slug: for each level, for what binds, for details."""

    name: str
    entries: list[Entry]
    by_level: dict[str, dict[str, Count]] = field(default_factory=dict)
    binding: dict[str, Count] = field(default_factory=dict)
    details: dict[str, Count] = field(default_factory=dict)
    modules: list[Group] = field(default_factory=list)


class Report:
    """Results in the order of their columns, and the behaviours in the order of their rows.

    ``left_out`` are the files that are no use. ``address`` is where the site will be, or empty if that is not known.
    """

    def __init__(self, results: Iterable[Result], left_out: Sequence[LeftOut] = (), address: str = "") -> None:
        self.left_out = list(left_out)
        self.address = address
        self.results = sorted(results, key=lambda result: result.order)
        self.catalogue = load()
        self.entries = [
            Entry(entry, {result.slug: status_of(entry, result) for result in self.results})
            for entry in self.catalogue.values()
        ]

    @cached_property
    def areas(self) -> list[Group]:
        """The rows of the matrix: areas, with their modules inside."""
        found = []
        for area in AREAS:
            group = self._group(area, [entry for entry in self.entries if entry.behaviour.area == area])
            for module in dict.fromkeys(entry.behaviour.module for entry in group.entries):
                inside = [entry for entry in group.entries if entry.behaviour.module == module]
                group.modules.append(self._group(module, inside))
            if group.entries:
                found.append(group)
        return found

    @cached_property
    def total(self) -> Group:
        """All behaviours as one group."""
        return self._group("all", self.entries)

    def _group(self, name: str, entries: list[Entry]) -> Group:
        group = Group(name, entries)
        for result in self.results:
            counts = {level: Count() for level in LEVELS}
            for entry in entries:
                counts[entry.behaviour.level].add(entry.statuses[result.slug])
            group.by_level[result.slug] = counts
            group.binding[result.slug] = counts["language"] + counts["library"]
            group.details[result.slug] = counts["detail"]
        return group

    @cached_property
    def alone(self) -> Mapping[str, list[Entry]]:
        """Implementation → the behaviours that count and fail in a version of it and in no other implementation.

        Empty when there is only one implementation.
        """
        implementations = dict.fromkeys(result.family for result in self.results)
        found: dict[str, list[Entry]] = {name: [] for name in implementations}
        for entry in self.entries:
            failing = {r.family for r in self.results if entry.statuses[r.slug] in FAILURES}
            if entry.behaviour.level != "detail" and len(failing) == 1:
                found[failing.pop()].append(entry)
        return {name: entries for name, entries in found.items() if entries} if len(implementations) > 1 else {}

    def unknown(self, result: Result) -> list[str]:
        """Cases of a result that this checkout does not know: it was made with another revision."""
        known = {case.name for entry in self.catalogue.values() for case in cases(entry)}
        return sorted(set(result.outcomes) - known)

    @property
    def revisions(self) -> list[str]:
        """The revisions of the suite that the results were made with."""
        return sorted({str(result.document["suite"]["revision"]) for result in self.results})

    @property
    def newest(self) -> str:
        """When the newest run began, UTC."""
        return max(str(result.document["started"]) for result in self.results)


def case_status(case: str, result: Result) -> str:
    """What a case is in an interpreter, one of :data:`STATUSES`."""
    outcome = result.outcomes.get(case)
    if outcome is None:
        return "not run"
    if not outcome["applicable"]:
        return "does not apply"
    return "known" if outcome["known"] is not None else str(outcome["verdict"])


def status_of(entry: Behaviour, result: Result) -> str:
    """What a behaviour is in an interpreter: the worst of its cases; a missing case leaves it ``not run``."""
    return min((case_status(case.name, result) for case in cases(entry)), key=STATUSES.index)


def failures(entry: Behaviour, results: Sequence[Result]) -> list[tuple[str, Mapping[str, Any], list[Result]]]:
    """What did not pass, as (case, outcome, the results that say the same); also where it does not count.

    What is absent as a whole is left out: its column says so.
    """
    found: dict[tuple[Any, ...], tuple[str, Mapping[str, Any], list[Result]]] = {}
    for case in cases(entry):
        for result in results:
            outcome = result.outcomes.get(case.name)
            if outcome is None or outcome["verdict"] in ("pass", "absent"):
                continue
            shown = tuple(sorted((outcome["locals"] or {}).items()))
            same = (case.name, outcome["applicable"], outcome["verdict"], outcome["message"], outcome["line"], shown)
            found.setdefault(same, (case.name, outcome, []))[2].append(result)
    return list(found.values())


def observations(entry: Behaviour, results: Sequence[Result]) -> list[tuple[str, str, list[Result]]]:
    """For a behaviour with several allowed outcomes: (case, what was seen, by which)."""
    found: dict[tuple[str, str], list[Result]] = {}
    for case in cases(entry):
        for result in results:
            outcome = result.outcomes.get(case.name)
            if outcome is not None and outcome["observed"] is not None and outcome["verdict"] == "pass":
                found.setdefault((case.name, outcome["observed"]), []).append(result)
    return [(case, seen, who) for (case, seen), who in found.items()]
