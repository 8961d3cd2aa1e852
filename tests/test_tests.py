"""The tests themselves: the modules of their helpers."""

from __future__ import annotations

import ast
from pathlib import Path

from conformance.program import ROOT


def imported(path: Path) -> set[str]:
    """The dotted names that a module imports, also inside functions, each with the names imported from it."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parents = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*parents, *([node.module] if node.module else [])])
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return found


def test_nothing_is_imported_from_a_test_module() -> None:
    """Shared helpers are in a ``samples.py`` or a ``conftest.py``, so that a test module can change freely."""
    wrong = [
        f"{path.relative_to(ROOT)}: {name} (move what it takes to samples.py)"
        for path in sorted(ROOT.joinpath("tests").rglob("*.py"))
        for name in sorted(imported(path))
        if any(part.startswith("test_") for part in name.split("."))
    ]

    assert wrong == []
