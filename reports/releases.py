"""Which release of an implementation is the newest known, and what to say of a run of an older one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reports.families import clean, family_name, release
from runners.record.tables import parsed, text_of

if TYPE_CHECKING:
    from reports.model import Result

TABLE = Path(__file__).with_name("releases.toml")
_RELEASE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})*")


@dataclass(frozen=True)
class Line:
    """Releases that follow each other: those of a family, or those of one language version of it.

    ``releases`` is release → the day on which it came out, None if it is not known. ``source`` is an address.
    """

    family: str
    language: str | None
    source: str
    releases: Mapping[str, datetime.date | None]


@cache
def lines() -> tuple[Line, ...]:
    """The lines of ``releases.toml``. Raises KeyError for a line without family, source or releases."""
    document = parsed(text_of(TABLE))
    return tuple(
        Line(each["family"], each.get("language"), each["source"], {k: v or None for k, v in each["releases"].items()})
        for each in document["line"]
    )


def line_of(result: Result) -> Line | None:
    """The line that the release of a column belongs to; None if nothing is known of it."""
    family, language = clean(family_name(result)), _minor(result)
    return next((each for each in lines() if each.family == family and each.language in (None, language)), None)


def newest(result: Result, among: Iterable[Result] = ()) -> str | None:
    """The newest known release of the line of a column, the columns ``among`` included; None for an unknown line."""
    line = line_of(result)
    if line is None:
        return None
    seen = [release(each) for each in (result, *among) if line_of(each) is line]
    return max([*line.releases, *seen], key=_numbers)


@dataclass(frozen=True)
class Older:
    """A release that is not the newest known, and the newest one, each with its day if that is known."""

    release: str
    day: datetime.date | None
    newest: str
    newest_day: datetime.date | None

    def __str__(self) -> str:
        start = f"{self.release} is of {self.day:%B %Y}" if self.day else f"{self.release} is an older release"
        return f"{start}; {self.newest} {f'of {self.newest_day:%B %Y} ' if self.newest_day else ''}is the newest known"


def older(result: Result, among: Iterable[Result] = ()) -> Older | None:
    """The release of a column if it is not the newest known; ``among`` are the columns of the report."""
    line, latest, own = line_of(result), newest(result, among), release(result)
    if line is None or latest is None or _numbers(latest) <= _numbers(own):
        return None
    return Older(own, line.releases.get(own), latest, line.releases.get(latest))


def remark(result: Result, among: Iterable[Result] = ()) -> str | None:
    """What to say of a run of a release that is not the newest known; None of any other.

    ``3.12.1 is of December 2023; 3.12.13 of March 2026 is the newest known``.
    """
    found = older(result, among)
    return None if found is None else str(found)


def _minor(result: Result) -> str:
    return ".".join(result.interpreter.language_version.split(".")[:2])


def _numbers(text: str) -> list[int]:
    """A release as numbers. What follows them is left out: RustPython 0.6.0 says that it is 0.6.0a0."""
    match = _RELEASE.match(text)
    return [int(number) for number in match[0].split(".")] if match else []
