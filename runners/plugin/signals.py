"""Keep signals back while the exception that they raise would lose an answer.

Ctrl-C raises KeyboardInterrupt at any instruction, and the alarm of pytest-timeout does the same with a failure of
pytest. If that happens after a line was read and before its outcome is kept, an answer is lost.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

#: These signals end a run as Ctrl-C does.
ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
#: Plugins limit the time of a test with this one. They install their handler anew for each test.
_ALARM = getattr(signal, "SIGALRM", None)
#: Seconds. A second signal so long after the first one takes effect at once.
PATIENCE = 2.0

_Handler = Callable[[int, FrameType | None], Any] | int | None


class Signals:
    """A context manager: inside of it, signals wait for its end or for a call of :meth:`pause`."""

    def __init__(self, *, quiet: bool = False, resumes: bool = False) -> None:
        """``quiet`` is for a worker: the controlling process ends it, so signals take effect in :meth:`pause` only.

        With ``resumes``, the run may go on after a KeyboardInterrupt, as with ``--pdb``.
        """
        self._quiet = quiet
        self._resumes = resumes
        self._earlier: dict[int, _Handler] = {}
        self._alarm: _Handler = None
        self._depth = 0
        #: Signals that wait: handler, number, frame.
        self._kept: list[tuple[_Handler, int, FrameType | None]] = []
        self._over = False
        self._since: float | None = None
        #: The number of the first signal that ends the run.
        self.first: int | None = None

    def install(self) -> None:
        """Take over the signals that end a run, except those that are ignored. Only the main thread can do that."""
        if self._earlier or threading.current_thread() is not threading.main_thread():
            return
        # A worker that is told to end on its own has to end at once: the controlling process starts another one.
        for number in (signal.SIGINT,) if self._quiet else ENDING:
            earlier = signal.getsignal(number)
            if callable(earlier) or earlier == signal.SIG_DFL:
                self._earlier[number] = earlier
                signal.signal(number, self._ends)

    def restore(self) -> None:
        """Give the signals back."""
        while self._earlier:
            number, earlier = self._earlier.popitem()
            # A debugger may have installed its own handler meanwhile.
            if signal.getsignal(number) == self._ends:
                signal.signal(number, earlier)

    @staticmethod
    @contextmanager
    def blocked() -> Iterator[None]:
        """Hold Ctrl-C back from this process and from the workers that it starts, which call :meth:`unblock`.

        Ctrl-C on a terminal reaches workers too, and one that imports its modules would print a traceback.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            yield
        finally:
            Signals.unblock()

    @staticmethod
    def unblock() -> None:
        """End :meth:`blocked`. A signal that came meanwhile takes effect now."""
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])

    def finish(self) -> None:
        """From now on the run ends, and a signal is noted only."""
        self._over = True
        if self._since is None:
            self._since = time.monotonic()

    def pause(self) -> None:
        """Let the signals that wait take effect. The host calls this where an exception loses nothing."""
        if self._kept and not self._over and threading.current_thread() is threading.main_thread():
            self._release()

    def __enter__(self) -> None:
        self._depth += 1
        try:
            if self._depth == 1 and _ALARM is not None and threading.current_thread() is threading.main_thread():
                earlier = signal.getsignal(_ALARM)
                if callable(earlier):
                    self._alarm = earlier
                    signal.signal(_ALARM, self._rings)
        except BaseException:  # the alarm came in between
            self._depth -= 1
            raise

    def __exit__(self, *exception: object) -> None:
        try:
            if self._depth == 1 and self._alarm is not None:
                assert _ALARM is not None
                earlier, self._alarm = self._alarm, None
                signal.signal(_ALARM, earlier)
        finally:
            self._depth -= 1
        if self._kept and not self._depth and not self._over and not self._quiet:
            self._release()

    def _release(self) -> None:
        handler, number, frame = self._kept.pop(0)
        self._deliver(handler, number, frame)

    def _rings(self, number: int, frame: FrameType | None) -> None:
        self._kept.append((self._alarm, number, frame))

    def _ends(self, number: int, frame: FrameType | None) -> None:
        if self.first is None:
            self.first = number
        now = time.monotonic()
        insists = self._since is not None and now - self._since > PATIENCE
        if self._since is None:
            self._since = now
        if insists or not (self._depth or self._over or self._quiet):
            self._deliver(self._earlier.get(number), number, frame)
        else:
            self._kept.append((self._earlier.get(number), number, frame))

    def _deliver(self, handler: _Handler, number: int, frame: FrameType | None) -> None:
        if number in ENDING:
            if self._resumes:
                self._since = self.first = None
            else:
                # The second one of two quick signals must not interrupt the end of the run.
                self._over = True
        if callable(handler):
            handler(number, frame)
        elif number in ENDING:
            raise KeyboardInterrupt(signal.Signals(number).name)
