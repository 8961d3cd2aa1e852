"""From what somebody types after ``--interpreter`` to a command line."""

from __future__ import annotations

import difflib
import os
import re
import shlex
import shutil
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from runners.machine.machine import Machine, Start
from runners.machine.pythons import NotFound, folders
from runners.machine.registry import TRANSPORTS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: ``3.9``, ``py39``, ``python3.9``, ``cpython3.13t``, ``pypy3.11``: what tox understands as the name of a Python.
_SPEC = re.compile(
    r"(?:(py|python|cpython|pypy|graalpy|rustpython)-?)?(\d)\.?(\d+)?(?:\.\d+)?(t)?(?:-(?:32|64))?", re.IGNORECASE
)
#: A longer label, of a long command line, is cut: pytest takes no longer ones into its node ids.
_LONGEST_LABEL = 60


def resolve(text: str, named: Mapping[str, Start | str] | None = None, machine: Machine | None = None) -> Start:
    """How to start what ``text`` means: a name from the user's file, a name from the registry, a version, a command.

    A name from the registry comes before what PATH may have under it: the program ``cython`` is no interpreter.
    Raises NotFound, also for what is no command line at all.
    """
    named = user_interpreters() if named is None else named
    machine = Machine() if machine is None else machine
    entry = named.get(text, text)
    if isinstance(entry, Start):
        return entry
    try:
        words = shlex.split(entry)
    except ValueError as error:
        raise NotFound(f"{entry!r} is no command line: {error}") from None
    if not words:
        raise NotFound("an empty command names no interpreter")
    if len(words) == 1 and os.sep not in words[0]:
        if machine.knows(words[0]):
            return machine.start(words[0])
        if _SPEC.fullmatch(words[0]) and not os.path.exists(words[0]):
            return Start((_discover(words[0]),))
    if os.sep in words[0]:
        if not os.path.exists(words[0]):
            raise NotFound(f"{words[0]}: there is no such file")
        return Start(tuple(words))
    if shutil.which(words[0]) is None:
        close = [*difflib.get_close_matches(words[0], named, 1), *machine.close_to(words[0])]
        meant = f" (did you mean {' or '.join(close)}?)" if close and len(words) == 1 else ""
        raise NotFound(
            f"{words[0]!r} is not on PATH and names no implementation{meant}; give a path, a command line, a version "
            "such as py313, or a name that 'python -m runners list' shows"
        )
    return Start(tuple(words))


def _discover(spec: str) -> str:
    from python_discovery import get_interpreter

    found = get_interpreter(spec, try_first_with=[str(path) for path in folders()])
    if found is None:
        raise NotFound(f"no interpreter for {spec!r} on PATH, in pyenv's folder or in uv's; give its path instead")
    return str(found.system_executable or found.executable)


def user_file() -> Path:
    """The user's list of interpreters: ``interpreters.toml`` in the current folder, else in the user's own config."""
    here = Path("interpreters.toml")
    if here.exists():
        return here
    from platformdirs import user_config_path

    return user_config_path("asyncgen-conformance", appauthor=False) / "interpreters.toml"


def user_interpreters(path: Path | None = None) -> dict[str, Start | str]:
    """Name → how it is started, or what else to take in its place, from the user's file; empty if there is none.

    Raises NotFound if the file is not right.
    """
    path = user_file() if path is None else path
    try:
        with open(path, "rb") as file:
            entries = tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise NotFound(f"{path}: {error}") from None
    return {name: entry if isinstance(entry, str) else _start(path, name, entry) for name, entry in entries.items()}


def _start(path: Path, name: str, entry: object) -> Start:
    """A table of the user's file: the command with what is unusual about it."""
    form = (
        f'{path}: {name}: write "{name}" = "COMMAND LINE", or a table with command and any of start_timeout and '
        "case_timeout (seconds), memory (MiB), transport and single (true or false)"
    )
    if not isinstance(entry, dict) or not isinstance(entry.get("command"), str):
        raise NotFound(form)
    numbers = [entry.get(key) for key in ("start_timeout", "case_timeout", "memory")]
    right = all(type(value) in (int, float) and value > 0 for value in numbers if value is not None)
    single = entry.get("single", False)
    known = {"command", "start_timeout", "case_timeout", "memory", "transport", "single"}
    if entry.keys() - known or not right or not isinstance(single, bool):
        raise NotFound(form)
    start_timeout, case_timeout, memory = numbers
    transport = entry.get("transport")
    if transport not in (None, *TRANSPORTS):
        raise NotFound(f"{path}: {name}: transport must be one of {', '.join(TRANSPORTS)}")
    try:
        words = tuple(shlex.split(entry["command"]))
    except ValueError as error:
        raise NotFound(f"{path}: {name}: {entry['command']!r} is no command line: {error}") from None
    return Start(words, start_timeout, case_timeout, None if memory is None else int(memory) << 20, transport, single)


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
        label = re.sub(r"[^A-Za-z0-9._+=-]+", "-", "-".join(parts)).strip("-")[:_LONGEST_LABEL] or "interpreter"
        seen[label] = seen.get(label, 0) + 1
        found.append(label if seen[label] == 1 else f"{label}-{seen[label]}")
    return found


def matches(spec: str, implementation: str, version: tuple[int, int], build: Collection[str] = ()) -> bool:
    """Whether an interpreter that says it is ``implementation`` of language ``version`` is the one ``spec`` names.

    A free-threaded build is one only for a ``spec`` that ends with ``t``. Raises ValueError if ``spec`` does not name
    an interpreter, as ``py313``, ``py313t`` and ``pypy3.11`` do.
    """
    match = _SPEC.fullmatch(spec)
    if match is None or match[3] is None:
        raise ValueError(f"{spec!r} names no interpreter and version, as py313 and pypy3.11 do")
    wanted = (match[1] or "py").lower()
    name = "cpython" if wanted in ("py", "python", "cpython") else wanted
    free = "freethreaded" in build
    return implementation == name and version == (int(match[2]), int(match[3])) and free is (match[4] is not None)
