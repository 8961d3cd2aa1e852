"""What came of a source that a compiler was given, and where that is kept: nothing is built twice."""

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

#: Seconds after which a folder that a build works in was left behind by one that was killed.
ABANDONED = 24 * 3600
#: Name of a module → its source.
Sources = Mapping[str, str]
#: Told how many modules of a call are finished, at least every few seconds, also when nothing has happened.
Tick = Callable[[int], None]


class Unusable(Exception):
    """This compiler cannot be used here. The message is one line that says what to do."""


@dataclass(frozen=True)
class Built:
    """The module to import, or why there is none: a message, and the line of the source that it is about."""

    module: str | None
    message: str = ""
    line: int | None = None
    #: ``fail`` if the compiler does not take the source, ``error`` if something else is in the way.
    verdict: str = "fail"


class Compiler(Protocol):
    """One compiler. ``kind`` is its name in our list of implementations, ``flags`` all that changes what it makes."""

    kind: str
    title: str
    version: str
    flags: tuple[str, ...]
    #: How many modules it is given at once.
    many: int

    def build(self, sources: Sources, folder: Path, tick: Tick) -> dict[str, Built]:
        """Build each module so that it can be imported with ``folder`` on the path. Raises OSError."""


def cache_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """CONFORMANCE_CACHE, or the folder for this suite where the user's caches are: as platformdirs has it.

    That is no part of the interpreter under test, in which this runs.
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
    """The modules that a compiler has built, by the content of their source."""

    def __init__(self, compiler: Compiler, cache: Path) -> None:
        """Raises Unusable if nothing can be kept in ``cache``."""
        self.compiler = compiler
        python = "py{}.{}".format(*sys.version_info[:2])
        self.folder = cache / "compiled" / f"{compiler.kind}-{compiler.version}-{python}"
        self._known: dict[str, Built] = {}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=self.folder).close()
        except OSError as error:
            advice = "let CONFORMANCE_CACHE name a folder for what is built"
            raise Unusable(f"cannot write to {self.folder} ({error.strerror}): {advice}") from None
        for left in self.folder.glob("work-*"):
            with contextlib.suppress(OSError):
                if left.stat().st_mtime < time.time() - ABANDONED:
                    shutil.rmtree(left)

    def module_name(self, source: str) -> str:
        """The name under which ``source`` is built: it stands for all that the result depends on."""
        parts = [source, self.compiler.kind, self.compiler.version, *self.compiler.flags, sys.version, sys.prefix]
        return "case_" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]

    def outcome(self, source: str) -> Built | None:
        """What came of ``source``, or None if it was not built yet."""
        name = self.module_name(source)
        if name not in self._known:
            try:
                kept: dict[str, Any] = json.loads((self.folder / f"{name}.json").read_bytes())
                self._known[name] = Built(**kept)
            except (OSError, ValueError, TypeError):
                return None
        return self._known[name]

    def build(self, sources: Iterable[str], say: Callable[[str], None], after: int = 0) -> None:
        """Build those that were not built yet; ``after`` more will follow. ``say`` is told how far it is."""
        missing = {self.module_name(source): source for source in sources if self.outcome(source) is None}
        names, total = list(missing), len(missing) + after
        for first in range(0, len(names), self.compiler.many):
            part = names[first : first + self.compiler.many]

            def tick(done: int, first: int = first) -> None:
                say(f"{self.compiler.kind} {first + done} of {total}")

            tick(0)
            try:
                found = self.compiler.build({name: missing[name] for name in part}, self.folder, tick)
            except OSError as error:
                found = dict.fromkeys(part, Built(None, f"not built: {error}", verdict="error"))
            for name, outcome in found.items():
                self._keep(name, outcome)

    def _keep(self, name: str, outcome: Built) -> None:
        self._known[name] = outcome
        if outcome.verdict == "error":
            return  # another time it may go well
        temporary = self.folder / f"{name}.{os.getpid()}"
        try:
            temporary.write_text(json.dumps(asdict(outcome)), encoding="ascii")
            temporary.replace(self.folder / f"{name}.json")
        except OSError:
            pass  # what is built is there, and is built again next time
