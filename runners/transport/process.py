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
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence

from runners.transport.family import GIVE_UP, MARKER, Family, census, look, resident
from runners.transport.tails import MARK, Ends, Errors
from runners.transport.watcher import WATCHER

#: Bytes. A longer line does not come from an agent, whose lines are far shorter; its rest is thrown away.
LONGEST_LINE = 4 * 1024 * 1024
#: Seconds between two checks, while the host waits, whether the process is alive.
GLANCE = 0.05
#: Seconds between two checks of the memory of all interpreters, whichever one the host waits for.
CENSUS = 0.2
#: The time of a check, times this number, is the least time up to the next one: a machine may have many processes.
_CENSUS_SHARE = 100
#: Seconds. A longer step is not counted as time of waiting, because the host was stopped, as by Ctrl-Z.
STALL = 1.0
#: Seconds to read the pipes after the process ended. Its children may hold them open for ever.
LAST_WORDS = 0.25
_CHUNK = 64 * 1024
#: Bytes in a pipe, if the system can set that: so the interpreter works ahead while the host does something else.
PIPE = 1024 * 1024

#: Variables of the host that would change or break another Python, or a program in another root.
SCRUBBED = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__", "TMPDIR")


class Ended(Exception):
    """The process is gone, or its standard output is closed."""


