"""The state machine: as documented, and where each interpreter differs. Each interpreter's page has its own tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conformance.behaviour import NEWEST, RELEASED
from reports.delegating import Key
from reports.eras import spoken
from reports.families import variant
from reports.model import CHANGED, Report, Result
from reports.site.markup import render_page
from reports.transitions import (
    KINDS,
    Cell,
    Effect,
    Table,
    cell,
    count,
    expected,
    rows_of,
    tables,
    without_generators,
)

FILE = "states.html"
TITLE = "State machine"
#: The kinds of a cell that say that an interpreter is not as documented, or not as CPython where nothing is documented.
APART = ("differs", "detail")
#: How the picture and the tables are to be read, beside the kinds of cells.
SIGNS = {"differs": "≠", "detail": "≈"}


@dataclass(frozen=True)
class Place:
    """A cell of the tables of an interpreter.

    ``cpython`` is what CPython does there, if that is another effect; None if it does the same or nobody knows.
    """

    row: str
    column: str
    it: Cell
    cpython: Effect | None

    @property
    def apart(self) -> bool:
        """Whether it differs from the documents, from a detail of CPython, or from what CPython was seen to do."""
        return self.it.kind in APART or self.cpython is not None


@dataclass(frozen=True)
class Drawn:
    """A table of an interpreter: each row with its places, which are None where the suite has no case."""

    table: Table
    rows: Mapping[str, Sequence[Place | None]]

    @property
    def apart(self) -> list[Place]:
        """The places that differ, in the order of the table."""
        return [each for row in self.rows.values() for each in row if each is not None and each.apart]

    @property
    def unknown(self) -> int:
        """The number of cells of which the run does not tell."""
        return sum(each is not None and each.it.kind == "unknown" for row in self.rows.values() for each in row)


@dataclass(frozen=True)
class Machine:
    """The state machine of an interpreter, and the CPython that it is compared with, if there is one."""

    result: Result
    cpython: Result | None
    tables: Sequence[Drawn]
    #: What the macro of the template has to say about the kinds of cells.
    kinds: Mapping[str, str]
    signs: Mapping[str, str]
    changed: str

    @property
    def apart(self) -> int:
        """The number of cells that differ."""
        return sum(len(each.apart) for each in self.tables)


def pages(report: Report) -> dict[str, str]:
    """``states.html``. Everything is escaped by the template."""
    absent = without_generators(report)
    made = tables(report.catalogue)
    text = render_page(
        "states.html.j2",
        FILE,
        page=FILE,
        report=report,
        tables=made,
        absent=absent,
        count=count,
        expected=expected,
        differing=_differing(made, [head for head in report.heads if head not in absent]),
        newest=spoken(NEWEST),
        released=RELEASED,
        spoken=spoken,
    )
    return {FILE: text}


def machine(result: Result, report: Report) -> Machine | None:
    """The state machine of an interpreter, for the macro ``of`` of ``machine.html.j2``; None without generators."""
    if result.absent:
        return None
    cpython = beside(result, report)
    drawn = []
    for table in tables(report.catalogue):
        rows = {
            label: [_place(table, row, column, result, cpython) for column in table.columns]
            for row, label in rows_of(table, result).items()
        }
        drawn.append(Drawn(table, rows))
    return Machine(result, cpython, drawn, KINDS, SIGNS, CHANGED)


def beside(result: Result, report: Report) -> Result | None:
    """The CPython to compare an interpreter with: the newest plain run of its language version, or of any version.

    None for that run itself, and if there is none.
    """
    family = next((each for each in report.families if each.slug == "cpython" and each.kind == "interpreter"), None)
    runs = [each for each in family.columns if not each.absent] if family else []
    plain = [each for each in runs if not variant(each)] or runs
    same = [each for each in plain if each.interpreter.judged_as == result.interpreter.judged_as]
    found = next(iter(same or plain), None)
    return None if found is result else found


def _place(table: Table, row: Key, column: Key, result: Result, cpython: Result | None) -> Place | None:
    it = cell(table, row, column, result)
    if it is None:
        return None
    other = None if cpython is None else cell(table, row, column, cpython)
    known = it.seen is not None and other is not None and other.seen is not None
    there = other.seen if other is not None and known and other.seen != it.seen else None
    return Place(table.rows[row], table.columns[column], it, there)


def _differing(made: Sequence[Table], heads: Sequence[Result]) -> Mapping[tuple[str, Key, Key], list[Result]]:
    """(id of a table, row, column) → the newest releases that are not as documented there, or not as CPython."""
    found: dict[tuple[str, Key, Key], list[Result]] = {}
    for table in made:
        for result in heads:
            for row in rows_of(table, result):
                for column in table.columns:
                    it = cell(table, row, column, result)
                    if it is not None and it.kind in APART:
                        found.setdefault((table.id, row, column), []).append(result)
    return found
