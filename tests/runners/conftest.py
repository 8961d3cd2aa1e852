"""The fixture that all tests of the runners use."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def signals() -> Iterator[None]:
    """The signals that end a run reach the processes that the tests start, even if whoever started pytest ignores them.

    A shell does so for a process in the background, and nohup does.
    """
    earlier = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGHUP)}
    if earlier[signal.SIGINT] == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if earlier[signal.SIGHUP] == signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    for number, before in earlier.items():
        signal.signal(number, before)
