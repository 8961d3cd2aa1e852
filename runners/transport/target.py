"""The target: an interpreter under test, whatever the transport that reaches it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from conformance.behaviour import NEWEST, OLDEST, Version
from conformance.program import Case
from runners.transport.answers import Answer, End, Identity

#: Seconds for one case.
CASE_TIMEOUT = 10.0
#: Seconds for an interpreter to start.
START_TIMEOUT = 60.0
#: Bytes that an interpreter may have resident.
MEMORY = 2 * 1024**3


class CannotStart(Exception):
    """The interpreter does not start, or does not answer. The message is one line that says what to do."""


class Target(Protocol):
    """An interpreter under test.

    The host submits cases and then asks for their answers in the same order. The target works ahead of being asked.
    """

    identity: Identity | None
    #: Need → why the interpreter does not meet it, or None if it does; only the needs of submitted cases.
    needs: dict[str, str | None]

    @property
    def judged_as(self) -> Version:
        """The language version whose behaviours apply."""

    def launch(self) -> None:
        """Start the interpreter without waiting for it. Raises CannotStart."""

    def start(self) -> Identity:
        """Wait until the interpreter says who it is. Raises CannotStart."""

    def submit(self, cases: Iterable[Case]) -> None:
        """Take these cases and run them in this order."""

    def answer(self, case: Case) -> Answer:
        """Wait for the answer of a submitted case. Whatever the interpreter does becomes an answer."""

    def ready(self, case: Case) -> int:
        """How many answers of a case are there without waiting."""

    def drain(self) -> None:
        """Take the answers that have come by now, without waiting for one and without new work."""

    def close(self) -> End | None:
        """End the interpreter; work under way is abandoned. How it ended, where it ended by itself."""


def judged_as(identity: Identity, told: Version | None) -> Version:
    """The language version whose behaviours apply: as ``told``, else as the interpreter claims, else the newest."""
    if told is not None:
        return told
    return identity.language if identity.language >= OLDEST else NEWEST