class TooSlow(Exception):
    """Nothing came within the time allowed. A text says more, if there is one."""


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
        with contextlib.suppress(ValueError):  # it is another thread than the main one; the main one was here before
            if signal.getsignal(signal.SIGCHLD) == signal.SIG_IGN:
                # A parent can hand this down. Then the system throws every exit status away.
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        token = os.urandom(8).hex()
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**environment, MARKER: token},
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
        #: The most bytes that all processes of the session may have resident.
        self.memory = memory
        self._waiting = waiting
        #: The seconds that :meth:`receive` has waited, without the time in which the host was stopped.
        self.waited = 0.0
        #: What of the family could not be ended, as lines for people.
        self.left: list[str] = []
        self._glance = time.monotonic() + GLANCE
        self._too_big = False
        self._outgoing = b""
        self._partial = b""
        self._skipping = False
        self._open = {self._output, self._error}
        self._lines: deque[bytes] = deque()
        self._noise = Ends()
        self._errors = Errors()
        self._family = Family(self._child.pid, token)
        WATCHER.add(self._family)
        with _MEMORY.lock:
            _MEMORY.living.add(self)

    def send(self, line: bytes) -> None:
        """Write one line; the rest that the pipe cannot take now is written during the next :meth:`receive`."""
        if not self._outgoing:
            self._selector.register(self._input, selectors.EVENT_WRITE)
        self._outgoing += line + b"\n"
        self._write()

    def close_input(self) -> None:
        """Let the process find that its standard input has ended; nothing can be sent any more."""
        self._pipes[0].close()

    def receive(self, seconds: float) -> bytes:
        """The next line that an agent has marked as its own, without the mark.

        Raises TooSlow after ``seconds``, Ended when no further line can arrive, TooBig for too much memory. What is in
        the pipe counts as arrived.
        """
        now = time.monotonic()
        if now >= self._glance:
            self._look_around(now)
        limit = self.waited + seconds
        dead_since: float | None = None
        while not self._lines:
            if self._output not in self._open:
                raise TooBig if self._too_big else Ended
            dead = dead_since is not None and now > dead_since + LAST_WORDS
            if dead or self._too_big or self.waited >= limit:
                self._read_all()
                if not self._lines:
                    raise TooBig if self._too_big else Ended if dead else TooSlow
                break
            wait = max(0.0, min(limit - self.waited, self._glance - now))
            self._serve(wait)
            before, now = now, time.monotonic()
            self.waited += now - before if now - before < STALL else wait
            if now >= self._glance:
                self._look_around(now)
                self._waiting()
                if dead_since is None and not self.lives:
                    dead_since = now
        return self._lines.popleft()

    def has_news(self) -> bool:
        """Whether :meth:`receive` would not wait: a line has arrived, or no further line can arrive."""
        now = time.monotonic()
        if now >= self._glance:
            self._look_around(now)
        if not self._lines:
            self._serve(0)
        return bool(self._lines) or self._output not in self._open or self._too_big

    def stop(self, grace: float = 0) -> int | None:
        """End the process and everything that it has started, and return its exit status, negative for a signal.

        The process first has ``grace`` seconds to end by itself. The status is None if it had to be killed. What cannot
        be ended is given up after a time, and named in :attr:`left`.
        """
        with _undisturbed():
            return self._stop(grace)

    def _stop(self, grace: float) -> int | None:
        if self._outgoing:
            self._forget_outgoing()
        self._pipes[0].close()
        status: int | None
        try:
            status = self._child.wait(grace)
        except subprocess.TimeoutExpired:
            status = None
        with _MEMORY.lock:
            _MEMORY.living.discard(self)
        living = self._family.end()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(GIVE_UP)
        if self._child.returncode is None:
            living = sorted({self._child.pid, *living})
            self._child.returncode = -signal.SIGKILL  # so that nobody waits for it any more
        for pid in living:
            self.left.append(f"process {pid}, started by this run, could not be ended")
        if not living:
            WATCHER.remove(self._family)
        limit = time.monotonic() + LAST_WORDS
        while self._selector.get_map() and time.monotonic() < limit:
            self._serve(LAST_WORDS)
        self._noise.add(self._partial)
        self._errors.flush()
        self._selector.close()
        for pipe in self._pipes:
            pipe.close()
        return status

    def kill(self) -> None:
        """Kill the process and its process group."""
        self._family.kill()

    @property
    def pid(self) -> int:
        """The number of the process, which is the number of its session too."""
        return self._child.pid

    @property
    def lives(self) -> bool:
        """Whether the process has not ended yet."""
        return self._child.poll() is None

    def errors(self, nonce: str | None = None) -> str:
        """The ends of the text on stderr that nobody has taken yet; with ``nonce``, only of the case of this nonce.

        Undecodable bytes are escaped.
        """
        return self._errors.text(nonce)

    def take_errors(self, nonce: str) -> str:
        """The ends of the text on stderr during the case with this nonce, which is then taken.

        If the agent writes no marks and has already sent more lines, the text may be that of a later case: it stays
        for the case that comes last.
        """
        return "" if self._lines and not self._errors.marked else self._errors.take(nonce)

    def last_words(self, nonce: str | None = None) -> str:
        """The text of :meth:`errors`, or if that is empty, the noise on stdout since the last marked line."""
        return self.errors(nonce) or self._noise.text()

    @property
    def noise(self) -> str:
        """The ends of the text on stdout since the last marked line."""
        return self._noise.text()

    def _look_around(self, now: float) -> None:
        """Look after the memory of this process, and from time to time after that of all processes."""
        self._glance = now + GLANCE
        leader = look(self.pid)
        if leader is not None and leader.resident > self.memory:
            self.exceed()
        _MEMORY.check(now)

    def exceed(self) -> None:
        """End the process, because it has too much memory; :meth:`receive` will say so."""
        self._too_big = True
        self.kill()

    def _serve(self, seconds: float) -> bool:
        """Read and write the pipes that are ready; wait at most ``seconds``. Return whether something was read."""
        read = False
        for key, _ in self._selector.select(seconds):
            if key.fd == self._input:
                self._write()
            else:
                read = True
                self._read(key.fd)
                if key.fd == self._output:
                    # What a case wrote on stderr before its answer is in the other pipe, and belongs to it.
                    self._read_errors()
        return read

    def _read(self, descriptor: int) -> int:
        """Read one chunk, and return its size; 0 if nothing is there, or nothing will come any more."""
        if descriptor not in self._open:
            return 0
        try:
            chunk = os.read(descriptor, _CHUNK)
        except BlockingIOError:
            return 0
        except OSError:
            chunk = b""
        if not chunk:
            self._selector.unregister(descriptor)
            self._open.discard(descriptor)
        elif descriptor == self._output:
            self._take(chunk)
        else:
            self._errors.add(chunk)
        return len(chunk)

    def _read_errors(self) -> None:
        """Read what is in the pipe of stderr now."""
        for _ in range(PIPE // _CHUNK):
            if self._read(self._error) < _CHUNK:
                break

    def _read_all(self) -> None:
        """Read what is in the pipes now."""
        for _ in range(2 * PIPE // _CHUNK):
            if not self._serve(0):
                break

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
                self._noise.add(b"\n")
            elif line.startswith(MARK):
                self._lines.append(line[1:])
                self._noise.clear()
            else:
                self._noise.add(line + b"\n")
        if len(rest) > LONGEST_LINE or self._skipping:
            self._noise.add(rest[:100])
            rest, self._skipping = b"", True
        self._partial = rest


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Put Ctrl-C off to the end of the block, which takes a bounded time, so that nothing is left half done."""
    pressed: list[int] = []
    try:
        before = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    except ValueError:  # only the main thread gets KeyboardInterrupt
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if pressed:
            signal.raise_signal(signal.SIGINT)


class _Memory:
    """Looks after the memory of all interpreters of this host, and ends an interpreter that has too much."""

    def __init__(self) -> None:
        self.living: set[Process] = set()
        self.lock = threading.Lock()
        self._due = 0.0

    def check(self, now: float) -> None:
        """Add up the memory of each session, if that was not done shortly before."""
        if now < self._due or not self.lock.acquire(blocking=False):
            return
        try:
            everyone = census()
            self._due = now + max(CENSUS, _CENSUS_SHARE * (time.monotonic() - now))
            total = resident([process.pid for process in self.living], everyone)
            for process in self.living:
                if total[process.pid] > process.memory:
                    process.exceed()
        finally:
            self.lock.release()


_MEMORY = _Memory()


def scrubbed(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for an interpreter: the host's without SCRUBBED. A command line can set more with ``env``."""
    return {key: value for key, value in environment.items() if key not in SCRUBBED}
