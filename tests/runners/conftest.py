"""The fixture that all tests of the runners use."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def ctrl_c() -> Iterator[None]:
    """Ctrl-C reaches the processes that the tests start, even if a shell started pytest with SIGINT ignored."""
    earlier = signal.getsignal(signal.SIGINT)
    if earlier == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, earlier)
