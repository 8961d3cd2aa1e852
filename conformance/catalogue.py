"""Load the whole catalogue: import every module of behaviours."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

from conformance.behaviour import CATALOGUE, Behaviour
from conformance.program import ROOT

#: The areas, in the order in which a report shows them.
AREAS = ("protocol", "consumption", "bidirection", "constraints", "lifecycle", "introspection", "context")


def load() -> Mapping[str, Behaviour]:
    """Import every ``conformance/<area>/test_*.py``; every behaviour by ID, in the order of areas and IDs."""
    for area in AREAS:
        for path in sorted((ROOT / "conformance" / area).glob("test_*.py")):
            importlib.import_module(f"conformance.{area}.{path.stem}")
    ordered = sorted(CATALOGUE.values(), key=lambda entry: (AREAS.index(entry.area), entry.module, entry.id))
    return {entry.id: entry for entry in ordered}
