"""The structure of the code: imports go one way, and their picture is up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conformance.program import ROOT
from tests.architecture import PICTURE, ROOMS, Arrow, arrows, direct, floors, imported, modules, picture, room_of, wrong


@pytest.fixture(scope="module", name="found")
def _found() -> list[Arrow]:
    return arrows()


def test_imports_go_one_way(found: list[Arrow]) -> None:
    """A room imports from the rooms before it in the order, and from no other."""
    assert wrong(found) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("conformance", "runners.record"),
        ("runners.machine", "runners.transport"),
        ("runners.transport", "runners.plugin"),
        ("runners.record", "runners.plugin"),
        ("runners.plugin", "reports"),
        ("reports", "runners.plugin"),
    ],
)
def test_an_import_that_runs_back_is_found(source: str, target: str) -> None:
    """An import in the wrong direction is found, with its place."""
    assert wrong([Arrow("x.py:1", source, target)]) == [f"x.py:1: {source} imports from {target}"]


def test_imports_inside_of_functions_are_seen(tmp_path: Path) -> None:
    """An import in a function is found; an import of another project is left out."""
    path = tmp_path / "x.py"
    path.write_text(
        "import json\ndef f():\n    from runners.record import reading, results\n    import reports.model\n"
    )
    found = sorted(imported(path, modules()))

    assert found == [(3, "runners.record.reading"), (3, "runners.record.results"), (4, "reports.model")]


def test_every_module_has_a_room() -> None:
    """Each module belongs to a room in the list, and each room in the list exists."""
    homeless = [name for name in modules() if room_of(name) is None and name != "runners"]

    assert homeless == []
    assert [room for room in ROOMS if room not in modules()] == []


@pytest.mark.parametrize(
    ("package", "allowed"),
    [("pytest", ("conformance", "runners.plugin", "runners.__main__")), ("jinja2", ("reports", "reports.site"))],
)
def test_libraries_are_known_where_they_belong(package: str, allowed: tuple[str, ...]) -> None:
    """Only the plugin, and the commands, import pytest; only reports import jinja2."""
    pattern = re.compile(rf"^\s*(?:import|from) {package}\b", re.MULTILINE)
    users = {name for name, path in modules().items() if pattern.search(path.read_text(encoding="utf-8"))}

    assert {room_of(name) for name in users} <= set(allowed)


def test_floors_and_direct_imports() -> None:
    """A room is above the rooms that it imports from, and an import that a longer way implies is not drawn."""
    some = [
        Arrow("", "runners.machine", "conformance"),
        Arrow("", "runners.transport", "runners.machine"),
        Arrow("", "runners.transport", "conformance"),
    ]
    place = {room: floor for floor, row in enumerate(floors(some)) for room in row}

    assert place["runners.transport"] > place["runners.machine"] > place["conformance"]
    assert direct(some) == [("runners.machine", "conformance"), ("runners.transport", "runners.machine")]


def test_picture_is_of_these_imports(found: list[Arrow]) -> None:
    """The picture in the documentation is equal to the one that ``python -m tests.architecture`` draws."""
    assert PICTURE.read_text(encoding="utf-8") == picture(found)


def test_document_names_every_room() -> None:
    """The page about the architecture has a row for each room."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")

    assert [room for room in ROOMS if f"`{room.replace('.', '/')}" not in text] == []
