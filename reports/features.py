"""The features that versions add to the language, and the interpreters that do not have them yet."""

from __future__ import annotations

from dataclasses import dataclass

from conformance.behaviour import Behaviour
from conformance.needs import FEATURES, Feature
from reports.model import Report, Result, Standing


@dataclass(frozen=True)
class Missing:
    """A feature that an interpreter does not have, although the version that it is judged as has it.

    ``standings`` are those of the behaviours that fail there and are about the feature.
    """

    feature: Feature
    why: str
    standings: tuple[Standing, ...]

    @property
    def sentence(self) -> str:
        """The one cause of these failures, in words."""
        many = len(self.standings)
        return f"Without {self.feature.title}: {self.why}. {many} behaviour{'s' * (many != 1)} fail{'s' * (many == 1)}."


def lacks(behaviour: Behaviour, result: Result) -> Feature | None:
    """The feature that a behaviour is about, if the interpreter does not have it; else None."""
    name = behaviour.feature
    return FEATURES[name] if name is not None and result.interpreter.features.get(name) is not None else None


def missing(report: Report, result: Result) -> list[Missing]:
    """The features that an interpreter should have and does not have, in the order of the table."""
    found = []
    for name, feature in FEATURES.items():
        why = result.interpreter.features.get(name)
        if why is not None and result.interpreter.version >= feature.since:
            failing = (each for each in report.standings if each.behaviour.feature == name and each.fails_in([result]))
            found.append(Missing(feature, why, tuple(failing)))
    return found
