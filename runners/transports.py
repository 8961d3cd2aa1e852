"""What a run asks of an interpreter under test, and the transports that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from conformance.program import Case
from runners.answers import Identity, Report
from runners.locate import Start
from runners.programs import Programs
from runners.target import CASE_TIMEOUT, MEMORY, START_TIMEOUT, Target


class Subject(Protocol):
    """An interpreter under test, by whatever transport; what it does is said at :class:`runners.target.Target`."""

    identity: Identity | None
    needs: dict[str, str | None]

    @property
    def judged_as(self) -> tuple[int, int]: ...
    def launch(self) -> None: ...
    def start(self) -> Identity: ...
    def submit(self, cases: Iterable[Case]) -> None: ...
    def report(self, case: Case) -> Report: ...
    def ready(self, case: Case) -> int: ...
    def close(self) -> None: ...


def make(
    start: Start,
    *,
    case_timeout: float | None = None,
    language_version: tuple[int, int] | None = None,
    isolate: bool = False,
    transport: str | None = None,
    progress: Callable[[str], None] = lambda text: None,
) -> Subject:
    """An interpreter that is started as ``start`` says; ``case_timeout`` and ``transport`` override what it says."""
    common: dict[str, Any] = {
        "case_timeout": case_timeout or start.case_timeout or CASE_TIMEOUT,
        "start_timeout": start.start_timeout or START_TIMEOUT,
        "language_version": language_version,
        "memory": start.memory or MEMORY,
        "single": start.single,
        "progress": progress,
    }
    if (transport or start.transport) == "file":
        return Programs(start.words, **common)
    return Target(start.words, isolate=isolate, **common)
