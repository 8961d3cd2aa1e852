"""The outcomes of compiled sources, and the folder that keeps them so that no source is built twice."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

#: Seconds after which the working folder of a build belongs to a build that was killed.
ABANDONED = 24 * 3600
#: Name of a module → its source.
Sources = Mapping[str, str]
#: Called with the number of finished modules of a build, every few seconds, even if nothing has changed.
Tick = Callable[[int], None]


class Unusable(Exception):
    """A compiler cannot be used here. The message is one line that says what to do."""


@dataclass(frozen=True)
class Built:
    """The name of the built module, or None with a message and the line of the source that the message is about."""

    module: str | None
    message: str = ""
    line: int | None = None
    #: ``fail`` if the compiler refuses the source, ``error`` if the build failed for another reason.
    verdict: str = "fail"


class Compiler(Protocol):
    """One compiler. ``kind`` is its name in the registry, ``flags`` are the options that change the built modules."""

    kind: str
    title: str
    version: str
    flags: tuple[str, ...]
    #: The most modules of one build.
    many: int

    def build(self, sources: Sources, folder: Path, tick: Tick) -> dict[str, Built]:
        """Build each module so that it can be imported with ``folder`` on the path. Raises OSError."""


def cache_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """CONFORMANCE_CACHE, or the folder of this suite in the user's cache folder, the same as platformdirs gives.

    platformdirs itself is not there, because this runs in the interpreter under test.
    """
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or os.path.expanduser("~"))
    if environment.get("CONFORMANCE_CACHE"):
        return Path(environment["CONFORMANCE_CACHE"]).expanduser()
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData/Local") / "asyncgen-conformance" / "Cache"
    if platform == "darwin":
        return home / "Library/Caches/asyncgen-conformance"
    return Path(environment.get("XDG_CACHE_HOME") or home / ".cache") / "asyncgen-conformance"


class Store:
    """The modules that a compiler has built, by a hash of their source."""

    def __init__(self, compiler: Compiler, cache: Path) -> None:
        """Raises Unusable if the folder ``cache`` cannot be written."""
        self.compiler = compiler
        python = "py{}.{}".format(*sys.version_info[:2])
        self.folder = cache / "compiled" / f"{compiler.kind}-{compiler.version}-{python}"
        self._known: dict[str, Built] = {}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=self.folder).close()
        except OSError as error:
            advice = "set CONFORMANCE_CACHE to a folder that can be written"
            raise Unusable(f"cannot write to {self.folder} ({error.strerror}): {advice}") from None
        for left in self.folder.glob("work-*"):
            with contextlib.suppress(OSError):
                if left.stat().st_mtime < time.time() - ABANDONED:
                    shutil.rmtree(left)

    def module_name(self, source: str) -> str:
        """The name of the module for ``source``: a hash of everything that the build depends on."""
        parts = [source, self.compiler.kind, self.compiler.version, *self.compiler.flags, sys.version, sys.prefix]
        return "case_" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]

    def outcome(self, source: str) -> Built | None:
        """The outcome of the build of ``source``, or None if it was not built yet."""
        name = self.module_name(source)
        if name not in self._known:
            try:
                kept: dict[str, Any] = json.loads((self.folder / f"{name}.json").read_bytes())
                self._known[name] = Built(**kept)
            except (OSError, ValueError, TypeError):
                return None
        return self._known[name]

    def build(self, sources: Iterable[str], say: Callable[[str], None], after: int = 0) -> None:
        """Build the sources that are new here; ``after`` more will follow. ``say`` is called with the progress."""
        missing = {self.module_name(source): source for source in sources if self.outcome(source) is None}
        names, total = list(missing), len(missing) + after
        for first in range(0, len(names), self.compiler.many):
            part = names[first : first + self.compiler.many]

            def tick(done: int, first: int = first) -> None:
                say(f"{self.compiler.kind} {first + done} of {total}")

            tick(0)
            try:
                outcomes = self.compiler.build({name: missing[name] for name in part}, self.folder, tick)
            except OSError as error:
                outcomes = dict.fromkeys(part, Built(None, f"not built: {error}", verdict="error"))
            for name, outcome in outcomes.items():
                self._keep(name, outcome)

    def _keep(self, name: str, outcome: Built) -> None:
        self._known[name] = outcome
        if outcome.verdict == "error":
            return  # the next attempt may succeed
        temporary = self.folder / f"{name}.{os.getpid()}"
        try:
            temporary.write_text(json.dumps(asdict(outcome)), encoding="ascii")
            temporary.replace(self.folder / f"{name}.json")
        except OSError:
            pass  # the module is there for this run, and the next run builds it again
