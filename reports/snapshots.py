"""The state of all columns on a day of publication: ``reports/history/DATE.json``, one small file for each day.

A snapshot has the verdict of each behaviour in each column as a letter, and a digest of what each behaviour asked on
that day. So a later one can tell a fixed interpreter from a changed suite.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance import files, hashes
from conformance.behaviour import LEVELS, Behaviour
from conformance.program import ROOT, cases
from conformance.verdicts import STATUSES
from reports.families import family_name, label

if TYPE_CHECKING:
    from reports.model import Report, Result

#: The files of the published results.
FOLDER = ROOT / "reports" / "history"
#: The version of the file: it grows when a reader of the last one would be misled.
SCHEMA = 1
SCHEMA_FILE = Path(__file__).parent / "history.schema.json"
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
_NAME = re.compile(r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})\.json")
#: No line of these files is longer than a day of a large suite needs.
_LARGEST = 8 * 1024 * 1024


class BadSnapshot(Exception):
    """A file of the history cannot be used. The message is one line that names the file, the mistake and the remedy."""


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


_STATUS_OF = {row.letter: row for row in STATUSES.values()}


def state(letter: str) -> str:
    """The verdict with a letter in one of four words: ``holds``, ``fails``, ``open``, ``aside`` (does not apply)."""
    row = _STATUS_OF[letter]
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
    definitions["column"]["properties"]["verdicts"]["pattern"] = f"^[{''.join(_STATUS_OF)}]*$"
    definitions["change"]["properties"].update({kind: {"$ref": "#/$defs/ids"} for kind in KINDS})
    return found


def with_changes(snapshot: Snapshot, earlier: Snapshot | None) -> Snapshot:
    """The snapshot with what changed since an earlier one."""
    from reports.changes import changes, difference

    if earlier is None:
        return replace(snapshot, earlier=None, suite=Suite(), changes=())
    return replace(
        snapshot,
        earlier=earlier.day,
        suite=difference(earlier, snapshot),
        changes=changes(earlier, snapshot),
    )


def addresses(column: Column) -> Iterable[str]:
    """Every name under which a column had a page."""
    return dict.fromkeys([column.page, *column.names, column.slug])


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


def columns_by_family(snapshot: Snapshot) -> Mapping[tuple[str, str], Sequence[Column]]:
    """Kind and slug of a family → its columns, the one that stands for the family first."""
    found: dict[tuple[str, str], list[Column]] = {}
    for column in snapshot.columns:
        found.setdefault((column.kind, column.family), []).append(column)
    return {key: sorted(columns, key=lambda each: not each.head) for key, columns in found.items()}
