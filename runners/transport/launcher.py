"""Starts the processes of one interpreter, and, once it has died, the next one ahead of need."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Sequence

from runners.transport import inside
from runners.transport.process import Process, scrubbed

#: Works on every Python since 2.7 and on MicroPython, and needs no file that the interpreter could see.
BOOTSTRAP = "import sys,json;exec(json.loads(sys.stdin.readline()),{'__name__':'agent'})"


class Launcher:
    """Processes that have been given the agent, and come up while their host does something else."""

    def __init__(self, command: Sequence[str], memory: int, waiting: Callable[[], None]) -> None:
        """``memory`` and ``waiting`` are those of :class:`runners.transport.process.Process`."""
        self._command = [*command, "-c", BOOTSTRAP]
        self._memory = memory
        self._waiting = waiting
        self._spare: Process | None = None

    def take(self) -> Process:
        """The spare process if it still lives, else a new one. Raises OSError and ValueError if it does not start."""
        spare, self._spare = self._spare, None
        if spare is not None:
            if spare.lives:
                return spare
            spare.stop()
        return self._launch()

    def prepare(self) -> None:
        """Have a spare process come up: what has died once is likely to die again, and starts may be slow."""
        if self._spare is None:
            # Whoever comes to need it will be told why there is none.
            with contextlib.suppress(OSError, ValueError):
                self._spare = self._launch()

    def close(self) -> None:
        """End the spare process."""
        if self._spare is not None:
            self._spare.stop()
            self._spare = None

    def _launch(self) -> Process:
        process = Process(self._command, scrubbed(os.environ), self._memory, self._waiting)
        process.send(json.dumps(inside.agent()).encode())
        return process
