"""The transport of one file per case, for an interpreter without a working standard input or without JSON.

Each case is the stand-alone program of ``python -m conformance script`` in a process of its own; its exit status gives
the verdict. The interpreter only needs to run a file and to print.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from conformance.needs import ASYNC_GENERATORS, PROBES
from conformance.program import AT_LINE, Case, counted, file_names, script
from runners.printable import one_line, printable
from runners.transport import inside
from runners.transport.answers import Answer, End, Identity, bounded, with_errors
from runners.transport.conversation import MOST_LINES
from runners.transport.process import GLANCE, Ended, Process, TooBig, TooSlow, scrubbed
from runners.transport.target import CASE_TIMEOUT, MEMORY, START_TIMEOUT, CannotStart, judged_as
from runners.transport.watcher import WATCHER
from runners.transport.words import death, not_started, telling

#: Prints the result of ``who()``, one line for each key, for an interpreter without JSON.
_WHO = """
answer = who()
for key in sorted(answer):
    value = answer[key]
    if key == "build":
        value = " ".join(value)
    print("%s=%s" % (key, "" if value is None else str(value).replace("\\n", " ")))
"""
#: Program → whether its exit status must be 0, to show that exit statuses can be trusted.
_TRIALS = {"import sys\nsys.exit(1)\n": False, "1 +\n": False, "raise ValueError(1)\n": False, "1 + 1\n": True}


class FileTarget:
    """A :class:`runners.transport.target.Target` that runs one file for each case."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        case_timeout: float = CASE_TIMEOUT,
        start_timeout: float = START_TIMEOUT,
        language_version: tuple[int, int] | None = None,
        memory: int = MEMORY,
        single: bool = False,
        progress: Callable[[str], None] = lambda text: None,
        pause: Callable[[], None] = lambda: None,
    ) -> None:
        """``command`` runs a program when its path is appended. Times are seconds, memory is bytes.

        Each process gets ``start_timeout`` for its start and ``case_timeout`` for its case. With ``single`` they run
        one after the other. ``pause`` is called again and again while the host waits; an exception that it raises
        loses no answer.
        """
        self.command = list(command)
        self._case_timeout = case_timeout
        self._start_timeout = start_timeout
        self._language_version = language_version
        self._memory = memory
        self._progress = progress
        self._pause = pause
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._pool = ThreadPoolExecutor(1 if single else os.cpu_count())
        self._running: set[Process] = set()
        self._left: list[str] = []
        self._closed = False
        self._answers: dict[str, deque[Future[Answer]]] = {}
        self.identity: Identity | None = None
        self.needs: dict[str, str | None] = {}

    def launch(self) -> None:
        """Make the folder for the programs. Raises CannotStart."""
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="conformance-")
        except OSError as error:
            raise CannotStart(f"{self._shown}: cannot make a folder for its programs: {error.strerror}") from None
        WATCHER.add_folder(self._folder.name)

    def start(self) -> Identity:
        """Run a program that prints the identity, and programs that show that exit statuses can be trusted.

        Raises CannotStart.
        """
        if self._folder is None:
            self.launch()
        self._progress("starting")
        status, output = self._try(inside.text("who") + _WHO)
        hello: dict[str, object] = dict(re.findall(r"^(\w+)=(.*)$", output, re.MULTILINE))
        if status != 0 or not hello:
            why = f": {one_line(telling(output))}" if output else ""
            raise CannotStart(f"{self._shown}: {death(status, starting=True)}{why}")
        for program, succeeds in _TRIALS.items():
            if (self._try(program)[0] == 0) != succeeds:
                raise CannotStart(f"{self._shown}: its exit status does not distinguish success from failure")
        hello["build"] = [*str(hello.get("build", "")).split(), "file"]
        for key in ("platform", "executable", "loop"):
            hello[key] = hello.get(key) or None
        hello["absent"] = self._lack(ASYNC_GENERATORS)
        try:
            self.identity = Identity.from_hello(hello)
        except ValueError as error:
            raise CannotStart(f"{self._shown}: {error}") from None
        return self.identity

    @property
    def judged_as(self) -> tuple[int, int]:
        """The language version whose behaviours apply."""
        assert self.identity is not None
        return judged_as(self.identity, self._language_version)

    def submit(self, cases: Iterable[Case]) -> None:
        """Start to run these cases, in this order and several at once, before their answers are needed."""
        cases = list(cases)
        for name in dict.fromkeys(name for case in cases for name in (*case.behaviour.needs, case.behaviour.feature)):
            if name is not None and name not in self.needs:
                self.needs[name] = self._lack(PROBES[name])
        for case in cases:
            self._answers.setdefault(case.name, deque()).append(self._pool.submit(self._run, case))

    def answer(self, case: Case) -> Answer:
        """Wait for the answer to a case. It runs now if it was not submitted, or if its answer was already taken."""
        if not self._answers.get(case.name):
            self.submit([case])
        while not wait((self._answers[case.name][0],), GLANCE).done:
            self._pause()
        return self._answers[case.name].popleft().result()

    def ready(self, case: Case) -> int:
        """The number of answers to a case that have arrived."""
        return sum(answer.done() and not answer.cancelled() for answer in self._answers.get(case.name, ()))

    def run(self, case: Case) -> Answer:
        """Submit one case and wait for it."""
        self.submit([case])
        return self.answer(case)

    def drain(self) -> None:
        """Do nothing: each answer arrives when its program ends."""

    def close(self) -> End | None:
        """End the programs that still run. Each case had its own process, so there is no end to return.

        The End that is returned if a process could not be ended only says that.
        """
        self._closed = True
        for process in list(self._running):
            process.kill()
        self._pool.shutdown(cancel_futures=True)
        if self._folder is not None:
            self._folder.cleanup()
            WATCHER.remove_folder(self._folder.name)
        return End(None, None, tuple(self._left)) if self._left else None

    @property
    def _shown(self) -> str:
        return one_line(" ".join(self.command))

    def _try(self, text: str) -> tuple[int | None, str]:
        """Run a program that belongs to the start. Raises CannotStart if it does not start, or does not end."""
        try:
            ended = self._program("start.py", text, self._start_timeout, self._pause)
            return ended.status, ended.output
        except TooSlow as error:
            why = str(error) or f"did not end within {self._start_timeout:g} s"
            raise CannotStart(f"{self._shown}: {why}") from None
        except TooBig:
            raise CannotStart(f"{self._shown}: took more than {self._memory >> 20} MiB of memory to start") from None
        except (OSError, ValueError) as error:
            raise CannotStart(f"{self._shown}: {not_started(self.command, error)}") from None

    def _lack(self, probe: str) -> str | None:
        """The reason why a probe fails, or None."""
        try:
            seconds = self._start_timeout + self._case_timeout
            ended = self._program("probe.py", probe, seconds, self._pause)
        except (TooSlow, TooBig):
            return "its probe did not end"
        except (OSError, ValueError) as error:
            return f"its probe could not be run: {one_line(str(error))}"
        if ended.status == 0:
            return None
        return printable(str(bounded(telling(ended.output) or death(ended.status, starting=False))))

    def _run(self, case: Case) -> Answer:
        unmet = next((need for need in case.behaviour.needs if self.needs[need] is not None), None)
        if unmet is not None:
            return Answer("unmet", f"needs {unmet}: {self.needs[unmet]}")
        began = time.monotonic()
        seconds = self._start_timeout + self._case_timeout
        try:
            ended = self._program(file_names([case])[case.name], script(case), seconds)
        except TooSlow as error:
            return Answer("timeout", str(error) or f"no end within {seconds:g} s")
        except TooBig:
            return Answer("crash", f"took more than {self._memory >> 20} MiB of memory")
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            return Answer("error", printable(f"the program could not be run: {why}"))
        answer = _judged(case, ended.status, printable(ended.output), time.monotonic() - began)
        return with_errors(answer, ended.errors) if ended.errors else answer

    def _program(self, name: str, text: str, seconds: float, waiting: Callable[[], None] = lambda: None) -> _Ended:
        """Run a program to its end. Raises OSError, TooSlow and TooBig.

        The threads of the pool do not pause, because a signal belongs to the main thread.
        """
        assert self._folder is not None
        with tempfile.TemporaryDirectory(dir=self._folder.name) as folder:
            path = Path(folder, name)
            path.write_text(text, encoding="utf-8")
            process = Process([*self.command, str(path)], scrubbed(os.environ), self._memory, waiting)
            self._running.add(process)
            process.close_input()
            status = None
            grace = 0.0
            lines = 0
            try:
                while not self._closed:
                    process.receive(max(0.0, seconds - process.waited))
                    lines += 1
                    if lines >= MOST_LINES:
                        raise TooSlow(f"wrote {lines} lines that are marked as messages")
            except Ended:
                grace = 1.0
            finally:
                status = process.stop(grace)
                self._running.discard(process)
                self._left += process.left
            return _Ended(status, process.noise or process.last_words(), process.errors())


