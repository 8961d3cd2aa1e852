"""Choose the transport for an interpreter and make its target."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from runners.machine.machine import Start
from runners.transport.file import FileTarget
from runners.transport.stream import StreamTarget
from runners.transport.target import CASE_TIMEOUT, MEMORY, START_TIMEOUT, Target


def make(
    start: Start,
    *,
    case_timeout: float | None = None,
    language_version: tuple[int, int] | None = None,
    isolate: bool = False,
    transport: str | None = None,
    progress: Callable[[str], None] = lambda text: None,
    pause: Callable[[], None] = lambda: None,
) -> Target:
    """The target for an interpreter; ``case_timeout`` and ``transport`` override the values in ``start``."""
    common: dict[str, Any] = {
        "case_timeout": case_timeout or start.case_timeout or CASE_TIMEOUT,
        "start_timeout": start.start_timeout or START_TIMEOUT,
        "language_version": language_version,
        "memory": start.memory or MEMORY,
        "single": start.single,
        "progress": progress,
        "pause": pause,
    }
    if (transport or start.transport) == "file":
        return FileTarget(start.words, **common)
    return StreamTarget(start.words, isolate=isolate, **common)
