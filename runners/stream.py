"""One interpreter's part of a run: started early, fed its whole selection by a thread, asked for each report."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from conformance.program import Case
from runners.target import CannotStart, Identity, Report, Target

#: Seconds that an interpreter gets to come to rest before what it does is cut off.
PATIENCE = 0.1


class Stream:
    """A target in a thread of its own: it starts at once, while tests are still being collected.

    After :meth:`identity`, either :meth:`feed` it the whole selection and take the reports in any order, or let
    :meth:`report` run one case at a time, as a pytest-xdist worker must, which learns its cases one by one.
    """

    def __init__(self, label: str, command: str, make: Callable[[], Target]) -> None:
        """``make`` makes the target; it is called in the thread, and may raise CannotStart."""
        self.label = label
        self.command = command
        self._make = make
        self._target: Target | None = None
        self._identity: Identity | None = None
        self._failure: str | None = None
        self._reports: dict[str, Report] = {}
        self._selection: Sequence[Case] | None = None
        self._changed = threading.Condition()
        self._closing = False
        self._idle = False
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"stream {label}", daemon=True)
        self._thread.start()

    @property
    def identity(self) -> Identity | None:
        """Who answered, or None if :attr:`failure` says why nobody did. Waits for the start."""
        self._started.wait()
        return self._identity

    @property
    def failure(self) -> str | None:
        """Why the interpreter cannot be used, as one line, or None. Waits for the start."""
        self._started.wait()
        return self._failure

    def refuse(self, why: str) -> None:
        """Take the interpreter for unusable."""
        self._failure = why

    @property
    def judged_as(self) -> tuple[int, int]:
        """The language version whose behaviours apply."""
        self._started.wait()
        assert self._target is not None
        return self._target.judged_as

    def feed(self, selection: Sequence[Case]) -> None:
        """Run these cases, in this order, without being asked for each."""
        with self._changed:
            self._selection = selection
            self._changed.notify_all()

    def report(self, case: Case) -> Report:
        """The report of one case: waits for it, or runs it here if nothing was fed."""
        self._started.wait()
        if self._selection is None:
            assert self._target is not None
            return self._target.run(case)
        with self._changed:
            self._changed.wait_for(lambda: case.name in self._reports or not self._thread.is_alive())
            return self._reports.get(case.name) or Report("error", "the run of this interpreter ended before the case")

    def close(self) -> None:
        """End the interpreter; what is under way is abandoned."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        while self._thread.is_alive():
            # Idle, it ends by itself; else it may be starting, in a case, or between two processes.
            self._thread.join(PATIENCE)
            if self._thread.is_alive() and self._target is not None and not self._idle:
                self._target.abort()

    def _work(self) -> None:
        try:
            self._target = self._make()
            self._identity = self._target.start()
        except CannotStart as error:
            self._failure = str(error)
        finally:
            self._started.set()
        if self._target is None:
            return
        with self._changed:
            self._changed.wait_for(lambda: self._selection is not None or self._closing)
        try:
            for case in self._selection or ():
                if self._closing:
                    break
                report = self._target.run(case)
                with self._changed:
                    self._reports[case.name] = report
                    self._changed.notify_all()
        finally:
            with self._changed:
                self._idle = True
                self._changed.wait_for(lambda: self._closing)
            self._target.close()
