"""What a slow interpreter is doing, for whoever waits in front of a terminal or reads a log later."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

#: Seconds before a word is said: most interpreters have started by then.
PATIENCE = 3.0
#: Seconds between two lines in a log, where lines add up, and between two looks of a line that is written over.
IN_A_LOG, IN_A_TERMINAL = 15.0, 0.5


class Progress:
    """Says who is waited for, for how long, and what it does, seldom enough for the place where it is read."""

    def __init__(
        self, write: Callable[[str], None], *, live: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """``write`` shows one line. ``live`` says that it replaces the one before, as on a terminal."""
        self._write = write
        self._live = live
        self._every = IN_A_TERMINAL if live else IN_A_LOG
        self._clock = clock
        self._since: dict[tuple[str, str], float] = {}
        self._said: float | None = None

    def show(self, who: str, text: str) -> None:
        """``who`` is doing ``text``; may be called as often as one likes."""
        now = self._clock()
        task = who, text.split(" ", 1)[0]
        since = self._since.setdefault(task, now)
        if now - since < PATIENCE or (self._said is not None and now - self._said < self._every):
            return
        self._said = now
        self._write(f"{who}: {text}, {now - since:.0f} s")

    def done(self) -> None:
        """Nobody is waited for at present: a line that is written over goes away."""
        if self._live and self._said is not None:
            self._write("")
        self._said = None


def on_terminal(reporter: Any) -> Progress:
    """Progress where pytest's terminal reporter writes; a worker of pytest-xdist has none, and says nothing."""
    if reporter is None or reporter.verbosity < -1:
        return Progress(lambda line: None, live=False)

    def rewrite(line: str) -> None:
        reporter.rewrite(line, erase=True)
        reporter.flush()

    def write(line: str) -> None:
        reporter.ensure_newline()
        reporter.write_line(line)
        reporter.flush()

    return Progress(rewrite, live=True) if reporter.isatty else Progress(write, live=False)
