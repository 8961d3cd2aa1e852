"""An interpreter under test: start it, talk to it, time it out, restart it, blame the right case."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conformance.behaviour import NEWEST, OLDEST
from conformance.needs import ASYNC_GENERATORS, NEEDS
from conformance.program import Case, body, travelling
from runners.process import Ended, Process, TooBig, TooSlow

PROTOCOL = 1
CASE_TIMEOUT = 10.0
START_TIMEOUT = 60.0
MEMORY = 2 * 1024**3

#: Works on every Python since 2.7 and on MicroPython, and needs no file that the interpreter could see.
BOOTSTRAP = "import sys,json;exec(json.loads(sys.stdin.readline()),{'__name__':'agent'})"

#: Variables of the host that would change or break another Python, or a program in another root.
SCRUBBED = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__", "TMPDIR")

#: How an operating system tells that there was no such interpreter, in a shell's or a wrapper's exit status.
_SHELL_STATUS = {126: "cannot be executed", 127: "was not found"}


class CannotStart(Exception):
    """The interpreter does not come to the point of answering. The message is one line that says what to do."""


@dataclass(frozen=True)
class Identity:
    """Who answered: what the agent's hello says. ``absent`` is why there are no asynchronous generators, or None."""

    implementation: str
    implementation_version: str
    language_version: str
    version_text: str
    build: tuple[str, ...]
    platform: str | None
    executable: str | None
    absent: str | None
    needs: Mapping[str, str | None]

    @classmethod
    def from_hello(cls, hello: Mapping[str, Any]) -> Identity:
        """Raises ValueError if the answer lacks something or has it in another form."""

        def optional(key: str) -> str | None:
            return None if hello[key] is None else str(hello[key])

        try:
            return cls(
                implementation=str(hello["implementation"]),
                implementation_version=str(hello["implementation_version"]),
                language_version=str(hello["language_version"]),
                version_text=str(hello["version_text"]),
                build=tuple(str(word) for word in hello["build"]),
                platform=optional("platform"),
                executable=optional("executable"),
                absent=optional("absent"),
                needs={str(key): None if why is None else str(why) for key, why in hello["needs"].items()},
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"its hello is malformed ({error!r})") from None

    @property
    def language(self) -> tuple[int, int]:
        """The language version as ``(major, minor)``; ``(0, 0)`` if the hello makes no sense as one."""
        try:
            major, minor = self.language_version.split(".")[:2]
            return int(major), int(minor)
        except ValueError:
            return 0, 0

    @property
    def title(self) -> str:
        """Such as ``CPython 3.13.0``, ``PyPy 7.3.11 (Python 3.9.16)``, ``CPython 3.13.0 (O, dev)``."""
        names = {"cpython": "CPython", "pypy": "PyPy", "graalpy": "GraalPy", "micropython": "MicroPython"}
        name = names.get(self.implementation, self.implementation)
        remarks = list(self.build)
        if self.implementation_version != self.language_version:
            remarks.insert(0, f"Python {self.language_version}")
        return f"{name} {self.implementation_version}" + (f" ({', '.join(remarks)})" if remarks else "")

    @property
    def slug(self) -> str:
        """The name of its result file: ``cpython-3.13.0``, ``pypy-7.3.11-py3.9``, ``cpython-3.13.0-O``."""
        parts = [self.implementation, self.implementation_version]
        if self.implementation_version != self.language_version:
            parts.append("py{}.{}".format(*self.language))
        return "".join(c if c.isalnum() or c in ".-_" else "_" for c in "-".join([*parts, *self.build]))


