"""An interpreter that misbehaves by a plan: ``python agent.py FOLDER LABEL PLAN`` is its command.

PLAN is a JSON list of ``[moment, act, times]``. A moment is a number: 0 is the start, 1 the hello, from 2 on the probes
and cases, and -1 the exit. An act is a key of :data:`ACTS`; it happens ``times`` times, in however many processes.
Otherwise the agent does what the protocol says. It writes its acts and answers to ``FOLDER/log``.
With the program of a case after PLAN it is an interpreter for the file transport; each of its processes is a moment.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

MARK = "\x1e"
EVIL = "\x1b[31m\r\n::error::evil\n##[error]evil\x00\ud800\u202e"
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
PASS: dict[str, Any] = {"verdict": "pass", "message": None, "seconds": 0.001, "dirty": []}
Answer = dict[str, Any]


def raw(text: str, times: int = 1) -> None:
    """Write a text to standard output, also half a surrogate; 0 times is for ever."""
    while True:
        sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
        sys.stdout.flush()
        times -= 1
        if times == 0:
            return


def send(message: Answer) -> None:
    """Send a message as an agent does."""
    raw(f"\n{MARK}{json.dumps(message)}\n")


def hang(seconds: float = 3600) -> None:
    """Do nothing for a long time."""
    time.sleep(seconds)


def deafly() -> None:
    """Hang, and ignore the signals that a program can ignore."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    hang()


def compute() -> None:
    """Compute for ever."""
    while True:
        pass


def busy() -> None:
    """Say for ever that the agent is busy."""
    while True:
        send({"op": "busy", "pid": os.getpid(), "text": EVIL})
        time.sleep(0.01)


def shut() -> None:
    """Close standard output, and stay."""
    os.close(1)
    hang()


def halve(answer: Answer) -> None:
    """Send the beginning of a message, which the rest of the answer then breaks."""
    raw(f'\n{MARK}{{"op": "do')
    answer.clear()


def child(code: str = "0", **options: Any) -> None:
    """Start a child that stays for an hour, and has the pipes of the interpreter."""
    subprocess.Popen([sys.executable, "-c", f"import time; held = {code}; time.sleep(3600)"], **options)


def one_of(*values: Any) -> Any:
    """A value that differs from process to process."""
    return values[os.getpid() % len(values)]


_MUCH = "b'x' * (600 << 20)"
#: What can go wrong: each act gets the answer that is about to be sent, and may change it. Some acts never return.
ACTS: dict[str, Callable[[Answer], object]] = {
    "dies": lambda answer: os._exit(7),
    "is_killed": lambda answer: os.kill(os.getpid(), signal.SIGKILL),
    "hangs": lambda answer: hang(),
    "hangs_deaf": lambda answer: deafly(),
    "computes_for_ever": lambda answer: compute(),
    "stops_itself": lambda answer: os.kill(os.getpid(), signal.SIGSTOP),
    "closes_stdout": lambda answer: shut(),
    "leaves_a_child": lambda answer: child(),
    "leaves_a_group": lambda answer: child(preexec_fn=os.setpgrp),
    "leaves_a_session": lambda answer: child(start_new_session=True),
    "floods_with_marks": lambda answer: raw(f'\n{MARK}{{"op": "done", "nonce": "none"}}' * 50, times=0),
    "floods_with_lines": lambda answer: raw("noise\n" * 10_000, times=0),
    "prints_much": lambda answer: raw("x" * 100_000 + "\n", times=200),
    "prints_much_on_stderr": lambda answer: os.write(2, (EVIL[:-2] + "e" * 100_000).encode("utf-8", "replace") * 200),
    "says_a_long_line": lambda answer: raw("\n" + MARK + "x" * (8 << 20) + "\n"),
    "says_half_a_line": halve,
    "says_a_deep_line": lambda answer: raw("\n" + MARK + "[" * 200_000 + "\n"),
    "says_a_huge_number": lambda answer: raw(f'\n{MARK}{{"op": "done", "seconds": {"9" * 10_000}}}\n'),
    "says_no_text": lambda answer: os.write(1, b"\n\x1e\xff\xfe\x00\n\xff\xfe\x00" + EVIL.encode("utf-16", "replace")),
    "is_busy_for_ever": lambda answer: busy(),
    "eats_memory": lambda answer: hang(len(eval(_MUCH))),
    "leaks_memory": lambda answer: sys.modules.update(leaked=eval(_MUCH)),
    "lets_a_child_eat": lambda answer: child(_MUCH),
    "fails": lambda answer: answer.update(
        verdict="fail", message=EVIL, line=10**9, locals={EVIL: EVIL}, output=EVIL, dirty=[EVIL]
    ),
    "fails_plainly": lambda answer: answer.update(verdict="fail", message="assert 1 == 2"),
    "fails_at_length": lambda answer: answer.update(verdict="fail", message="m" * (3 << 20), locals={"x" * 99999: "y"}),
    "has_wrong_types": lambda answer: answer.update(verdict=["pass"], line="x", locals=[1], dirty=3, build="debug"),
    "has_no_answer": lambda answer: answer.clear(),
    "has_odd_seconds": lambda answer: answer.update(seconds=one_of(-0.001, float("inf"), float("nan"), 10**400)),
    "has_an_evil_name": lambda answer: answer.update(dict.fromkeys(("implementation", "version_text", "system"), EVIL)),
    "names_a_path": lambda answer: answer.update(implementation="../../../evil", implementation_version="/../.."),
    "has_a_long_name": lambda answer: answer.update(implementation="n" * 100_000, build=["b" * 1000] * 1000),
    "is_of_an_odd_version": lambda answer: answer.update(
        language_version=one_of("4.0", "unknown", "", "3." + "9" * 5000), implementation_version="unknown"
    ),
    "is_absent": lambda answer: answer.update(absent=EVIL),
    "is_another": lambda answer: answer.update(implementation_version=str(os.getpid())),
}


