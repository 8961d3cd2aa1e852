"""The target: an interpreter under test, reached by any transport."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from conformance.behaviour import OLDEST, RELEASED, Version
from conformance.program import Case
from runners.transport.answers import Answer, End, Identity

#: Seconds for one case.
CASE_TIMEOUT = 10.0
#: Seconds for an interpreter to start.
START_TIMEOUT = 60.0
#: Attempts to start an interpreter, if the failure of the one before may have been an accident.
STARTS = 3
#: Bytes that an interpreter may have resident.
MEMORY = 2 * 1024**3


class CannotStart(Exception):
    """The interpreter did not start, or did not answer. The message is one line that says why."""


class CannotStartNow(CannotStart):
    """The interpreter did not start this time. Another attempt may succeed."""


class Target(Protocol):
    """An interpreter under test.

    The host submits cases and then asks for their answers in the same order. The target runs
    cases before their answers are needed.
    """

    @property
    def identity(self) -> Identity | None:
        """Who the interpreter is; None before it has started."""

    @property
    def needs(self) -> dict[str, str | None]:
        """Need → why the interpreter does not meet it, or None if it does; only the needs of submitted cases."""

    @property
    def judged_as(self) -> Version:
        """The language version whose behaviours apply."""

    def launch(self) -> None:
        """Start the interpreter without waiting for it. Raises CannotStart."""

    def start(self) -> Identity:
        """Wait for the identity of the interpreter, and return it. Raises CannotStart."""

    def submit(self, cases: Iterable[Case]) -> None:
        """Queue these cases, to run in this order."""

    def answer(self, case: Case) -> Answer:
        """Wait for the answer to a submitted case. A crash or a timeout is an answer too."""

    def ready(self, case: Case) -> int:
        """The number of answers to a case that have arrived."""

    def drain(self) -> None:
        """Take the answers that have arrived, without waiting and without new work."""

    def close(self) -> End | None:
        """End the interpreter and abandon its unfinished work. Return how it ended if there is something to say."""


def judged_as(identity: Identity, told: Version | None) -> Version:
    """The version whose behaviours apply: ``told``, else the interpreter's own if it is 3.6 to 3.x, else RELEASED.

    No document speaks of a Python 4, and a result cannot be judged as one. An interpreter that claims no version is not
    blamed for what nobody has released.
    """
    if told is not None:
        return told
    major, _ = language = identity.language
    return language if major == OLDEST[0] and language >= OLDEST else RELEASED
