"""Which interpreters this machine has: those with a name, those in pyenv's and uv's folders, and those on PATH."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from conformance.behaviour import OLDEST, Version
from runners.machine.machine import Machine, Start
from runners.machine.pythons import NotFound, files
from runners.machine.registry import registry
from runners.machine.resolve import resolve, user_interpreters
from runners.transport.answers import Identity
from runners.transport.make import make
from runners.transport.target import CannotStart

#: Words of builds of which tox makes no environments: ``py313`` means the usual build.
_OWN_NAME = {"debug", "freethreaded"}
#: Seconds for a candidate that is nothing but found: it may be anything.
_START_TIMEOUT = 20.0


@dataclass(frozen=True)
class Candidate:
    """Something that may be an interpreter. ``origin`` says who names it: ``user``, ``registry``, or None: a file."""

    name: str
    command: str
    origin: str | None = None


@dataclass(frozen=True)
class Finding:
    """A candidate that was started: ``identity`` is who it is, or None, and ``problem`` says why not.

    ``there`` says whether it was found at all.
    """

    candidate: Candidate
    identity: Identity | None
    problem: str | None
    there: bool = True

    @property
    def native(self) -> bool:
        """Whether tox makes an environment for it."""
        identity = self.identity
        return (
            self.candidate.origin is None
            and identity is not None
            and identity.implementation in registry().native
            and identity.language >= registry().native[identity.implementation]
            and not _OWN_NAME & set(identity.build)
        )

    @property
    def pointed(self) -> bool:
        """Whether the matrix points at it: what the user names, and every CPython and PyPy that is not native."""
        if self.identity is None or self.native or self.candidate.origin == "registry":
            return False
        return self.candidate.origin == "user" or self.identity.implementation in registry().native


def pointed_versions() -> list[Version]:
    """The versions of CPython that the matrix names when they are missing; tox does that for the native ones."""
    return [(3, minor) for minor in range(OLDEST[1], registry().native["cpython"][1])]


def candidates() -> list[Candidate]:
    """The user's interpreters and every file that may be one, each once. Raises NotFound for a broken user file."""
    found = [
        Candidate(name, entry if isinstance(entry, str) else shlex.join(entry.words), "user")
        for name, entry in user_interpreters().items()
    ]
    return found + [Candidate(path.name, shlex.quote(str(path))) for path in files()]


def implementations(machine: Machine) -> list[Candidate]:
    """Every entry of the registry, on this machine or not; the command is its name."""
    return [Candidate(name, name, "registry") for name in machine.registry.implementations]


def identify(
    some: Iterable[Candidate],
    machine: Machine | None = None,
    progress: Callable[[str, str], None] = lambda name, text: None,
) -> list[Finding]:
    """Start each candidate, and end it again. What is not on this machine has a problem that says how to get it.

    ``progress`` is told, often, the name of one that is slow and what it does.
    """
    some = list(some)
    machine = Machine() if machine is None else machine
    named = user_interpreters()
    if any(candidate.origin == "registry" for candidate in some):
        _ = machine.pythons  # once, not in every thread

    def ask(candidate: Candidate) -> Finding:
        try:
            start = _start(candidate, machine, named)
        except NotFound as error:
            return Finding(candidate, None, str(error), there=False)
        target = make(start, progress=lambda text: progress(candidate.name, text))
        try:
            return Finding(candidate, target.start(), None)
        except CannotStart as error:
            return Finding(candidate, None, str(error))
        finally:
            target.close()

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(ask, some))


def _start(candidate: Candidate, machine: Machine, named: Mapping[str, Start | str]) -> Start:
    if candidate.origin is None:
        return Start(tuple(shlex.split(candidate.command)), _START_TIMEOUT)
    return resolve(candidate.name if candidate.name in named else candidate.command, named, machine)