class Player:
    """Plays a plan: counts the moments, and keeps the log that all processes of the interpreter share."""

    def __init__(self, folder: str, label: str, plan: str) -> None:
        self._folder, self._label = folder, label
        self._plan: list[tuple[int, str, int]] = json.loads(plan)
        self.moment = 0
        self.log(case=None)

    def log(self, **values: Any) -> None:
        """Append an entry to the log of the round."""
        with open(os.path.join(self._folder, "log"), "a", encoding="utf-8") as file:
            file.write(json.dumps({"label": self._label, "time": time.monotonic(), **values}) + "\n")

    def first(self, key: str) -> bool:
        """Whether no process was here with this key before."""
        try:
            os.close(os.open(os.path.join(self._folder, "acts", f"{self._label} {key}"), os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return False
        return True

    def act(self, answer: Answer, case: object = None, moment: int | None = None) -> Answer:
        """Do the acts of this moment, and return the answer after them."""
        now = self.moment if moment is None else moment
        self.moment += 1
        for index, (when, name, times) in enumerate(self._plan):
            if when == now and any(self.first(f"{index} {number}") for number in range(times)):
                self.log(act=name, case=case)
                ACTS[name](answer)
        return answer


def serve(player: Player) -> None:
    """Talk to the host over standard input and output."""
    sys.stdin.readline()
    send(player.act({"op": "ready", "protocol": 2}))
    for line in sys.stdin:
        request = json.loads(line)
        if request["op"] == "exit":
            player.act({}, moment=-1)
            return
        known = {"nonce": request["nonce"], "pid": os.getpid()}
        if request["op"] in ("hello", "probe"):
            send({"op": "start", **known})
            send({"op": "done", **player.act(dict(HELLO) if request["op"] == "hello" else {"why": None}), **known})
        for number, each in enumerate(request.get("cases", ())):
            known["nonce"], began = f"{request['nonce']}-{number}", time.monotonic()
            send({"op": "start", **known})
            case = [each["file"], each["function"], each["arguments"]]
            answer = player.act({**PASS, "end": each["end"]}, case)
            # Before the answer is sent, because with --isolate the host kills the agent as soon as it has the answer.
            player.log(case=case, verdict=answer.get("verdict"), took=time.monotonic() - began)
            send({"op": "done", **answer, **known})


def run(player: Player, program: str) -> None:
    """Run a program of the file transport; the first one asks for the name of the interpreter."""
    while not player.first(f"moment {player.moment}"):
        player.moment += 1
    name = os.path.basename(program)
    with open(program, encoding="utf-8") as file:
        starts = "def who(" in file.read() and name == "start.py"
    case = None if name in ("start.py", "probe.py") else name
    answer = player.act({**HELLO, **PASS}, case)
    if starts:
        raw("".join(f"{key}={value or ''}\n" for key, value in answer.items() if not isinstance(value, list)))
    elif answer.get("verdict") != "pass":
        raw(f"FAIL {name[:7]}: {answer.get('message')}\n")
        sys.exit(1)
    else:
        player.log(case=case, verdict="pass", took=0.0)
        os.execv(sys.executable, [sys.executable, program])


if __name__ == "__main__":
    asked, program = Player(*sys.argv[1:4]), sys.argv[4]
    if program == "-c":
        serve(asked)
    else:
        run(asked, program)
