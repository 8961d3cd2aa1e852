"""The interpreters on PATH and in the folders of pyenv and uv, and the version and build of each CPython."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from runners.machine.registry import registry

#: Prints a line in CPython and nothing in another Python. Every version of Python can run it.
_QUESTION = """
import sys
if sys.version_info[0] == 3 and sys.implementation.name == "cpython":
    words = ["%d.%d.%d" % sys.version_info[:3]]
    if hasattr(sys, "gettotalrefcount"):
        words.append("debug")
    if "free-threading" in sys.version:
        words.append("freethreaded")
    if hasattr(sys, "_jit") and sys._jit.is_available():
        words.append("jit")
    print(" ".join(words))
"""


class NotFound(Exception):
    """An interpreter or a tool is not on this machine. The message is one line that says what to do."""


@dataclass(frozen=True)
class Python:
    """A CPython: the words that start it, its version, and the words for its build (see ``_QUESTION``)."""

    command: tuple[str, ...]
    version: tuple[int, int, int]
    special: frozenset[str]

    def is_built(self, build: str) -> bool:
        """Whether it is a ``default``, ``jit``, ``freethreaded`` or ``debug`` build."""
        other = self.special - {"jit"}
        return not other if build == "default" else build in self.special and other <= {build}


def folders() -> list[Path]:
    """Interpreters in the folders of pyenv and uv, which are not on PATH: newest version first."""
    # For a user without a home this is a relative path, in which nothing is looked for.
    home = Path(os.path.expanduser("~"))
    roots = [Path(os.environ.get("PYENV_ROOT") or home / ".pyenv") / "versions"]
    roots.append(Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or home / ".local/share/uv/python"))
    paths = []
    for root in filter(Path.is_absolute, roots):
        for folder in sorted(_listed(root), key=_version_key, reverse=True):
            for name in ("bin/python3", "bin/pypy3", "python.exe"):
                if os.path.isfile(folder / name):
                    paths.append(folder / name)
                    break
    return paths


def _version_key(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", path.name)]


def on_path() -> Iterable[Path]:
    """The interpreters in the folders of PATH. Raises runners.machine.registry.BadRegistry."""
    names = registry().files
    for folder in map(Path, os.get_exec_path()):
        # A shim of pyenv fails if pyenv has not selected its version.
        if folder.name == "shims":
            continue
        for path in sorted(_listed(folder)):
            if names.fullmatch(path.name.removesuffix(".exe")) and os.access(path, os.X_OK):
                yield path


def _listed(folder: Path) -> list[Path]:
    """The entries of a folder; empty if the folder is missing or this user may not list it."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def files() -> list[Path]:
    """Every file that may be an interpreter, each once."""
    found: dict[str, Path] = {}
    for path in [*folders(), *on_path()]:
        found.setdefault(os.path.realpath(path), path)
    return list(found.values())


def pythons(commands: Iterable[Sequence[str]]) -> list[Python]:
    """The commands that start a CPython, newest version first. Each command is started once."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [python for python in pool.map(_ask, commands) if python is not None]
    return sorted(found, key=lambda python: python.version, reverse=True)


def _ask(command: Sequence[str]) -> Python | None:
    try:
        answer = subprocess.run(
            [*command, "-c", _QUESTION],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            errors="replace",
            timeout=20,
        )
        version, *special = answer.stdout.split()
        major, minor, micro = map(int, version.split("."))
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return Python(tuple(command), (major, minor, micro), frozenset(special))
