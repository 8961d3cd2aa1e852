"""Cython: one process translates many modules to C, and a C compiler makes an extension of each."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
import sysconfig
import tempfile
from collections.abc import Iterable
from pathlib import Path

from runners.boot.builds import Built, Sources, Tick
from runners.boot.commands import Command, how_it_ended, run

#: Seconds for the translation of a batch, which takes 0.1 s for each module, and for the C compiler, which takes 1 s.
TRANSLATION, COMPILATION = 120.0, 120.0
#: An error of Cython, after the lines of the source that it quotes.
_ERROR = re.compile(r"^case_\w+\.py:(\d+):\d+: (.+)$", re.MULTILINE)
_WARNING = ("warning:", "Performance hint")


class Cython:
    """Cython without options. The C compiler does not optimize, because that would only take more time."""

    kind = "cython"
    title = "Cython"
    flags: tuple[str, ...] = ("-O0",)
    many = 32

    def __init__(self, version: str) -> None:
        self.version = version

    def build(self, sources: Sources, folder: Path, tick: Tick) -> dict[str, Built]:
        with tempfile.TemporaryDirectory(prefix="work-", dir=folder) as work:
            for name, source in sources.items():
                Path(work, f"{name}.py").write_text(source, encoding="utf-8")
            outcomes = self._translate(list(sources), Path(work), tick)
            translated = [name for name in sources if name not in outcomes]
            outcomes.update(self._compile(translated, Path(work), folder, tick))
        return outcomes

    def _translate(self, names: list[str], work: Path, tick: Tick) -> dict[str, Built]:
        """The outcomes of the modules that Cython refuses. A crash is blamed on the module under translation."""
        refused = {}
        program = str(Path(__file__).with_name("cythonize.py"))
        while names:
            command = Command([sys.executable, program, *names], TRANSLATION, work)
            run([command], lambda done: tick(0))
            for name, errors in _results(work):
                names.remove(name)
                if errors is not None:
                    refused[name] = _refusal(errors)
            if names:
                words = (command.output.splitlines() or [""])[-1]
                verdict = "error" if command.status is None else "fail"
                message = f"the compiler {how_it_ended(command)}: {words}"
                refused[names.pop(0)] = Built(None, message, verdict=verdict)
        return refused

    def _compile(self, names: list[str], work: Path, folder: Path, tick: Tick) -> dict[str, Built]:
        commands = {name: Command(_c_compiler(name), COMPILATION, work) for name in names}
        run(list(commands.values()), tick, at_once=min(2, os.cpu_count() or 1))
        outcomes = {}
        for name, command in commands.items():
            if command.status == 0:
                os.replace(work / _file_name(name), folder / _file_name(name))
                outcomes[name] = Built(name)
            else:
                errors = [line for line in command.output.splitlines() if "error:" in line]
                message = f"the C compiler {how_it_ended(command)}: {(errors or [command.output[-300:]])[0]}"
                verdict = "fail" if command.status == 1 else "error"
                outcomes[name] = Built(None, message, verdict=verdict)
        return outcomes


def _results(work: Path) -> Iterable[tuple[str, str | None]]:
    try:
        lines = (work / "results").read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            name, errors = json.loads(line)
        except ValueError:
            continue  # the process died while it wrote the line
        yield name, errors


def _refusal(text: str) -> Built:
    """The first error, or the end of the text if it has no error that can be parsed."""
    for match in _ERROR.finditer(text):
        if not match[2].startswith(_WARNING):
            return Built(None, match[2], int(match[1]))
    return Built(None, " ".join(text.split())[-300:])


def _file_name(module: str) -> str:
    return module + str(sysconfig.get_config_var("EXT_SUFFIX"))


def _c_compiler(module: str) -> list[str]:
    words = shlex.split(f"{sysconfig.get_config_var('LDSHARED')} {sysconfig.get_config_var('CCSHARED') or ''}")
    include = sysconfig.get_paths()["include"]
    return [*words, "-O0", "-w", f"-I{include}", f"{module}.c", "-o", _file_name(module)]
