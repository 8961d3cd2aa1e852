"""Nuitka and mypyc build many modules at once or none, so a build that fails is split to find the cause."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Mapping
from pathlib import Path

from runners.boot.builds import Built, Sources, Tick
from runners.boot.commands import Command, how_it_ended, run

#: The most builds of one batch: enough to find two refused modules among 64, and less than an hour of work.
MOST_BUILDS = 24
#: An error of mypyc or mypy about a module.
_ERROR = re.compile(r"^(?:\S*/)?(\w+)\.py:(\d+): error: (.+)$", re.MULTILINE)


class _Packages(ABC):
    """The part that both compilers share; ``_attempt`` is one build."""

    #: Seconds for one build: ``base``, and ``each`` for each module.
    base, each = 300.0, 20.0
    flags: tuple[str, ...] = ("-O0",)
    many = 64

    def __init__(self, version: str) -> None:
        self.version = version

    def build(self, sources: Sources, folder: Path, tick: Tick) -> dict[str, Built]:
        outcomes: dict[str, Built] = {}
        for name, source in sources.items():
            try:
                compile(source, f"{name}.py", "exec", dont_inherit=True)
            except (SyntaxError, ValueError) as error:
                # It would make the whole build fail, and the compiler uses this parser as well.
                outcomes[name] = Built(None, str(error), getattr(error, "lineno", None))
        groups = deque([[name for name in sources if name not in outcomes]])
        builds = 0
        while any(groups) and builds < MOST_BUILDS:
            names = groups.popleft()
            builds += 1
            with tempfile.TemporaryDirectory(prefix="work-", dir=folder) as work:
                part = {name: sources[name] for name in names}
                found = self._attempt(part, Path(work), folder, lambda _: tick(len(outcomes)))
            outcomes.update(found)
            rest = [name for name in names if name not in found]
            half = 0 if found else len(rest) // 2
            groups.extend(part for part in (rest[:half], rest[half:]) if part)
        for name in [name for group in groups for name in group]:
            message = (
                f"not built: its package cannot be built, and {MOST_BUILDS} builds did not find the module at fault"
            )
            outcomes[name] = Built(None, message, verdict="error")
        return outcomes

    @abstractmethod
    def _attempt(self, sources: Sources, work: Path, folder: Path, tick: Tick) -> dict[str, Built]:
        """Build all modules; return the outcomes that are certain, none if the module at fault is unknown."""

    def _run(self, words: list[str], count: int, work: Path, tick: Tick, environment: Mapping[str, str]) -> Command:
        command = Command([sys.executable, *words], self.base + self.each * count, work, environment)
        run([command], tick)
        return command


def _blamed(command: Command, names: list[str]) -> dict[str, Built]:
    """The outcome of a failed build of one module; none for several modules, which have to be split."""
    if len(names) > 1:
        return {}
    verdict = "error" if command.status is None else "fail"
    lines = [line for line in command.output.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"error|fatal", line, re.IGNORECASE)]
    words = (telling or lines or [""])[-1]
    return {names[0]: Built(None, f"the compiler {how_it_ended(command)}: {words[:300]}", verdict=verdict)}


class Nuitka(_Packages):
    """One package with all modules, so that its C runtime is compiled once. The C compiler does not optimize."""

    kind = "nuitka"
    title = "Nuitka"

    def _attempt(self, sources: Sources, work: Path, folder: Path, tick: Tick) -> dict[str, Built]:
        names = list(sources)
        package = "pack_" + hashlib.sha256(" ".join(names).encode()).hexdigest()[:24]
        (work / package).mkdir()
        (work / package / "__init__.py").touch()
        for name, source in sources.items():
            (work / package / f"{name}.py").write_text(source, encoding="utf-8")
        options = ["--mode=package", "--no-pyi-file", "--nofollow-imports", "--lto=no", "--quiet", "--remove-output"]
        options += ["--jobs=2", "--output-dir=built", f"--include-package={package}"]
        environment = {"CCFLAGS": "-O0", "NUITKA_CACHE_DIR": str(folder / "nuitka")}
        command = self._run(["-m", "nuitka", *options, package], len(names), work, tick, environment)
        built = list(work.glob("built/*.so")) + list(work.glob("built/*.pyd"))
        if command.status != 0 or not built:
            return _blamed(command, names)
        for file in built:
            os.replace(file, folder / file.name)
        return {name: Built(f"{package}.{name}") for name in names}


class Mypyc(_Packages):
    """Modules that share a library. The errors of mypyc name the module, so few builds are needed."""

    kind = "mypyc"
    title = "mypyc"

    def _attempt(self, sources: Sources, work: Path, folder: Path, tick: Tick) -> dict[str, Built]:
        for name, source in sources.items():
            (work / f"{name}.py").write_text(source, encoding="utf-8")
        words = ["-m", "mypyc", "--ignore-missing-imports", *(f"{name}.py" for name in sources)]
        command = self._run(words, len(sources), work, tick, {"MYPYC_OPT_LEVEL": "0"})
        if command.status == 0:
            for pattern in ("*.so", "*.pyd"):
                for file in work.glob(pattern):
                    shutil.move(str(file), folder / file.name)
            return {name: Built(name) for name in sources}
        refused: dict[str, Built] = {}
        for name, line, message in _ERROR.findall(command.output):
            if name in sources:
                refused.setdefault(name, Built(None, message, int(line)))
        return refused or _blamed(command, list(sources))