@dataclass
class Report:
    """What came of one case. ``verdict`` is one of pass, fail, crash, timeout, error, unmet, absent."""

    verdict: str
    message: str | None = None
    line: int | None = None
    locals: dict[str, str] | None = None
    observed: str | None = None
    output: str | None = None
    dirty: list[str] = field(default_factory=list)
    loop: str | None = None
    seconds: float | None = None

    @classmethod
    def from_answer(cls, answer: Mapping[str, Any]) -> Report:
        """An agent's answer, taken as data: anything of another type than it should have becomes an ``error``."""
        wanted: dict[str, tuple[type, ...]] = {
            "message": (str,),
            "line": (int,),
            "observed": (str,),
            "output": (str,),
            "loop": (str,),
            "seconds": (int, float),
        }
        values: dict[str, Any] = {key: answer.get(key) for key in wanted}
        for key, kinds in wanted.items():
            if values[key] is not None and (not isinstance(values[key], kinds) or isinstance(values[key], bool)):
                return cls("error", f"malformed answer: {key} is {values[key]!r:.80}")
        verdict, shown, dirty = answer.get("verdict"), answer.get("locals"), answer.get("dirty") or []
        if verdict not in ("pass", "fail", "unmet"):
            return cls("error", f"malformed answer: verdict is {verdict!r:.80}")
        if shown is not None and not isinstance(shown, dict):
            return cls("error", f"malformed answer: locals is {shown!r:.80}")
        if not isinstance(dirty, list):
            return cls("error", f"malformed answer: dirty is {dirty!r:.80}")
        return cls(
            verdict,
            locals=None if shown is None else {str(key): str(value) for key, value in shown.items()},
            dirty=[str(name) for name in dirty],
            **values,
        )


