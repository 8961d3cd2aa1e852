"""Known failures: the case, the implementation and version on which it fails, the reason, and the issue.

A baseline is a TOML file, an array of tables called ``known``::

    [[known]]
    case = "SYN-016[class-in-async-def]"
    only = "cpython <3.7"
    reason = "async for is accepted in a class body inside an async def"
    issue = "https://bugs.python.org/issue33363"

Entries must stay correct: an unknown case, a missing reason, and a case that passes where its entry applies are errors.
"""

from __future__ import annotations

import operator
import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from conformance import files
from conformance.program import ROOT
from runners.record.outcome import Outcome

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: The reason that ``--update-baseline`` writes; a person must replace it.
MISSING = "reason missing"
#: The first lines of a baseline that ``--update-baseline`` creates.
HEADER = "# Known failures, each with its reason. docs/baselines.md says what an entry holds.\n\n"
_KEYS = {"case", "only", "reason", "issue"}
#: The most bytes of a baseline: the largest one that ships has fifty thousand.
LARGEST = 16 * 1024 * 1024
_IMPLEMENTATION = re.compile(r"[a-z0-9_]{1,60}")
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


#: An implementation, its own version, and the words of its build.
Release = tuple[str, str, Collection[str]]


class BadBaseline(Exception):
    """A baseline cannot be used. The message has one line for each mistake."""


@dataclass(frozen=True)
class Entry:
    """A known failure. ``only`` is an implementation, words of its build and comparisons with its version, or None."""

    case: str
    reason: str
    issue: str | None
    only: str | None
    where: str

    def applies_to(self, implementation: str, version: str, build: Collection[str]) -> bool:
        """Whether the entry applies to this build of an implementation; ``version`` is the implementation's own."""
        if self.only is None:
            return True
        name, words, comparisons = parse_only(self.only)
        if name != implementation or not words <= set(build):
            return False
        try:
            return all(holds(Version(version), bound) for holds, bound in comparisons)
        except InvalidVersion:
            return False  # the interpreter reported a version that is not one

    def explains(self, outcome: Outcome) -> bool:
        """Whether the outcome of the entry's case is the failure that the entry describes."""
        return outcome.applicable and outcome.fails

    @property
    def text(self) -> str:
        """The reason, and the address of the issue."""
        return self.reason if self.issue is None else f"{self.reason} ({self.issue})"


def parse_only(text: str) -> tuple[str, set[str], list[tuple[Callable[[Version, Version], bool], Version]]]:
    """``cpython debug >=3.10,<3.13.2`` as a name, words of a build, and comparisons that all must hold.

    Raises ValueError.

    The specifiers of packaging could do this too, but to import them takes longer than all other work on a baseline.
    """
    match = _ONLY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    comparisons = []
    for part in filter(None, map(str.strip, match[3].split(","))):
        comparison = _COMPARISON.fullmatch(part)
        if comparison is None:
            raise ValueError(text)
        comparisons.append((_OPERATORS[comparison[1]], Version(comparison[2])))
    return match[1], set(match[2].split()), comparisons


def _is_possible(comparisons: Iterable[tuple[Callable[[Version, Version], bool], Version]]) -> bool:
    """Whether a version can meet all comparisons. Between two versions there is always another one."""
    bounds = [(bound, holds) for holds, bound in comparisons]
    lower = [
        (bound, holds is operator.gt) for bound, holds in bounds if holds in (operator.gt, operator.ge, operator.eq)
    ]
    upper = [(bound, holds is operator.le) for bound, holds in bounds if holds in (operator.lt, operator.le)]
    upper += [(bound, True) for bound, holds in bounds if holds is operator.eq]
    if not lower or not upper:
        return True
    (least, above), (most, up_to) = max(lower), min(upper)
    if least == most:
        return up_to and not above and (least, operator.ne) not in bounds
    return least < most


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
    # The interpreter reports this name; it must not select a file of another folder with it.
    if not _IMPLEMENTATION.fullmatch(implementation):
        return []
    path = ROOT / "baselines" / f"{implementation}.toml"
    return [path] if path.is_file() else []


@cache
def shipped(implementation: str) -> Baseline:
    """The reviewed baseline of an implementation; a broken one is a mistake in this checkout, which its tests find."""
    return load(default(implementation), lambda case: True)


def load(paths: Sequence[Path], exists: Callable[[str], bool], *, unfinished: bool = False) -> Baseline:
    """Read baselines. ``exists`` says whether a case exists; ``unfinished`` allows reasons that are still missing.

    Raises BadBaseline with one line for each mistake.
    """
    entries: list[Entry] = []
    wrong: list[str] = []
    for path in paths:
        earlier: dict[object, int] = {}
        for number, values in enumerate(_read(path), 1):
            where = f"{path}: entry {number}"
            problem = _problem(values, exists, unfinished) or _repeats(values, earlier, number)
            if problem is not None:
                wrong.append(f"{where}: {problem}")
                continue
            reason = values.get("reason", MISSING)
            entries.append(Entry(values["case"], reason, values.get("issue"), values.get("only"), where))
    if wrong:
        raise BadBaseline("\n".join(wrong))
    return Baseline(entries)


def _read(path: Path) -> list[Any]:
    document = _parsed(path, _text(path))
    entries = document.pop("known", [])
    if document or not isinstance(entries, list):
        raise BadBaseline(f"{path}: only [[known]] tables are expected, each with case, reason, issue and only")
    return entries


