"""The interpreters that an entry of a baseline, or a cause, applies to: ``cpython debug >=3.10,<3.13.2``."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from packaging.version import InvalidVersion, Version

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
Comparison = tuple[Callable[[Version, Version], bool], Version]


@dataclass(frozen=True)
class Only:
    """An implementation, words that its build must have, and comparisons with its version that must all hold."""

    implementation: str
    words: frozenset[str]
    comparisons: frozenset[Comparison]

    def applies_to(self, implementation: str, version: str, build: Collection[str]) -> bool:
        """Whether this build of an implementation is meant; ``version`` is the implementation's own."""
        if self.implementation != implementation or not self.words <= set(build):
            return False
        try:
            return all(holds(Version(version), bound) for holds, bound in self.comparisons)
        except InvalidVersion:
            return False  # the interpreter reported a version that is not one

    @property
    def possible(self) -> bool:
        """Whether a version can meet all comparisons. Between two versions there is always another one."""
        return _is_possible(self.comparisons)

    def overlaps(self, other: Only) -> bool:
        """Whether an interpreter can be meant by both: a build can have the words of both."""
        both = self.comparisons | other.comparisons
        return self.implementation == other.implementation and _is_possible(both)


def parse_only(text: str) -> Only:
    """Read ``cpython debug >=3.10,<3.13.2``. Raises ValueError.

    The specifiers of packaging could do this too, but to import them takes longer than all other work on a baseline.
    """
    match = _ONLY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    comparisons = set()
    for part in filter(None, map(str.strip, match[3].split(","))):
        comparison = _COMPARISON.fullmatch(part)
        if comparison is None:
            raise ValueError(text)
        comparisons.add((_OPERATORS[comparison[1]], Version(comparison[2])))
    return Only(match[1], frozenset(match[2].split()), frozenset(comparisons))


def written_only(implementation: str, version: str) -> str | None:
    """The ``only`` of a new entry: without the version if it would not apply with it, None if it would never apply."""
    for text in (f"{implementation} =={version}", implementation):
        try:
            if parse_only(text).applies_to(implementation, version, ()):
                return text
        except ValueError:
            continue
    return None


def is_name(implementation: str) -> bool:
    """Whether the name that an interpreter reports may choose a file: it must not lead to another folder."""
    return _IMPLEMENTATION.fullmatch(implementation) is not None


def _is_possible(comparisons: Iterable[Comparison]) -> bool:
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
