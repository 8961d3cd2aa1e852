"""From the text after ``--interpreter`` to a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from runners.machine.machine import Start
from runners.machine.pythons import NotFound
from runners.machine.resolve import labels, matches, resolve, user_interpreters
from tests.runners.samples import shell_script


def test_resolves_paths_command_lines_and_names() -> None:
    """A path, a command line and a name from the user's file each become words to start."""
    named = {"mine": f"{sys.executable} -X dev"}

    assert resolve(sys.executable, {}).words == (sys.executable,)
    assert resolve(f"'{sys.executable}' -O", {}).words == (sys.executable, "-O")
    assert resolve("env A=1 python", {}).words == ("env", "A=1", "python")
    assert resolve("mine", named).words == (sys.executable, "-X", "dev")


def test_resolves_a_version() -> None:
    """The version of the Python at hand is found by each name that tox accepts."""
    version = "{}.{}".format(*sys.version_info[:2])
    for spec in (version, f"py{version.replace('.', '')}", f"cpython{version}", f"python{version}"):
        if sys.implementation.name == "cpython":
            assert Path(resolve(spec, {}).words[0]).exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "an empty command"),
        ("a 'b", "is not a command line: No closing quotation"),
        ("/nowhere/python3", "/nowhere/python3: there is no such file"),
        ("./nowhere", "there is no such file"),
        ("no-such-python", "'no-such-python' is not on PATH"),
        ("py31", "no interpreter for 'py31' was found"),
    ],
)
def test_what_is_not_there_is_one_line(text: str, message: str) -> None:
    """A wrong path, name or version gives one line."""
    with pytest.raises(NotFound) as caught:
        resolve(text, {})

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_user_file(tmp_path: Path) -> None:
    """The user's file is a table of names and command lines; a missing one is empty."""
    path = tmp_path / "interpreters.toml"

    assert user_interpreters(path) == {}
    path.write_text('root = "chroot /srv/chroot/sid python3.15"\n')
    assert user_interpreters(path) == {"root": "chroot /srv/chroot/sid python3.15"}


def test_user_file_can_say_more_of_one(tmp_path: Path) -> None:
    """An entry can be a table with the limits and the transport of an interpreter."""
    path = tmp_path / "interpreters.toml"
    table = 'command = "qemu ./python", start_timeout = 300, memory = 4, transport = "file", single = true'
    path.write_text(f"slow = {{ {table} }}\n")
    slow = user_interpreters(path)["slow"]

    assert slow == Start(("qemu", "./python"), 300, None, 4 << 20, "file", single=True)
    assert resolve("slow", {"slow": slow}) is slow


def test_name_of_the_registry_comes_before_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``cython`` means the implementation, even if PATH has the compiler; an entry of the user's file can be a name."""
    shell_script(tmp_path / "cython")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CONFORMANCE_CACHE", str(tmp_path / "cache"))
    for text, named in (("cython", {}), ("mine", {"mine": "cython"})):
        with pytest.raises(NotFound, match="cython is not on this machine: python -m runners install cython"):
            resolve(text, named)


#: Name of a row → a user's file with a mistake.
BROKEN = {
    "syntax": "a = ",
    "number": "a = 3",
    "dotted": "py3.15 = 'x'",
    "command": "a = { start_timeout = 3 }",
    "key": "a = { command = 'x', timeout = 3 }",
    "value": "a = { command = 'x', memory = 'much' }",
    "single": "a = { command = 'x', single = 1 }",
    "negative": "a = { command = 'x', case_timeout = -1 }",
    "transport": "a = { command = 'x', transport = 'post' }",
    "quotes": 'a = { command = "x \'y" }',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_broken_user_file_is_one_line(tmp_path: Path, text: str) -> None:
    """A mistake in the user's file gives one line with the name of the file."""
    path = tmp_path / "interpreters.toml"
    path.write_text(text)
    with pytest.raises(NotFound, match=r"\A[^\n]+interpreters\.toml: [^\n]+\Z"):
        user_interpreters(path)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_user_file_that_is_not_a_file(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """A pipe, a folder and a device give one line, and nobody waits for them."""
    path = tmp_path / "interpreters.toml"
    make(path)
    with pytest.raises(NotFound, match=r"\A[^\n]+interpreters\.toml: is not a file\Z"):
        user_interpreters(path)


def test_labels_are_short_and_unique() -> None:
    """A label has the last part of each path, and the folder of an interpreter without a version in its name."""
    commands = ["/v/3.9.18/bin/python", "/v/3.9.18/bin/python", "chroot /mnt/sid python3.15 -O", "py36", "./python"]

    assert len(labels(["x" * 1000])[0]) == 60
    assert labels(commands) == ["3.9.18-python", "3.9.18-python-2", "chroot-sid-python3.15-O", "py36", "python"]


@pytest.mark.parametrize(
    ("spec", "implementation", "version", "right"),
    [
        ("py313", "cpython", (3, 13), True),
        ("py313", "cpython", (3, 12), False),
        ("py36", "cpython", (3, 6), True),
        ("py36", "cpython", (3, 10), False),
        ("py311", "pypy", (3, 11), False),
        ("pypy311", "pypy", (3, 11), True),
        ("pypy3.11", "pypy", (3, 11), True),
        ("3.10", "cpython", (3, 10), True),
        ("py313t", "cpython", (3, 13), False),
    ],
)
def test_matches(spec: str, implementation: str, version: tuple[int, int], right: bool) -> None:
    """The name of an environment matches one implementation and one version."""
    assert matches(spec, implementation, version) is right


@pytest.mark.parametrize("spec", ["py313", "py313t", "cpython3.13t", "3.13"])
def test_matches_tells_free_threading(spec: str) -> None:
    """Only a name with ``t`` matches a free-threaded build."""
    assert matches(spec, "cpython", (3, 13), ("freethreaded",)) is spec.endswith("t")
    assert matches(spec, "cpython", (3, 13), ("debug",)) is not spec.endswith("t")


@pytest.mark.parametrize("spec", ["py3", "check", "", "py3x"])
def test_matches_refuses_what_names_nothing(spec: str) -> None:
    """A name without a version cannot be checked, so it is refused."""
    with pytest.raises(ValueError, match="does not name an interpreter and a version"):
        matches(spec, "cpython", (3, 13))
