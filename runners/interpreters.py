"""From what somebody types after ``--interpreter`` to a command line, and which interpreters this machine has."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: ``3.9``, ``py39``, ``python3.9``, ``cpython3.13t``, ``pypy3.11``: what tox understands as the name of a Python.
_SPEC = re.compile(r"(?:(py|python|cpython|pypy|graalpy|rustpython)-?)?(\d)\.?(\d+)?(?:\.\d+)?t?(?:-(?:32|64))?", re.I)


class NotFound(Exception):
    """No such interpreter on this machine. The message is one line that says what to do."""


@dataclass(frozen=True)
class Found:
    """An interpreter to point at: a short name for node ids, and the command line that starts it."""

    label: str
    command: tuple[str, ...]


def resolve(text: str, named: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The command line for a path, a command line, a version spec, or a name from the user's file.

    Raises NotFound, also for what is no command line at all.
    """
    named = user_interpreters() if named is None else named
    if text in named:
        text = named[text]
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise NotFound(f"{text!r} is no command line: {error}") from None
    if not words:
        raise NotFound("an empty command names no interpreter")
    if len(words) == 1 and _SPEC.fullmatch(words[0]) and not os.path.exists(words[0]):
        return (_discover(words[0]),)
    if os.sep in words[0]:
        if not os.path.exists(words[0]):
            raise NotFound(f"{words[0]}: there is no such file")
        return tuple(words)
    if shutil.which(words[0]) is None:
        known = f", and is not one of the names in {user_file()}" if user_file().exists() else ""
        raise NotFound(f"{words[0]!r} is not on PATH{known}; give a path, a command line, or a version such as py313")
    return tuple(words)


def _discover(spec: str) -> str:
    from python_discovery import get_interpreter

    found = get_interpreter(spec, try_first_with=[str(path) for path in folders()])
    if found is None:
        raise NotFound(f"no interpreter for {spec!r} on PATH, in pyenv's folder or in uv's; give its path instead")
    return str(found.system_executable or found.executable)


def folders() -> list[Path]:
    """Interpreters in the folders of pyenv and uv, which are not on PATH: newest version first."""
    home = Path.home()
    roots = [Path(os.environ.get("PYENV_ROOT") or home / ".pyenv") / "versions"]
    roots.append(Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or home / ".local/share/uv/python"))
    found = []
    for root in roots:
        for folder in sorted(root.glob("*"), key=_version_key, reverse=True):
            for name in ("bin/python3", "bin/pypy3", "python.exe"):
                if (folder / name).is_file():
                    found.append(folder / name)
                    break
    return found


def _version_key(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", path.name)]


def user_file() -> Path:
    """The user's list of interpreters: ``interpreters.toml`` in the current folder, else in the user's own config."""
    here = Path("interpreters.toml")
    if here.exists():
        return here
    from platformdirs import user_config_path

    return user_config_path("asyncgen-conformance", appauthor=False) / "interpreters.toml"


def user_interpreters(path: Path | None = None) -> dict[str, str]:
    """Name → command line from the user's file; empty if there is none. Raises NotFound if it is not right."""
    path = user_file() if path is None else path
    try:
        with open(path, "rb") as file:
            entries = tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise NotFound(f"{path}: {error}") from None
    for name, command in entries.items():
        if not isinstance(command, str):
            raise NotFound(f'{path}: write each entry as "{name}" = "COMMAND LINE", both in quotes')
    return entries


def labels(commands: Iterable[str]) -> list[str]:
    """A short, unique label for each command line, for pytest's node ids.

    A path becomes its last part; one without a digit in it, as ``bin/python``, says which folder it is in as well.
    """
    seen: dict[str, int] = {}
    found = []
    for command in commands:
        parts = []
        for word in command.split():
            path = Path(word)
            name = path.name or word
            if path.parent.name == "bin" and not any(character.isdigit() for character in name):
                name = f"{path.parent.parent.name}-{name}"
            parts.append(name.strip("-"))
        label = re.sub(r"[^A-Za-z0-9._+=-]+", "-", "-".join(parts)).strip("-") or "interpreter"
        seen[label] = seen.get(label, 0) + 1
        found.append(label if seen[label] == 1 else f"{label}-{seen[label]}")
    return found


def matches(spec: str, implementation: str, version: tuple[int, int]) -> bool:
    """Whether an interpreter that says it is ``implementation`` of language ``version`` is the one ``spec`` names.

    Raises ValueError if ``spec`` does not name an interpreter, as ``py313`` and ``pypy3.11`` do.
    """
    match = _SPEC.fullmatch(spec)
    if match is None or match[3] is None:
        raise ValueError(f"{spec!r} names no interpreter and version, as py313 and pypy3.11 do")
    wanted = (match[1] or "py").lower()
    name = "cpython" if wanted in ("py", "python", "cpython") else wanted
    return implementation == name and version == (int(match[2]), int(match[3]))
