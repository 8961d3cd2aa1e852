"""The files of the days of publication, ``reports/history/DATE.json``: written, and read strictly."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from conformance import files
from conformance.behaviour import LEVELS
from conformance.program import ROOT
from reports.changes import changes, difference
from reports.model import Report
from reports.snapshots import DIGITS, KINDS, STATUS_OF, Change, Column, Demand, Snapshot, Suite, Tally, take

#: The files of the published results.
FOLDER = ROOT / "reports" / "history"
#: The version of the file: it grows when a reader of the last one would be misled.
SCHEMA = 1
SCHEMA_FILE = Path(__file__).parent / "history.schema.json"
_NAME = re.compile(r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})\.json")
#: The most bytes of a file: a day of forty columns and two thousand behaviours has two hundred thousand.
_LARGEST = 8 * 1024 * 1024


class BadSnapshot(Exception):
    """A file of the history cannot be used. The message is one line that names the file, the mistake and the remedy."""


def read_all(folder: Path = FOLDER) -> list[Snapshot]:
    """Every day of a folder, the oldest first; none if there is no such folder. Raises BadSnapshot."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".json")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise BadSnapshot(f"{folder}: cannot be listed: {error.strerror or error}") from None
    return [read(path) for path in paths]


def read(path: Path) -> Snapshot:
    """One day. Raises BadSnapshot."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            raise ValueError("is not a file of at most 8 MiB")
        document = json.loads(path.read_text(encoding="utf-8"))
        wrong = _first_error(document)
        if wrong is None:
            made = _from_document(document)
            wrong = _first_contradiction(made, document, path)
    except (OSError, ValueError, RecursionError) as error:
        wrong = (getattr(error, "strerror", None) or str(error))[:120]
    if wrong is not None:
        raise BadSnapshot(f"{path}: {wrong}; restore the file from the repository, or make it again (docs/report.md)")
    return made


def write(snapshot: Snapshot, folder: Path) -> Path:
    """Write the file of a day, which replaces the one of the same day. Raises conformance.files.CannotWrite."""
    path = folder / f"{snapshot.day.isoformat()}.json"
    files.write(path, render(snapshot))
    return path


def render(snapshot: Snapshot) -> str:
    """The file of a day: a line for each behaviour, each column and each change, so that two days can be compared."""
    document = as_document(snapshot)
    parts = []
    for key, value in document.items():
        if isinstance(value, list) and key != "revisions":
            lines = ",\n".join(f"  {_compact(each)}" for each in value)
            parts.append(f" {_compact(key)}: [\n{lines}\n ]" if value else f" {_compact(key)}: []")
        else:
            parts.append(f" {_compact(key)}: {_compact(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def as_document(snapshot: Snapshot) -> dict[str, Any]:
    """The document for a file, as ``history.schema.json`` describes it."""
    return {
        "schema": SCHEMA,
        "date": snapshot.day.isoformat(),
        "earlier": snapshot.earlier and snapshot.earlier.isoformat(),
        "revisions": list(snapshot.revisions),
        "behaviours": [f"{each.id} {each.level} {each.versions} {each.digest}" for each in snapshot.demands],
        "columns": [_describe(column, snapshot) for column in snapshot.columns],
        "suite": {
            "new": " ".join(snapshot.suite.new),
            "gone": " ".join(snapshot.suite.gone),
            "changed": " ".join(snapshot.suite.changed),
        },
        "changed": [
            {"page": each.page, "since": each.since, **{kind: " ".join(ids) for kind, ids in each.kinds.items()}}
            for each in snapshot.changes
        ],
    }


def _describe(column: Column, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "page": column.page,
        "names": list(column.names),
        "slug": column.slug,
        "title": column.title,
        "name": column.name,
        "label": column.label,
        "family": column.family,
        "kind": column.kind,
        "judged_as": column.judged_as,
        "head": column.head,
        "started": column.started,
        "revision": column.revision,
        "counts": describe_tally(snapshot.tally(column)),
        "details": describe_tally(snapshot.tally(column, details=True)),
        "other": dict(column.other),
        "verdicts": column.letters,
    }


def describe_tally(tally: Tally) -> dict[str, int]:
    """Counts for a file."""
    return {"applicable": tally.applicable, "passed": tally.passed, "failed": tally.failed, "open": tally.open}


def _from_document(document: Mapping[str, Any]) -> Snapshot:
    suite = {key: tuple(ids.split()) for key, ids in document["suite"].items()}
    return Snapshot(
        day=date.fromisoformat(document["date"]),
        demands=tuple(Demand(*line.split(" ")) for line in document["behaviours"]),
        columns=tuple(_column(each) for each in document["columns"]),
        earlier=document["earlier"] and date.fromisoformat(document["earlier"]),
        suite=Suite(**suite),
        changes=tuple(
            Change(
                each["page"],
                each["since"],
                {kind: tuple(each[kind].split()) for kind in KINDS if kind in each},
            )
            for each in document["changed"]
        ),
    )


def _column(document: Mapping[str, Any]) -> Column:
    values = {key: value for key, value in document.items() if key not in ("counts", "details", "verdicts", "names")}
    return Column(**values, names=tuple(document["names"]), letters=document["verdicts"])


def _first_contradiction(made: Snapshot, document: Mapping[str, Any], path: Path) -> str | None:
    """What the schema cannot say: the name of the file, lengths, counts, and names that stand for one thing only."""
    match = _NAME.fullmatch(path.name)
    if match is None or match["date"] != made.day.isoformat():
        return f"is the file of {made.day.isoformat()}, and has another name"
    if made.earlier is not None and made.earlier >= made.day:
        return "earlier: is not before date"
    if len(made.places) != len(made.demands):
        return "behaviours: an ID is there twice"
    pages = [each.page for each in made.columns]
    if len({page.lower() for page in pages}) != len(pages):
        return "columns: a page is there twice"
    for number, (column, each) in enumerate(zip(made.columns, document["columns"], strict=True)):
        if len(column.letters) != len(made.demands):
            return f"columns/{number}/verdicts: has not one letter for each behaviour"
        if set(column.other) - set(made.places):
            return f"columns/{number}/other: has an ID that is not among the behaviours"
        for key, details in (("counts", False), ("details", True)):
            if describe_tally(made.tally(column, details=details)) != each[key]:
                return f"columns/{number}/{key}: does not agree with the verdicts"
    if not {each.page for each in made.changes} <= set(pages):
        return "changed: has a page that is not among the columns"
    return None


@cache
def _accepts() -> Callable[[object], object]:
    """A function that raises fastjsonschema.JsonSchemaValueException for a document that is not of the schema."""
    import fastjsonschema

    made: Callable[[object], object] = fastjsonschema.compile(schema(), use_default=False)
    return made


def _first_error(document: object) -> str | None:
    """The first mistake: jsonschema says it better, and lets a line end pass at the end of a text with a pattern."""
    import fastjsonschema
    import jsonschema

    try:
        _accepts()(document)
        return None
    except fastjsonschema.JsonSchemaValueException as error:
        plain = str(error.message)[:160]
    best = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema()).iter_errors(document))
    if best is None:
        return plain
    where, message = "/".join(map(str, best.absolute_path)), best.message
    return f"{where or 'top'}: {message if len(message) <= 160 else f'{message[:70]} ... {message[-70:]}'}"


def schema() -> dict[str, Any]:
    """The JSON Schema of a file, with the levels, letters and kinds that there are."""
    found: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    found["properties"]["schema"] = {"const": SCHEMA}
    definitions = found["$defs"]
    version = r"3\.[0-9]{1,3}"
    parts = (r"[A-Z]{3}-[0-9]{3}[a-z]?", "|".join(LEVELS), rf"{version}(\+|-{version})", f"[0-9a-f]{{{DIGITS}}}|-")
    definitions["behaviour"]["pattern"] = f"^{' '.join(f'({part})' for part in parts)}$"
    definitions["column"]["properties"]["verdicts"]["pattern"] = f"^[{''.join(STATUS_OF)}]*$"
    definitions["change"]["properties"].update({kind: {"$ref": "#/$defs/ids"} for kind in KINDS})
    return found


def with_changes(snapshot: Snapshot, earlier: Snapshot | None) -> Snapshot:
    """The snapshot with what changed since an earlier one."""
    if earlier is None:
        return replace(snapshot, earlier=None, suite=Suite(), changes=())
    return replace(
        snapshot,
        earlier=earlier.day,
        suite=difference(earlier, snapshot),
        changes=changes(earlier, snapshot),
    )


def record(report: Report, day: date, folder: Path, *, same_suite: bool = False) -> list[Snapshot]:
    """Write the file of a day, and that of the day after it again, whose changes are counted from this day.

    Returns what was written. Raises conformance.files.CannotWrite, and BadSnapshot if a file in the folder cannot be
    used; then nothing was written.
    """
    known = {each.day: each for each in read_all(folder)}
    before = max((each for each in known if each < day), default=None)
    after = min((each for each in known if each > day), default=None)
    made = with_changes(take(report, day, same_suite=same_suite), known[before] if before else None)
    written = [made] + ([with_changes(known[after], made)] if after else [])
    for each in written:
        write(each, folder)
    return written
