"""From the name of an implementation to the command that starts it, on fake machines."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from conformance.program import ROOT
from runners.machine.machine import Machine
from runners.machine.pythons import NotFound, Python, files, folders
from runners.machine.registry import read, registry
from runners.machine.resolve import user_interpreters
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


def test_a_folder_may_have_the_characters_of_a_pattern(tmp_path: Path) -> None:
    """What is installed in a cache or a checkout whose path has brackets is found."""
    folder = tmp_path / "[a-z]*?"
    shell_script(folder / "bin/one")
    node = shell_script(folder / "cache/node-20/node", "echo v20.1.0")

    assert machine(folder).start("one").words[2] == str(node)


def test_a_home_may_have_the_characters_of_a_pattern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed in the home of a user whose path has brackets is found."""
    monkeypatch.setenv("HOME", str(tmp_path / "[home]"))
    found = shell_script(tmp_path / "[home]/two/one")
    (tmp_path / "some.toml").write_text(SOME.replace('find = ["one"]', 'find = ["~/*/one"]'))
    made = Machine(read(tmp_path / "some.toml"), {"PATH": ""}, [])

    assert made.find(made.entry("one")) == found


def test_a_user_without_a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a home folder, an implementation that is on PATH starts, and one line says what another one lacks."""
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "PYENV_ROOT", "UV_PYTHON_INSTALL_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    monkeypatch.chdir(tmp_path)
    found = shell_script(tmp_path / "bin/one")
    (tmp_path / "some.toml").write_text(SOME.replace('"{node}", ', ""))
    made = Machine(read(tmp_path / "some.toml"), {"PATH": str(found.parent), "CONFORMANCE_NODE": "~/node"}, [])

    assert made.start("one").words == ("env", f"ONE={found}", f"{ROOT}/one.mjs")
    assert user_interpreters() == {}
    assert folders() == []
    with pytest.raises(NotFound, match="CONFORMANCE_NODE is ~/node, which does not exist"):
        made.tool("node")
    with pytest.raises(NotFound, match=r"no folder to install into: .*; or set CONFORMANCE_CACHE to a folder"):
        _ = made.cache


@pytest.mark.parametrize("kind", ["closed", "loop", "file", "missing"])
def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """A folder of PATH, of pyenv or of a version that cannot be listed is passed over, and the others are found."""
    python = shell_script(tmp_path / "bin/python3.9")
    bad = [tmp_path / "bad", tmp_path / "pyenv/versions", tmp_path / "uv/3.9.1/bin"]
    for folder in bad:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if kind == "loop":
            folder.symlink_to(folder)
        elif kind == "file":
            folder.touch()
        elif kind == "closed":
            shell_script(folder / "python3")
            folder.chmod(0)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bad'}:{tmp_path / 'bin'}")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", str(tmp_path / "uv"))
    try:
        if kind == "closed" and os.access(bad[0], os.R_OK):
            pytest.skip("this user can list every folder, as root can")
        found = files()
    finally:
        for folder in bad if kind == "closed" else ():
            folder.chmod(0o700)

    assert found == [python]


def test_a_link_to_itself_is_not_an_interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop of links on PATH is passed over."""
    (tmp_path / "python3.9").symlink_to("python3.9")
    python = shell_script(tmp_path / "python3.10")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("runners.machine.pythons.folders", list)

    assert files() == [python]


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


def test_how_to_install_what_needs_a_tool(tmp_path: Path) -> None:
    """Where the command that installs an implementation needs a tool that is missing, the words name the tool."""
    text = SOME.replace("apt-get install python3", "{node} install python3")
    (tmp_path / "some.toml").write_text(text)
    made = Machine(read(tmp_path / "some.toml"), {"PATH": ""}, [])

    assert made.how(made.entry("cpython-O")) == "node is not on this machine: apt-get install nodejs"


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
