"""Play a round: prepare its folder, run pytest in it, send the signals, watch, and collect what is known afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from conformance import hashes
from conformance.catalogue import load
from conformance.program import ROOT, body, cases, file_names
from runners.record import baseline
from runners.record.reading import BadResult, parse
from runners.record.results import Selection
from tests.hostile import agent
from tests.hostile.invariants import INTERPRETER, MEMORY, After
from tests.hostile.processes import MARKER, descendants, end, kind, marked, mebibytes
from tests.hostile.rounds import LABELS, Round
from tests.runners.record.samples import interpreter, outcome, record

#: Seconds that processes have to end after pytest.
GRACE = 2.0
_VARIABLES = ("CI", "BUILD_NUMBER", "PYTEST_ADDOPTS", "FORCE_COLOR", "PY_COLORS")


def play(round: Round) -> After:
    """Play a round, end whatever is left of it, and return what is known."""
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    try:
        return _Stage(round, folder).play()
    finally:
        end(folder)
        shutil.rmtree(folder, ignore_errors=True)


class _Stage:
    def __init__(self, round: Round, folder: Path) -> None:
        self.round, self.folder = round, folder
        self.results, self.baseline, self.log = folder / "results", folder / "baseline.toml", folder / "log"
        self.sent: list[tuple[float, str, str]] = []
        self.peak, self.ended_for = 0, ""
        self.since: dict[int, float] = {}
        self.heavy: set[str] = set()
        #: Whether pytest is stopped, so that it cannot look after the memory of anybody.
        self.stopped = False

    def play(self) -> After:
        self._prepare()
        before = _contents(self.results)
        said = self.baseline.read_bytes() if self.baseline.exists() else None
        with open(self.folder / "output", "wb") as output:
            self.pytest = subprocess.Popen(
                self._command(), cwd=ROOT, env=self._environment(), stdout=output, stderr=output, start_new_session=True
            )
            status = self._watch()
        left = self._left()
        files = _contents(self.results)
        changed = [name for name, content in files.items() if before.get(name) != content and name[0] != "."]
        bad = None if said is None or self.baseline.read_bytes() == said else _unusable(self.baseline)
        return After(
            self.round,
            status,
            self.ended_for,
            tuple(self.sent),
            (self.folder / "output").read_bytes()[: 64 << 20].decode("utf-8", "surrogateescape"),
            self.peak,
            tuple(sorted(self.heavy)),
            left,
            tuple(self._stray()),
            before,
            files,
            {name: _record(self.results / name) for name in changed},
            bad,
            tuple(self._entries()),
            frozenset(name for name in hashes.current() if self.round.whole or name[:7] in ("SND-001", "SND-012")),
        )

    def _prepare(self) -> None:
        for name in ("results", "temporary", "config/asyncgen-conformance", "acts"):
            (self.folder / name).mkdir(parents=True)
        self.log.touch()
        lines = []
        for label, plan in zip(LABELS, self.round.plans, strict=False):
            command = shlex.join([sys.executable, agent.__file__, str(self.folder), label, json.dumps(plan)])
            lines.append(f"{label} = {{ command = {json.dumps(command)}, start_timeout = 5, memory = 300 }}\n")
        (self.folder / "config/asyncgen-conformance/interpreters.toml").write_text("".join(lines))
        if self.round.earlier is not None:
            _earlier(self.round.earlier, self.results / f"fakepython-1.2.3-py3.12{'-file' * self.round.file}.json")
        if self.round.baseline is not None:
            self.baseline.write_bytes(self.round.baseline.encode("utf-8", "surrogateescape"))

    def _command(self) -> list[str]:
        words = [sys.executable, "-m", "pytest", *self.round.part, "-p", "no:cacheprovider", "--case-timeout", "1"]
        words += ["--results", str(self.results), *self.round.options]
        words += ["--transport", "file"] if self.round.file else []
        words += ["--update-baseline", "--baseline", str(self.baseline)] if self.round.baseline is not None else []
        return [*words, *(f"--interpreter={label}" for label, _ in zip(LABELS, self.round.plans, strict=False))]

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in _VARIABLES}
        more = {"XDG_CONFIG_HOME": str(self.folder / "config"), "TMPDIR": str(self.folder / "temporary")}
        return {**kept, **more, MARKER: str(self.folder), "COLUMNS": "200", **({"CI": "1"} if self.round.ci else {})}

    def _watch(self) -> int | None:
        """Wait for the end of pytest; return its exit status, None if it had to be killed."""
        began = time.monotonic()
        waiting: list[tuple[float | None, Any]] = [(None, sent) for sent in self.round.signals]
        while (status := self.pytest.poll()) is None:
            now = time.monotonic()
            entries = self.log.read_bytes().count(b"\n")
            for index, (due, sent) in enumerate(waiting):
                if due is None and entries >= sent.entries:
                    waiting[index] = (now + sent.delay, sent)
                elif due is not None and now >= due:
                    waiting[index] = (float("inf"), sent)
                    waiting += [(now + 1.5, replace(sent, name="CONT"))] if sent.name == "STOP" else []
                    self._send(sent.name, sent.receiver)
            self._weigh(now)
            if now - began > self.round.limit:
                self.ended_for = f"it did not end within {self.round.limit:g} s"
            elif self.peak > 2 * MEMORY or os.stat(self.folder / "output").st_size > 64 << 20:
                self.ended_for = "it took too much memory, or printed too much"
            if self.ended_for:
                os.killpg(self.pytest.pid, signal.SIGKILL)
                self.pytest.wait()
                return None
            time.sleep(0.03)
        return status

    def _send(self, name: str, receiver: str) -> None:
        workers = [pid for pid in descendants(self.pytest.pid) if kind(pid) == "worker"]
        if receiver == "worker" and not workers:
            return
        self.sent.append((time.monotonic(), name, receiver))
        if name in ("STOP", "CONT"):
            self.stopped = name == "STOP"
        with contextlib.suppress(ProcessLookupError):
            pid = workers[0] if receiver == "worker" else self.pytest.pid
            (os.killpg if receiver == "group" else os.kill)(pid, signal.Signals[f"SIG{name}"])

    def _weigh(self, now: float) -> None:
        self.peak = max(self.peak, mebibytes(self.pytest.pid, "VmHWM"))
        if self.stopped:
            self.since.clear()
            return
        for pid in descendants(self.pytest.pid):
            if (name := kind(pid)) == "worker":
                self.peak = max(self.peak, mebibytes(pid, "VmHWM"))
            elif mebibytes(pid, "VmRSS") < INTERPRETER:
                self.since.pop(pid, None)
            elif now - self.since.setdefault(pid, now) > 1.5:
                self.heavy.add(name)

    def _left(self) -> tuple[str, ...]:
        limit = time.monotonic() + GRACE
        while (left := marked(self.folder)) and time.monotonic() < limit:
            time.sleep(0.05)
        return tuple(name for name in map(kind, left) if name)

    def _stray(self) -> Iterator[str]:
        yield from (f"results/{path.name}"[:30] for path in self.results.iterdir() if path.name[0] == ".")
        yield from (f"temporary/{path.name}"[:22] for path in (self.folder / "temporary").glob("[!p]*"))
        known = {"results", "temporary", "config", "acts", "log", "output", "baseline.toml"}
        yield from (path.name for path in self.folder.iterdir() if path.name not in known)

    def _entries(self) -> Iterator[dict[str, Any]]:
        for line in self.log.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            yield {**entry, "case": _names().get(json.dumps(entry.get("case")))}


@cache
def _names() -> dict[str, str]:
    """A case as the log has it, of either transport → its name."""
    found = {}
    for behaviour in load().values():
        for case in cases(behaviour):
            text = body(behaviour)
            found[json.dumps([text.file, text.name, dict(case.arguments)])] = case.name
            found[json.dumps(file_names([case])[case.name])] = case.name
    return found


@cache
def _document(whole: bool) -> bytes:
    names = hashes.current() if whole else ["SND-001"]
    outcomes = [outcome(name, id=name.partition("[")[0]) for name in names]
    about = interpreter(slug="fakepython-1.2.3-py3.12", label="earlier", implementation="fakepython")
    made = record(*outcomes, interpreter=about, selection=None if whole else Selection(("-k", "x"), 1))
    return json.dumps(made.as_document()).encode()


def _earlier(kind: str, path: Path) -> None:
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    else:
        full = _document(True)
        texts = {"full": full, "partial": _document(False), "empty": b"", "broken": full[:9999], "deep": b"[" * 200_000}
        path.write_bytes(texts[kind])


def _contents(folder: Path) -> dict[str, bytes | None]:
    return {path.name: path.read_bytes() if path.is_file() else None for path in sorted(folder.iterdir())}


def _record(path: Path) -> Any:
    try:
        return parse(path)
    except BadResult as error:
        return str(error).replace(str(path.parent), "")


def _unusable(path: Path) -> str | None:
    try:
        baseline.load([path], lambda case: True, unfinished=True)
    except baseline.BadBaseline as error:
        return str(error).splitlines()[0]
    return None