class Target:
    """One interpreter under test. Not for use from more than one thread at a time."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        case_timeout: float = CASE_TIMEOUT,
        start_timeout: float = START_TIMEOUT,
        language_version: tuple[int, int] | None = None,
        memory: int = MEMORY,
    ) -> None:
        """``command`` starts the interpreter when ``-c PROGRAM`` is appended. Times are seconds, memory is bytes."""
        self.command = list(command)
        self._case_timeout = case_timeout
        self._start_timeout = start_timeout
        self._language_version = language_version
        self._memory = memory
        self._process: Process | None = None
        self._pid: object = None
        self._previous: str | None = None
        self._broken: str | None = None
        self.identity: Identity | None = None

    def start(self) -> Identity:
        """Start the interpreter and exchange hellos. Raises CannotStart."""
        shown = " ".join(self.command)
        environment = {key: value for key, value in os.environ.items() if key not in SCRUBBED}
        try:
            self._process = Process([*self.command, "-c", BOOTSTRAP], environment, self._memory)
        except (OSError, ValueError) as error:
            why = "is a directory" if os.path.isdir(self.command[0]) else getattr(error, "strerror", None) or error
            raise CannotStart(f"{shown}: {why}") from None
        try:
            hello = self._greet()
            identity = Identity.from_hello(hello)
            if self.identity is not None and identity.slug != self.identity.slug:
                raise ValueError(f"was {self.identity.title} and is now {identity.title}")
        except TooSlow:
            words = self._stop()[1]
            raise CannotStart(f"{shown}: did not answer within {self._start_timeout:g} s{words}") from None
        except TooBig:
            self._stop()
            raise CannotStart(f"{shown}: took more than {self._memory >> 20} MiB of memory to start") from None
        except ValueError as error:
            self._stop()
            raise CannotStart(f"{shown}: {error}") from None
        except Ended:
            status, words = self._stop(grace=1)
            raise CannotStart(f"{shown}: {_death(status, starting=True)}{words}") from None
        self._pid = hello.get("pid")
        self._previous = None
        self.identity = identity
        return identity

    def _greet(self) -> dict[str, Any]:
        assert self._process is not None
        self._process.send(json.dumps(_agent()).encode())
        ready = self._answer("ready", None, self._start_timeout)
        if ready.get("protocol") != PROTOCOL:
            raise ValueError(f"speaks protocol {ready.get('protocol')!r}, not {PROTOCOL}")
        request = {"op": "hello", "probe": ASYNC_GENERATORS, "prelude": travelling("prelude"), "needs": NEEDS}
        return self._exchange(request, self._start_timeout)

    @property
    def judged_as(self) -> tuple[int, int]:
        """The language version whose behaviours apply: as told, else as claimed, else the newest."""
        assert self.identity is not None
        if self._language_version is not None:
            return self._language_version
        return self.identity.language if self.identity.language >= OLDEST else NEWEST

    def run(self, case: Case) -> Report:
        """Run one case; whatever happens is a Report. A death or a timeout is run once more alone, in a new process."""
        assert self.identity is not None
        behaviour = case.behaviour
        for need in behaviour.needs:
            why = self.identity.needs.get(need, "was not probed")
            if why is not None:
                return Report("unmet", f"needs {need}: {why}")
        first = self._run_once(case)
        if first.verdict not in ("crash", "timeout"):
            return first
        company = self._previous
        if company is not None and self._broken is None:
            again = self._run_once(case)
            if again.verdict not in ("crash", "timeout", "error"):
                first.message = f"{first.message}; only after {company}, alone it is: {again.verdict}"
        return first

    def abort(self) -> None:
        """End the process at once, whatever it does, and start no other; may be called from another thread."""
        self._broken = "the run was ended"
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            with contextlib.suppress(Ended):
                self._process.send(b'{"op": "exit"}')
            self._stop(grace=1)

    def _run_once(self, case: Case) -> Report:
        if self._broken is not None:
            return Report("error", self._broken)
        if self._process is None:
            try:
                self.start()
            except CannotStart as error:
                self._broken = f"the interpreter no longer starts: {error}"
                return Report("error", self._broken)
        text = body(case.behaviour)
        request = {
            "op": "case",
            "file": text.file,
            "line": text.line,
            "source": text.explicit,
            "function": text.name,
            "asynchronous": text.asynchronous,
            "arguments": dict(case.arguments),
            "allowed": list(case.behaviour.allowed),
            "collect": "gc" in case.behaviour.needs,
        }
        try:
            report = Report.from_answer(self._exchange(request, self._case_timeout))
        except TooSlow:
            return Report("timeout", f"no answer within {self._case_timeout:g} s{self._stop()[1]}")
        except TooBig:
            self._stop()
            return Report("crash", f"took more than {self._memory >> 20} MiB of memory")
        except Ended:
            status, words = self._stop(grace=1)
            return Report("crash", _death(status, starting=False) + words)
        self._previous = case.name
        return report

    def _exchange(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        assert self._process is not None
        nonce = secrets.token_hex(8)
        self._process.send(json.dumps({**request, "nonce": nonce}).encode())
        started = self._answer("start", nonce, seconds)
        if self._pid is None:
            self._pid = started.get("pid")
        return self._answer("done", nonce, seconds)

    def _answer(self, op: str, nonce: str | None, seconds: float) -> dict[str, Any]:
        """The next message that can only come from the agent itself; others are noise, as from a forked child."""
        assert self._process is not None
        while True:
            line = self._process.receive(seconds)
            try:
                message = json.loads(line)
            except ValueError:
                continue
            if not isinstance(message, dict) or message.get("op") != op or message.get("nonce") != nonce:
                continue
            if op == "ready" or self._pid is None or message.get("pid") == self._pid:
                return message

    def _stop(self, grace: float = 0) -> tuple[int | None, str]:
        """End the process; its exit status, and the last line that it wrote, ready to be appended to a message."""
        process, self._process, self._pid = self._process, None, None
        if process is None:
            return None, ""
        status = process.stop(grace)
        words = process.last_words
        return status, f": {words.splitlines()[-1][:300]}" if words else ""


def _agent() -> str:
    return travelling("driver") + (Path(__file__).parent / "agent.py").read_text(encoding="utf-8")


def _death(status: int | None, starting: bool) -> str:
    """An exit status in words."""
    if status is None:
        return "closed its standard output"
    if status < 0:
        try:
            return f"died of {signal.Signals(-status).name}"
        except ValueError:
            return f"died of signal {-status}"
    if starting and status in _SHELL_STATUS:
        return f"a part of the command {_SHELL_STATUS[status]} (exit status {status})"
    return f"is no Python that can run the agent (exit status {status})" if starting else f"exited with {status}"
