"""A child process whose output is not trusted: it is read in lines of limited length and with a time limit.

One thread serves all pipes with a selector: to switch between threads would take longer than most cases.
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
#: Bytes. A longer line does not come from an agent, whose lines are far shorter; its rest is thrown away.
LONGEST_LINE = 4 * 1024 * 1024
#: Bytes that are kept from the end of stderr, and of the noise on stdout, for the message about a crash.
#: The stack trace of a Java exception, whose first line is the most informative, takes 16 KiB.
TAIL = 32 * 1024
#: Seconds between two checks, while the host waits, whether the process is alive and how much memory it has.
GLANCE = 0.05
#: Seconds to read the pipes after the process ended. Its children may hold them open for ever.
LAST_WORDS = 0.25
_CHUNK = 64 * 1024
#: Bytes in a pipe, if the system can set that: so the interpreter works ahead while the host does something else.
PIPE = 1024 * 1024

#: Variables of the host that would change or break another Python, or a program in another root.
SCRUBBED = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__", "TMPDIR")

#: The exit status of a program in runners/boot that cannot start its interpreter; it has printed what to do.
UNUSABLE = 4

#: The exit statuses of a shell, ``env`` and the like for a program that they cannot run.
_SHELL_STATUS = {126: "cannot be executed", 127: "was not found"}


class Ended(Exception):
    """The process is gone, or its standard output is closed."""


class TooSlow(Exception):
    """Nothing came within the time allowed."""


class TooBig(Exception):
    """The process has more memory than it may have."""


class Process:
    """A child process in a session of its own. The host reads and writes its pipes while :meth:`receive` waits."""

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
        """Write one line; the rest that the pipe cannot take now is written during the next :meth:`receive`."""
        if not self._outgoing:
            self._selector.register(self._input, selectors.EVENT_WRITE)
        self._outgoing += line + b"\n"
        self._write()

    def receive(self, seconds: float) -> bytes:
        """The next line that an agent has marked as its own, without the mark.

        Raises TooSlow after ``seconds``, Ended when no further line can arrive, TooBig for too much memory.
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
        """Whether :meth:`receive` would not wait: a line has arrived, or no further line can arrive."""
        if not self._lines:
            self._serve(0)
        return bool(self._lines) or not self._output_open

    def stop(self, grace: float = 0) -> int | None:
        """End the process and everything in its session, and return its exit status, negative for a signal.

        The process first has ``grace`` seconds to end by itself. The status is None if it had to be killed.
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
        # The process group stays after its leader has ended, with the children that a case started.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid, signal.SIGKILL)

    @property
    def lives(self) -> bool:
        """Whether the process has not ended yet."""
        return self._child.poll() is None

    @property
    def last_words(self) -> str:
        """The end of stderr, or if that is empty, of the noise on stdout; undecodable bytes are escaped."""
        return self._errors.text() or self._noise.text()

    @property
    def noise(self) -> str:
        """The end of the text on stdout, without the messages of the agent."""
        return self._noise.text()

    def _serve(self, seconds: float) -> None:
        """Read and write the pipes that are ready; wait at most ``seconds`` for the first one."""
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
            # The process no longer reads; receive() will find that its output has ended.
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
    """The last TAIL bytes of the chunks that were added."""

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
    """The most informative line about an end: the last one that is not indented, as lines of a stack trace are."""
    lines = [line for line in text.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if not line[0].isspace()), lines[-1].strip() if lines else "")[:300]


def resident(pid: int) -> int:
    """The bytes that process ``pid`` has resident; 0 if the system has no ``/proc`` that says it."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


def scrubbed(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for an interpreter: the host's without SCRUBBED. A command line can set more with ``env``."""
    return {key: value for key, value in environment.items() if key not in SCRUBBED}


def not_started(command: Sequence[str], error: Exception) -> str:
    """Why a command did not start, in words."""
    if os.path.isdir(command[0]):
        return "is a directory"
    return str(getattr(error, "strerror", None) or error)


def cannot_run(status: int | None) -> bool:
    """Whether an exit status says that a command cannot be run at all: another attempt would end alike."""
    return status == UNUSABLE or status in _SHELL_STATUS


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
    return f"is not a Python that can run the agent (exit status {status})" if starting else f"exited with {status}"
