"""The withdrawn verdicts of ``docs/errata.md`` as data: one section for each day on which verdicts were withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from conformance.program import ROOT

FILE = ROOT / "docs" / "errata.md"
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_DAY = rf"([0-9]{{1,2}}) ({'|'.join(_MONTHS)}) ([0-9]{{4}})"
_TITLE = re.compile(rf"## (Published on {_DAY}, withdrawn on {_DAY})")
_ID = re.compile(r"\b[A-Z]{3}-[0-9]{3}[a-z]?\b")


@dataclass(frozen=True)
class Row:
    """Withdrawn verdicts: the cases in words, the IDs among them, whose they were, and why they do not stand."""

    cases: str
    whose: str
    why: str
    #: Whether the verdicts were passes, and not failures.
    passes: bool

    @property
    def ids(self) -> frozenset[str]:
        """The IDs of the behaviours."""
        return frozenset(_ID.findall(self.cases))

    def is_about(self, family: str) -> bool:
        """Whether a verdict of an implementation, by its name for people, was withdrawn."""
        return re.search(rf"(?<!\w){re.escape(family)}(?!\w)", self.whose) is not None


@dataclass(frozen=True)
class Section:
    """The verdicts that were published on one day and withdrawn on another one."""

    title: str
    published: date
    withdrawn: date
    rows: tuple[Row, ...]

    def names(self, behaviour: str, family: str, passes: bool) -> bool:
        """Whether a pass, or else a failure, of a behaviour in an implementation was withdrawn."""
        return any(each.passes is passes and behaviour in each.ids and each.is_about(family) for each in self.rows)


def load(path: Path = FILE) -> tuple[Section, ...]:
    """The sections in the order of the file; none if there is no such file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    return parse(text)


def parse(text: str) -> tuple[Section, ...]:
    """The dated sections of the document."""
    found = []
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    for part in parts:
        match = _TITLE.match(part)
        if match is not None:
            found.append(Section(match[1], _date(*match.groups()[1:4]), _date(*match.groups()[4:]), tuple(_rows(part))))
    return tuple(found)


def _rows(text: str) -> Iterator[Row]:
    passes = False
    for line in text.splitlines():
        if line.startswith("### "):
            passes = line == "### Passes"
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 3 and _ID.search(cells[0]):
            yield Row(cells[0], cells[1], cells[2], passes)


def _date(day: str, month: str, year: str) -> date:
    return date(int(year), _MONTHS.index(month) + 1, int(day))


def spoken(day: date) -> str:
    """A day as people write it: ``30 November 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
