"""Which columns belong together, which of them is the newest, and the names that stay when a release follows another.

A column is an interpreter, an event loop or a reader of source. Columns of one kind and one implementation are a
family. A distribution of another implementation, such as Pyodide, is a family of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from runners.machine.registry import registry, title_of

if TYPE_CHECKING:
    from reports.model import Result

#: The kinds of columns, in the order in which they are shown, and what a table of them is about.
KINDS = {"interpreter": "Implementations", "loop": "Event loops", "reader": "Readers of source"}
_NUMBERS = re.compile(r"[0-9]{1,9}")
_RELEASED = re.compile(r"(?P<name>.+?)-(?P<release>[0-9][0-9.]*)")
#: System and machine are a part of a name unless they are the usual ones, as in the slug of a result.
_USUAL = {"linux", "x86_64"}


@dataclass(frozen=True)
class Family:
    """The columns of one implementation, the newest release first; of one release the build without flags first."""

    kind: str
    name: str
    slug: str
    columns: tuple[Result, ...]

    @property
    def head(self) -> Result:
        """The column that stands for the family: the newest release, in its plain build if there is one."""
        return next((each for each in self.columns if not variant(each)), self.columns[0])

    @property
    def rest(self) -> tuple[Result, ...]:
        """The older releases and other builds."""
        return tuple(each for each in self.columns if each is not self.head)


def families(results: Iterable[Result]) -> list[Family]:
    """The families by kind; of a kind CPython first, beside which the documents are written, then others by name."""
    found: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        found.setdefault((result.interpreter.kind, family_name(result)), []).append(result)
    made = [
        Family(kind, name, clean(name), tuple(sorted(columns, key=_age, reverse=True)))
        for (kind, name), columns in found.items()
    ]
    return sorted(made, key=lambda each: place(each.head))


def place(result: Result) -> tuple[int, bool, str]:
    """Where the family of a column stands among the others."""
    slug = clean(family_name(result))
    return list(KINDS).index(result.interpreter.kind), slug != "cpython", slug


@dataclass(frozen=True)
class Distribution:
    """An implementation with releases of its own that is a build of another one, as Pyodide is of CPython."""

    word: str
    title: str
    release: str


@cache
def distributions() -> Mapping[str, str]:
    """The names that can be those of distributions, all of the registry → their names for people."""
    # The registry says where each is run: "Pyodide on Node".
    return {name: title_of(name).partition(" on ")[0] for name in registry().implementations}


def distribution(result: Result) -> Distribution | None:
    """The distribution that a build says it is: a word with a release, whose name is in the registry."""
    for word in result.interpreter.build:
        match = _RELEASED.fullmatch(word)
        if match and match["name"] != result.interpreter.implementation and match["name"] in distributions():
            return Distribution(word, distributions()[match["name"]], match["release"])
    return None


def family_name(result: Result) -> str:
    """The name of the family for people: ``CPython``, ``Pyodide``, or that of the event loop."""
    it, found = result.interpreter, distribution(result)
    if it.kind == "loop" and it.loop is not None:
        return it.loop.name
    return it.title.partition(" ")[0] if found is None else found.title


def title(result: Result) -> str:
    """The column for people. A distribution has its own name and release: ``Pyodide 314.0.7 (Python 3.14.2, node-20)``.

    Two builds that only a number tells apart keep it.
    """
    it, found = result.interpreter, distribution(result)
    if found is None:
        return it.title
    words = [word for word in it.build if word != found.word]
    number = re.search(r" #[0-9]+$", it.title)
    remarks = ", ".join([f"Python {it.language_version}", *words])
    return f"{found.title} {found.release} ({remarks}){number[0] if number else ''}"


def release(result: Result) -> str:
    """The release of the family that a column shows: ``3.15.2``, ``8.0.1``, or the Pyodide's own ``314.0.7``."""
    it, found = result.interpreter, distribution(result)
    if it.kind == "loop" and it.loop is not None and it.loop.version is not None:
        return it.loop.version
    return it.implementation_version if found is None else found.release


def variant(result: Result) -> tuple[str, ...]:
    """What tells a build from the plain one, without numbers of releases: ``("freethreaded",)``, ``("chromium",)``."""
    it, found = result.interpreter, distribution(result)
    words = []
    for word in it.build:
        match = _RELEASED.fullmatch(word)
        if found is None or word != found.word:
            words.append(match["name"] if match else word)
    if it.kind == "loop":
        words.insert(0, it.implementation)
    if found is None:
        unusual = " ".join(each for each in (it.system, it.machine) if each).split()
        words += [each for each in unusual if not {each.lower() for each in unusual} <= _USUAL]
    return tuple(words)


def stable(result: Result) -> str:
    """The name of a column that stays for all releases of one language version: ``cpython-3.14``, ``pypy-3.11``."""
    return _joined(family_name(result), _minor(result), *variant(result))


def short(result: Result) -> str:
    """The name that stays for all releases: ``cpython``, ``pypy``, ``cpython-freethreaded``."""
    return _joined(family_name(result), *variant(result))


def names(results: Sequence[Result]) -> Mapping[str, Result]:
    """Every name that leads to a column and is not its slug → the newest column that it stands for.

    No name is the slug of another column.
    """
    slugs = {result.slug.lower() for result in results}
    found: dict[str, Result] = {}
    for family in families(results):
        for result in family.columns:
            found.setdefault(stable(result), result)
        found[family.slug] = family.head
        for result in family.columns:
            found.setdefault(short(result), result)
    return {name: result for name, result in found.items() if name.lower() not in slugs}


def clean(text: str) -> str:
    """A text as a part of a name in an address: lower case letters, digits and ``.-_``."""
    return re.sub(r"[^a-z0-9.-]+", "-", text.lower()).strip(".-")[:60] or "unnamed"


def _joined(*words: str) -> str:
    """The words as one name, which is not longer than a slug: a system of files takes 255 characters."""
    return "-".join(map(clean, words))[:120].strip(".-")


def _minor(result: Result) -> str:
    """The language version, major and minor, that the column is of."""
    return ".".join(result.interpreter.language_version.split(".")[:2])


def _numbers(text: str) -> list[int]:
    return [int(number) for number in _NUMBERS.findall(text)]


def _age(result: Result) -> tuple[list[int], list[int], bool, str]:
    """Newer releases are greater; of one release, the plain build is the greatest."""
    return _numbers(release(result)), _numbers(result.interpreter.language_version), not variant(result), result.slug


def label(result: Result) -> str:
    """The words below the name of the family in the head of a column: ``8.0.1 (Python 3.11)``, ``3.15.2 (debug)``."""
    it = result.interpreter
    language = [] if release(result) == it.language_version else [f"Python {_minor(result)}"]
    remarks = [*language, *variant(result)]
    return release(result) + (f" ({', '.join(remarks)})" if remarks else "")
