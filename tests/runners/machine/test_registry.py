"""The registry of implementations: the shipped one is valid, and each mistake gives one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.program import ROOT
from runners.machine.registry import BadRegistry, read, registry

ENTRY = """
[tool.node]
find = ["node"]
get = "apt-get install nodejs"

[implementation.one]
title = "One"
about = "A Python."
homepage = "https://example.org"
find = ["{home}/one"]
start = ["{node}", "{found}"]
verified = "not verified"
"""

#: Name of a row → (a text of the entry, its replacement, a part of the line about it).
WRONG = {
    "syntax": ("[tool", "[[tool", "Expected"),
    "top": ("[tool.node]", "[tools.node]", "the file: unknown key 'tools'"),
    "key": ("about =", "abuot =", "implementation one: unknown key 'abuot'"),
    "missing": ('title = "One"', "", "implementation one: title is missing"),
    "type": ('title = "One"', "title = 1", "implementation one: title must be of type str"),
    "words": ('["{node}", "{found}"]', '"{node} {found}"', "implementation one: start must be a list of strings"),
    "empty": ('["{node}", "{found}"]', "[]", "implementation one: start must not be empty"),
    "placeholder": ("{node}", "{nod}", "implementation one: unknown placeholder {nod}"),
    "ways": ('find = ["{home}', "python = '>=3'\nfind = [\"{home}", "exactly one of find, python and shares"),
    "versions": ('find = ["{home}/one"]', 'python = "new"', "python: 'new' is not a comparison with a version"),
    "shares": ('find = ["{home}/one"]', 'shares = "two"', "shares: no implementation is called 'two'"),
    "transport": ("verified =", 'transport = "post"\nverified =', "transport must be one of stream, file"),
    "timeout": ("verified =", 'start_timeout = "long"\nverified =', "start_timeout: must be a number of seconds"),
    "install": ("verified =", 'install = { kind = "npm" }\nverified =', "install: kind print needs a command"),
    "kind": ("verified =", 'install = { kind = "gem" }\nverified =', "install: kind must be one of pip, npm"),
}


def test_what_ships_is_right() -> None:
    """The registry that ships is valid; each entry says how to install it, unless it shares the files of another."""
    found = registry().implementations

    assert {"cpython-O", "pypy", "pyodide", "brython", "graalpy", "rustpython", "cython"} <= set(found)
    for entry in found.values():
        assert (entry.install is None) == (entry.shares is not None)
        assert entry.homepage.startswith("https://")
        assert all(sentence.endswith(".") for sentence in (entry.about, *entry.gaps))


def test_the_table_for_users_has_each() -> None:
    """``docs/implementations.md`` has a row for each name, and calls the same names not verified."""
    rows = [line for line in (ROOT / "docs/implementations.md").read_text(encoding="utf-8").splitlines() if "|" in line]
    for name, entry in registry().implementations.items():
        row = next((row for row in rows if f"`{name}`" in row.split("|")[1]), None)

        assert row is not None, name
        assert ("not verified" in row) is ("not verified" in entry.verified), name


def test_a_right_one_is_read(tmp_path: Path) -> None:
    """The values of an entry are read."""
    path = tmp_path / "some.toml"
    path.write_text(ENTRY)
    entry = read(path).implementations["one"]

    assert entry.start == ("{node}", "{found}")
    assert (entry.transport, entry.pooled, entry.start_timeout) == ("stream", False, None)


@pytest.mark.parametrize(("old", "new", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_one_is_one_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A mistake gives one line with the file and the entry."""
    path = tmp_path / "some.toml"
    assert old in ENTRY
    path.write_text(ENTRY.replace(old, new, 1))
    with pytest.raises(BadRegistry) as caught:
        read(path)

    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
