"""A child process whose output is read without trust: bounded, line by line, never waited for without a limit."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

MARK = b"\x1e"
#: A longer line is no answer of an agent, whose own limits keep it far below; the rest of it is thrown away.
LONGEST_LINE = 4 * 1024 * 1024
#: What is kept of the end of stderr and of the noise on stdout, for the message about a death.
TAIL = 8 * 1024
#: How often a waiting host looks whether the process still lives and how much memory it has.
GLANCE = 0.05
#: After a death, how long to wait for what is still in the pipe; children of the dead may hold it open for ever.
LAST_WORDS = 0.25


class Ended(Exception):
    """The process is gone, or its standard output is closed."""


class TooSlow(Exception):
    """Nothing came within the time allowed."""


class TooBig(Exception):
    """The process takes more memory than it is allowed."""


class Process:
    """A child in a session of its own, its pipes drained by threads."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], memory: int) -> None:
        """Start ``command``. ``memory`` is the most bytes it may have resident. Raises OSError if it does not start."""
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
            bufsize=0,
        )
        self._memory = memory
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._noise = _Tail()
        self._errors = _Tail()
        assert self._child.stdout is not None
        assert self._child.stderr is not None
        self._threads = [
            threading.Thread(target=self._read_output, args=(self._child.stdout,), daemon=True),
            threading.Thread(target=self._read_errors, args=(self._child.stderr,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def send(self, line: bytes) -> None:
        """Write one line. Raises Ended if nobody can read it any more."""
        assert self._child.stdin is not None
        try:
            view = memoryview(line + b"\n")
            while view:
                view = view[self._child.stdin.write(view) or 0 :]
        except (OSError, ValueError):
            raise Ended from None

    def receive(self, seconds: float) -> bytes:
        """The next line that an agent has marked as its own, without the mark.

        Raises TooSlow after ``seconds``, Ended when no line can come any more, TooBig for too much memory.
        """
        limit = time.monotonic() + seconds
        dead_since: float | None = None
        while True:
            now = time.monotonic()
            wait = min(limit - now, GLANCE)
            if dead_since is not None and now > dead_since + LAST_WORDS:
                raise Ended
            try:
                line = self._lines.get(timeout=max(wait, 0))
            except queue.Empty:
                if now >= limit:
                    raise TooSlow from None
                if dead_since is None and self._child.poll() is not None:
                    dead_since = time.monotonic()
                if resident(self._child.pid) > self._memory:
                    raise TooBig from None
                continue
            if line is None:
                raise Ended
            return line

    def stop(self, grace: float = 0) -> int | None:
        """End the process and everything in its session, and return its exit status, negative for a signal.

        ``grace`` is how many seconds it gets to end by itself first. None if it had to be killed here.
        """
        with contextlib.suppress(OSError):
            if self._child.stdin is not None:
                self._child.stdin.close()
        status: int | None
        try:
            status = self._child.wait(grace)
        except subprocess.TimeoutExpired:
            status = None
        self.kill()
        self._child.wait()
        for thread in self._threads:
            thread.join(LAST_WORDS)
        return status

    def kill(self) -> None:
        """Kill the process and everything in its session."""
        # The group outlives its leader, and with it the children that a case left behind.
        if sys.platform == "win32":
            self._child.kill()
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid, signal.SIGKILL)

    @property
    def last_words(self) -> str:
        """The end of what was written to stderr, or else of the noise on stdout; undecodable bytes are escaped."""
        return self._errors.text() or self._noise.text()

    def _read_output(self, pipe: IO[bytes]) -> None:
        buffer = b""
        skipping = False
        for chunk in _chunks(pipe):
            *lines, rest = (buffer + chunk).split(b"\n")
            for line in lines:
                if skipping:
                    skipping = False
                elif line.startswith(MARK):
                    self._lines.put(line[1:])
                else:
                    self._noise.add(line + b"\n")
            buffer = rest
            if len(buffer) > LONGEST_LINE:
                self._noise.add(buffer[:100])
                buffer, skipping = b"", True
        self._noise.add(buffer)
        self._lines.put(None)

    def _read_errors(self, pipe: IO[bytes]) -> None:
        for chunk in _chunks(pipe):
            self._errors.add(chunk)


class _Tail:
    """The last TAIL bytes of what was added."""

    def __init__(self) -> None:
        self._chunks: deque[bytes] = deque()
        self._size = 0

    def add(self, chunk: bytes) -> None:
        self._chunks.append(chunk[-TAIL:])
        self._size += len(self._chunks[-1])
        while self._size - len(self._chunks[0]) >= TAIL:
            self._size -= len(self._chunks.popleft())

    def text(self) -> str:
        return b"".join(list(self._chunks)).decode("utf-8", "backslashreplace").strip()


def _chunks(pipe: IO[bytes]) -> Iterator[bytes]:
    with pipe:
        while True:
            try:
                chunk = os.read(pipe.fileno(), 64 * 1024)
            except OSError:
                return
            if not chunk:
                return
            yield chunk


def resident(pid: int) -> int:
    """The bytes that process ``pid`` has resident; 0 where the system does not say so in ``/proc``."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0
