"""A sentence that several behaviours show, as a row of a table: how the worst of them stands in each interpreter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from conformance.behaviour import Behaviour
from conformance.verdicts import STATUSES
from reports.model import Report, worst


@dataclass(frozen=True)
class Row:
    """``statuses`` is slug → the worst status of the behaviours, ``failing`` slug → the IDs of the ones that fail."""

    sentence: str
    behaviours: Sequence[Behaviour]
    statuses: Mapping[str, str]
    failing: Mapping[str, Sequence[str]]


def row(sentence: str, behaviours: Iterable[Behaviour], report: Report) -> Row:
    """The row of a sentence. Behaviours that do not apply are left out of the worst if others do."""
    shown = list(behaviours)
    standings = {standing.behaviour.id: standing.statuses for standing in report.standings}
    statuses, failing = {}, {}
    for result in report.results:
        each = {behaviour.id: standings[behaviour.id][result.slug] for behaviour in shown}
        applying = [status for status in each.values() if status != "does not apply"]
        statuses[result.slug] = worst(applying, "does not apply" if each else "not run")
        failing[result.slug] = [id for id, status in each.items() if STATUSES[status].fails]
    return Row(sentence, shown, statuses, failing)
