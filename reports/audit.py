"""Causes beside results: cases that a cause names and that pass, failures without a cause, causes that nobody shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from conformance.program import cases
from reports.clusters import Cluster, clusters
from reports.model import CHANGED, Report, Result
from runners.record.found import NOT_REPORTED, Cause
from runners.record.only import written_only


@dataclass
class Audit:
    """What does not agree. A case that has changed since its run says nothing, and is only counted.

    ``untold`` are the causes of other releases of the implementations: nobody knows whether they still hold.
    """

    passing: list[tuple[Cause, str, Result]] = field(default_factory=list)
    unexplained: list[tuple[Result, list[Cluster]]] = field(default_factory=list)
    unseen: list[Cause] = field(default_factory=list)
    untold: list[Cause] = field(default_factory=list)
    stale: int = 0

    @property
    def agrees(self) -> bool:
        """Whether causes and results agree."""
        return not (self.passing or self.unexplained or self.unseen)

    @property
    def lines(self) -> list[str]:
        """One line for each thing."""
        found = [
            f"{cause.where}: {case} passes on {result.title} ({result.path}); take it out, or narrow only"
            for cause, case, result in self.passing
        ]
        found += [f"{cause.where}: no result shows it; none of its cases fails" for cause in self.unseen]
        for result, groups in self.unexplained:
            count = sum(len(group.failures) for group in groups)
            found.append(f"{result.path}: failures without a cause: {count} cases on {result.title}")
            for group in groups:
                found.append(
                    f"  {len(group.failures)} {group.signature}: {' '.join(case for case, _ in group.failures)}"
                )
        found += [f"note: {cause.where}: no result is of {', '.join(cause.only)}" for cause in self.untold]
        if self.stale:
            found.append(f"note: {self.stale} outcomes are of cases that have changed since their run, and say nothing")
        return found


def audit(report: Report) -> Audit:
    """Compare the causes of a report with its results."""
    found = Audit()
    shown: set[Cause] = set()
    met: set[Cause] = set()
    changed: set[Cause] = set()
    for result in report.results:
        if result.absent:
            continue
        applying = report.causes.applying(result.interpreter.release)
        met.update(applying)
        for case, outcome in result.outcomes.items():
            if not outcome.applicable or not outcome.binding:
                continue
            if result.stale(case) == CHANGED:
                found.stale += 1
                changed.update(each for each in applying if each.names(case))
                continue
            for cause in (each for each in applying if each.names(case)):
                if outcome.fails:
                    shown.add(cause)
                elif outcome.verdict == "pass":
                    found.passing.append((cause, case, result))
        groups = without_cause(report, result)
        if groups:
            found.unexplained.append((result, groups))
    found.unseen = [cause for cause in report.causes.causes if cause in met - shown - changed]
    names = {result.interpreter.implementation for result in report.results}
    found.untold = [
        cause
        for cause in report.causes.causes
        if cause not in met and any(each.implementation in names for each in cause.interpreters)
    ]
    return found


def without_cause(report: Report, result: Result) -> list[Cluster]:
    """The failures that count and have no cause, by signature; those of cases that have changed are left out."""
    groups = []
    for each in clusters(report, result):
        failures = tuple(
            (case, outcome) for case, outcome in each.failures if outcome.counts and result.stale(case) != CHANGED
        )
        if each.cause is None and failures:
            ids = {outcome.id for _, outcome in failures}
            behaviours = tuple(behaviour for behaviour in each.behaviours if behaviour.id in ids)
            groups.append(Cluster(each.signature, each.known, behaviours, failures))
    return groups


def drafts(report: Report) -> str:
    """A cause for each signature of failures without one, as TOML to be completed: a person finds the cause."""
    by_signature: dict[tuple[str, str], list[tuple[Result, Cluster]]] = {}
    for result in report.results:
        for group in [] if result.absent else without_cause(report, result):
            key = (result.interpreter.implementation, group.signature)
            by_signature.setdefault(key, []).append((result, group))
    ordered = sorted(by_signature.items(), key=lambda item: (item[0][0], -max(len(g.failures) for _, g in item[1])))
    return "\n".join(_draft(signature, groups) for (_, signature), groups in ordered)


def _draft(signature: str, groups: Sequence[tuple[Result, Cluster]]) -> str:
    named = dict.fromkeys(case for _, group in groups for case, _ in group.failures)
    only = dict.fromkeys(
        written_only(*result.interpreter.release[:2]) or result.interpreter.implementation for result, _ in groups
    )
    behaviours = dict.fromkeys(behaviour for _, group in groups for behaviour in group.behaviours)
    names: list[str] = []
    for behaviour in behaviours:
        own = [case.name for case in cases(behaviour)]
        failing = [name for name in own if name in named]
        names += [behaviour.id] if failing == own else failing
    lines = [
        "[[cause]]",
        'id = ""',
        f"title = {_text(signature)}",
        "cases = [",
        *(f"    {_text(name)}," for name in names),
        "]",
        f"only = [{', '.join(map(_text, only))}]",
        "program = '''\n'''",
        'expected = ""',
        'seen = ""',
        f"upstream = {_text(NOT_REPORTED)}",
        'state = "open"',
    ]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    import tomlkit

    return tomlkit.string(text).as_string()
