"""The failures of an interpreter, those with one signature together: what looks like one cause is shown as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conformance.behaviour import Behaviour
from conformance.program import cases
from conformance.sources import CPYTHON, Section
from reports.model import FAILURES, Entry, Result
from reports.signature import signature


@dataclass(frozen=True)
class Cluster:
    """Failures with one signature, or with one reason in a baseline, which is then the signature.

    ``failures`` are (case, outcome), in the order of the catalogue. ``about`` is the section that most of the
    behaviours cite, or None where no two cite the same.
    """

    signature: str
    known: bool
    behaviours: tuple[Behaviour, ...]
    failures: tuple[tuple[str, Mapping[str, Any]], ...]

    @property
    def binding(self) -> int:
        """How many of the behaviours count: all but CPython's details."""
        return sum(each.level != "detail" for each in self.behaviours)

    @property
    def about(self) -> Section | None:
        # That CPython's source says so holds for every detail, and tells nothing.
        sections = (section for each in self.behaviours for section in each.sources)
        cited = Counter(section for section in sections if section.document is not CPYTHON)
        best = max(cited.items(), key=lambda item: item[1], default=None)
        return best[0] if best is not None and best[1] > 1 else None


def clusters(entries: list[Entry], result: Result) -> list[Cluster]:
    """The failures that count towards a verdict, the likely common cause first; known ones after those that are not.

    The order is by the number of behaviours that count, then of all, then of the catalogue.
    """
    found: dict[tuple[bool, str], list[tuple[Behaviour, str, Mapping[str, Any]]]] = {}
    for entry in entries:
        for case in cases(entry.behaviour):
            outcome = result.outcomes.get(case.name)
            if outcome is None or not outcome["applicable"] or outcome["verdict"] not in FAILURES:
                continue
            known = outcome["known"]
            key = (known is not None, signature(outcome) if known is None else str(known))
            found.setdefault(key, []).append((entry.behaviour, case.name, outcome))
    made = [
        Cluster(
            text,
            known,
            tuple(dict.fromkeys(behaviour for behaviour, _, _ in group)),
            tuple((case, outcome) for _, case, outcome in group),
        )
        for (known, text), group in found.items()
    ]
    return sorted(made, key=lambda each: (each.known, -each.binding, -len(each.behaviours)))
