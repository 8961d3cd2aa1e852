"""Show the present activity of a slow interpreter, on a terminal or in a log."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any

#: Seconds before the first message: most interpreters have started by then.
PATIENCE = 3.0
#: Seconds between two lines in a log, which keeps all lines, and between two updates of the line on a terminal.
IN_A_LOG, IN_A_TERMINAL = 15.0, 0.5


class Progress:
    """Shows which interpreter the host waits for, what it does and for how long, as often as the place allows."""

    def __init__(
        self, write: Callable[[str], None], *, live: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """``write`` shows one line. If ``live``, the line replaces the line before it, as on a terminal."""
        self._write = write
        self._live = live
        self._every = IN_A_TERMINAL if live else IN_A_LOG
        self._clock = clock
        self._since: dict[tuple[str, str], float] = {}
        self._said: float | None = None

    def show(self, name: str, text: str) -> None:
        """Show that the interpreter ``name`` is doing ``text``. A call too soon after the last message does nothing."""
        now = self._clock()
        task = name, text.split(" ", 1)[0]
        since = self._since.setdefault(task, now)
        if now - since < PATIENCE or (self._said is not None and now - self._said < self._every):
            return
        self._said = now
        self._write(f"{name}: {text}, {now - since:.0f} s")

    def done(self) -> None:
        """Clear the progress line."""
        if self._live and self._said is not None:
            self._write("")
        self._said = None


def on_terminal(reporter: Any, capture: Any = None) -> Progress:
    """Progress on pytest's terminal reporter. A pytest-xdist worker has no reporter, and shows nothing.

    ``capture`` is pytest's capture manager, which takes what is written during a collection and during a test.
    """
    shown = nullcontext if capture is None else capture.global_and_fixture_disabled
    if reporter is None or reporter.verbosity < -1:
        return Progress(lambda line: None, live=False)

    def rewrite(line: str) -> None:
        with suppress(OSError), shown():
            # Without the letters of earlier tests in it, the line can be overwritten.
            reporter.ensure_newline()
            reporter.rewrite(line, erase=True)
            reporter.flush()

    def write(line: str) -> None:
        with suppress(OSError), shown():
            reporter.ensure_newline()
            reporter.write_line(line)
            reporter.flush()

    return Progress(rewrite, live=True) if reporter.isatty else Progress(write, live=False)
