"""Known failures: which case fails on which version of which implementation, why, and where that is discussed.

A baseline is a TOML file, an array of tables called ``known``::

    [[known]]
    case = "SYN-016[class-in-async-def]"
    only = "cpython <3.7"
    reason = "async for is accepted in a class body inside an async def"
    issue = "https://bugs.python.org/issue33363"

It must not rot: unknown cases, missing reasons, and entries that pass where they apply are errors.
"""

from __future__ import annotations

import operator
import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from conformance.program import ROOT
from runners.record.results import write_text

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: What ``--update-baseline`` writes as a reason; a person must replace it.
MISSING = "reason missing"
_KEYS = {"case", "only", "reason", "issue"}
#: The verdicts that a baseline can list.
FAILURES = ("fail", "crash", "timeout")
_ONLY = re.compile(r"([a-z][a-z0-9_]*)((?:\s+[A-Za-z][\w.-]*)*)\s*(.*)")
_OPERATORS: dict[str, Callable[[Version, Version], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_COMPARISON = re.compile(r"(==|!=|<=|>=|<|>)\s*(.+)")


class BadBaseline(Exception):
    """A baseline that cannot be used. The message is one line for each thing that is wrong."""


@dataclass(frozen=True)
class Entry:
    """A known failure. ``only`` is an implementation, words of its build and comparisons with its version, or None."""

    case: str
    reason: str
    issue: str | None
    only: str | None
    where: str

    def applies_to(self, implementation: str, version: str, build: Collection[str]) -> bool:
        """Whether it is about this version and build of an implementation; ``version`` is the implementation's own."""
        if self.only is None:
            return True
        name, words, comparisons = parse_only(self.only)
        if name != implementation or not words <= set(build):
            return False
        try:
            return all(holds(Version(version), bound) for holds, bound in comparisons)
        except InvalidVersion:
            return False  # an interpreter that says of its version what is none

    @property
    def text(self) -> str:
        """The reason, and where it is discussed."""
        return self.reason if self.issue is None else f"{self.reason} ({self.issue})"


def parse_only(text: str) -> tuple[str, set[str], list[tuple[Callable[[Version, Version], bool], Version]]]:
    """``cpython debug >=3.10,<3.13.2`` as a name, words of a build, and comparisons that all must hold.

    Raises ValueError.

    packaging's own specifiers would do for these; importing them takes longer than all the rest of a baseline.
    """
    match = _ONLY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    comparisons = []
    for part in filter(None, map(str.strip, match[3].split(","))):
        found = _COMPARISON.fullmatch(part)
        if found is None:
            raise ValueError(text)
        comparisons.append((_OPERATORS[found[1]], Version(found[2])))
    return match[1], set(match[2].split()), comparisons


class Baseline:
    """The entries of some baseline files."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[str, list[Entry]] = {}
        for entry in entries:
            self._entries.setdefault(entry.case, []).append(entry)

    def find(self, case: str, implementation: str, version: str, build: Collection[str] = ()) -> Entry | None:
        """The entry for a case in an interpreter, or None."""
        for entry in self._entries.get(case, ()):
            if entry.applies_to(implementation, version, build):
                return entry
        return None


def default(implementation: str) -> list[Path]:
    """The reviewed baseline that ships for an implementation, if there is one."""
    path = ROOT / "baselines" / f"{implementation}.toml"
    return [path] if path.exists() else []


def load(paths: Sequence[Path], exists: Callable[[str], bool], *, unfinished: bool = False) -> Baseline:
    """Read baselines. ``exists`` tells the cases that there are; ``unfinished`` allows reasons that are still missing.

    Raises BadBaseline with everything that is wrong, a line each.
    """
    entries: list[Entry] = []
    wrong: list[str] = []
    for path in paths:
        for number, values in enumerate(_read(path), 1):
            where = f"{path}: entry {number}"
            problem = _problem(values, exists, unfinished)
            if problem is not None:
                wrong.append(f"{where}: {problem}")
                continue
            reason = values.get("reason", MISSING)
            entries.append(Entry(values["case"], reason, values.get("issue"), values.get("only"), where))
    if wrong:
        raise BadBaseline("\n".join(wrong))
    return Baseline(entries)


def _read(path: Path) -> list[Any]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadBaseline(f"{path}: {error.strerror or error}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadBaseline(f"{path}: {error}") from None
    entries = document.pop("known", [])
    if document or not isinstance(entries, list):
        raise BadBaseline(f"{path}: only [[known]] tables are expected, each with case, reason, issue and only")
    return entries


def _problem(values: Any, exists: Callable[[str], bool], unfinished: bool) -> str | None:
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        return "case, reason, issue and only are texts"
    if set(values) - _KEYS:
        return f"unknown key {sorted(set(values) - _KEYS)[0]}; an entry has case, reason, issue and only"
    case, reason = values.get("case"), values.get("reason", "").strip()
    if case is None:
        return "case is missing"
    if not exists(case):
        return f"no case {case}; 'python -m conformance list --json' names them all"
    if not unfinished and reason in ("", MISSING):
        return f"{case}: the reason is missing: write down why it fails"
    if "only" in values:
        try:
            parse_only(values["only"])
        except ValueError:
            return f"{case}: only is {values['only']!r}, and should be like 'cpython >=3.10,<3.13.2'"
    return None


def update(
    path: Path, interpreters: Iterable[tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]]
) -> tuple[int, int]:
    """Rewrite a baseline after a run of ``(interpreter, outcomes)`` pairs; how many entries were added and removed.

    Reasons, order, comments and entries about anything that was not run are kept. Raises BadBaseline, OSError and
    runners.record.results.CannotWrite.
    """
    import tomlkit

    exists = path.exists()
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if exists else tomlkit.document()
    tables = document.setdefault("known", tomlkit.aot())
    current = Baseline(
        Entry(str(table["case"]), "", None, str(table["only"]) if "only" in table else None, str(number))
        for number, table in enumerate(tables)
    )
    failing: set[str] = set()
    passing: set[str] = set()
    added = []
    for interpreter, outcomes in interpreters:
        implementation, version = interpreter["implementation"], interpreter["implementation_version"]
        for outcome in outcomes:
            entry = current.find(outcome["case"], implementation, version, interpreter["build"])
            counts = outcome["applicable"] and outcome["level"] != "detail" and outcome["verdict"] in FAILURES
            if entry is not None:
                (failing if outcome["verdict"] in FAILURES else passing).add(entry.where)
            elif counts:
                table = tomlkit.table()
                table.update({"case": outcome["case"], "only": f"{implementation} =={version}", "reason": MISSING})
                added.append(table)
    stale = sorted((int(where) for where in passing - failing), reverse=True)
    for number in stale:
        del tables[number]
    for table in added:
        tables.append(table)
    write_text(path, tomlkit.dumps(document))
    return len(added), len(stale)
