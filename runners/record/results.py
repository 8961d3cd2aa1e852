"""The result of one interpreter in one run, as typed data and as the JSON of its file.

``result.schema.json`` describes the file as a JSON Schema. :mod:`runners.record.reading` reads it.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from conformance import files
from conformance.behaviour import Version, parse_version
from conformance.verdicts import VERDICTS
from runners.printable import one_line, printable
from runners.record.outcome import Outcome
from runners.record.revision import Python, Suite
from runners.transport.answers import End, Identity

#: The version of the result file: docs/releasing.md says when it grows.
SCHEMA = 2
SCHEMA_FILE = Path(__file__).parent / "result.schema.json"
#: The kinds of columns that a report can have.
KINDS = ("interpreter", "loop", "reader")


@dataclass(frozen=True)
class Loop:
    """The event loop that the cases ran on, if it is not asyncio's own."""

    name: str
    version: str | None


@dataclass(frozen=True)
class Interpreter:
    """The interpreter under test. ``features`` is need → why it is not met, or None; only needs of cases in the run."""

    slug: str
    label: str
    title: str
    command: str
    implementation: str
    implementation_version: str
    language_version: str
    judged_as: str
    version_text: str
    build: tuple[str, ...]
    platform: str | None
    kind: str = "interpreter"
    system: str | None = None
    machine: str | None = None
    #: For a compiler, the Python that runs the compiled code.
    host: Python | None = None
    loop: Loop | None = None
    features: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, identity: Identity, slug: str, label: str, command: str, judged_as: Version) -> Interpreter:
        """Make it from the identity of an interpreter."""
        package, _, version = (identity.loop or "").partition(" ")
        return cls(
            slug=slug,
            label=label or "interpreter at hand",
            title=identity.title,
            command=command,
            implementation=identity.implementation,
            implementation_version=identity.implementation_version,
            language_version=identity.language_version,
            judged_as="{}.{}".format(*judged_as),
            version_text=identity.version_text,
            build=identity.build,
            platform=identity.platform,
            system=identity.system,
            machine=identity.machine,
            host=None if identity.host is None else Python(*identity.host),
            loop=Loop(package, version or None) if package else None,
        )

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Interpreter:
        """Make it from the validated object in a file."""
        return cls(
            **{
                **_lines(values),
                "build": tuple(one_line(word) for word in values["build"]),
                "host": values["host"] and Python(**_lines(values["host"])),
                "loop": values["loop"] and Loop(**_lines(values["loop"])),
                "features": {one_line(key): why and printable(why) for key, why in values["features"].items()},
            }
        )

    def as_dict(self) -> dict[str, Any]:
        """The object for a file."""
        return {**asdict(self), "build": list(self.build)}

    @property
    def version(self) -> Version:
        """The language version whose behaviours apply."""
        return parse_version(self.judged_as)

    @property
    def release(self) -> tuple[str, str, tuple[str, ...]]:
        """The values that a baseline compares: the implementation, its own version, and the words of its build."""
        return self.implementation, self.implementation_version, self.build


@dataclass(frozen=True)
class Selection:
    """The chosen part of the suite: pytest's arguments, and the number of cases."""

    arguments: tuple[str, ...]
    cases: int


@dataclass(frozen=True)
class Shard:
    """Part ``number`` of ``of`` parts of the suite, counted from 1."""

    number: int
    of: int


