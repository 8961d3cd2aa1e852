"""Turn the text after ``--interpreter`` into the command that starts an interpreter."""

from __future__ import annotations

import difflib
import itertools
import os
import re
import shutil
import sys
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runners import values
from runners.machine.machine import Machine, Start
from runners.machine.pythons import NotFound, folders
from runners.machine.registry import TRANSPORTS, registry
from runners.printable import one_line

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: The names of a Python that tox accepts: ``3.9``, ``py39``, ``python3.9``, ``cpython3.13t``, ``pypy3.11``.
_SPEC = re.compile(r"([a-z]*)-?(\d)\.?(\d+)?(?:\.\d+)?(t)?(?:-(?:32|64))?", re.IGNORECASE)
#: The label of a long command line is cut, because it is a part of pytest's node ids.
_LONGEST_LABEL = 60


def resolve(text: str, named: Mapping[str, Start | str] | None = None, machine: Machine | None = None) -> Start:
    """How to start the interpreter that ``text`` names: by the user's file, the registry, a version, or a command line.

    A name in the registry comes before a program of that name on PATH: the program ``cython`` is not an interpreter.
    Raises NotFound, also for a text that is not a command line.
    """
    named = user_interpreters() if named is None else named
    machine = Machine() if machine is None else machine
    entry = named.get(text, text)
    if isinstance(entry, Start):
        return entry
    try:
        words = values.command(entry)
    except ValueError as error:
        raise NotFound(str(error)) from None
    if len(words) == 1 and os.sep not in words[0]:
        if machine.knows(words[0]):
            return machine.start(words[0])
        if parse_spec(words[0]) is not None and not os.path.exists(words[0]):
            return Start((_discover(words[0]),))
    if os.sep in words[0]:
        if not os.path.exists(words[0]):
            raise NotFound(f"{words[0]}: there is no such file")
        return Start(words)
    if shutil.which(words[0]) is None:
        close = [*difflib.get_close_matches(words[0], named, 1), *machine.close_to(words[0])]
        meant = f" (did you mean {' or '.join(close)}?)" if close and len(words) == 1 else ""
        raise NotFound(
            f"{words[0]!r} is not on PATH and names no implementation{meant}; give a path, a command line, a version "
            "such as py313, or a name that 'python -m runners list' shows"
        )
    return Start(words)


def _discover(spec: str) -> str:
    from python_discovery import get_interpreter

    found = get_interpreter(spec, try_first_with=[str(path) for path in folders()])
    if found is None:
        raise NotFound(
            f"no interpreter for {spec!r} was found on PATH or in the folders of pyenv and uv; give its path"
        )
    return str(found.system_executable or found.executable)


def user_file() -> Path:
    """The path of ``interpreters.toml``: in the current folder, else in the configuration folder of the user.

    A user without a home folder has only the first one.
    """
    here = Path("interpreters.toml")
    if here.exists():
        return here
    from platformdirs import user_config_path

    try:
        return user_config_path("asyncgen-conformance", appauthor=False) / "interpreters.toml"
    except RuntimeError:
        return here


def user_interpreters(path: Path | None = None) -> dict[str, Start | str]:
    """Name → how to start it, or the text that it stands for, from the user's file; empty if there is no file.

    Raises NotFound if the file cannot be read or has a mistake.
    """
    try:
        path = user_file() if path is None else path
        if path.exists() and not path.is_file():
            raise NotFound(f"{path}: is not a file")  # to read a pipe or a device could take for ever
        with open(path, "rb") as file:
            entries = tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError, RuntimeError) as error:
        raise NotFound(f"{path or 'interpreters.toml'}: {error}") from None
    return {name: _entry(path, name, entry) for name, entry in entries.items()}


def _transport(value: object) -> str:
    if value not in TRANSPORTS:
        raise ValueError(f"must be one of {', '.join(TRANSPORTS)}")
    return str(value)


def _single(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


#: Key of a table in the user's file → the check of its value.
_KEYS: Mapping[str, Callable[[Any], Any]] = {
    "command": values.command,
    "start_timeout": values.seconds,
    "case_timeout": values.seconds,
    "memory": values.mebibytes,
    "transport": _transport,
    "single": _single,
}


def _entry(path: Path, name: str, entry: object) -> Start | str:
    """Check an entry of the user's file: a text, or a command with limits and a transport."""
    where = f"{path}: {one_line(name):.100}"
    try:
        values.name(name)
        if isinstance(entry, str):
            values.command(entry)
            return entry
    except ValueError as error:
        raise NotFound(f"{where}: {error}") from None
    if not isinstance(entry, dict) or "command" not in entry or entry.keys() - _KEYS.keys():
        raise NotFound(
            f'{where}: write "{name}" = "COMMAND LINE", or a table with command and any of start_timeout and '
            "case_timeout (seconds), memory (MiB), transport and single (true or false)"
        )
    settings: dict[str, Any] = {}
    for key, value in entry.items():
        try:
            settings[key] = _KEYS[key](value)
        except ValueError as error:
            raise NotFound(f"{where}: {key}: {error}") from None
    words, memory = settings.pop("command"), settings.pop("memory", None)
    return Start(words, memory=None if memory is None else memory << 20, **settings)


def labels(commands: Iterable[str]) -> list[str]:
    """A short, unique label for each command line, for pytest's node ids.

    A path becomes its last part. If that has no digit and its folder is ``bin``, the name of the folder above ``bin``
    comes first.
    """
    made: list[str] = []
    for command in commands:
        parts = []
        for word in command.split():
            path = Path(word)
            name = path.name or word
            if path.parent.name == "bin" and not any(character.isdigit() for character in name):
                name = f"{path.parent.parent.name}-{name}"
            parts.append(name.strip("-"))
        label = re.sub(r"[^A-Za-z0-9._+=-]+", "-", "-".join(parts)).strip("-")[:_LONGEST_LABEL] or "interpreter"
        made.append(unused(label, made))
    return made


def unused(name: str, taken: Container[str]) -> str:
    """The name if it is not taken, else the first of ``name-2``, ``name-3``, … that is not taken."""
    candidates = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


@dataclass(frozen=True)
class Spec:
    """The parts of a name such as ``py313t``; ``minor`` is None if the name has only a major version."""

    implementation: str
    major: int
    minor: int | None
    freethreaded: bool


def parse_spec(text: str) -> Spec | None:
    """The implementation and version that a text names, or None for any other text. Raises BadRegistry."""
    match = _SPEC.fullmatch(text)
    implementation = None if match is None else registry().specs.get(match[1].lower())
    if match is None or implementation is None:
        return None
    minor = None if match[3] is None else int(match[3])
    return Spec(implementation, int(match[2]), minor, match[4] is not None)


def matches(spec: str, implementation: str, version: tuple[int, int], build: Collection[str] = ()) -> bool:
    """Whether ``spec`` names an interpreter of this implementation, language version and build.

    Only a ``spec`` that ends with ``t`` names a free-threaded build. Raises ValueError if ``spec`` does not name an
    interpreter, as ``py313``, ``py313t`` and ``pypy3.11`` do.
    """
    wanted = parse_spec(spec)
    if wanted is None or wanted.minor is None:
        raise ValueError(f"{spec!r:.100} does not name an interpreter and a version, as py313 and pypy3.11 do")
    actual = Spec(implementation, *version, freethreaded="freethreaded" in build)
    return actual == wanted