@dataclass(frozen=True)
class _Ended:
    """How a program ended: its status, its output or else its stderr, and its stderr."""

    status: int | None
    output: str
    errors: str


def _judged(case: Case, status: int | None, output: str, seconds: float) -> Answer:
    """The answer that a program of :func:`conformance.program.script` gives by its exit status and its output."""
    lines = output.splitlines()
    at, message = _told(lines, f"FAIL {case.name}: ")
    if status == 0:
        if at is not None:
            return Answer("error", "the program printed FAIL, but its exit status is 0")
        _, observed = _told(lines, f"PASS {case.name}", ": ")
        if observed is None:
            return Answer("crash", "exited with 0")
        return Answer("pass", observed=observed or None, seconds=seconds)
    if status != 1:
        return Answer("crash", death(status, starting=False) + (f": {telling(output)}" if output else ""))
    if at is None:
        return Answer("fail", telling(output) or "no output", seconds=seconds)
    shown = dict(re.findall(r"^  (\w+) = (.*)$", "\n".join(lines[at + 1 :]), re.MULTILINE))
    place = re.fullmatch(AT_LINE, lines[at + 1]) if at + 1 < len(lines) else None
    line = None if place is None else counted(case, int(place[1]))
    return Answer("fail", bounded(message), line=line, locals=shown or None, seconds=seconds)


def _told(lines: Sequence[str], words: str, then: str = "") -> tuple[int, str] | tuple[None, None]:
    """The first line with these words, and its text after ``words`` and ``then``; the words alone may end a line.

    They may follow other text, because an interpreter can print a banner without a line end.
    """
    for number, line in enumerate(lines):
        _, found, rest = line.partition(words)
        if found and (not rest or rest.startswith(then)):
            return number, rest[len(then) :]
    return None, None
