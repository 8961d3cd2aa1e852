"""Why a process did not start, or how it ended, in words."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

#: The exit status of a program in runners/boot that cannot start its interpreter; it has printed what to do.
UNUSABLE = 4
#: The exit statuses of a shell, ``env`` and the like for a program that they cannot run.
_SHELL_STATUS = {126: "cannot be executed", 127: "was not found"}


def telling(text: str) -> str:
    """The most informative line about an end: the last one that is not indented, as lines of a stack trace are."""
    lines = [line for line in text.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if not line[0].isspace()), lines[-1].strip() if lines else "")[:300]


def not_started(command: Sequence[str], error: Exception) -> str:
    """Why a command did not start, in words."""
    if os.path.isdir(command[0]):
        return "is a directory"
    return str(getattr(error, "strerror", None) or error)


def cannot_run(status: int | None) -> bool:
    """Whether an exit status says that a command cannot be run at all: another attempt would end alike."""
    return status == UNUSABLE or status in _SHELL_STATUS


def death(status: int | None, starting: bool) -> str:
    """An exit status in words."""
    if status is None:
        return "closed its standard output"
    if status < 0:
        try:
            return f"died of {signal.Signals(-status).name}"
        except ValueError:
            return f"died of signal {-status}"
    if starting and status == UNUSABLE:
        return "cannot start"
    if starting and status in _SHELL_STATUS:
        return f"a part of the command {_SHELL_STATUS[status]} (exit status {status})"
    return f"is not a Python that can run the agent (exit status {status})" if starting else f"exited with {status}"
