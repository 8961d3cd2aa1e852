"""One page for each version of the language that nobody has released yet: what it changes, and who has it already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from conformance.behaviour import RELEASED, Behaviour, Version
from conformance.needs import FEATURES, Feature
from conformance.requirements import cited_by, requirements
from conformance.sources import Section, documents
from reports.eras import holds, spoken
from reports.model import Report, Result
from reports.rows import Row, row
from reports.site.markup import render_page

#: The versions that add a feature and are not released, the next one first.
COMING: list[Version] = sorted({feature.since for feature in FEATURES.values() if feature.since > RELEASED})


def file_of(version: Version) -> str:
    """The page of a version: ``python-3.16.html``."""
    return f"python-{spoken(version)}.html"


if COMING:
    FILE = file_of(COMING[0])
    TITLE = f"Python {spoken(COMING[0])}"


@dataclass(frozen=True)
class State:
    """What an interpreter shows of a feature. ``why`` is the error of its probe; ``has`` is None if it was not probed.

    ``held`` of ``told`` behaviours hold, also where the version of the interpreter does not demand them.
    """

    result: Result
    has: bool | None
    why: str
    held: int
    told: int

    def same(self, other: State) -> bool:
        """Whether there is nothing to tell about it that is not told about the other."""
        return (self.has, self.held) == (other.has, other.held)


@dataclass(frozen=True)
class Coming:
    """A feature: its sections with a row for each sentence, and rows of behaviours that no sentence demands."""

    feature: Feature
    behaviours: Sequence[Behaviour]
    sections: Sequence[tuple[Section, Sequence[Row]]]
    others: Sequence[Row]
    states: Mapping[str, State]

    @property
    def sentences(self) -> int:
        """How many sentences its document demands."""
        return sum(len(rows) for _, rows in self.sections)

    @property
    def prefixes(self) -> list[str]:
        """The prefixes of the IDs that are about nothing else, to choose them on a command line."""
        return list(dict.fromkeys(each.prefix for each in self.behaviours if each.area == "delegation"))


@dataclass(frozen=True)
class Ending:
    """A behaviour that ends with the version before, and the one of the same number that follows, if there is one."""

    behaviour: Behaviour
    follower: Behaviour | None
    row: Row


def pages(report: Report) -> dict[str, str]:
    """A page for each version of :data:`COMING`. Everything is escaped by the template."""
    found = {}
    for version in COMING:
        found[file_of(version)] = render_page(
            "features.html.j2",
            file_of(version),
            page=file_of(version),
            report=report,
            version=spoken(version),
            released=spoken(RELEASED),
            features=[coming(feature, name, report) for name, feature in FEATURES.items() if feature.since == version],
            endings=endings(version, report),
            judged=[result for result in report.results if result.interpreter.version >= version],
        )
    return found


def coming(feature: Feature, name: str, report: Report) -> Coming:
    """A feature, as its document demands it and as each interpreter shows it."""
    about = [behaviour for behaviour in report.catalogue.values() if behaviour.feature == name]
    (document,) = [each for each in documents() if each.__name__ == feature.document]
    sections = []
    demanded: set[str] = set()
    for section in document.sections:
        rows = [
            seen(row(each.sentence, each.behaviours, report), report)
            for each in requirements(section, report.catalogue)
        ]
        demanded.update(behaviour.id for each in rows for behaviour in each.behaviours)
        demanded.update(each.id for each in cited_by(section, report.catalogue) if each.until is not None)
        sections.append((section, rows))
    others = [seen(row(each.sentence, [each], report), report) for each in about if each.id not in demanded]
    states = {result.slug: state(name, about, result) for result in report.results}
    return Coming(feature, about, sections, others, states)


def seen(it: Row, report: Report) -> Row:
    """The row with a pass also where all behaviours hold although the version does not demand them yet."""
    statuses = {
        result.slug: "pass"
        if it.statuses[result.slug] == "does not apply" and all(holds(each, result) for each in it.behaviours)
        else it.statuses[result.slug]
        for result in report.results
    }
    return replace(it, statuses=statuses)


def state(name: str, about: Sequence[Behaviour], result: Result) -> State:
    """What an interpreter shows of a feature."""
    features = result.interpreter.features
    why = features.get(name)
    told = [held for each in about if (held := holds(each, result)) is not None]
    has = None if result.absent or name not in features else why is None
    return State(result, has, why or "", sum(told), len(told))


def endings(version: Version, report: Report) -> list[Ending]:
    """The behaviours that end with the version before, in the order of the catalogue."""
    before = (version[0], version[1] - 1)
    found = []
    for behaviour in report.catalogue.values():
        if behaviour.until == before:
            follower = next(
                (
                    each
                    for each in report.catalogue.values()
                    if each.number == behaviour.number and each.since == version
                ),
                None,
            )
            found.append(Ending(behaviour, follower, row(behaviour.sentence, [behaviour], report)))
    return found
