"""Result files for everybody to look at: of every implementation on this machine, small, and alike from run to run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from conformance.program import ROOT
from runners.machine.machine import Machine
from runners.machine.pythons import NotFound
from runners.record.results import is_full, read, write_text

#: Characters of names and values that are kept of a failure.
_LONGEST_LOCALS = 2000
#: The folders of an absolute path, and not those of an address.
_FOLDERS = re.compile(r"(?<![\w:/.~])/(?:[^\s/\"'<>]+/)+")


def names(machine: Machine) -> list[str]:
    """Every implementation that is on this machine, with a name for each version of CPython."""
    versions = {python.version[:2] for python in machine.pythons if python.is_built("default")}
    found = ["cpython-{}.{}".format(*version) for version in sorted(versions)]
    for name, entry in machine.registry.implementations.items():
        if name == "cpython" or entry.pooled:
            continue  # there under the name of its version
        try:
            machine.start(name)
        except NotFound:
            continue
        found.append(name)
    debug = {python.version[:2] for python in machine.pythons if python.is_built("debug")}
    return found + ["cpython-{}.{}-debug".format(*version) for version in sorted(debug)[:-1]]


def run(name: str, folder: Path, extra: Sequence[str]) -> int:
    """The suite on one implementation, in a pytest of its own; its exit status. The result goes into ``folder``."""
    command = [sys.executable, "-m", "pytest", "conformance", "-q", "--tb=no", "--interpreter", name]
    return subprocess.run([*command, "--results", str(folder), *extra], cwd=ROOT).returncode


def publish(source: Path, folder: Path) -> Path | None:
    """Write a result into ``folder`` as it is published; None if it is not one of a full run.

    Raises runners.record.results.BadResult and CannotWrite.
    """
    document = read(source)
    if not is_full(document):
        return None
    path = folder / f"{document['interpreter']['slug']}.json"
    write_text(path, text(document))
    return path


def text(document: Mapping[str, Any]) -> str:
    """A result as it is published: without timings, folders of a machine and what is empty, a line for each outcome."""
    head = {**document, "outcomes": [], "timings": {}, "seconds": round(document["seconds"])}
    lines = [json.dumps(_small(outcome), sort_keys=True) for outcome in document["outcomes"]]
    marked = json.dumps(head, indent=1, sort_keys=True)
    return marked.replace('"outcomes": []', '"outcomes": [\n  ' + ",\n  ".join(lines) + "\n ]", 1) + "\n"


def _small(outcome: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in outcome.items() if value is not None and value != []}
    for key in ("message", "observed", "output"):
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
