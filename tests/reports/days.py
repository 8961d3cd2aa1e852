"""Days of publication for the tests of what is made from the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from reports.model import Report, Result
from reports.recorded import record
from reports.snapshots import Column, Snapshot, take
from tests.reports.samples import result

FIRST, SECOND, THIRD = date(2026, 11, 1), date(2026, 11, 15), date(2026, 12, 1)


def python(version: str, verdicts: Mapping[str, str] | None = None, **values: str) -> Result:
    """A CPython, or what ``values`` say."""
    it = {
        "implementation": "cpython",
        "title": f"CPython {version}",
        "implementation_version": version,
        "language_version": version,
        **values,
    }
    slug = f"{it['implementation']}-{version}"
    return result(verdicts, slug=slug, judged_as=".".join(it["language_version"].split(".")[:2]), interpreter=it)


def pypy(version: str, verdicts: Mapping[str, str] | None = None) -> Result:
    """A PyPy of Python 3.11."""
    return python(
        version, verdicts, implementation="pypy", title=f"PyPy {version} (Python 3.11.9)", language_version="3.11.9"
    )


def taken(*results: Result, day: date = FIRST) -> Snapshot:
    """The state of results on a day."""
    return take(Report(results), day)


def column_of(snapshot: Snapshot, page: str) -> Column:
    """The column with a page."""
    return next(column for column in snapshot.columns if column.page == page)


def without(snapshot: Snapshot, *gone: str) -> Snapshot:
    """The snapshot of a suite that does not have some behaviours."""
    kept = [place for place, demand in enumerate(snapshot.demands) if demand.id not in gone]
    return replace(
        snapshot,
        demands=tuple(snapshot.demands[place] for place in kept),
        columns=tuple(
            replace(column, letters="".join(column.letters[place] for place in kept)) for column in snapshot.columns
        ),
    )


def asking(snapshot: Snapshot, behaviour: str, **values: str) -> Snapshot:
    """The snapshot of a suite in which a behaviour asks something else."""
    return replace(
        snapshot,
        demands=tuple(replace(each, **values) if each.id == behaviour else each for each in snapshot.demands),
    )


def recorded_days(folder: Path) -> Path:
    """A folder with two days: CPython 3.13.0, then 3.13.1, which fixes one thing and breaks another; PyPy is new."""
    record(Report([python("3.13.0", {"SND-001": "fail"})]), FIRST, folder)
    record(Report([python("3.13.1", {"CLS-001": "fail"}), pypy("8.0.1")]), SECOND, folder)
    return folder
