"""Load the whole catalogue: import every module of behaviours."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

from conformance.behaviour import CATALOGUE, Behaviour
from conformance.program import ROOT

#: The areas, in the order in which a report shows them.
AREAS = ("protocol", "consumption", "bidirection", "constraints", "lifecycle", "introspection", "context")


def load() -> Mapping[str, Behaviour]:
    """Import every ``test_*.py`` below ``conformance/<area>``; every behaviour by ID, in the order of a report.

    That is the order of areas, then of prefixes by the name of their module or folder, then of the modules of a folder
    by their lowest ID, then of IDs.
    """
    for area in AREAS:
        for path in sorted((ROOT / "conformance" / area).rglob("test_*.py")):
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    lowest: dict[str, str] = {}
    for entry in CATALOGUE.values():
        lowest[entry.module] = min(entry.id, lowest.get(entry.module, entry.id))

    def place(entry: Behaviour) -> tuple[int, str, str, str]:
        return AREAS.index(entry.area), entry.subject[0], lowest[entry.module], entry.id

    return {entry.id: entry for entry in sorted(CATALOGUE.values(), key=place)}
