"""What is known about the failures of each implementation: ``docs/found/<implementation>.toml``.

A cause is a defect, or a decision of the makers, that makes one or more cases fail::

    name = "CPython"

    [[cause]]
    id = "anext-default-tuple"
    title = "anext() raises SystemError if its default is a tuple or an exception"
    cases = ["BLT-012[pair]", "BLT-014"]
    only = ["cpython >=3.10,<3.12.9", "cpython >=3.13,<3.13.2"]
    program = '''...'''
    expected = "(1, 2)"
    seen = "SystemError: ..."
    upstream = "https://github.com/python/cpython/issues/128078"
    state = "fixed"
    fixed_in = ["3.12.9", "3.13.2"]

A cause explains, and never excuses: only an entry of a baseline does. docs/found/README.md says what each key holds.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.version import InvalidVersion, Version

from conformance.program import ROOT
from runners.record.only import Only, Release, parse_only
from runners.record.tables import BadTables, parsed, text_of

if TYPE_CHECKING:
    from runners.record.outcome import Outcome
    from runners.record.results import Interpreter

#: The folder of the files, and of the pages that are made from them.
FOLDER = ROOT / "docs" / "found"
#: The value of ``upstream`` for a cause that nobody has told the makers of.
NOT_REPORTED = "not reported"
#: The states of a cause, and their meanings.
STATES = {
    "open": "nobody has a fix",
    "pending": "the makers have a fix, and no release known here has it",
    "fixed": "a release has the fix",
    "by design": "the makers say that it stays so",
}
#: The most lines of a program, and characters of a title.
MOST_LINES, MOST_TITLE = 12, 120

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https://[^\s<>\"'()]+")
_NEEDED = ("id", "title", "cases", "only", "program", "expected", "seen", "upstream", "state")
_LISTS = ("cases", "only", "fixed_in")
_KEYS = {*_NEEDED, "fixed_in", "answer", "note"}


class BadFound(Exception):
    """Files of causes cannot be used. The message has one line for each mistake."""


@dataclass(frozen=True, eq=False)
class Cause:
    """Why some cases fail on some interpreters.

    ``cases`` are names of cases, IDs that stand for all their cases, or names with ``*`` for any text. ``only`` are the
    interpreters, as in a baseline. ``program`` prints ``expected`` where the documents are followed, and ``seen`` on
    these interpreters. ``upstream`` is an address, or None if the makers were not told. ``state`` is a key of
    :data:`STATES`, ``fixed_in`` the releases that have the fix, ``answer`` what the makers said, ``note`` what else
    a reader has to know.
    """

    id: str
    title: str
    cases: tuple[str, ...]
    only: tuple[str, ...]
    program: str
    expected: str
    seen: str
    upstream: str | None
    state: str
    fixed_in: tuple[str, ...] = ()
    answer: str | None = None
    note: str | None = None
    #: The name of the file without its ending.
    implementation: str = ""
    where: str = ""

    def names(self, case: str) -> bool:
        """Whether the cause says that it makes this case fail, on the interpreters that it applies to."""
        plain, patterns = self._names
        return case in plain or case.partition("[")[0] in plain or any(each.fullmatch(case) for each in patterns)

    def applies_to(self, release: Release) -> bool:
        """Whether the cause is about an interpreter."""
        return any(each.applies_to(*release) for each in self.interpreters)

    def overlaps(self, other: Cause) -> bool:
        """Whether there can be an interpreter that both causes are about."""
        return any(mine.overlaps(each) for mine in self.interpreters for each in other.interpreters)

    @cached_property
    def _names(self) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
        """The names and IDs in ``cases``, and what the names with ``*`` match."""
        patterns = (re.compile(".*".join(map(re.escape, name.split("*")))) for name in self.cases if "*" in name)
        return frozenset(name for name in self.cases if "*" not in name), tuple(patterns)

    @cached_property
    def interpreters(self) -> tuple[Only, ...]:
        """``only``, parsed."""
        return tuple(map(parse_only, self.only))

    @property
    def fate(self) -> str:
        """The state in a few words: ``fixed in 3.12.9 and 3.13.2``."""
        return f"fixed in {' and '.join(self.fixed_in)}" if self.state == "fixed" else self.state


@dataclass(frozen=True)
class Causes:
    """A file: the implementation as people write its name, what else is to be said about it, and its causes."""

    implementation: str
    name: str
    about: str
    causes: tuple[Cause, ...]


class Found:
    """The causes of all implementations."""

    def __init__(self, files: Iterable[Causes]) -> None:
        self.files = tuple(files)
        self._by_id = {cause.id: cause for cause in self.causes}
        self._applying: dict[tuple[str, str, tuple[str, ...]], tuple[Cause, ...]] = {}

    @property
    def causes(self) -> list[Cause]:
        """Every cause, in the order of the files."""
        return [cause for file in self.files for cause in file.causes]

    def get(self, id: str) -> Cause | None:
        """The cause with this id, or None."""
        return self._by_id.get(id)

    def applying(self, release: Release) -> tuple[Cause, ...]:
        """The causes that are about an interpreter."""
        key = (release[0], release[1], tuple(release[2]))
        if key not in self._applying:
            self._applying[key] = tuple(cause for cause in self.causes if cause.applies_to(release))
        return self._applying[key]

    def find(self, case: str, release: Release) -> Cause | None:
        """The cause of a failure of a case on an interpreter, or None. It does not say whether the case fails."""
        return next((cause for cause in self.applying(release) if cause.names(case)), None)

    def explaining(self, outcome: Outcome, interpreter: Interpreter) -> Cause | None:
        """The cause of a failure that counts; None if it is not known, and for any other outcome.

        A failure that compiled code is known to inherit has the cause that it has on its host.
        """
        if not outcome.counts:
            return None
        cause, host = self.find(outcome.case, interpreter.release), interpreter.host
        if cause is None and outcome.known is not None and host is not None:
            return self.find(outcome.case, (host.implementation.lower(), host.version, ()))
        return cause


def files() -> list[Path]:
    """The files that ship."""
    return sorted(FOLDER.glob("*.toml"))


@cache
def shipped() -> Found:
    """The causes that ship, without a check of the cases that they name: tests do that. Raises BadFound."""
    return load(files())


def load(paths: Sequence[Path], cases: Collection[str] | None = None) -> Found:
    """Read files of causes; ``cases`` are the names of all cases, or None to leave out the checks that need them.

    Raises BadFound with one line for each mistake.
    """
    files, wrong = [], []
    for path in paths:
        try:
            files.append(_file(path))
        except BadFound as error:
            wrong.append(str(error))
    found = Found(files)
    wrong += _repeated(found.causes)
    if cases is not None:
        wrong += [*_unknown(found.causes, cases), *_claimed_twice(found.causes, cases)]
    if wrong:
        raise BadFound("\n".join(wrong))
    return found


def _file(path: Path) -> Causes:
    try:
        document = parsed(text_of(path))
    except BadTables as error:
        raise BadFound(f"{path}: {error}") from None
    name, about, tables = document.pop("name", None), document.pop("about", ""), document.pop("cause", [])
    if document:
        raise BadFound(f"{path}: unknown key {min(document)}; a file has name, about and [[cause]] tables")
    if not _is_text(name) or not isinstance(about, str):
        raise BadFound(f"{path}: name must be the name of the implementation, and about a text")
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise BadFound(f"{path}: causes are tables, each under [[cause]]")
    causes, wrong = [], []
    for number, values in enumerate(tables, 1):
        id = values.get("id")
        where = f"{path}: cause {id if isinstance(id, str) and _ID.fullmatch(id) else number}"
        problem = _problem(values)
        if problem is None:
            causes.append(_cause(values, path.stem, where))
            problem = _contradiction(causes[-1])
        if problem is not None:
            wrong.append(f"{where}: {problem}")
    if wrong:
        raise BadFound("\n".join(wrong))
    return Causes(path.stem, name, about.strip(), tuple(causes))


def _cause(values: Mapping[str, Any], implementation: str, where: str) -> Cause:
    given: dict[str, Any] = {key: tuple(value) if key in _LISTS else value.strip("\n") for key, value in values.items()}
    if given["upstream"] == NOT_REPORTED:
        given["upstream"] = None
    return Cause(**given, implementation=implementation, where=where)


def _problem(values: Mapping[str, Any]) -> str | None:
    """The first key with a value of the wrong form, in words."""
    unknown = sorted(set(values) - _KEYS)
    if unknown:
        return f"unknown key {unknown[0]}; a cause has {', '.join(sorted(_KEYS))}"
    missing = [key for key in _NEEDED if key not in values]
    if missing:
        return f"{missing[0]} is missing"
    for key, value in values.items():
        if key in _LISTS:
            if not isinstance(value, list) or not value or not all(map(_is_text, value)):
                return f"{key} must be a list of texts, with at least one"
            if len(set(value)) < len(value):
                return f"{key} says something twice"
        elif not _is_text(value):
            return f"{key} must be a text"
    if not _ID.fullmatch(values["id"]):
        return "id must be words of a-z and 0-9 with hyphens between them"
    if "\n" in values["title"] or len(values["title"]) > MOST_TITLE or values["title"].endswith("."):
        return f"title must be one line of at most {MOST_TITLE} characters, without a full stop at its end"
    if values["upstream"] != NOT_REPORTED and not _ADDRESS.fullmatch(values["upstream"]):
        return f"upstream must be an address that begins with https://, or {NOT_REPORTED!r}"
    if values["state"] not in STATES:
        return f"state is {values['state']!r:.60}; it can be {', '.join(STATES)}"
    return _problem_of_versions(values) or _problem_of_program(values["program"])


def _problem_of_versions(values: Mapping[str, Any]) -> str | None:
    for text in values["only"]:
        try:
            possible = parse_only(text).possible
        except ValueError:
            return f"only is {text!r:.100}; write it like 'cpython >=3.10,<3.13.2'"
        if not possible:
            return f"only is {text!r:.100}, which no version meets"
    for text in values.get("fixed_in", ()):
        try:
            Version(text)
        except InvalidVersion:
            return f"fixed_in is {text!r:.60}, which is not a version"
    return None


def _problem_of_program(program: str) -> str | None:
    lines = program.strip("\n").count("\n") + 1
    if lines > MOST_LINES:
        return f"program has {lines} lines; {MOST_LINES} are the most"
    try:
        # Only the grammar, and only what each Python here can parse: a program can be about what another version of
        # the language forbids (a yield in an annotation, since 3.14) or does not know (except*, before 3.11).
        grammar = program.replace("except*", "except")
        compile(grammar, "program", "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return f"program cannot be compiled: {error}"
    return None


def _contradiction(cause: Cause) -> str | None:
    """Two keys of a cause that cannot both be right, in words."""
    if (cause.state == "fixed") != bool(cause.fixed_in):
        return "a fixed cause has fixed_in, the releases with the fix, and no other cause has it"
    if cause.answer is not None and cause.upstream is None:
        return "there is an answer, and no address in upstream where the makers gave it"
    if cause.state == "by design" and cause.answer is None:
        return "a cause that is by design has an answer, in which the makers say so"
    for release in cause.fixed_in:
        if any(each.applies_to(each.implementation, release, each.words) for each in cause.interpreters):
            return f"only includes {release}, which has the fix"
    return None


def _repeated(causes: Iterable[Cause]) -> list[str]:
    earlier: dict[str, Cause] = {}
    first = [(earlier.setdefault(cause.id, cause), cause) for cause in causes]
    return [f"{cause.where}: {one.where} has the same id" for one, cause in first if one is not cause]


def _unknown(causes: Iterable[Cause], cases: Collection[str]) -> list[str]:
    whole = {*cases, *(case.partition("[")[0] for case in cases)}
    return [
        f"{cause.where}: no case {name}; 'python -m conformance list --json' names them all"
        for cause in causes
        for name in cause.cases
        if name not in whole and not ("*" in name and any(map(replace(cause, cases=(name,)).names, cases)))
    ]


def _claimed_twice(causes: Sequence[Cause], cases: Collection[str]) -> list[str]:
    """A line for each two causes that explain the same case on the same interpreters."""
    by_id: dict[str, list[str]] = {}
    for case in cases:
        by_id.setdefault(case.partition("[")[0], []).append(case)
    claiming: dict[str, dict[Cause, None]] = {}
    for cause in causes:
        for name in cause.cases:
            near = cases if "*" in name else by_id.get(name.partition("[")[0], ())
            for case in filter(cause.names, near):
                claiming.setdefault(case, {})[cause] = None
    claims: dict[tuple[Cause, Cause], str] = {}
    for case in sorted(claiming):
        for pair in combinations(claiming[case], 2):
            claims.setdefault(pair, case)
    return [
        f"{two.where}: {case} is explained by {one.where} on the same interpreters"
        for (one, two), case in claims.items()
        if one.overlaps(two)
    ]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value.strip() != ""
