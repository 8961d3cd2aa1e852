"""A fake interpreter: it speaks the protocol, and misbehaves in the way that its first argument names.

Give ``python fake.py WAY`` to ``--interpreter``; the host appends ``-c PROGRAM``. A way is :class:`Fake` or one of its
subclasses.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import Any

#: Need or feature → why it is not there.
MISSING = {"asyncio": "ModuleNotFoundError: No module named 'asyncio'", "yield-from": "SyntaxError: not in async def"}
HELLO: dict[str, Any] = {
    "implementation": "fakepython",
    "implementation_version": "1.2.3",
    "language_version": "3.12.0",
    "version_text": "3.12.0 (fake)",
    "build": [],
    "platform": "nowhere",
    "executable": None,
    "absent": None,
}
PASS: dict[str, Any] = {"verdict": "pass", "message": None, "line": None, "locals": None, "seconds": 0.001, "dirty": []}


def send(message: dict[str, Any], mark: str = "\x1e", end: str = "\n") -> None:
    sys.stdout.write("\n" + mark + json.dumps(message) + end)
    sys.stdout.flush()


class Fake:
    """An agent that passes every case. Its subclasses misbehave."""

    def __init__(self) -> None:
        self.cases = 0
        self.nonce = ""

    def ready(self) -> None:
        send({"op": "ready", "protocol": 2})

    def hello(self) -> dict[str, Any]:
        return dict(HELLO)

    def probe(self, request: dict[str, Any]) -> dict[str, Any]:
        return {"why": MISSING.get(request["need"])}

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        return dict(PASS)

    def answer(self, request: dict[str, Any]) -> None:
        if request["op"] in ("hello", "probe"):
            known = {"nonce": request["nonce"], "pid": os.getpid()}
            answer = self.hello() if request["op"] == "hello" else self.probe(request)
            send({"op": "start", **known})
            send({"op": "done", **answer, **known})
            return
        for number, case in enumerate(request["cases"]):
            self.nonce = f"{request['nonce']}-{number}"
            known = {"nonce": self.nonce, "pid": os.getpid()}
            self.cases += 1
            send({"op": "start", **known})
            send({"op": "done", "end": case["end"], **self.case(case), **known})

    def serve(self) -> None:
        sys.stdin.readline()  # the source of the real agent, which is not needed here
        self.ready()
        for line in sys.stdin:
            request = json.loads(line)
            if request["op"] == "exit":
                break
            self.answer(request)


class Absent(Fake):
    """Has no asynchronous generators."""

    def hello(self) -> dict[str, Any]:
        return {**super().hello(), "absent": "SyntaxError: what is a yield"}


class Failing(Fake):
    """Fails every case, with text that a terminal, a page or a Markdown file could interpret as commands."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        evil = "\x1b[31m<script>alert(1)</script> | `x` \x00 & \ud800"
        return {**PASS, "verdict": "fail", "message": evil, "line": request["line"] + 1, "locals": {evil: evil}}


class ForgetsTheEnd(Fake):
    """Sends another token of the end of a case than it got."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        return {**PASS, "end": request["end"][::-1] + "x"}


class Evil(Failing):
    """Has commands for a terminal and for the log of a CI in its identity."""

    def hello(self) -> dict[str, Any]:
        evil = "\x1b[31mRED\r\n::error::evil"
        return {**super().hello(), **dict.fromkeys(("implementation_version", "version_text", "platform"), evil)}


class EvilStart(Fake):
    """Does not start, and writes control characters about it."""

    def ready(self) -> None:
        sys.stderr.write("\x1b[31mRED\n::error::evil \x1b[31mRED\n")
        raise SystemExit(1)


class EvilNeed(Fake):
    """Gives reasons with control characters for the needs that it does not meet."""

    def probe(self, request: dict[str, Any]) -> dict[str, Any]:
        return {"why": "\x1b[31mRED\n::error::evil"}


class Called(Failing):
    """Has the values of its second argument, an object of JSON, in its identity."""

    def hello(self) -> dict[str, Any]:
        return {**super().hello(), **json.loads(sys.argv[2])}


class EvilAnswer(Fake):
    """Fails every case, with lines that are commands for a terminal and for the log of a CI."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        evil = "first\n::error::evil\r\n  ::stop-commands::evil\n##[error]evil \x1b[31mRED"
        said = {"message": evil, "output": evil, "locals": {evil: evil}, "dirty": [evil]}
        return {**PASS, "verdict": "fail", "line": request["line"] + 1, **said}


class OtherProtocol(Fake):
    """Speaks another version of the protocol."""

    def ready(self) -> None:
        send({"op": "ready", "protocol": 99})


class Mute(Fake):
    """Never says that it is ready."""

    def ready(self) -> None:
        pass


class MalformedHello(Fake):
    """Sends a hello without its version."""

    def hello(self) -> dict[str, Any]:
        return {"implementation": "fakepython"}


class MalformedAnswer(Fake):
    """Answers with a verdict that does not exist."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        return {**PASS, "verdict": ["pass"]}


class WrongTypes(Fake):
    """Answers with a line that is not a number."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        return {**PASS, "verdict": "fail", "line": "seven"}


class Noisy(Fake):
    """Prints banners, garbage and forged answers around its own answers."""

    def ready(self) -> None:
        sys.stdout.write("Welcome to FakePython!\n>>> ")
        super().ready()

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        sys.stdout.write('\n\x1e{"op": "done", "verdict": "fail"}\n\x1enot json\n\x1e[1]\n')
        send({"op": "done", **PASS, "verdict": "fail", "nonce": "0" * 16, "pid": os.getpid()})
        send({"op": "done", **PASS, "verdict": "fail", "nonce": self.nonce, "pid": os.getpid() + 1})
        sys.stdout.buffer.write(b"\xff\xfe\x00 no text\n")
        sys.stdout.buffer.flush()
        sys.stderr.write("warning: fake\n")
        return dict(PASS)


class HalfALine(Fake):
    """Stops in the middle of its first answer."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        sys.stdout.write('\n\x1e{"op": "done", "verd')
        sys.stdout.flush()
        sys.stdin.read()
        raise SystemExit


class LongLine(Fake):
    """Prints a line of many megabytes before each answer."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        for _ in range(100):
            sys.stdout.write("\x1e" * (1 << 20))
        return dict(PASS)


class LoudStderr(Fake):
    """Prints many megabytes on stderr."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        for _ in range(100):
            sys.stderr.write("e" * (1 << 20))
        return dict(PASS)


class DiesAtSecond(Fake):
    """Dies at the second case of each process, and marks its last words as those of this case."""

    dies_at = 2

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        if self.cases == self.dies_at:
            sys.stderr.write(f"\x1e{self.nonce}\nout of fake memory\n")
            sys.stderr.flush()
            os._exit(9)
        return dict(PASS)


class DiesAtThird(DiesAtSecond):
    """Dies at the third case of each process."""

    dies_at = 3


class TellsSource(Fake):
    """Says whether a case came with its source; dies in a case with the argument ``die``, except the first one."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        if "die" in request["arguments"] and self.cases > 1:
            os._exit(9)
        return {**PASS, "observed": "source" if request["source"] else "no source"}


class DiesAfterStart(Fake):
    """Dies in the first case and cannot start again: the file in its second argument marks the first start."""

    def ready(self) -> None:
        if os.path.exists(sys.argv[2]):
            sys.stderr.write("no licence left\n")
            raise SystemExit(1)
        with open(sys.argv[2], "w"):
            pass
        super().ready()

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        os._exit(1)


class BrokenLine(Fake):
    """Breaks each answer with a banner in its middle."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        text = json.dumps({"op": "done", **PASS, "nonce": self.nonce, "pid": os.getpid()})
        sys.stdout.write(f"\n\x1e{text[:1]} [gc: 3 ms] {text[1:]}\n")
        sys.stdout.flush()
        sys.stdin.read()
        raise SystemExit


class ClosesStdout(Fake):
    """Closes its standard output and does not end."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        os.close(1)
        sys.stdin.read()
        os._exit(0)


class ClosesStderr(Fake):
    """Closes its standard error, which is harmless."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        if self.cases == 1:
            os.close(2)
        return dict(PASS)


class Twice(Fake):
    """Answers every case twice."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        send({"op": "done", **PASS, "end": request["end"], "nonce": self.nonce, "pid": os.getpid()})
        return {**PASS, "verdict": "fail", "message": "the second answer"}


class Crashes(Fake):
    """Dies in every case."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        os._exit(5)


class DiesBetween(Fake):
    """Dies after it has answered a request with cases, before the next request."""

    def answer(self, request: dict[str, Any]) -> None:
        super().answer(request)
        if self.cases:
            os._exit(5)


class SlowStart(Fake):
    """Takes longer to start than a case may take."""

    def ready(self) -> None:
        import time

        time.sleep(0.8)
        super().ready()


class Python35(Fake):
    """Claims to be a Python 3.5, which has no asynchronous generators."""

    def hello(self) -> dict[str, Any]:
        old = {"implementation": "cpython", "implementation_version": "3.5.10", "language_version": "3.5.10"}
        return {**super().hello(), **old, "absent": "SyntaxError: 'yield' inside async function"}


class RemovesFolder(Fake):
    """Removes the folder that its second argument names."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        import shutil

        shutil.rmtree(sys.argv[2], ignore_errors=True)
        return dict(PASS)


class Varies(Fake):
    """Fails the second case of each process."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        return {**PASS, "verdict": "fail", "message": "now and then"} if self.cases == 2 else dict(PASS)


class Boasts(Fake):
    """Sends far too much text about itself and about each case."""

    def hello(self) -> dict[str, Any]:
        return {**super().hello(), "version_text": "v" * 100000, "build": ["b" * 10] * 1000, "implementation": "../x"}

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        many = {f"name{number}": "x" * 100000 for number in range(25)}
        return {**PASS, "verdict": "fail", "message": "m" * 100000, "locals": many, "dirty": ["d"] * 1000}


class Interrupts(Fake):
    """Sends SIGINT to the host at the case whose number is its second argument."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        if self.cases == int(sys.argv[2]):
            import signal

            os.kill(os.getppid(), signal.SIGINT)
            sys.stdin.read()
        return dict(PASS)


class DeepLines(Fake):
    """Sends marked lines that are nested without sense, before everything that it says."""

    DEEP = "\n\x1e" + "[" * 100000 + '\n\x1e{"op": "done", "x": ' + "[" * 900 + "]" * 900 + "}\n"

    def ready(self) -> None:
        sys.stdout.write(self.DEEP)
        super().ready()

    def hello(self) -> dict[str, Any]:
        sys.stdout.write(self.DEEP)
        return super().hello()

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        sys.stdout.write(self.DEEP)
        return dict(PASS)


class FloodsMarked(Fake):
    """Sends lines that are marked as messages, without end."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        while True:
            sys.stdout.write('\x1e{"op": "tick"}\n')


class FloodsStart(Fake):
    """Sends lines that are marked as messages, without end, instead of the one that says that it is ready."""

    def ready(self) -> None:
        while True:
            sys.stdout.write('\x1e{"op": "tick"}\n')


class Leaks(Fake):
    """Answers quickly, and takes 16 MiB more memory with each case."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[bytes] = []

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        self.kept.append(b"x" * (16 << 20))
        return dict(PASS)


class HangsOpen(Fake):
    """Hangs in its first case, and holds the FIFO open that its second argument names."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        with open(sys.argv[2], "w") as fifo:
            fifo.write(f"{os.getpid()}\n")
            fifo.flush()
            while True:
                pass


class WritesAtEnd(Fake):
    """Writes its second argument to stderr at its end, and exits with 23."""

    def serve(self) -> None:
        super().serve()
        sys.stderr.write(sys.argv[2] + "\n")
        raise SystemExit(23)


class WritesInSecond(Fake):
    """Writes its second argument to stderr in its second case."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        if self.cases == 2:
            sys.stderr.write(sys.argv[2] + "\n")
            sys.stderr.flush()
        return dict(PASS)


class SignalsTwice(Fake):
    """Sends a signal to the host twice: at a case, and some seconds later. The arguments: signal, case, seconds."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        if self.cases == int(sys.argv[3]):
            import threading

            threading.Thread(target=self.signal, daemon=True).start()
        return dict(PASS)

    def signal(self) -> None:
        """Send both signals."""
        import signal
        import time

        for seconds in (float(sys.argv[4]), 0):
            with contextlib.suppress(ProcessLookupError):
                os.kill(os.getppid(), signal.Signals[sys.argv[2]])
            time.sleep(seconds)


class FailsToStart(Fake):
    """Does not start at its starts with these numbers; the file in its second argument counts the starts."""

    def ready(self) -> None:
        with open(sys.argv[2], "ab") as file:
            file.write(b"x")
            number = file.tell()
        if str(number) in sys.argv[3].split(","):
            sys.stderr.write("no licence just now\n")
            raise SystemExit(1)
        super().ready()


class FailsInWorker(Fake):
    """Does not start in the pytest-xdist worker that its second argument names."""

    def ready(self) -> None:
        if os.environ.get("PYTEST_XDIST_WORKER") == sys.argv[2]:
            sys.stderr.write("no licence for this worker\n")
            raise SystemExit(1)
        super().ready()


class KillsHost(Fake):
    """Kills its host at the third case, once: the file in its second argument marks that."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        if self.cases == 3:
            import signal

            with contextlib.suppress(FileExistsError), open(sys.argv[2], "x"):
                os.kill(os.getppid(), signal.SIGKILL)
        return dict(PASS)


class Hangs(Fake):
    """Hangs at the third case of its first process; the file in its second argument marks that."""

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        if self.cases == 3:
            with contextlib.suppress(FileExistsError), open(sys.argv[2], "x"):
                sys.stdin.read()
        return dict(PASS)


class Busy(Fake):
    """Says that it is busy during its start, and once in its first case."""

    def hello(self) -> dict[str, Any]:
        send({"op": "busy", "text": "building 1 of 2", "pid": os.getpid()})
        return super().hello()

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        if self.cases == 1:
            send({"op": "busy", "text": "building 2 of 2", "pid": os.getpid()})
        return dict(PASS)


if __name__ == "__main__":
    WAYS: list[type[Fake]] = [Fake, *Fake.__subclasses__(), *Failing.__subclasses__(), DiesAtThird]
    next(way for way in WAYS if way.__name__ == sys.argv[1])().serve()
