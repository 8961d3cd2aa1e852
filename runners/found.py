"""Which interpreters this machine has: those in the user's file, in pyenv's and uv's folders, and on PATH."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from runners.answers import Identity
from runners.interpreters import folders, user_interpreters
from runners.target import CannotStart, Target

_NAMES = re.compile(r"python3(\.\d+)?t?|pypy3(\.\d+)?|graalpy|micropython|rustpython")
#: CPython from here on, and PyPy from 3.11 on, run pytest themselves, in environments that tox makes for them.
NATIVE = {"cpython": (3, 10), "pypy": (3, 11)}
#: The versions that the matrix names when they are missing: tox does that for the newer ones.
POINTED = ((3, 6), (3, 7), (3, 8), (3, 9))


@dataclass(frozen=True)
class Candidate:
    """Something that may be an interpreter. ``named`` says that the user's file lists it."""

    name: str
    command: str
    named: bool


@dataclass(frozen=True)
class Interpreter:
    """A candidate that was started: ``identity`` is who it is, or None, and ``problem`` says why not."""

    candidate: Candidate
    identity: Identity | None
    problem: str | None

    @property
    def native(self) -> bool:
        """Whether tox makes an environment for it."""
        identity = self.identity
        return (
            not self.candidate.named
            and identity is not None
            and identity.implementation in NATIVE
            and identity.language >= NATIVE[identity.implementation]
        )

    @property
    def pointed(self) -> bool:
        """Whether the matrix points at it: what the user names, and every CPython and PyPy that is not native."""
        if self.identity is None or self.native:
            return False
        return self.candidate.named or self.identity.implementation in NATIVE


def candidates() -> list[Candidate]:
    """Everything worth starting, each file once. Raises runners.interpreters.NotFound for a broken user file."""
    found = [Candidate(name, command, True) for name, command in user_interpreters().items()]
    seen = set()
    for path in [*folders(), *_on_path()]:
        real = path.resolve()
        if real not in seen:
            seen.add(real)
            found.append(Candidate(path.name, shlex.quote(str(path)), False))
    return found


def _on_path() -> Iterable[Path]:
    for folder in map(Path, os.get_exec_path()):
        # pyenv's shims answer for versions that are not selected, by failing.
        if folder.name == "shims" or not folder.is_dir():
            continue
        for path in sorted(folder.iterdir()):
            if _NAMES.fullmatch(path.name.removesuffix(".exe")) and os.access(path, os.X_OK):
                yield path


def identify(some: Iterable[Candidate]) -> list[Interpreter]:
    """Start each candidate, and end it again."""

    def ask(candidate: Candidate) -> Interpreter:
        target = Target(shlex.split(candidate.command), start_timeout=20)
        try:
            return Interpreter(candidate, target.start(), None)
        except CannotStart as error:
            return Interpreter(candidate, None, str(error))
        finally:
            target.close()

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(ask, some))
