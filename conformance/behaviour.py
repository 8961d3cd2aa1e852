"""The ``@behaviour`` decorator and the catalogue that it fills."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from conformance.needs import FEATURES, NEEDS
from conformance.sources import Section

Version = tuple[int, int]
Function = TypeVar("Function", bound=Callable[..., object])

#: The levels of a claim, the strongest first. Only the first two count for or against an interpreter.
LEVELS = ("language", "library", "detail")
OLDEST: Version = (3, 6)
#: The newest language version that the behaviours know. It may be one that nobody has released yet.
NEWEST: Version = (3, 16)
#: The newest language version that is released. An interpreter that does not say which version it has is judged as it.
RELEASED: Version = (3, 15)

_ID = re.compile(r"[A-Z]{3}-\d{3}[a-z]?")
#: The schema of a result has the same bound.
_VERSION = re.compile(r"3\.([0-9]{1,3})")


@dataclass(frozen=True, eq=False)
class Behaviour:
    """One sentence about asynchronous generators, and the function that shows whether it holds.

    ``since`` and ``until`` are language versions ``(major, minor)``, both inclusive; ``until`` is None while no
    document announces that the behaviour ends. ``needs`` are names of :data:`conformance.needs.NEEDS`. ``allowed``
    lists the outcomes that the documents allow; it is empty if only one outcome is right.
    """

    id: str
    function: Callable[..., object]
    sources: tuple[Section, ...]
    since: Version
    until: Version | None
    level: str
    needs: tuple[str, ...]
    allowed: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The first paragraph of the docstring as one line. The report prints it."""
        paragraph = (self.function.__doc__ or "").strip().split("\n\n")[0]
        return " ".join(paragraph.split())

    @property
    def module(self) -> str:
        """The path of the module in the checkout, such as ``conformance/bidirection/test_asend.py``."""
        return self.function.__module__.replace(".", "/") + ".py"

    @property
    def area(self) -> str:
        """The folder of ``conformance`` that contains the module, such as ``bidirection``."""
        return self.function.__module__.split(".")[1]

    @property
    def subject(self) -> tuple[str, ...]:
        """The module inside its area: ``("asend",)``, or ``("athrow", "answers")`` in the folder of a prefix."""
        return tuple(part.removeprefix("test_") for part in self.function.__module__.split(".")[2:])

    @property
    def prefix(self) -> str:
        """The first three letters of the ID. They belong to one module, or to one folder of modules."""
        return self.id[:3]

    @property
    def feature(self) -> str | None:
        """The name of the feature, in :data:`conformance.needs.FEATURES`, that the behaviour is about; or None."""
        cited = {section.document.__name__ for section in self.sources}
        return next((name for name, it in FEATURES.items() if it.since == self.since and it.document in cited), None)

    @property
    def number(self) -> str:
        """The ID without the letter of an era: ``CLS-021`` for ``CLS-021a`` and ``CLS-021b``."""
        return self.id[:7]

    def applies_to(self, version: Version) -> bool:
        """Whether the sentence should hold in this language version."""
        return self.since <= version and (self.until is None or version <= self.until)

    @property
    def versions(self) -> str:
        """The language versions in words: ``3.6+``, ``3.6 to 3.9``, ``3.8 only``."""
        first = "{}.{}".format(*self.since)
        if self.until is None:
            return f"{first}+"
        last = "{}.{}".format(*self.until)
        return f"{first} only" if first == last else f"{first} to {last}"


#: ID → behaviour, for every behaviour imported so far.
CATALOGUE: dict[str, Behaviour] = {}


def parse_version(text: str) -> Version:
    """``"3.10"`` as ``(3, 10)``. Raises ValueError for any text but ``3.`` and at most three digits."""
    match = _VERSION.fullmatch(text)
    if match is None:
        raise ValueError(f"not a language version such as 3.10: {text!r:.100}")
    return (3, int(match[1]))


def behaviour(
    id: str,
    *,
    source: Sequence[Section],
    since: str,
    until: str | None = None,
    level: str | None = None,
    needs: Sequence[str] = (),
    allowed: Sequence[str] = (),
) -> Callable[[Function], Function]:
    """Enter the decorated function into the catalogue.

    If ``level`` is not given, it is that of the strongest section cited. Raises ValueError, at import, for a malformed
    ID or one that is already used, an unknown need or level, a missing source, or versions in the wrong order.
    """
    if not _ID.fullmatch(id):
        raise ValueError(f"{id}: an ID is three capitals, a dash, three digits and perhaps a letter")
    unknown = [need for need in needs if need not in NEEDS]
    if unknown:
        raise ValueError(f"{id}: unknown need {unknown[0]!r}; conformance/needs.py lists the needs")
    if not source:
        raise ValueError(f"{id}: a behaviour cites at least one section of conformance/sources")
    first = parse_version(since)
    last = parse_version(until) if until is not None else None
    if first < OLDEST or first > NEWEST or (last is not None and last < first):
        raise ValueError(f"{id}: since {since}, until {until} is not a range within 3.6 to {NEWEST[0]}.{NEWEST[1]}")
    claimed = [section.level for section in source if section.level is not None]
    if level is None:
        if not claimed:
            raise ValueError(f"{id}: none of its sources has a level; give the level")
        level = min(claimed, key=LEVELS.index)
    elif level not in LEVELS:
        raise ValueError(f"{id}: unknown level {level!r}")

    def enter(function: Function) -> Function:
        entry = Behaviour(id, function, tuple(source), first, last, level, tuple(needs), tuple(allowed))
        earlier = CATALOGUE.get(id)
        if earlier is not None and _place(earlier.function) != _place(function):
            raise ValueError(f"{id} is the ID of both {_place(earlier.function)} and {_place(function)}")
        CATALOGUE[id] = entry
        function.behaviour = entry  # type: ignore[attr-defined]
        return function

    return enter


def _place(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
