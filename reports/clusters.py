"""The failures of an interpreter by signature, so that failures with a likely common cause stand together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from conformance.behaviour import Behaviour
from conformance.program import cases
from conformance.sources import CPYTHON, Section
from reports.features import lacks
from reports.model import Result, Standing
from reports.signature import signature
from runners.record.outcome import Outcome


@dataclass(frozen=True)
class Cluster:
    """Failures with one signature, or with one reason in a baseline, which is then the signature.

    ``failures`` are (case, outcome), in the order of the catalogue. ``about`` is the section that most of the
    behaviours cite, or None where no two cite the same.
    """

    signature: str
    known: bool
    behaviours: tuple[Behaviour, ...]
    failures: tuple[tuple[str, Outcome], ...]

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


def clusters(standings: list[Standing], result: Result) -> list[Cluster]:
    """The failures where the behaviour applies, the likely common cause first, and known failures after all others.

    The order is by the number of behaviours that count, then of all, then of the catalogue.
    """
    found: dict[tuple[bool, str], list[tuple[Behaviour, str, Outcome]]] = {}
    for standing in standings:
        for case in cases(standing.behaviour):
            outcome = result.outcomes.get(case.name)
            if outcome is None or not outcome.applicable or not outcome.fails:
                continue
            known, lacking = outcome.known, lacks(standing.behaviour, result)
            # Without the feature that a behaviour is about, nothing else that its failure says tells anything.
            seen = signature(outcome) if lacking is None else f"without {lacking.title}"
            key = (known is not None, seen if known is None else known)
            found.setdefault(key, []).append((standing.behaviour, case.name, outcome))
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
