"""Find the interpreters of this machine by name, in the folders of pyenv and uv, and on PATH, and identify them."""

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

#: Words of builds without a tox environment, because ``py313`` means the default build.
_OWN_NAME = {"debug", "freethreaded"}
#: Seconds for the start of a file that has only the name of an interpreter and may be another program.
_START_TIMEOUT = 20.0


@dataclass(frozen=True)
class Candidate:
    """Something that may be an interpreter.

    ``origin`` is ``user`` for an entry of the user's file, ``registry`` for a name in the registry, None for a file.
    """

    name: str
    command: str
    origin: str | None = None


@dataclass(frozen=True)
class Finding:
    """A candidate after the attempt to start it.

    If it did not start, ``identity`` is None and ``problem`` says why. ``there`` is False if it is not on this machine.
    """

    candidate: Candidate
    identity: Identity | None
    problem: str | None
    there: bool = True

    @property
    def native(self) -> bool:
        """Whether tox makes an environment for it, so that it runs pytest itself."""
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
        """Whether the matrix runs it: all interpreters in the user's file, and each other CPython and PyPy."""
        if self.identity is None or self.native or self.candidate.origin == "registry":
            return False
        return self.candidate.origin == "user" or self.identity.implementation in registry().native


def pointed_versions() -> list[Version]:
    """The versions of CPython that the matrix reports when they are missing; tox reports the native ones."""
    return [(3, minor) for minor in range(OLDEST[1], registry().native["cpython"][1])]


def candidates() -> list[Candidate]:
    """The interpreters in the user's file, and each file that may be one. Raises NotFound for a broken user file."""
    found = [
        Candidate(name, entry if isinstance(entry, str) else shlex.join(entry.words), "user")
        for name, entry in user_interpreters().items()
    ]
    return found + [Candidate(path.name, shlex.quote(str(path))) for path in files()]


def implementations(machine: Machine) -> list[Candidate]:
    """Every entry of the registry, on this machine or not; its command is its name."""
    return [Candidate(name, name, "registry") for name in machine.registry.implementations]


def identify(
    some: Iterable[Candidate],
    machine: Machine | None = None,
    progress: Callable[[str, str], None] = lambda name, text: None,
) -> list[Finding]:
    """Start each candidate, read its identity, and end it.

    The problem of a candidate that is not on this machine says how to install it. ``progress`` is called again and
    again with the name of a slow candidate and its current activity.
    """
    some = list(some)
    machine = Machine() if machine is None else machine
    named = user_interpreters()
    if any(candidate.origin == "registry" for candidate in some):
        _ = machine.pythons  # the search runs once, not in every thread

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