@dataclass
class Record:
    """A result file as data. ``outcomes`` and ``hashes`` are by case.

    ``absent`` says why the interpreter has no asynchronous generators, or is None. ``baseline`` names the baseline
    files that the user gave: None if the reviewed one of the suite was used, and empty if nobody knows, as with a file
    of schema 1. ``seconds`` is the time of the whole run.
    """

    suite: Suite
    host: Python
    interpreter: Interpreter
    started: str
    seconds: float
    complete: bool
    outcomes: dict[str, Outcome]
    hashes: dict[str, str]
    selection: Selection | None = None
    as_of: str | None = None
    shard: Shard | None = None
    absent: str | None = None
    end: End | None = None
    baseline: tuple[str, ...] | None = None
    #: The schema of the file that this was read from.
    schema: int = SCHEMA
    #: Not in the file: the cases whose text in this checkout is not the text that ran, and the cases for which this is
    #: unknown, because the file has no hash.
    changed: frozenset[str] = frozenset()

    @property
    def full(self) -> bool:
        """Whether the run covered the whole suite, to its end."""
        return is_whole(self.complete, self.selection, self.shard)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Record:
        """Make a record from a document that was validated against the schema."""
        timings = document["timings"]
        outcomes = [Outcome.from_dict(each, timings.get(each["case"])) for each in document["outcomes"]]
        selection, shard, end = document["selection"], document["shard"], document["end"]
        absent, baseline = document["absent"], document["baseline"]
        return cls(
            suite=Suite(**_lines(document["suite"])),
            host=Python(**_lines(document["host"])),
            interpreter=Interpreter.from_dict(document["interpreter"]),
            started=document["started"],
            seconds=document["seconds"],
            complete=document["complete"],
            outcomes={outcome.case: outcome for outcome in outcomes},
            hashes={one_line(case): digest for case, digest in document["hashes"].items()},
            selection=selection and Selection(tuple(map(one_line, selection["arguments"])), selection["cases"]),
            as_of=document["as_of"] and one_line(document["as_of"]),
            shard=shard and Shard(**shard),
            absent=None if absent is None else printable(absent),
            end=end and End(end["status"], end["stderr"] and printable(end["stderr"])),
            baseline=None if baseline is None else tuple(map(one_line, baseline)),
            schema=document["schema"],
        )

    def as_document(self) -> dict[str, Any]:
        """The document for a file, with the outcomes in the order of modules and cases."""
        ordered = sorted(self.outcomes.values(), key=lambda each: (each.module, each.case))
        return {
            "schema": SCHEMA,
            "suite": asdict(self.suite),
            "host": asdict(self.host),
            "interpreter": self.interpreter.as_dict(),
            "selection": self.selection and {**asdict(self.selection), "arguments": list(self.selection.arguments)},
            "as_of": self.as_of,
            "shard": self.shard and asdict(self.shard),
            "started": self.started,
            "seconds": round(self.seconds, 3),
            "complete": self.complete,
            "absent": self.absent,
            "baseline": None if self.baseline is None else list(self.baseline),
            "outcomes": [each.as_dict() for each in ordered],
            "hashes": dict(sorted(self.hashes.items())),
            "end": self.end and {"status": self.end.status, "stderr": self.end.stderr},
            "timings": {each.case: round(each.seconds, 6) for each in ordered if each.seconds is not None},
        }

    def write(self, path: Path) -> None:
        """Write the file. Raises conformance.files.CannotWrite."""
        text = json.dumps(self.as_document(), indent=1, sort_keys=True, ensure_ascii=True, allow_nan=False)
        files.write(path, text + "\n")


def _lines(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with each text made one printable line."""
    return {key: one_line(value) if isinstance(value, str) else value for key, value in values.items()}


def schema() -> dict[str, Any]:
    """The JSON Schema of a result file, with the list of verdicts and the list of kinds."""
    document: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    document["properties"]["schema"] = {"const": SCHEMA}
    document["$defs"]["outcome"]["properties"]["verdict"]["enum"] = list(VERDICTS)
    document["$defs"]["interpreter"]["properties"]["kind"]["enum"] = list(KINDS)
    return document


def is_whole(complete: bool, selection: object, shard: object) -> bool:
    """Whether a run with these keys covered the whole suite, to its end."""
    return bool(complete) and selection is None and shard is None


def destination(folder: Path, slug: str, *, full: bool) -> Path:
    """The path for a result: ``SLUG.json``, or ``SLUG.partial.json`` if what has the first name must stay.

    No result replaces a folder. One that is not full replaces neither a full result nor a file that cannot be read,
    which may be a full result.
    """
    path = folder / f"{slug}.json"
    if full:
        return folder / f"{slug}.partial.json" if path.is_dir() else path
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ValueError("to read a pipe or a device could take for ever")
        earlier = json.loads(path.read_text(encoding="utf-8"))
        better = is_whole(earlier["complete"], earlier["selection"], earlier.get("shard"))
    except (FileNotFoundError, NotADirectoryError):
        better = False
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        better = True
    return folder / f"{slug}.partial.json" if better else path
