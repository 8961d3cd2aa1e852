"""The watcher: a small process that ends the interpreters of this host when the host ends, in whatever way."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from runners.transport import family
from runners.transport.family import Family

#: From <linux/prctl.h>.
_PR_SET_PDEATHSIG = 1


class Watcher:
    """Starts the watching process at the first interpreter, and tells it what starts and ends.

    Where it cannot start, or has been killed, interpreters still end when the host ends in the usual way.
    """

    def __init__(self) -> None:
        self._pipe: int | None = None
        self._owner: int | None = None
        self._lock = threading.Lock()

    def add(self, started: Family) -> None:
        """Watch an interpreter that has started."""
        self._tell(f"+ {started.pid} {started.token} {started.started}")

    def remove(self, ended: Family) -> None:
        """Forget an interpreter that has ended."""
        self._tell(f"- {ended.pid}")

    def add_folder(self, path: str) -> None:
        """Let the watcher remove this folder when the host ends."""
        self._tell(f"folder {os.fsencode(path).hex()}")

    def remove_folder(self, path: str) -> None:
        """Forget a folder that was removed."""
        self._tell(f"gone {os.fsencode(path).hex()}")

    def _tell(self, line: str) -> None:
        with self._lock:
            if self._owner != os.getpid():  # this is the first line, or this process was forked from a host
                self._owner = os.getpid()
                self._pipe = _started()
            if self._pipe is None:
                return
            # The pipe does not block: a watcher that somebody has stopped must not stop the host.
            with contextlib.suppress(OSError):
                os.write(self._pipe, line.encode() + b"\n")


def _started() -> int | None:
    """Start the process, and return the pipe to it; None if it does not start."""
    incoming, outgoing = os.pipe()
    os.set_blocking(outgoing, False)
    try:
        # -S and -E: it needs the standard library only, and starts in a few milliseconds.
        watching = subprocess.Popen(
            [sys.executable, "-S", "-E", "-s", str(Path(family.__file__))],
            stdin=incoming,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )
    except (OSError, ValueError):
        os.close(outgoing)
        return None
    finally:
        os.close(incoming)
    watching.returncode = 0  # nobody waits for it, because it lives longer than this process
    return outgoing


def end_with_parent() -> None:
    """Let the system kill this process when its parent ends; do nothing where the system cannot.

    For a worker of pytest-xdist, which would run on for 15 seconds.
    """
    if sys.platform == "linux":
        with contextlib.suppress(ImportError, AttributeError, OSError):
            import ctypes

            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))


#: The watcher of this host.
WATCHER = Watcher()
