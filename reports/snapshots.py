"""The state of all columns on a day of publication.

A snapshot has the verdict of each behaviour in each column as a letter, and a digest of what each behaviour asked on
that day. So a later one can tell a fixed interpreter from a changed suite. :mod:`reports.recorded` has their files.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from conformance import hashes
from conformance.behaviour import Behaviour
from conformance.program import cases
from conformance.verdicts import STATUSES
from reports.families import family_name, label

if TYPE_CHECKING:
    from reports.model import Report, Result

#: The digest of a behaviour whose cases have no known text, as in a result of schema 1.
UNKNOWN = "-"
#: The hexadecimal digits of a digest. It is only compared with the digest of the same behaviour on another day.
DIGITS = 8
#: The kinds of changed verdicts, and what each means for the column.
KINDS = {
    "fixed": "holds now, and did not before",
    "broken": "fails now, and did not before",
    "not judged": "is not judged now, and was before",
    "suite changed": "stands otherwise than before, and the suite asks something else than before",
    "withdrawn": "was published, and is withdrawn",
}


@dataclass(frozen=True)
class Demand:
    """What a behaviour asked on a day: its level, its language versions, and the digest of the texts of its cases."""

    id: str
    level: str
    #: ``3.6+``, ``3.6-3.9``
    versions: str
    digest: str = UNKNOWN

    @property
    def counts(self) -> bool:
        """Whether it counts for or against a column."""
        return self.level != "detail"

    def same(self, other: Demand, digests: tuple[str, str] | None = None) -> bool:
        """Whether both are known to ask the same; ``digests`` are those of the runs, if they are not the suite's."""
        mine, its = digests or (self.digest, other.digest)
        asked = (self.level, self.versions) == (other.level, other.versions)
        return asked and mine == its and UNKNOWN not in (mine, its)


@dataclass(frozen=True)
class Tally:
    """How many behaviours hold, fail and are open."""

    passed: int = 0
    failed: int = 0
    open: int = 0

    @property
    def applicable(self) -> int:
        """How many apply."""
        return self.passed + self.failed + self.open


@dataclass(frozen=True)
class Column:
    """A column of a day. ``letters`` are the letters of the verdicts, in the order of the behaviours."""

    page: str
    names: tuple[str, ...]
    slug: str
    title: str
    #: The name of the family for people, and its release, build and language version.
    name: str
    label: str
    family: str
    kind: str
    judged_as: str
    head: bool
    started: str
    revision: str
    letters: str
    #: ID → digest, where this run had another text than the suite of the day.
    other: Mapping[str, str] = field(default_factory=dict)

    @property
    def absent(self) -> bool:
        """Whether there were no asynchronous generators."""
        return STATUSES["absent"].letter in self.letters


@dataclass(frozen=True)
class Change:
    """The changed verdicts of a column. ``since`` is the title of the column before; None for a new one."""

    page: str
    since: str | None
    kinds: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Suite:
    """The difference of two suites: IDs of behaviours that are new, are gone, and ask something else."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.new or self.gone or self.changed)


@dataclass(frozen=True)
class Snapshot:
    """A day of publication. ``suite`` and ``changes`` are counted from ``earlier``, which is None for the first day."""

    day: date
    demands: tuple[Demand, ...]
    columns: tuple[Column, ...]
    earlier: date | None = None
    suite: Suite = Suite()
    changes: tuple[Change, ...] = ()

    @property
    def revisions(self) -> tuple[str, ...]:
        """The revisions of the suite that its runs were made with."""
        return tuple(sorted({each.revision for each in self.columns}))

    @property
    def newest(self) -> str:
        """When its newest run began, UTC."""
        return max(each.started for each in self.columns)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """ID → its place."""
        return {each.id: place for place, each in enumerate(self.demands)}

    def tally(self, column: Column, *, details: bool = False) -> Tally:
        """How many behaviours hold, fail and are open in a column: those that count, or else CPython's details."""
        met = Counter(
            letter for demand, letter in zip(self.demands, column.letters, strict=True) if demand.counts is not details
        )
        states = Counter[str]()
        for letter, number in met.items():
            states[state(letter)] += number
        return Tally(states["holds"], states["fails"], states["open"])

    def digest(self, column: Column, behaviour: str) -> str:
        """The digest of the texts of a behaviour that ran in a column."""
        return column.other.get(behaviour, self.demands[self.places[behaviour]].digest)


#: Letter → its row in the table of verdicts.
STATUS_OF = {row.letter: row for row in STATUSES.values()}


def state(letter: str) -> str:
    """The verdict with a letter in one of four words: ``holds``, ``fails``, ``open``, ``aside`` (does not apply)."""
    row = STATUS_OF[letter]
    if row.fails:
        return "fails"
    if row.name == "pass":
        return "holds"
    return "aside" if row.name == "does not apply" else "open"


def take(report: Report, day: date, *, same_suite: bool = False) -> Snapshot:
    """The state of all columns of a report.

    A result of schema 1 has no hashes. ``same_suite`` says that it ran the cases of this checkout.
    """
    suite = hashes.current()
    demands = tuple(
        Demand(each.id, each.level, _versions(each), _digest(each, suite)) for each in report.catalogue.values()
    )
    families = {result.slug: family for family in report.families for result in family.columns}
    columns = []
    for result in report.results:
        family = families[result.slug]
        ran = suite if same_suite and result.record.schema == 1 else result.record.hashes
        digests = {each.id: _digest(each, ran) for each in report.catalogue.values()}
        columns.append(
            Column(
                page=result.page,
                names=names_of(result, report),
                slug=result.slug,
                title=result.title,
                name=family_name(result),
                label=label(result),
                family=family.slug,
                kind=result.interpreter.kind,
                judged_as=result.interpreter.judged_as,
                head=result is family.head,
                started=result.record.started,
                revision=(result.record.suite.revision or "unknown")[:40],
                letters="".join(STATUSES[each.statuses[result.slug]].letter for each in report.standings),
                other={each.id: digests[each.id] for each in demands if digests[each.id] != each.digest},
            )
        )
    return Snapshot(day, demands, tuple(columns))


def names_of(result: Result, report: Report) -> tuple[str, ...]:
    """The stable names that lead to a column."""
    return tuple(sorted(name for name, each in report.names.items() if each is result))


def _versions(behaviour: Behaviour) -> str:
    first = "{}.{}".format(*behaviour.since)
    return f"{first}+" if behaviour.until is None else f"{first}-{'{}.{}'.format(*behaviour.until)}"


def _digest(behaviour: Behaviour, known: Mapping[str, str]) -> str:
    """The digest of all cases of a behaviour, from the hashes of the cases; UNKNOWN if one has none."""
    lines = [(case.name, known.get(case.name)) for case in cases(behaviour)]
    if any(digest is None for _, digest in lines):
        return UNKNOWN
    return hashlib.sha256(json.dumps(sorted(lines)).encode()).hexdigest()[:DIGITS]


def addresses(column: Column) -> Iterable[str]:
    """Every name under which a column had a page."""
    return dict.fromkeys([column.page, *column.names, column.slug])


def columns_by_family(snapshot: Snapshot) -> Mapping[tuple[str, str], Sequence[Column]]:
    """Kind and slug of a family → its columns, the one that stands for the family first."""
    found: dict[tuple[str, str], list[Column]] = {}
    for column in snapshot.columns:
        found.setdefault((column.kind, column.family), []).append(column)
    return {key: sorted(columns, key=lambda each: not each.head) for key, columns in found.items()}
