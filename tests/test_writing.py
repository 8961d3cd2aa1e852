"""Every file that the tool writes is written whole or not at all: by the one function for it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from conformance.program import ROOT

#: The files that write by other means, and why that is right.
OTHERWISE = {
    "conformance/files.py": "the one function",
    "conformance/program.py": "a cache beside the bytecode, which another process may replace at the same time",
    "runners/boot/builds.py": "a cache, by an interpreter under test, which has nothing of ours",
    "runners/boot/cythonize.py": "a folder that only one build knows",
    "runners/boot/extensions.py": "a folder that only one build knows",
    "runners/boot/packages.py": "a folder that only one build knows",
    "runners/machine/install.py": "a log, and a folder that counts only once its marker is there",
    "runners/publish.py": "a temporary folder of the run",
    "runners/transport/file.py": "a temporary folder of the run",
}


def writes(source: str) -> list[int]:
    """The lines of a source that open a file for writing or write one at once."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        modes = [each.value for each in given if isinstance(each, ast.Constant)]
        opens = name in ("open", "fdopen", "NamedTemporaryFile") and any(
            isinstance(mode, str) and set(mode) <= set("rwaxbt+") and set(mode) & set("wax+") for mode in modes
        )
        if opens or name in ("write_text", "write_bytes"):
            found.append(node.lineno)
    return found


def test_only_one_function_writes_files() -> None:
    """No module writes a file by itself, but those that are listed with the reason."""
    found = set()
    for package in ("conformance", "runners", "reports"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            inside = name.startswith("runners/transport/inside/") or path.name.startswith("test_")
            if not inside and writes(path.read_text(encoding="utf-8")):
                found.add(name)

    assert found == set(OTHERWISE)


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("path.write_text(text)", True),
        ("path.write_bytes(b'')", True),
        ("open(path, 'w')", True),
        ("path.open(mode='xb')", True),
        ("os.fdopen(handle, 'r+')", True),
        ("open(path)", False),
        ("open(path, 'rb')", False),
        ("open(path, encoding='ascii')", False),
        ("files.write(path, text)", False),
    ],
)
def test_each_way_to_write_is_seen(line: str, seen: bool) -> None:
    """The rule sees the ways in which Python writes a file, and takes none that only reads for one."""
    assert bool(writes(line)) is seen


def test_reasons_are_given() -> None:
    """An exception names a file that is there."""
    assert [name for name, reason in OTHERWISE.items() if not reason or not Path(ROOT, name).is_file()] == []
