"""Which columns belong together, which of them is the newest, and the names that stay when a release follows another.

A column is an interpreter, an event loop or a reader of source. Columns of one kind and one implementation are a family.
A distribution of another implementation, such as Pyodide, is a family of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.model import Result

#: The kinds of columns, in the order in which they are shown, and what a table of them is about.
KINDS = {"interpreter": "Implementations", "loop": "Event loops", "reader": "Readers of source"}
#: Distributions with a name and releases of their own, by the word that begins their build → their name for people.
DISTRIBUTIONS = {"pyodide": "Pyodide"}
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
    """The families by kind; of a kind CPython first, which the documents are written beside, then the others by name."""
    found: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        found.setdefault((result.interpreter.kind, family_name(result)), []).append(result)
    made = [
        Family(kind, name, clean(name), tuple(sorted(columns, key=_age, reverse=True)))
        for (kind, name), columns in found.items()
    ]
    kinds = list(KINDS)
    return sorted(made, key=lambda each: (kinds.index(each.kind), each.slug != "cpython", each.slug))


def family_name(result: Result) -> str:
    """The name of the family for people: ``CPython``, ``Pyodide``, or that of the event loop."""
    it = result.interpreter
    if it.kind == "loop" and it.loop is not None:
        return it.loop.name
    for word in it.build:
        name = word.partition("-")[0]
        if name in DISTRIBUTIONS:
            return DISTRIBUTIONS[name]
    return it.title.partition(" ")[0]


def title(result: Result) -> str:
    """The column for people; a distribution has its own name and release: ``Pyodide 314.0.7 (Python 3.14.2, node-20)``."""
    it, name = result.interpreter, family_name(result)
    if name not in DISTRIBUTIONS.values():
        return it.title
    words = [word for word in it.build if word.partition("-")[0] not in DISTRIBUTIONS]
    number = re.search(r" #[0-9]+$", it.title)
    return f"{name} {release(result)} ({', '.join([f'Python {it.language_version}', *words])}){number[0] if number else ''}"


def release(result: Result) -> str:
    """The release of the family that a column shows: ``3.15.2``, ``8.0.1``, or the Pyodide's own ``314.0.7``."""
    it = result.interpreter
    if it.kind == "loop" and it.loop is not None and it.loop.version is not None:
        return it.loop.version
    for word in it.build:
        match = _RELEASED.fullmatch(word)
        if match and match["name"] in DISTRIBUTIONS:
            return match["release"]
    return it.implementation_version


def variant(result: Result) -> tuple[str, ...]:
    """What tells a build from the plain one, without numbers of releases: ``("freethreaded",)``, ``("chromium",)``."""
    it = result.interpreter
    words = []
    for word in it.build:
        match = _RELEASED.fullmatch(word)
        name = match["name"] if match else word
        if name not in DISTRIBUTIONS:
            words.append(name)
    if it.kind == "loop":
        words.insert(0, it.implementation)
    if family_name(result) not in DISTRIBUTIONS.values():
        unusual = " ".join(each for each in (it.system, it.machine) if each).split()
        words += [each for each in unusual if not {each.lower() for each in unusual} <= _USUAL]
    return tuple(map(clean, words))


def stable(result: Result) -> str:
    """The name of a column that stays for all releases of one language version: ``cpython-3.14``, ``pypy-3.11``."""
    return _joined(clean(family_name(result)), clean(_minor(result)), *variant(result))


def short(result: Result) -> str:
    """The name that stays for all releases: ``cpython``, ``pypy``, ``cpython-freethreaded``."""
    return _joined(clean(family_name(result)), *variant(result))


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


def _joined(*parts: str) -> str:
    """The parts as one name, which a file can have."""
    return "-".join(parts)[:120].rstrip(".-")


def _minor(result: Result) -> str:
    """The language version, major and minor, that the column is of."""
    return ".".join(result.interpreter.language_version.split(".")[:2])


def _numbers(text: str) -> list[int]:
    return [int(number) for number in _NUMBERS.findall(text)]


def _age(result: Result) -> tuple[list[int], list[int], bool, str]:
    """Newer releases are greater; of one release, the plain build is the greatest."""
    return _numbers(release(result)), _numbers(result.interpreter.language_version), not variant(result), result.slug


def label(result: Result) -> str:
    """The words below the name of the family in the head of a column: the release, the build, the language version."""
    it = result.interpreter
    found = [release(result), *variant(result)]
    if release(result) != it.language_version:
        found.insert(1, f"Python {_minor(result)}")
    return " ".join(found)
