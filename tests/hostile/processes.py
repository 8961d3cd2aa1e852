"""The processes of a round, as Linux shows them in ``/proc``."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

#: The variable by which the processes of a round are known; its value is the folder of the round.
MARKER = "HOSTILE_ROUND"
#: A part of the command line of a pytest-xdist worker.
WORKER = "exec(eval(sys.stdin.readline()))"


def words(pid: int) -> str:
    """The command line of a process; empty for a process that has ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    return ""


def kind(pid: int) -> str:
    """What a process of a round is: pytest, its worker, an interpreter, or a child of one."""
    named = {"agent.py": "interpreter", "held": "child", WORKER: "worker", "pytest": "pytest"}
    return next((name for word, name in named.items() if word in words(pid)), words(pid))


def marked(folder: Path) -> list[int]:
    """The processes of a round that have not ended."""
    found, marker = [], f"{MARKER}={folder}".encode()
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if marker in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
    return found


def end(folder: Path) -> None:
    """Kill the processes of a round, until none is left."""
    while left := marked(folder):
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def descendants(pid: int) -> list[int]:
    """The children of a process, and theirs."""
    found = [pid]
    for each in found:
        with contextlib.suppress(OSError):
            found += map(int, Path(f"/proc/{each}/task/{each}/children").read_text().split())
    return found[1:]


def mebibytes(pid: int, key: str) -> int:
    """The memory of a process: ``VmRSS`` now, ``VmHWM`` at most; 0 for a process that has ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(key):
                return int(line.split()[1]) >> 10
    return 0
