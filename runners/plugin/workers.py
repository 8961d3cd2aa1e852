"""The workers of pytest-xdist: each has its own run, and sends its news with the reports of its tests."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from queue import Empty
from typing import Any

import pytest

from runners.plugin.signals import Signals
from runners.record.run import Run
from runners.transport.process import GLANCE

#: The user property in which a worker sends its news with pytest's report of a test.
PROPERTY = "conformance"


class Workers:
    """The part of this process in a run with ``-n``: a worker, the controlling process, or neither."""

    def __init__(self, config: pytest.Config, run: Run, signals: Signals) -> None:
        self._config = config
        self._run = run
        self._signals = signals
        #: Whether this process is a worker.
        self.is_worker = hasattr(config, "workerinput")

    @property
    def controls(self) -> bool:
        """Whether this process controls workers, and runs no case itself."""
        return bool(self._config.getoption("numprocesses", None)) and not self.is_worker

    def tell(self, item: pytest.Item) -> None:
        """In a worker, send the news with the report of this item."""
        if self.is_worker:
            item.user_properties.append((PROPERTY, self._run.tell()))

    def tell_last(self) -> None:
        """In a worker, send the news that no report will take."""
        self._config.workeroutput[PROPERTY] = self._run.tell()  # type: ignore[attr-defined]

    def hear(self, report: Any) -> bool:
        """Add the news in a report of pytest, or None, to the run; return whether there are any."""
        news = [value for name, value in getattr(report, "user_properties", ()) if name == PROPERTY]
        for value in news:
            self._run.hear(value)
        return bool(news)

    def hear_last(self, node: Any) -> bool:
        """Add the last news of a worker that ended, or None; return whether there are any."""
        told = getattr(node, "workeroutput", {}).pop(PROPERTY, None)
        if told is not None:
            self._run.hear(told)
        return told is not None

    def rescue(self) -> bool:
        """Add the news that pytest-xdist received and did not handle before its end; return whether there are any."""
        found = False
        while self._queue is not None:
            try:
                _, values = self._queue.get_nowait()
            except Empty:
                break
            found |= self.hear(values.get("rep")) | self.hear_last(values.get("node"))
        return found

    @contextmanager
    def listening(self) -> Generator[None]:
        """Let Ctrl-C wait while pytest-xdist handles a report that it has taken from its queue."""
        queue = self._queue
        if queue is None or not self.controls:
            yield
            return
        take = queue.get

        def get(block: bool = True, timeout: float | None = None) -> Any:
            self._signals.pause()
            # pytest-xdist asks again if nothing came.
            return take(block, min(timeout, GLANCE) if timeout else timeout)

        queue.get = get
        try:
            with self._signals:
                yield
        finally:
            queue.get = take

    @property
    def _queue(self) -> Any:
        """The queue in which pytest-xdist puts what its workers send; None if there is none."""
        return getattr(self._config.pluginmanager.get_plugin("dsession"), "queue", None)
