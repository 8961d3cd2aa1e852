"""Published result files: one for each implementation on this machine, trimmed and reproducible."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from conformance import files, hashes
from conformance.program import ROOT
from runners.machine.machine import Machine
from runners.machine.pythons import NotFound
from runners.machine.resolve import resolve
from runners.record import reading
from runners.record.results import Interpreter, Record
from runners.transport.make import make
from runners.transport.target import CannotStart

#: The most characters of names and values that a published failure keeps.
_LONGEST_LOCALS = 2000
#: The folders of an absolute path; the path of a URL does not match.
_FOLDERS = re.compile(r"(?<![\w:/.~])/(?:[^\s/\"'<>]+/)+")
#: The keys that distinguish one build of an interpreter from another.
_BUILD = ("implementation", "implementation_version", "language_version", "version_text", "build", "system", "machine")
#: The exit statuses of a run that has an outcome for each case.
_RAN = (0, 1)


def names(machine: Machine) -> list[str]:
    """The names of all implementations on this machine, with one name for each version of CPython."""
    versions = {python.version[:2] for python in machine.pythons if python.is_built("default")}
    listed = ["cpython-{}.{}".format(*version) for version in sorted(versions)]
    for name, entry in machine.registry.implementations.items():
        if name == "cpython" or entry.pooled:
            continue  # the name of its version stands for it
        try:
            machine.start(name)
        except NotFound:
            continue
        listed.append(name)
    debug = {python.version[:2] for python in machine.pythons if python.is_built("debug")}
    return listed + ["cpython-{}.{}-debug".format(*version) for version in sorted(debug)[:-1]]


def run(name: str, folder: Path, extra: Sequence[str], cases: Sequence[str] | None = None) -> int:
    """Run the suite on one implementation in a new pytest process, and return the exit status of pytest.

    The result file goes into ``folder``. With ``cases``, only these cases run.
    """
    command = [sys.executable, "-m", "pytest", "conformance", "-q", "--tb=no", "--interpreter", name]
    command += ["--results", str(folder), *extra]
    if cases is None:
        return subprocess.run(command, cwd=ROOT).returncode
    with tempfile.TemporaryDirectory() as temporary:
        # Thousands of names may be too many for a command line.
        listed = Path(temporary, "cases.txt")
        listed.write_text("".join(f"{case}\n" for case in cases), encoding="utf-8")
        return subprocess.run([*command, "--cases", str(listed)], cwd=ROOT).returncode


@dataclass(frozen=True)
class Published:
    """The lines to print about one implementation, and the problems that make the command fail."""

    lines: tuple[str, ...]
    problems: tuple[str, ...] = ()


def publish(name: str, folder: Path, extra: Sequence[str]) -> Published:
    """Run the whole suite on one implementation and write its file into ``folder``."""
    with tempfile.TemporaryDirectory() as temporary:
        status = run(name, Path(temporary), extra)
        return _written(name, status, Path(temporary), lambda record: write(record, folder))


def publish_changed(name: str, folder: Path, machine: Machine, extra: Sequence[str]) -> Published:
    """Run the cases that are missing or out of date in the published file of an implementation; merge the outcomes.

    For a build without a published file, the whole suite runs.
    """
    try:
        path, known = _published(name, folder, machine)
    except (NotFound, CannotStart) as error:
        return Published((), (str(error),))
    if known is None:
        return publish(name, folder, extra)
    chosen = reading.outdated(known, hashes.current())
    if not chosen:
        return Published((f"unchanged: {path}",))
    if len(chosen) == len(hashes.current()):
        return _renewed(name, path, known, extra)
    with tempfile.TemporaryDirectory() as temporary:
        status = run(name, Path(temporary), extra, chosen)
        written = _written(name, status, Path(temporary), lambda new: write_to(path, merged(known, new)))
    return replace(written, lines=(f"{name}: {len(chosen)} of {len(hashes.current())} cases ran", *written.lines))


def _renewed(name: str, path: Path, known: Record, extra: Sequence[str]) -> Published:
    """Run the whole suite for a file of which every case is out of date; the file keeps its name."""

    def use(new: Record) -> Path | None:
        return write_to(path, replace(new, interpreter=replace(new.interpreter, slug=known.interpreter.slug)))

    with tempfile.TemporaryDirectory() as temporary:
        status = run(name, Path(temporary), extra)
        return _written(name, status, Path(temporary), lambda new: use(new) if new.full else None)


def stale(folder: Path) -> list[str]:
    """One line for each published file that cannot be used, or whose outcomes are out of date in this checkout."""
    lines = []
    for path in sorted(folder.glob("*.json")):
        try:
            count = len(reading.outdated(reading.parse(path), hashes.current()))
        except reading.BadResult as error:
            lines.append(f"cannot be used: {error}")
            continue
        if count:
            cases = "1 case" if count == 1 else f"{count} cases"
            lines.append(f"out of date: {path}: {cases} must run again")
    return lines


def merged(known: Record, new: Record) -> Record:
    """The published record, with the outcomes of a run of some cases on the same build.

    The record stays that of its whole run, with the suite and the date of it; each new outcome names the revision in
    which it ran. Cases that are no longer in the catalogue are removed.
    """
    current = hashes.current()
    known = reading.judged(known)
    features = {**known.interpreter.features, **new.interpreter.features}
    revision = new.suite.revision or "unknown"
    outcomes = {case: outcome for case, outcome in known.outcomes.items() if case in current}
    for case, outcome in new.outcomes.items():
        outcomes[case] = replace(outcome, revision=None if revision == known.suite.revision else revision)
    return replace(
        known,
        # The registry may have given the same build another title since.
        interpreter=replace(known.interpreter, title=new.interpreter.title, features=features),
        complete=current.keys() <= outcomes.keys(),
        outcomes=outcomes,
        hashes={case: digest for case, digest in {**known.hashes, **new.hashes}.items() if case in outcomes},
        absent=new.absent,
        end=known.end or new.end,
    )


def write(record: Record, folder: Path) -> Path | None:
    """Write a record into ``folder``; return the path, or None if the run was not full. Raises CannotWrite."""
    if not record.full:
        return None
    return write_to(folder / f"{record.interpreter.slug}.json", record)


def write_to(path: Path, record: Record) -> Path:
    """Write a record in its published form, and return the path. Raises conformance.files.CannotWrite."""
    files.write(path, text(record))
    return path


def text(record: Record) -> str:
    """The published form of a record: no timings, folders or empty keys, and one line for each outcome."""
    document = record.as_document()
    outcomes = [json.dumps(_small(outcome), sort_keys=True) for outcome in document["outcomes"]]
    end = document["end"]
    head = {
        **document,
        "outcomes": [],
        "timings": {},
        "seconds": round(document["seconds"]),
        "end": end and {**end, "stderr": end["stderr"] and _FOLDERS.sub(".../", end["stderr"])},
    }
    marked = json.dumps(head, indent=1, sort_keys=True)
    return marked.replace('"outcomes": []', '"outcomes": [\n  ' + ",\n  ".join(outcomes) + "\n ]", 1) + "\n"


def _small(outcome: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in outcome.items() if value is not None and value != []}
    for key in ("message", "observed", "output", "stderr"):
        if key in kept:
            kept[key] = _FOLDERS.sub(".../", kept[key])
    room = _LONGEST_LOCALS
    if "locals" in kept:
        kept["locals"] = {}
        for name, value in sorted(outcome["locals"].items()):
            value = _FOLDERS.sub(".../", value)
            room -= len(name) + len(value)
            if room < 0:
                break
            kept["locals"][name] = value
    return kept


def _written(name: str, status: int, folder: Path, use: Callable[[Record], Path | None]) -> Published:
    """Pass each result of a run to ``use``, which writes it and returns the path, or None if it wrote nothing."""
    lines, problems = [], []
    if status not in _RAN:
        problems.append(f"{name}: the run ended with exit status {status}")
    for source in sorted(folder.glob("*.json")):
        try:
            path = use(reading.parse(source))
        except (reading.BadResult, files.CannotWrite) as error:
            problems.append(f"{name}: {error}")
            continue
        lines.append(f"published: {path}" if path else f"{name}: not published, because the run was not full")
    return Published(tuple(lines), tuple(problems))


def _published(name: str, folder: Path, machine: Machine) -> tuple[Path, Record | None]:
    """The path of the published file for the build that ``name`` starts, and its record, None if there is no file.

    Raises NotFound and CannotStart.
    """
    target = make(resolve(name, machine=machine))
    try:
        target.launch()
        identity = target.start()
        here = Interpreter.of(identity, identity.slug, name, name, target.judged_as)
    finally:
        target.close()
    for path in sorted(folder.glob("*.json")):
        try:
            record = reading.parse(path)
        except reading.BadResult:
            continue
        # A file of schema 1 has no system and no machine.
        keys = [key for key in _BUILD if record.schema > 1 or key not in ("system", "machine")]
        if record.full and all(getattr(record.interpreter, key) == getattr(here, key) for key in keys):
            return path, record
    return folder / f"{here.slug}.json", None
