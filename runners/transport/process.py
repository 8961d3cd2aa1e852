"""A child process whose output is read without trust: bounded, line by line, never waited for without a limit.

One thread does it all, with a selector: threads that take turns would cost more than most cases take.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import selectors
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence

MARK = b"\x1e"
#: A longer line is no answer of an agent, whose own limits keep it far below; the rest of it is thrown away.
LONGEST_LINE = 4 * 1024 * 1024
#: What is kept of the end of stderr and of the noise on stdout, for the message about a death.
#: The trace of a Java exception, whose first line says most, takes 16 KiB.
TAIL = 32 * 1024
#: How often a waiting host looks whether the process still lives and how much memory it has.
GLANCE = 0.05
#: After a death, how long to wait for what is still in the pipe; children of the dead may hold it open for ever.
LAST_WORDS = 0.25
_CHUNK = 64 * 1024
#: Bytes in a pipe, where the system lets us say so: the interpreter works ahead while the host does something else.
PIPE = 1024 * 1024

#: Variables of the host that would change or break another Python, or a program in another root.
SCRUBBED = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__", "TMPDIR")

#: How a wrapper of ours ends when what it wraps is not there; it has said what to do about it.
UNUSABLE = 4

#: How an operating system tells that there was no such interpreter, in a shell's or a wrapper's exit status.
_SHELL_STATUS = {126: "cannot be executed", 127: "was not found"}


class Ended(Exception):
    """The process is gone, or its standard output is closed."""


class TooSlow(Exception):
    """Nothing came within the time allowed."""


class TooBig(Exception):
    """The process takes more memory than it is allowed."""


class Process:
    """A child in a session of its own. Its pipes are served while :meth:`receive` waits."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        memory: int,
        waiting: Callable[[], None] = lambda: None,
    ) -> None:
        """Start ``command``. ``memory`` is the most bytes it may have resident. Raises OSError if it does not start.

        ``waiting`` is called again and again while :meth:`receive` waits.
        """
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
            bufsize=0,
        )
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        assert self._child.stderr is not None
        self._pipes = (self._child.stdin, self._child.stdout, self._child.stderr)
        self._input, self._output, self._error = (pipe.fileno() for pipe in self._pipes)
        self._selector = selectors.DefaultSelector()
        for pipe in self._pipes:
            os.set_blocking(pipe.fileno(), False)
            with contextlib.suppress(AttributeError, OSError):
                fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE)
        self._selector.register(self._output, selectors.EVENT_READ)
        self._selector.register(self._error, selectors.EVENT_READ)
        self._memory = memory
        self._waiting = waiting
        self._outgoing = b""
        self._partial = b""
        self._skipping = False
        self._output_open = True
        self._lines: deque[bytes] = deque()
        self._noise = _Tail()
        self._errors = _Tail()

    def send(self, line: bytes) -> None:
        """Write one line; what the pipe does not take now goes out during the next :meth:`receive`."""
        if not self._outgoing:
            self._selector.register(self._input, selectors.EVENT_WRITE)
        self._outgoing += line + b"\n"
        self._write()

    def receive(self, seconds: float) -> bytes:
        """The next line that an agent has marked as its own, without the mark.

        Raises TooSlow after ``seconds``, Ended when no line can come any more, TooBig for too much memory.
        """
        if self._lines:
            return self._lines.popleft()
        now = time.monotonic()
        limit, glance = now + seconds, now + GLANCE
        dead_since: float | None = None
        while not self._lines:
            if not self._output_open or (dead_since is not None and now > dead_since + LAST_WORDS):
                raise Ended
            if now >= limit:
                raise TooSlow
            self._serve(max(0.0, min(limit, glance) - now))
            now = time.monotonic()
            if now >= glance:
                glance = now + GLANCE
                self._waiting()
                if resident(self._child.pid) > self._memory:
                    raise TooBig
                if dead_since is None and not self.lives:
                    dead_since = now
        return self._lines.popleft()

    def has_news(self) -> bool:
        """Whether :meth:`receive` need not wait: a line has come, or none can come any more."""
        if not self._lines:
            self._serve(0)
        return bool(self._lines) or not self._output_open

    def stop(self, grace: float = 0) -> int | None:
        """End the process and everything in its session, and return its exit status, negative for a signal.

        ``grace`` is how many seconds it gets to end by itself first. None if it had to be killed here.
        """
        if self._outgoing:
            self._forget_outgoing()
        self._pipes[0].close()
        status: int | None
        try:
            status = self._child.wait(grace)
        except subprocess.TimeoutExpired:
            status = None
        self.kill()
        self._child.wait()
        limit = time.monotonic() + LAST_WORDS
        while self._selector.get_map() and time.monotonic() < limit:
            self._serve(LAST_WORDS)
        self._noise.add(self._partial)
        self._selector.close()
        for pipe in self._pipes:
            pipe.close()
        return status

    def kill(self) -> None:
        """Kill the process and everything in its session."""
        # The group outlives its leader, and with it the children that a case left behind.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid, signal.SIGKILL)

    @property
    def lives(self) -> bool:
        """Whether it has not ended yet."""
        return self._child.poll() is None

    @property
    def last_words(self) -> str:
        """The end of what was written to stderr, or else of the noise on stdout; undecodable bytes are escaped."""
        return self._errors.text() or self._noise.text()

    @property
    def noise(self) -> str:
        """The end of what was written to stdout and is no answer of an agent."""
        return self._noise.text()

    def _serve(self, seconds: float) -> None:
        """Move what can be moved through the pipes, waiting at most ``seconds`` for the first of it."""
        for key, _ in self._selector.select(seconds):
            if key.fd == self._input:
                self._write()
                continue
            try:
                chunk = os.read(key.fd, _CHUNK)
            except BlockingIOError:
                continue
            except OSError:
                chunk = b""
            if not chunk:
                self._selector.unregister(key.fd)
                self._output_open = self._output_open and key.fd != self._output
            elif key.fd == self._output:
                self._take(chunk)
            else:
                self._errors.add(chunk)

    def _write(self) -> None:
        try:
            self._outgoing = self._outgoing[os.write(self._input, self._outgoing) :]
        except BlockingIOError:
            return
        except OSError:
            # Nobody reads any more; the end of its output will tell.
            self._outgoing = b""
        if not self._outgoing:
            self._forget_outgoing()

    def _forget_outgoing(self) -> None:
        self._outgoing = b""
        self._selector.unregister(self._input)

    def _take(self, chunk: bytes) -> None:
        *lines, rest = (self._partial + chunk).split(b"\n")
        for line in lines:
            if self._skipping:
                self._skipping = False
            elif line.startswith(MARK):
                self._lines.append(line[1:])
            else:
                self._noise.add(line + b"\n")
        if len(rest) > LONGEST_LINE or self._skipping:
            self._noise.add(rest[:100])
            rest, self._skipping = b"", True
        self._partial = rest


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
        return b"".join(self._chunks).decode("utf-8", "backslashreplace").strip()