def _text(path: Path) -> str:
    try:
        if not path.is_file() and path.exists():
            raise BadBaseline(f"{path}: is not a file")
        if path.stat().st_size > LARGEST:
            raise BadBaseline(f"{path}: is too large for a baseline")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadBaseline(f"{path}: {error.strerror or error}") from None
    except ValueError as error:
        raise BadBaseline(f"{path}: {error}") from None


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadBaseline(f"{path}: is not valid TOML: {error}") from None


def _problem(values: Any, exists: Callable[[str], bool], unfinished: bool) -> str | None:
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        return "case, reason, issue and only must be strings"
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
            comparisons = parse_only(values["only"])[2]
        except ValueError:
            return f"{case}: only is {values['only']!r}; write it like 'cpython >=3.10,<3.13.2'"
        if not _is_possible(comparisons):
            return f"{case}: only is {values['only']!r}, which no version meets"
    return None


def _repeats(values: Mapping[str, str], earlier: dict[object, int], number: int) -> str | None:
    """The problem with an entry for the case and the interpreters of an ``earlier`` one: (case, only) → its number."""
    only: object = None
    if "only" in values:
        name, words, comparisons = parse_only(values["only"])
        only = name, frozenset(words), frozenset(comparisons)
    first = earlier.setdefault((values["case"], only), number)
    return None if first == number else f"{values['case']}: entry {first} is about the same interpreters; remove one"


@dataclass(frozen=True)
class Change:
    """The number of entries that an update added to a baseline, and the number that it removed.

    ``unnamed`` is the number of failures without an entry, because an entry cannot name their interpreter.
    """

    added: int
    removed: int
    unnamed: int = 0


def update(path: Path, runs: Iterable[tuple[Release, Iterable[Outcome]]]) -> Change:
    """Add the new failures of a run to a baseline, and remove the entries whose cases passed.

    ``runs`` has the release and the outcomes of each interpreter. Reasons, order, comments and entries about anything
    that was not run stay. A missing file is created. Raises BadBaseline if the file cannot be used, and
    conformance.files.CannotWrite.
    """
    exists = path.exists()
    text = _text(path) if exists else HEADER
    current = [(number, _entry(path, number, values)) for number, values in enumerate(_known_of(path, text))]
    missing, stale, unnamed = _compared(current, runs)
    if missing or stale or not exists:
        files.write(path, _rewritten(path, text, missing, stale))
    return Change(len(missing), len(stale), unnamed)


def _rewritten(path: Path, text: str, missing: Iterable[tuple[str, str]], stale: Iterable[int]) -> str:
    """The text of a baseline without the entries numbered ``stale``, and with one for each ``missing`` (case, only)."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        tables = document.get("known")
        if not isinstance(tables, tomlkit.items.AoT):
            # A table cannot be appended to "known = []".
            document.pop("known", None)
            tables = tomlkit.aot()
        for number in sorted(stale, reverse=True):
            del tables[number]
        for case, only in missing:
            table = tomlkit.table()
            table.update({"case": case, "only": only, "reason": MISSING})
            tables.append(table)
        if not tables:
            document.pop("known", None)
        elif "known" not in document:
            document.append("known", tables)
        new = tomlkit.dumps(document)
        _known_of(path, new)
    except (TOMLKitError, BadBaseline, TypeError, ValueError) as error:
        raise BadBaseline(f"{path}: cannot be rewritten, and is unchanged: {error}") from None
    return new


def _known_of(path: Path, text: str) -> list[Any]:
    entries = _parsed(path, text).get("known", [])
    if not isinstance(entries, list):
        raise BadBaseline(f"{path}: only [[known]] tables are expected, each with case, reason, issue and only")
    return entries


def _entry(path: Path, number: int, values: Any) -> Entry:
    where = f"{path}: entry {number + 1}"
    problem = _problem(values, lambda case: True, unfinished=True)
    if problem is not None:
        raise BadBaseline(f"{where}: {problem}")
    return Entry(values["case"], values.get("reason", MISSING), values.get("issue"), values.get("only"), where)


def _compared(
    current: Sequence[tuple[int, Entry]], runs: Iterable[tuple[Release, Iterable[Outcome]]]
) -> tuple[list[tuple[str, str]], set[int], int]:
    """The (case, only) of each failure without an entry, and the numbers of entries whose case passed everywhere.

    Last comes the number of failures for which no entry can be written.
    """
    unnamed = 0
    failing: set[int] = set()
    passing: set[int] = set()
    missing: dict[tuple[str, str], None] = {}
    for (implementation, version, build), outcomes in runs:
        only = written_only(implementation, version)
        for outcome in outcomes:
            about = [
                number
                for number, entry in current
                if entry.case == outcome.case and entry.applies_to(implementation, version, build)
            ]
            if about:
                (failing if outcome.fails else passing).update(about)
            elif not outcome.counts or outcome.known is not None:
                continue  # what is known without an entry is inherited: runners/record/inherited.py
            elif only is not None:
                missing[outcome.case, only] = None
            else:
                unnamed += 1
    return list(missing), passing - failing, unnamed


def written_only(implementation: str, version: str) -> str | None:
    """The ``only`` of a new entry: without the version if it would not apply with it, None if it would never apply."""
    for text in (f"{implementation} =={version}", implementation):
        try:
            if Entry("", "", None, text, "").applies_to(implementation, version, ()):
                return text
        except ValueError:
            continue
    return None
