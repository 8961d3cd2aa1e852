"""Result files joined with the catalogue: what every view of a report is made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from conformance.behaviour import Behaviour
from conformance.catalogue import AREAS, load
from conformance.program import cases
from runners.results import BadResult, read

#: What a behaviour can be in an interpreter, worst first: of several cases, the worst one names the whole.
STATUSES = ("crash", "timeout", "fail", "known", "error", "absent", "not run", "unmet", "pass", "does not apply")
#: Statuses that say that the interpreter does something else than the sentence; ``known`` ones are in a baseline.
FAILURES = ("crash", "timeout", "fail", "known")


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


@dataclass
class Count:
    """How many of the applicable behaviours hold, and of how many that cannot be said."""

    passed: int = 0
    failed: int = 0
    open: int = 0

    @property
    def applicable(self) -> int:
        return self.passed + self.failed + self.open

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
    """An area, or a module of it: its entries, and counts by slug for what binds and for details."""

    name: str
    entries: list[Entry]
    binding: dict[str, Count] = field(default_factory=dict)
    details: dict[str, Count] = field(default_factory=dict)
    modules: list[Group] = field(default_factory=list)


class Report:
    """Results in the order of their columns, and the behaviours in the order of their rows."""

    def __init__(self, results: Iterable[Result]) -> None:
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
            binding, details = Count(), Count()
            for entry in entries:
                count = details if entry.behaviour.level == "detail" else binding
                count.add(entry.statuses[result.slug])
            group.binding[result.slug], group.details[result.slug] = binding, details
        return group

    @cached_property
    def alone(self) -> Mapping[str, list[Entry]]:
        """Implementation → the behaviours that count and fail in a version of it and in no other implementation.

        Empty when there is only one implementation.
        """
        implementations = dict.fromkeys(result.title.split(" ")[0] for result in self.results)
        found: dict[str, list[Entry]] = {name: [] for name in implementations}
        for entry in self.entries:
            failing = {r.title.split(" ")[0] for r in self.results if entry.statuses[r.slug] in FAILURES}
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


def status_of(entry: Behaviour, result: Result) -> str:
    """What a behaviour is in an interpreter: the worst of its cases; a missing case leaves it ``not run``."""
    found = set()
    for case in cases(entry):
        outcome = result.outcomes.get(case.name)
        if outcome is None:
            found.add("not run")
        elif not outcome["applicable"]:
            found.add("does not apply")
        else:
            found.add("known" if outcome["known"] is not None else str(outcome["verdict"]))
    return min(found, key=STATUSES.index)


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


def gather(paths: Iterable[Path]) -> tuple[list[Result], list[str], list[str]]:
    """Read result files, and those in folders: (results, notes, errors), the last two a line each.

    Of a folder's ``SLUG.json`` and ``SLUG.partial.json`` the first is taken, of two results with one slug the newer.
    """
    notes, errors = [], []
    chosen: dict[str, Result] = {}
    for path in paths:
        files = [path]
        if path.is_dir():
            files = sorted(path.glob("*.json"))
            partial = [file for file in files if file.name.endswith(".partial.json")]
            for file in partial:
                whole = file.with_name(file.name.replace(".partial.json", ".json"))
                if whole in files:
                    files.remove(file)
                    notes.append(f"{file}: left out for the full result beside it")
            if not files:
                errors.append(f"{path}: has no result file in it; 'pytest conformance --results {path}' makes one")
        for file in files:
            try:
                result = Result(file, read(file))
            except BadResult as error:
                errors.append(str(error))
                continue
            other = chosen.get(result.slug)
            if other is None:
                chosen[result.slug] = result
                continue
            older, newer = sorted((other, result), key=lambda each: str(each.document["started"]))
            notes.append(f"{older.path}: left out for {newer.path}, a newer run of the same interpreter")
            chosen[result.slug] = newer
    return list(chosen.values()), notes, errors
