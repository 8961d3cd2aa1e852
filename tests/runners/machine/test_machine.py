"""From the name of an implementation to the command that starts it, on fake machines."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conformance.program import ROOT
from runners.machine.machine import Machine
from runners.machine.pythons import NotFound, Python
from runners.machine.registry import read, registry
from tests.runners.samples import shell_script

SOME = """
[tool.node]
find = ["node", "{cache}/node-*/node"]
version = "--version"
least = "18"
get = "apt-get install nodejs"

[implementation.one]
title = "One"
about = "A Python."
homepage = "https://example.org"
find = ["one"]
start = ["env", "ONE={found}", "{node}", "{root}/one.mjs"]
start_timeout = 90
memory = 100
verified = "not verified"

[implementation.two]
title = "Two"
about = "A Python."
homepage = "https://example.org"
shares = "one"
start = ["{found}", "two"]
verified = "not verified"

[implementation.cpython-O]
title = "CPython with -O"
about = "A Python."
homepage = "https://example.org"
python = ">=3.8"
start = ["{python}", "-O"]
install = { kind = "print", command = "apt-get install python3" }
verified = "not verified"
"""


def machine(folder: Path, **environment: str) -> Machine:
    """A machine whose PATH is ``folder/bin``, and whose only CPython is the interpreter at hand."""
    (folder / "some.toml").write_text(SOME)
    known = {"PATH": str(folder / "bin"), "CONFORMANCE_CACHE": str(folder / "cache"), **environment}
    return Machine(read(folder / "some.toml"), known, [Path(sys.executable)])


def test_placeholders_are_filled(tmp_path: Path) -> None:
    """The words of a command have absolute paths: of the implementation, of the tool and of the checkout."""
    one, node = shell_script(tmp_path / "bin/one"), shell_script(tmp_path / "bin/node", "echo v20.1.0")
    start = machine(tmp_path).start("one")

    assert start.words == ("env", f"ONE={one}", str(node), f"{ROOT}/one.mjs")
    assert (start.start_timeout, start.memory) == (90, 100 << 20)
    assert machine(tmp_path).start("two").words == (str(one), "two")


def test_the_newest_tool_is_taken(tmp_path: Path) -> None:
    """Of several tools, the one with the highest version is used, wherever it was found."""
    shell_script(tmp_path / "bin/one")
    shell_script(tmp_path / "bin/node", "echo v18.9.0")
    newest = shell_script(tmp_path / "cache/node-26/node", "echo v26.0.0 >&2")

    assert machine(tmp_path).tool("node") == str(newest)


@pytest.mark.parametrize(
    ("there", "environment", "message"),
    [
        ([], {}, "one is not on this machine: no command installs it"),
        (["one"], {}, "node is not on this machine: apt-get install nodejs"),
        (["one", "node"], {}, "node 16.0.0 ({bin}/node) is too old, 18 or newer is needed: apt-get install nodejs"),
        (
            ["one"],
            {"CONFORMANCE_NODE": "/nowhere"},
            "CONFORMANCE_NODE is /nowhere, which does not exist; correct it, or unset it",
        ),
    ],
    ids=["implementation", "tool", "old", "variable"],
)
def test_what_is_missing_is_one_line(
    tmp_path: Path, there: list[str], environment: dict[str, str], message: str
) -> None:
    """One line names the missing part and how to install it."""
    for name in there:
        shell_script(tmp_path / "bin" / name, "echo v16.0.0")
    with pytest.raises(NotFound) as caught:
        machine(tmp_path, **environment).start("one")

    assert str(caught.value) == message.replace("{bin}", str(tmp_path / "bin"))


def test_a_variable_says_where_it_is(tmp_path: Path) -> None:
    """CONFORMANCE_NAME replaces the search."""
    mine = shell_script(tmp_path / "mine")
    shell_script(tmp_path / "bin/node", "echo v20.1.0")

    assert machine(tmp_path, CONFORMANCE_ONE=str(mine)).start("one").words[1] == f"ONE={mine}"


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="the Python at hand is not a CPython")
def test_a_name_can_have_a_version(tmp_path: Path) -> None:
    """``cpython-O`` means the newest CPython, ``cpython-X.Y-O`` that of one version; a missing version is not found."""
    here = "{}.{}".format(*sys.version_info[:2])
    some = machine(tmp_path)

    assert some.start("cpython-O").words == (sys.executable, "-O")
    assert some.start(f"cpython-{here}-O").words == (sys.executable, "-O")
    assert not some.knows("cpython-3.13-fast")
    with pytest.raises(NotFound, match=r"cpython-3\.1-O: no CPython 3\.1 on this machine: install it with: apt-get"):
        some.start("cpython-3.1-O")


@pytest.mark.parametrize(
    ("special", "builds"),
    [
        ("", ["default"]),
        ("jit", ["default", "jit"]),
        ("debug", ["debug"]),
        ("debug jit", ["debug"]),
        ("freethreaded", ["freethreaded"]),
        ("freethreaded debug", []),
    ],
)
def test_builds(special: str, builds: list[str]) -> None:
    """The name of a build does not mean a build with other words, except a JIT that is not turned on."""
    python = Python(("python",), (3, 14, 0), frozenset(special.split()))

    assert [build for build in ("default", "jit", "freethreaded", "debug") if python.is_built(build)] == builds


def test_an_unknown_name_has_neighbours(tmp_path: Path) -> None:
    """An unknown name gives one line with similar names."""
    with pytest.raises(NotFound) as caught:
        machine(tmp_path).start("cpython-o")

    assert str(caught.value).startswith("no implementation is called 'cpython-o' (did you mean cpython-O?); ")


def test_each_that_ships_starts_or_says_why_not(tmp_path: Path) -> None:
    """On an empty machine, one line for each implementation says how to install it."""
    empty = Machine(registry(), {"PATH": "", "CONFORMANCE_CACHE": str(tmp_path), "HOME": str(tmp_path)}, [])
    for name, entry in registry().implementations.items():
        if not entry.find or all(not path.startswith("~") for path in entry.find):
            with pytest.raises(NotFound) as caught:
                empty.start(name)
            assert "\n" not in str(caught.value)
            assert "on this machine: " in str(caught.value)
            assert "{" not in str(caught.value)
