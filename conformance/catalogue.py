"""The whole catalogue: load it, find a behaviour in it, and describe a behaviour."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from conformance.behaviour import CATALOGUE, Behaviour
from conformance.program import ROOT, cases

#: The areas, in the order in which a report shows them.
AREAS = (
    "protocol",
    "consumption",
    "bidirection",
    "constraints",
    "delegation",
    "lifecycle",
    "introspection",
    "context",
)


def load() -> Mapping[str, Behaviour]:
    """Import every ``test_*.py`` below ``conformance/<area>``. Returns ID → behaviour, in the order of a report.

    They are sorted by area, then by the name of the module or folder of their prefix, then by the lowest ID in their
    module, then by ID.
    """
    _import_all()
    return _sorted(tuple(CATALOGUE.values()))


@cache
def _import_all() -> None:
    for area in AREAS:
        for path in sorted((ROOT / "conformance" / area).rglob("test_*.py")):
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


@lru_cache(maxsize=1)
def _sorted(entries: tuple[Behaviour, ...]) -> Mapping[str, Behaviour]:
    """The order of the behaviours that are registered; it is computed again only if these are others."""
    lowest: dict[str, str] = {}
    for entry in entries:
        lowest[entry.module] = min(entry.id, lowest.get(entry.module, entry.id))

    def place(entry: Behaviour) -> tuple[int, str, str, str]:
        return AREAS.index(entry.area), entry.subject[0], lowest[entry.module], entry.id

    return MappingProxyType({entry.id: entry for entry in sorted(entries, key=place)})


def find(catalogue: Mapping[str, Behaviour], name: str) -> list[Behaviour]:
    """The behaviours that a name stands for: an ID, a case (``SND-012[42]``), or the number of eras (``AWT-061``).

    A number stands for all its eras, in the order of the catalogue. Raises KeyError with one line: the unknown name,
    and the names that are most similar to it.
    """
    if name in catalogue:
        return [catalogue[name]]
    numbers: dict[str, list[Behaviour]] = {}
    for entry in catalogue.values():
        numbers.setdefault(entry.number, []).append(entry)
    if name in numbers:
        return numbers[name]
    by_case = {case.name: entry for entry in catalogue.values() for case in cases(entry)}
    if name in by_case:
        return [by_case[name]]
    id, bracket, rest = name.partition("[")
    close = difflib.get_close_matches(id.upper() + bracket + rest, dict.fromkeys([*catalogue, *numbers, *by_case]))
    hint = f"similar names: {', '.join(close)}" if close else "'python -m conformance list' shows all names"
    raise KeyError(f"no behaviour or case {name!r}; {hint}")


def describe(entry: Behaviour) -> dict[str, Any]:
    """One behaviour as JSON: an element of ``list --json``, and of ``behaviours`` in the data of the report."""
    return {
        "id": entry.id,
        "sentence": entry.sentence,
        "level": entry.level,
        "sources": [
            {"id": section.id, "document": section.document.title, "title": section.title, "url": section.url}
            for section in entry.sources
        ],
        "since": "{}.{}".format(*entry.since),
        "until": "{}.{}".format(*entry.until) if entry.until else None,
        "needs": list(entry.needs),
        "allowed": list(entry.allowed),
        "module": entry.module,
        "cases": [case.name for case in cases(entry)],
    }
