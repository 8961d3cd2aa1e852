"""Read and validate a result file, and compute again everything that follows from the catalogue."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from stat import S_ISREG
from typing import Any

from conformance import hashes
from conformance.catalogue import load
from conformance.definitions import needs_of
from conformance.program import cases
from runners.record import baseline, inherited
from runners.record.outcome import Outcome
from runners.record.results import SCHEMA, Record, schema

OLD_SCHEMA_FILE = Path(__file__).parent / "result.schema-1.json"
#: The most bytes of a result file: a run of the whole suite makes about three million.
LARGEST = 256 * 1024 * 1024
#: The first bytes of a file that is compressed by gzip.
_GZIP = b"\x1f\x8b"


class BadResult(Exception):
    """A result file cannot be used. The message is one line that names the file and the mistake."""


def read(path: Path, only: Collection[str] | None = None) -> Record:
    """Read and validate a result file, of this schema or of schema 1; ``only`` are the cases that are wanted.

    To read a few cases takes a hundredth of the time. ``level``, ``module``, ``applicable`` and ``known`` of each
    outcome are computed again, and the lines of cases that have changed since the run are removed. Raises BadResult
    with one line that names the file and the key.
    """
    record = parse(path, only)
    try:
        return refreshed(record)
    except baseline.BadBaseline as error:
        raise BadResult(f"{path}: cannot be joined with the baseline: {str(error).splitlines()[0]}") from None


def parse(path: Path, only: Collection[str] | None = None) -> Record:
    """Read and validate a result file, and change nothing in it. Raises BadResult."""
    document = _document(path)
    if only is not None:
        document = _reduced(document, only)
    version = document.get("schema")
    if version not in (1, SCHEMA):
        raise BadResult(f"{path}: schema: is {version!r:.40}; this suite reads 1 and {SCHEMA}")
    try:
        wrong = _first_error(document, 1 if version == 1 else SCHEMA)
        if wrong is None and version == 1:
            # Schema 1 has no bounds for some values, so the document must fit the present schema as well.
            document = {**_upgraded(document), "schema": SCHEMA}
            wrong = _first_error(document, SCHEMA)
        if wrong is not None:
            raise BadResult(f"{path}: {wrong}")
        return Record.from_document({**document, "schema": version})
    except (RecursionError, OverflowError, ValueError, TypeError) as error:
        raise BadResult(f"{path}: cannot be used: {type(error).__name__}: {str(error)[:100]}") from None


def refreshed(record: Record) -> Record:
    """The record for a view: judged again, and without the lines of cases whose text has changed since the run."""
    current = hashes.current()
    changed = frozenset(
        case for case in record.outcomes if case not in current or record.hashes.get(case) != current[case]
    )
    new = judged(record)
    outcomes = {
        case: replace(outcome, line=None) if case in changed else outcome for case, outcome in new.outcomes.items()
    }
    return replace(new, outcomes=outcomes, changed=changed)


def judged(record: Record) -> Record:
    """The record with everything computed again that does not come from the interpreter.

    An outcome of a case that the catalogue no longer has stays as it is.
    """
    known = load()
    version = record.interpreter.version
    reasons = baseline.shipped(record.interpreter.implementation) if not record.baseline else None
    outcomes = {}
    for case, outcome in record.outcomes.items():
        behaviour = known.get(outcome.id)
        if behaviour is not None:
            outcome = outcome.judged(behaviour, version)
        if reasons is not None:
            entry = reasons.find(case, *record.interpreter.release)
            # Where nobody knows which baseline the run had, its reason stays if the reviewed one has no entry.
            kept = outcome.known if record.baseline == () and outcome.fails and outcome.applicable else None
            reason = entry.text if entry is not None and entry.explains(outcome) else kept
            outcome = replace(outcome, known=reason)
        if outcome.known is None:
            outcome = replace(outcome, known=inherited.reason(outcome, record.interpreter.host))
        outcomes[case] = outcome
    return replace(record, outcomes=outcomes)


def outdated(record: Record, current: Mapping[str, str]) -> list[str]:
    """The cases that have to run again for a record to be of this checkout, in the order of the catalogue.

    These are the cases whose hash differs, the cases without an outcome, and the cases whose needs have changed so that
    they would now run, or would not. ``current`` is case → hash.
    """
    names = []
    # Only compilers have a host, and they build their cases before these run.
    prepares = record.interpreter.host is not None
    for behaviour in load().values():
        for case in cases(behaviour):
            outcome, needs = record.outcomes.get(case.name), needs_of(case, prepares=prepares)
            if (
                outcome is None
                or record.hashes.get(case.name) != current[case.name]
                or (record.absent is None and _needs_differ(outcome, needs, record.interpreter.features))
            ):
                names.append(case.name)
    return names


def _needs_differ(outcome: Outcome, needs: Iterable[str], features: Mapping[str, str | None]) -> bool:
    unmet = any(features.get(need) is not None for need in needs)
    return any(need not in features for need in needs) or unmet != (outcome.verdict == "unmet")


def _document(path: Path) -> dict[str, Any]:
    try:
        about = path.stat()
        if path.is_dir():
            raise BadResult(f"{path}: is a directory, not a result file")
        if not S_ISREG(about.st_mode):
            raise BadResult(f"{path}: is not a regular file")
        if about.st_size > LARGEST:
            raise BadResult(f"{path}: is too large for a result file ({about.st_size >> 20} MiB)")
        text = _unpacked(path.read_bytes(), path).decode("utf-8")
    except OSError as error:
        raise BadResult(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise BadResult(f"{path}: is not UTF-8 text") from None
    except ValueError as error:
        raise BadResult(f"{path!s:.200}: {error}") from None
    if not text.strip():
        raise BadResult(f"{path}: is empty")
    try:
        document = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise BadResult(f"{path}: is not valid JSON (cut off?): {str(error)[:100]}") from None
    if not isinstance(document, dict):
        raise BadResult(f"{path}: is not a result file: an object is expected at the top")
    return document


def _unpacked(content: bytes, path: Path) -> bytes:
    """The bytes of a file, or what gzip has compressed in it, as in the files of a site. Raises BadResult."""
    if not content.startswith(_GZIP):
        return content
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(content, LARGEST + 1)
    except zlib.error:
        raise BadResult(f"{path}: is compressed by gzip, and damaged") from None
    if len(found) > LARGEST:
        raise BadResult(f"{path}: is too large for a result file, once it is unpacked")
    if not unpacker.eof:
        raise BadResult(f"{path}: is compressed by gzip, and cut off")
    return found


def _reduced(document: Mapping[str, Any], only: Collection[str]) -> dict[str, Any]:
    """The document without other cases. Everything that has a wrong form stays, so that it is refused."""

    def wanted(case: object) -> bool:
        return not isinstance(case, str) or case in only

    found = dict(document)
    outcomes = document.get("outcomes")
    if isinstance(outcomes, list):
        found["outcomes"] = [each for each in outcomes if not isinstance(each, dict) or wanted(each.get("case"))]
    for key in ("hashes", "timings"):
        if isinstance(document.get(key), dict):
            found[key] = {case: value for case, value in document[key].items() if wanted(case)}
    return found


def _finite(number: str) -> float:
    found = float(number)
    return found if math.isfinite(found) else _refuse(number[:20])


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not a number of JSON")


@cache
def _schema(version: int) -> Any:
    return schema() if version == SCHEMA else json.loads(OLD_SCHEMA_FILE.read_text(encoding="utf-8"))


@cache
def _accepts(version: int) -> Callable[[object], object]:
    """A function that raises fastjsonschema.JsonSchemaValueException for a document that is not of the schema."""
    import fastjsonschema

    made: Callable[[object], object] = fastjsonschema.compile(_schema(version), use_default=False)
    return made


def _first_error(document: Mapping[str, Any], version: int) -> str | None:
    import fastjsonschema

    # It takes a twentieth of jsonschema's time, and most files are right. Its messages do not say what is wrong where
    # several forms are possible; jsonschema's do.
    try:
        _accepts(version)(document)
    except fastjsonschema.JsonSchemaValueException as error:
        # jsonschema takes ``$`` in a pattern as Python does, and lets a line end pass.
        return _described(document, version) or _line("/".join(error.path[1:]), error.message.partition(" ")[2])
    return None


def _described(document: Mapping[str, Any], version: int) -> str | None:
    """The place and the message of the mistake that explains best why a document is not of the schema."""
    import jsonschema

    error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(_schema(version)).iter_errors(document))
    if error is None:
        return None
    return _line("/".join(map(str, error.absolute_path)), error.message)


def _line(where: str, message: str) -> str:
    return f"{where or 'top'}: {message if len(message) <= 160 else f'{message[:70]} ... {message[-70:]}'}"


def _upgraded(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document of schema 1 in the form of this schema. It has no hashes, so the text of its cases is unknown."""
    interpreter = dict(document["interpreter"])
    absent = interpreter.pop("absent")
    new = {"kind": "interpreter", "system": None, "machine": None, "host": None, "loop": None}
    return {
        **document,
        "suite": {**document["suite"], "harness": None},
        "interpreter": {**new, **interpreter},
        "outcomes": [{**outcome, "line": None} for outcome in document["outcomes"]],
        "absent": absent,
        **dict.fromkeys(("as_of", "shard", "end")),
        "baseline": [],
        "hashes": {},
    }
