"""The failures of an interpreter by cause, and those without a cause by signature, so that like stands with like."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from conformance.behaviour import Behaviour
from conformance.program import cases
from conformance.sources import CPYTHON, Section
from reports.features import lacks
from reports.model import Report, Result
from reports.signature import signature
from runners.record.found import Cause
from runners.record.outcome import Outcome


@dataclass(frozen=True)
class Cluster:
    """Failures with one cause, whose title is then the signature; or with one reason in a baseline, or one signature.

    ``failures`` are (case, outcome), in the order of the catalogue. ``about`` is the section that most of the
    behaviours cite, or None where no two cite the same.
    """

    signature: str
    known: bool
    behaviours: tuple[Behaviour, ...]
    failures: tuple[tuple[str, Outcome], ...]
    cause: Cause | None = None

    @property
    def binding(self) -> int:
        """How many of the behaviours count: all but CPython's details."""
        return sum(each.level != "detail" for each in self.behaviours)

    @property
    def about(self) -> Section | None:
        # Every detail cites CPython's source, so that such a citation tells nothing.
        sections = (section for each in self.behaviours for section in each.sources)
        cited = Counter(section for section in sections if section.document is not CPYTHON)
        best = max(cited.items(), key=lambda item: item[1], default=None)
        return best[0] if best is not None and best[1] > 1 else None


def clusters(report: Report, result: Result) -> list[Cluster]:
    """The failures where the behaviour applies: those with a cause first, and known failures after all others.

    The order is by the number of behaviours that count, then of all, then of the catalogue.
    """
    found: dict[tuple[bool, Cause | None, str], list[tuple[Behaviour, str, Outcome]]] = {}
    for standing in report.standings:
        for case in cases(standing.behaviour):
            outcome = result.outcomes.get(case.name)
            if outcome is None or not outcome.applicable or not outcome.fails:
                continue
            known, cause = outcome.known, report.cause(case.name, result)
            lacking = lacks(standing.behaviour, result)
            # Without the feature that a behaviour is about, nothing else that its failure says tells anything.
            seen = signature(outcome) if lacking is None else f"without {lacking.title}"
            text = cause.title if cause is not None else seen if known is None else known
            found.setdefault((known is not None, cause, text), []).append((standing.behaviour, case.name, outcome))
    made = [
        Cluster(
            text,
            known,
            tuple(dict.fromkeys(behaviour for behaviour, _, _ in group)),
            tuple((case, outcome) for _, case, outcome in group),
            cause,
        )
        for (known, cause, text), group in found.items()
    ]
    return sorted(made, key=lambda each: (each.known, each.cause is None, -each.binding, -len(each.behaviours)))
