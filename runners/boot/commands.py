"""Run compilers as processes with a time limit, keep the end of their output, and report progress."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

#: Seconds between two checks of a process, and between two ticks.
GLANCE, TICK = 0.02, 1.0
_LONGEST = 4000


@dataclass
class Command:
    """A process to run, and how it ended: ``status`` is None if it took longer than ``limit`` seconds."""

    words: Sequence[str]
    limit: float
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    status: int | None = None
    #: The end of its standard output and error, with paths relative to the folder.
    output: str = ""


def run(commands: Sequence[Command], tick: Callable[[int], None], at_once: int = 2) -> None:
    """Run the commands, ``at_once`` at a time; ``tick`` is called with the number of finished ones. Raises OSError."""
    waiting, finished, ticked = list(commands), 0, time.monotonic()
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                running.append(_Running(waiting.pop(0)))
            time.sleep(GLANCE)
            still = [each for each in running if not each.is_over()]
            finished += len(running) - len(still)
            running = still
            if time.monotonic() > ticked + TICK:
                ticked = time.monotonic()
                tick(finished)
    finally:
        for each in running:
            each.end()


class _Running:
    """A command under way."""

    def __init__(self, command: Command) -> None:
        self._command = command
        self._output: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - end() closes it
        self._until = time.monotonic() + command.limit
        # It stays in the session of the agent, so that the host ends it together with the agent.
        self._process = subprocess.Popen(
            command.words,
            cwd=command.folder,
            env={**os.environ, **command.environment},
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=self._output,
        )

    def is_over(self) -> bool:
        if self._process.poll() is None and time.monotonic() < self._until:
            return False
        self._command.status = self._process.poll()
        self.end()
        return True

    def end(self) -> None:
        """Kill the process if it still runs, and keep the end of its output."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._output.seek(0, os.SEEK_END)
        self._output.seek(max(0, self._output.tell() - _LONGEST))
        text = self._output.read().decode("utf-8", "backslashreplace")
        self._output.close()
        self._command.output = text.replace(f"{self._command.folder}{os.sep}", "").strip()


def how_it_ended(command: Command) -> str:
    """The status in words."""
    if command.status is None:
        return f"did not end within {command.limit:g} s"
    return f"died of signal {-command.status}" if command.status < 0 else f"ended with status {command.status}"
