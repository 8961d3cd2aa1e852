"""The result file: one per interpreter, its one schema, read and written here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from conformance.program import ROOT

SCHEMA = 1
#: The version of the suite: it grows with the behaviours, and a result says which one it was made with.
VERSION = "0.1.0"
SCHEMA_FILE = Path(__file__).parent / "result.schema.json"

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]+\b")
# The name of a thread may hold brackets of its own: "Thread-1 (<lambda>)".
_THREAD = re.compile(r"(<\w*Thread\(.*?\b(?:started|stopped)(?: daemon)?) \d+\)")


class BadResult(Exception):
    """A result file that cannot be used. The message is one line that names the file and what is wrong with it."""


class CannotWrite(Exception):
    """A result file that cannot be written. The message is one line that says why."""


@dataclass
class Outcome:
    """What one case showed in one interpreter."""

    case: str
    id: str
    module: str
    level: str
    applicable: bool
    verdict: str
    known: str | None = None
    observed: str | None = None
    message: str | None = None
    line: int | None = None
    locals: dict[str, str] | None = None
    output: str | None = None
    dirty: list[str] = field(default_factory=list)
    loop: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """As it stands in the file, with the addresses of objects made equal, so that two runs differ in nothing
        else.
        """
        values = dict(vars(self))
        for key in ("observed", "message", "output"):
            values[key] = stable(values[key])
        if self.locals is not None:
            values["locals"] = {name: stable(value) for name, value in self.locals.items()}
        return values


def stable(text: str | None) -> str | None:
    """The text without what differs from run to run: addresses of objects and the identifiers of threads."""
    return None if text is None else _THREAD.sub(r"\1 ...)", _ADDRESS.sub("0x...", text))


#: What may be left out of an outcome in a file: only where there is something to say is there a key.
_EMPTY: dict[str, Any] = {each.name: None for each in fields(Outcome) if each.default is None} | {"dirty": []}


@cache
def revision() -> str | None:
    """The commit of the checkout, with ``+changes`` if it has any; None where git or the history is missing.

    Published results do not count: the first one of a series would change what the others say.
    """
    commit = _git("rev-parse", "--short=12", "HEAD")
    changes = _git("status", "--porcelain", "--untracked-files=no", "--", ":/", ":(top,exclude)reports/published")
    return commit if not commit or changes == "" else f"{commit}+changes"


def _git(*arguments: str) -> str | None:
    try:
        answer = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


def host() -> dict[str, str]:
    """The Python that ran the harness, for whoever wonders."""
    import platform

    return {"implementation": platform.python_implementation(), "version": platform.python_version()}


def write(path: Path, document: Mapping[str, Any]) -> None:
    """Write a result file. Raises CannotWrite."""
    write_text(path, json.dumps(document, indent=1, sort_keys=True, ensure_ascii=True) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a file so that it is whole or not there: beside its place first, then moved. Raises CannotWrite."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            temporary = file.name
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)
        raise CannotWrite(f"cannot write {path}: {error.strerror or error}") from None


def read(path: Path) -> dict[str, Any]:
    """Read and validate a result file. Raises BadResult with one line that names the file and the key."""
    try:
        text = path.read_text(encoding="utf-8")
    except IsADirectoryError:
        raise BadResult(f"{path}: is a directory, not a result file") from None
    except OSError as error:
        raise BadResult(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise BadResult(f"{path}: is no text") from None
    if not text.strip():
        raise BadResult(f"{path}: is empty")
    try:
        document = json.loads(text)
    except ValueError as error:
        raise BadResult(f"{path}: is no JSON, perhaps cut off ({error})") from None
    if not isinstance(document, dict):
        raise BadResult(f"{path}: is no result file: an object is expected at the top")
    if document.get("schema") != SCHEMA:
        raise BadResult(f"{path}: schema: is {document.get('schema')!r:.40}, and this suite reads {SCHEMA}")
    wrong = _first_error(document)
    if wrong is not None:
        raise BadResult(f"{path}: {wrong}")
    for number, outcome in enumerate(document["outcomes"]):
        document["outcomes"][number] = {**_EMPTY, **outcome}
    return document


def _first_error(document: Mapping[str, Any]) -> str | None:
    import jsonschema

    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema).iter_errors(document))
    if error is None:
        return None
    where = "/".join(str(part) for part in error.absolute_path) or "top"
    message = error.message if len(error.message) <= 160 else f"{error.message[:70]} ... {error.message[-70:]}"
    return f"{where}: {message}"


def is_full(document: Mapping[str, Any]) -> bool:
    """Whether the run covered the whole suite and ended by itself."""
    return bool(document["complete"]) and document["selection"] is None


def destination(folder: Path, slug: str, partial: bool) -> Path:
    """Where a run is written: ``SLUG.json``; a selection, or what was cut short, never over a full result."""
    path = folder / f"{slug}.json"
    if not partial:
        return path
    try:
        earlier = json.loads(path.read_text(encoding="utf-8"))
        full = is_full(earlier)
    except (OSError, ValueError, KeyError, TypeError):
        full = False
    return folder / f"{slug}.partial.json" if full else path
