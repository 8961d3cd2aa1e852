"""What is known of implementations stands in the registry, and every list follows from it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from conformance.program import ROOT
from runners.machine.registry import BadRegistry, Registry, read, registry, title_of
from runners.survey import pointed_versions

#: Where names of implementations belong: what starts one is about it, and what travels finds out its own.
_ABOUT = ("runners/boot/", "runners/transport/inside/")
_NAMES = {
    name
    for name, entry in registry().implementations.items()
    if name not in ("cpython", "pypy") and (entry.spec or entry.files or entry.install)
}


def test_names_on_path_follow_from_the_registry() -> None:
    """The programs of every implementation that can be on PATH are recognised, and others are not."""
    right = ["python3", "python3.13", "python3.14t", "python3.15-dbg", "pypy3", "pypy3.11", "micropython", "graalpy"]
    wrong = ["python", "python2.7", "python3-config", "pypy", "python3.13-gdb.py", "cython", "node"]

    assert [name for name in right if not registry().files.fullmatch(name)] == []
    assert [name for name in wrong if registry().files.fullmatch(name)] == []


def test_words_before_a_version_follow_from_the_registry() -> None:
    """The words that tox understands name an implementation each."""
    some = {"": "cpython", "py": "cpython", "python": "cpython", "pypy": "pypy", "graalpy": "graalpy"}

    assert some.items() <= registry().specs.items()
    assert set(registry().specs.values()) == {name for name, each in registry().implementations.items() if each.spec}


def test_native_versions_follow_from_the_registry() -> None:
    """The matrix points at the versions of CPython before the first native one."""
    assert {"cpython": (3, 10), "pypy": (3, 11)}.items() <= registry().native.items()
    assert pointed_versions() == [(3, 6), (3, 7), (3, 8), (3, 9)]


def test_titles_follow_from_the_registry() -> None:
    """An implementation is written as its entry has it; an unknown one as it says itself."""
    found = [title_of(name) for name in ("cpython", "pypy", "graalpy", "nuitka", "brython", "tinypy")]

    assert found == ["CPython", "PyPy", "GraalPy", "Nuitka", "Brython", "tinypy"]


def test_no_module_has_a_list_of_implementations() -> None:
    """No code names an implementation as a text, so that a new one is an entry of the registry and nothing more."""
    wrong = []
    for path in sorted((ROOT / "runners").rglob("*.py")) + sorted((ROOT / "reports").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(_ABOUT):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in _NAMES:
                wrong.append(f"{name}:{node.lineno}: {node.value}")

    assert wrong == []


ENTRY = """
[implementation.tinypy]
title = "TinyPy"
about = "A Python that was made for this test."
homepage = "https://example.org"
find = ["tinypy"]
start = ["{found}"]
spec = ["tiny"]
files = 'tinypy(\\d+)?'
native = "3.14"
verified = "not verified"
"""


def with_entry(tmp_path: Path, text: str = ENTRY) -> Registry:
    """The registry that ships, with one more entry."""
    path = tmp_path / "some.toml"
    path.write_text((ROOT / "runners/machine/implementations.toml").read_text(encoding="utf-8") + text)
    return read(path)


def test_a_new_implementation_is_one_entry(tmp_path: Path) -> None:
    """Its programs, its spec, its title and whether it is native all follow from its entry."""
    found = with_entry(tmp_path)

    assert found.files.fullmatch("tinypy3")
    assert found.specs["tiny"] == "tinypy"
    assert found.native["tinypy"] == (3, 14)
    assert found.implementations["tinypy"].title == "TinyPy"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("'tinypy(\\d+)?'", "'('", "files: '(' is not a regular expression"),
        ('"3.14"', '"14"', "native: not a language version"),
        ('"3.14"', "14", "native must be of type str"),
        ('["tiny"]', '"tiny"', "spec must be a list of strings"),
    ],
)
def test_a_wrong_entry_is_one_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    """What is wrong with the new keys is said as of the others."""
    assert old in ENTRY
    with pytest.raises(BadRegistry, match=re.escape(message)):
        with_entry(tmp_path, ENTRY.replace(old, new))
