"""Cases, shell scripts and runs of the suite, for tests in more than one room of ``runners``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from conformance.catalogue import load
from conformance.program import ROOT, Case
from runners.record.reading import read
from tests.conformance.samples import sample

#: A small part of the suite, one parametrized behaviour in it: six cases.
SMALL_PART = "SND-001 or SND-012"


def case(name: str, param: str | None = None, arguments: dict[str, object] | None = None, **changes: object) -> Case:
    """A case with a function of ``tests/conformance/samples.py``."""
    return Case(sample(name, **changes), param, arguments or {})


def shell_script(path: Path, text: str = "") -> Path:
    """A shell script at ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def run_suite(
    *arguments: object, select: str | None = SMALL_PART, where: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``pytest conformance`` in a process of its own, to its end.

    ``where`` is by default the modules of the behaviours that ``select`` names, since these are collected in a third of
    the time. Plugins of this environment are not loaded, apart from pytest-xdist for ``-n``; ``tests/plugins`` is about
    them.
    """
    places = [where] if where is not None else _modules(select)
    command = [sys.executable, "-m", "pytest", *places, "-p", "no:cacheprovider", *map(str, arguments)]
    if any(str(each).startswith("-n") for each in arguments):
        command += ["-p", "xdist.plugin"]
    if select is not None:
        command += ["-k", select]
    return subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="backslashreplace",
        timeout=120,
        env={**os.environ, "COLUMNS": "200", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environment},
    )


def _modules(select: str | None) -> list[str]:
    """The modules of what an expression for ``-k`` consists of, IDs or prefixes; for any other, the whole suite."""
    names = [] if select is None else select.split(" or ")
    found = {name: {each.module for each in load().values() if name in (each.id, each.prefix)} for name in names}
    return sorted(set().union(*found.values())) if found and all(found.values()) else ["conformance"]


def results(folder: Path) -> dict[str, dict[str, Any]]:
    """The result files in a folder as JSON, by name; each must be readable."""
    found = {}
    for path in sorted(folder.iterdir()):
        read(path)
        found[path.name] = json.loads(path.read_text(encoding="utf-8"))
    return found


def is_full(document: dict[str, Any]) -> bool:
    """Whether a result is that of a full run."""
    return bool(document["complete"]) and document["selection"] is None


def verdicts(document: dict[str, Any]) -> dict[str, str]:
    """The verdict of each case of a result."""
    return {outcome["case"]: outcome["verdict"] for outcome in document["outcomes"]}
