"""Start the processes of one interpreter, and after a crash a spare process in advance."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Sequence

from runners.transport import inside
from runners.transport.process import Process, scrubbed

#: The program after ``-c``. It works on every Python since 2.7 and on MicroPython, and needs no file. The
#: current folder, which ``-c`` puts into the path, leaves it before the first import of a module that is not built in.
BOOTSTRAP = (
    "import sys;sys.path[:]=[p for p in sys.path if p];"
    "import json;exec(json.loads(sys.stdin.readline()),{'__name__':'agent'})"
)


class Launcher:
    """Starts processes and sends them the agent; they come up while the host does something else."""

    def __init__(self, command: Sequence[str], memory: int, waiting: Callable[[], None]) -> None:
        """``memory`` and ``waiting`` are those of :class:`runners.transport.process.Process`."""
        self._command = [*command, "-c", BOOTSTRAP]
        self._memory = memory
        self._waiting = waiting
        self._spare: Process | None = None

    def take(self) -> Process:
        """The spare process if it is alive, else a new one. Raises OSError and ValueError if that does not start."""
        spare, self._spare = self._spare, None
        if spare is not None:
            if spare.lives:
                return spare
            spare.stop()
        return self._launch()

    def prepare(self) -> None:
        """Start a spare process: an interpreter that crashed once may crash again, and a start may be slow."""
        if self._spare is None:
            # take() starts another one when it is needed, and that raises the error.
            with contextlib.suppress(OSError, ValueError):
                self._spare = self._launch()

    def close(self) -> list[str]:
        """End the spare process, and return lines about what could not be ended."""
        spare, self._spare = self._spare, None
        if spare is None:
            return []
        spare.stop()
        return spare.left

    def _launch(self) -> Process:
        process = Process(self._command, scrubbed(os.environ), self._memory, self._waiting)
        process.send(json.dumps(inside.agent()).encode())
        return process
