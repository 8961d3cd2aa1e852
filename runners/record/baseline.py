"""Known failures: the case, the implementation and version on which it fails, and the reason and issue or the cause.

A baseline is a TOML file, an array of tables called ``known``::

    [[known]]
    case = "SYN-016[class-in-async-def]"
    only = "cpython <3.7"
    reason = "async for is accepted in a class body inside an async def"
    issue = "https://bugs.python.org/issue33363"

In the place of ``reason`` and ``issue``, an entry can name a ``cause`` of ``docs/found/``, which has both.

Entries must stay correct: an unknown case, a missing reason, and a case that passes where its entry applies are errors.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from conformance import files
from conformance.program import ROOT
from runners.record import found
from runners.record.only import Release, is_name, parse_only, written_only
from runners.record.outcome import Outcome
from runners.record.tables import BadTables, parsed, text_of

#: The reason that ``--update-baseline`` writes; a person must replace it.
MISSING = "reason missing"
#: The first lines of a baseline that ``--update-baseline`` creates.
HEADER = "# Known failures, each with its reason. docs/baselines.md says what an entry holds.\n\n"
_KEYS = ("case", "only", "reason", "issue", "cause")
_EXPECTED = "only [[known]] tables are expected, each with case, only, and reason and issue, or cause"


class BadBaseline(Exception):
    """A baseline cannot be used. The message has one line for each mistake."""


@dataclass(frozen=True)
class Entry:
    """A known failure. ``only`` is an implementation, words of its build and comparisons with its version, or None.

    ``cause`` is the id of a cause, whose title is then the reason and whose address is the issue.
    """

    case: str
    reason: str
    issue: str | None
    only: str | None
    where: str
    cause: str | None = None

    def applies_to(self, implementation: str, version: str, build: Collection[str]) -> bool:
        """Whether the entry applies to this build of an implementation; ``version`` is the implementation's own."""
        return self.only is None or parse_only(self.only).applies_to(implementation, version, build)

    def explains(self, outcome: Outcome) -> bool:
        """Whether the outcome of the entry's case is the failure that the entry describes."""
        return outcome.applicable and outcome.fails

    @property
    def text(self) -> str:
        """The reason, and the address of the issue."""
        return self.reason if self.issue is None else f"{self.reason} ({self.issue})"


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
    if not is_name(implementation):
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
            entries.append(_made(values, where))
    if wrong:
        raise BadBaseline("\n".join(wrong))
    return Baseline(entries)


def _made(values: Mapping[str, str], where: str) -> Entry:
    """The entry with these values, which :func:`_problem` has found to be right."""
    case, only, id = values["case"], values.get("only"), values.get("cause")
    if id is None:
        return Entry(case, values.get("reason", MISSING), values.get("issue"), only, where)
    cause = found.shipped().get(id)
    assert cause is not None
    return Entry(case, cause.title, cause.upstream, only, where, id)


def _read(path: Path) -> list[Any]:
    document = _parsed(path, _text(path))
    entries = document.pop("known", [])
    if document or not isinstance(entries, list):
        raise BadBaseline(f"{path}: {_EXPECTED}")
    return entries


def _text(path: Path) -> str:
    try:
        return text_of(path)
    except BadTables as error:
        raise BadBaseline(f"{path}: {error}") from None


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return parsed(text)
    except BadTables as error:
        raise BadBaseline(f"{path}: {error}") from None


def _problem(values: Any, exists: Callable[[str], bool], unfinished: bool) -> str | None:
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        return f"{', '.join(_KEYS)} must be strings"
    if set(values) - set(_KEYS):
        return f"unknown key {sorted(set(values) - set(_KEYS))[0]}; an entry has {', '.join(_KEYS)}"
    case, reason = values.get("case"), values.get("reason", "").strip()
    if case is None:
        return "case is missing"
    if not exists(case):
        return f"no case {case}; 'python -m conformance list --json' names them all"
    if not unfinished and "cause" not in values and reason in ("", MISSING):
        return f"{case}: the reason is missing: write down why it fails"
    if "only" in values:
        try:
            possible = parse_only(values["only"]).possible
        except ValueError:
            return f"{case}: only is {values['only']!r}; write it like 'cpython >=3.10,<3.13.2'"
        if not possible:
            return f"{case}: only is {values['only']!r}, which no version meets"
    return _problem_of_cause(values) if "cause" in values else None


def _problem_of_cause(values: Mapping[str, str]) -> str | None:
    case, id, only = values["case"], values["cause"], values.get("only")
    if "reason" in values or "issue" in values:
        return f"{case}: the cause stands in the place of reason and issue; remove these, or the cause"
    try:
        cause = found.shipped().get(id)
    except found.BadFound as error:
        return f"{case}: the causes cannot be read: {str(error).splitlines()[0]}"
    if cause is None:
        return f"{case}: no cause {id!r:.60} in docs/found; write a reason of your own, or the id of a cause there"
    if not cause.names(case):
        return f"{case}: the cause {id} in docs/found does not name this case; write a reason, or another cause"
    if only is not None and not any(each.overlaps(parse_only(only)) for each in cause.interpreters):
        return f"{case}: the cause {id} is about {', '.join(cause.only)}, and only is {only!r}"
    return None


def _repeats(values: Mapping[str, str], earlier: dict[object, int], number: int) -> str | None:
    """The problem with an entry for the case and the interpreters of an ``earlier`` one: (case, only) → its number."""
    only: object = None
    if "only" in values:
        only = parse_only(values["only"])
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
        raise BadBaseline(f"{path}: {_EXPECTED}")
    return entries


def _entry(path: Path, number: int, values: Any) -> Entry:
    where = f"{path}: entry {number + 1}"
    problem = _problem(values, lambda case: True, unfinished=True)
    if problem is not None:
        raise BadBaseline(f"{where}: {problem}")
    return _made(values, where)


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
