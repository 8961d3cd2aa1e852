"""Find the processes that an interpreter under test has started, measure them, and end them.

As a program, ``python family.py`` is the watcher: it reads from its standard input which interpreters run, and when its
input ends, because the host has ended in whatever way, it ends these interpreters. So this module imports little.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: The variable that marks an interpreter and all that it starts, also what has left its session.
MARKER = "CONFORMANCE_PROCESS"
#: Seconds in which processes that have left the session can end by themselves: one may have a folder to remove.
STRAY_GRACE = 1.5
#: Seconds after which a process that was killed and still lives is given up.
GIVE_UP = 2.0
#: Seconds for an interpreter to notice that its input has ended, before the watcher kills it.
ORPHAN_GRACE = 1.0
#: Seconds between two looks at processes that are about to end.
_LOOK = 0.01
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Seen:
    """A process that has not ended. ``started`` tells it from a later process with the same number."""

    __slots__ = ("parent", "pid", "resident", "session", "started")

    def __init__(self, pid: int, parent: int, session: int, started: int, resident: int) -> None:
        self.pid = pid
        self.parent = parent
        self.session = session
        self.started = started
        #: Bytes of memory.
        self.resident = resident


def look(pid: int) -> Seen | None:
    """A process, or None if it has ended or the system has no ``/proc``."""
    try:
        descriptor = os.open(f"/proc/{pid}/stat", os.O_RDONLY)
    except OSError:
        return None
    try:
        fields = os.read(descriptor, 4096).rpartition(b")")[2].split()
        if fields[0] in b"ZX":
            return None
        return Seen(pid, int(fields[1]), int(fields[3]), int(fields[19]), int(fields[21]) * _PAGE)
    except (OSError, IndexError, ValueError):
        return None
    finally:
        os.close(descriptor)


def census() -> dict[int, Seen]:
    """Every process of this machine by its number; empty if the system has no ``/proc``."""
    try:
        names = os.listdir("/proc")
    except OSError:
        return {}
    found = {}
    for name in names:
        if name.isdigit():
            seen = look(int(name))
            if seen is not None:
                found[seen.pid] = seen
    return found


class Family:
    """An interpreter and all processes that it has started, wherever they went."""

    def __init__(self, pid: int, token: str, started: int | None = None) -> None:
        """``pid`` leads a session of its own. ``token`` is the value of MARKER in its environment."""
        self.pid = pid
        self.token = token
        if started is None:
            leader = look(pid)
            started = 0 if leader is None else leader.started
        self.started = started
        self._known: dict[int, Seen] = {}

    def members(self) -> list[Seen]:
        """The living processes of the session, their descendants, and what has the marker in its environment."""
        everyone = census()
        found = {pid: seen for pid, seen in everyone.items() if seen.session == self.pid}
        # A process that was a member stays one, even if its parent has ended.
        for pid, seen in self._known.items():
            if pid in everyone and everyone[pid].started == seen.started:
                found[pid] = everyone[pid]
        children: dict[int, list[Seen]] = {}
        for seen in everyone.values():
            children.setdefault(seen.parent, []).append(seen)
        todo = [self.pid, *found]
        while todo:
            for seen in children.get(todo.pop(), ()):
                if seen.pid not in found:
                    found[seen.pid] = seen
                    todo.append(seen.pid)
        for pid, seen in everyone.items():
            if pid not in found and self.started <= seen.started and self._is_marked(pid):
                found[pid] = seen
        found.pop(os.getpid(), None)
        self._known = found
        return list(found.values())

    def _is_marked(self, pid: int) -> bool:
        try:
            with open(f"/proc/{pid}/environ", "rb") as file:
                return f"{MARKER}={self.token}".encode() in file.read()
        except OSError:
            return False

    def end(self, grace: float = STRAY_GRACE) -> list[int]:
        """Kill the family; return the numbers of the processes that live on. The leader may be one of them.

        What has left the session first has ``grace`` seconds to end by itself.
        """
        seen = self.members()
        self.kill()
        strays = [each for each in seen if each.session != self.pid]
        _kill(each.pid for each in seen if each.session == self.pid and each.pid != self.pid)
        if all(each.pid == self.pid for each in seen):
            return []
        _wait(strays, grace)
        limit = time.monotonic() + GIVE_UP
        while True:
            seen = self.members()
            if not seen or time.monotonic() > limit:
                return [each.pid for each in seen]
            _kill(each.pid for each in seen)
            _wait(seen, 10 * _LOOK)

    def kill(self) -> None:
        """Kill the process group of the interpreter, which stays after its leader has ended."""
        with contextlib.suppress(OSError):
            os.killpg(self.pid, signal.SIGKILL)


def _kill(pids: Iterable[int]) -> None:
    for pid in pids:
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)


def _wait(processes: Iterable[Seen], seconds: float) -> None:
    """Wait until these processes have ended, at most ``seconds``."""
    limit = time.monotonic() + seconds
    waiting = list(processes)
    while waiting and time.monotonic() < limit:
        now = [look(each.pid) for each in waiting]
        waiting = [
            each for each, seen in zip(waiting, now, strict=True) if seen is not None and seen.started == each.started
        ]
        if waiting:
            time.sleep(_LOOK)


def resident(pids: Iterable[int], everyone: Mapping[int, Seen]) -> dict[int, int]:
    """Leader of a session → the bytes that all processes of this session have resident."""
    total = dict.fromkeys(pids, 0)
    for seen in everyone.values():
        if seen.session in total:
            total[seen.session] += seen.resident
    return total


def watch() -> None:
    """Read lines until the input ends; then end what still runs, and remove the folders that are still there.

    The lines are ``+ PID TOKEN STARTED``, ``- PID``, ``folder NAME`` and ``gone NAME``, with names in hexadecimal.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    families: dict[int, Family] = {}
    folders: set[str] = set()
    for line in sys.stdin:
        words = line.split()
        if words[0] == "+":
            families[int(words[1])] = Family(int(words[1]), words[2], int(words[3]))
        elif words[0] == "-":
            families.pop(int(words[1]), None)
        elif words[0] == "folder":
            folders.add(words[1])
        else:
            folders.discard(words[1])
    _wait([seen for family in families.values() for seen in family.members()], ORPHAN_GRACE)
    for family in families.values():
        family.end(grace=0)
    if folders:
        import shutil

        for name in folders:
            shutil.rmtree(os.fsdecode(bytes.fromhex(name)), ignore_errors=True)


if __name__ == "__main__":
    watch()