def telling(text: str) -> str:
    """The line that says most about an end: the last one that is not indented, as those of a trace are."""
    lines = [line for line in text.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if not line[0].isspace()), lines[-1].strip() if lines else "")[:300]


def resident(pid: int) -> int:
    """The bytes that process ``pid`` has resident; 0 where the system does not say so in ``/proc``."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


def scrubbed(environment: Mapping[str, str]) -> dict[str, str]:
    """The host's environment for an interpreter; what its own command line sets, with ``env``, is kept."""
    return {key: value for key, value in environment.items() if key not in SCRUBBED}


def not_started(command: Sequence[str], error: Exception) -> str:
    """Why a command did not start, in words."""
    if os.path.isdir(command[0]):
        return "is a directory"
    return str(getattr(error, "strerror", None) or error)


def death(status: int | None, starting: bool) -> str:
    """An exit status in words."""
    if status is None:
        return "closed its standard output"
    if status < 0:
        try:
            return f"died of {signal.Signals(-status).name}"
        except ValueError:
            return f"died of signal {-status}"
    if starting and status == UNUSABLE:
        return "cannot start"
    if starting and status in _SHELL_STATUS:
        return f"a part of the command {_SHELL_STATUS[status]} (exit status {status})"
    return f"is no Python that can run the agent (exit status {status})" if starting else f"exited with {status}"
