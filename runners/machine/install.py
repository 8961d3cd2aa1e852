"""Install an implementation from a package registry into the user's cache, completely or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from conformance import files
from runners.machine.machine import MARKER, Machine, recipe
from runners.machine.pythons import NotFound
from runners.machine.registry import INSTALLERS, Implementation, Install

#: Seconds between two checks of a running installer.
_GLANCE = 0.2
_LONGEST_REASON = 300

_POM = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>conformance</groupId>
  <artifactId>implementation</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
{dependencies}
  </dependencies>
</project>
"""


class CannotInstall(Exception):
    """An implementation could not be installed. The message is one line that says why and what to do."""


def install(name: str, machine: Machine, progress: Callable[[str], None]) -> str:
    """Install ``name``, and return the line that says where it is.

    An installation that agrees with the registry stays unchanged. ``progress`` is called again and again with the name
    of the running tool. Raises CannotInstall, and then only a log is left.
    """
    try:
        entry = machine.entry(name)
        if machine.installed(entry):
            return f"{name} is already installed: {machine.home(entry)}"
        install = machine.installation(entry)
        if install is None:
            raise CannotInstall(
                f"{name}: no command installs it; install it yourself, and give its path to --interpreter"
            )
        if install.kind == "print":
            with contextlib.suppress(NotFound):
                return f"{name} is already installed: {' '.join(machine.start(name).words)}"
            raise CannotInstall(f"{name} cannot be installed automatically; run: {machine.printed(entry)}")
        _fill(entry, install, machine, progress)
    except NotFound as error:
        raise CannotInstall(f"{name}: {error}") from None
    return f"{name} is installed: {machine.home(entry)}"


def _fill(entry: Implementation, install: Install, machine: Machine, progress: Callable[[str], None]) -> None:
    """Empty the folder, run the installer's steps in it, and write the marker that says that all of them succeeded."""
    steps = {"pip": _pip, "npm": _npm, "cargo": _cargo, "maven": _maven}[install.kind]
    home = machine.home(entry)
    tool = machine.tool(INSTALLERS[install.kind]) if install.kind in INSTALLERS else ""
    log = machine.cache / "logs" / f"{home.name}.log"
    done = False
    try:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as file:
            for command in steps(tool, install, home, machine):
                _run(command, home, file.fileno(), log, progress)
        files.write(home / MARKER, json.dumps(recipe(install), indent=1) + "\n")
        done = True
    except OSError as error:
        raise CannotInstall(f"{entry.name}: {error.filename or home}: {error.strerror or error}") from None
    except files.CannotWrite as error:
        raise CannotInstall(f"{entry.name}: {error}") from None
    finally:
        if not done:
            shutil.rmtree(home, ignore_errors=True)


def _pip(tool: str, install: Install, home: Path, machine: Machine) -> Iterator[Sequence[str]]:
    here = [python.command for python in machine.pythons if len(python.command) == 1 and python.is_built("default")]
    versions = {python.command: "{}.{}.{}".format(*python.version) for python in machine.pythons}
    right = [command for command in here if install.python is None or install.python.contains(versions[command])]
    if not right:
        raise NotFound(f"no CPython {install.python} was found for its environment; install one")
    yield [*right[0], "-m", "venv", str(home)]
    yield [str(home / "bin/python"), "-m", "pip", "install", "--disable-pip-version-check", *_words(install)]


def _npm(tool: str, install: Install, home: Path, machine: Machine) -> Iterator[Sequence[str]]:
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts"]
    yield [tool, "install", "--prefix", str(home), *quiet, *_words(install)]


def _cargo(tool: str, install: Install, home: Path, machine: Machine) -> Iterator[Sequence[str]]:
    yield [tool, "install", "--root", str(home), *_words(install)]


def _maven(tool: str, install: Install, home: Path, machine: Machine) -> Iterator[Sequence[str]]:
    (home / "pom.xml").write_text(_POM.format(dependencies="\n".join(map(_dependency, install.packages))))
    yield [
        tool,
        "--batch-mode",
        "--file",
        str(home / "pom.xml"),
        "dependency:copy-dependencies",
        f"-DoutputDirectory={home / 'lib'}",
        *install.options,
    ]


def _dependency(package: str) -> str:
    """``GROUP:ARTIFACT[:TYPE]:VERSION`` as an element of a pom."""
    group, artifact, *kind, version = (escape(part) for part in package.split(":"))
    parts = {"groupId": group, "artifactId": artifact, "version": version, "type": kind[0] if kind else "jar"}
    return "    <dependency>" + "".join(f"<{key}>{value}</{key}>" for key, value in parts.items()) + "</dependency>"


def _words(install: Install) -> Sequence[str]:
    return [*install.options, *install.packages]


def _run(command: Sequence[str], home: Path, output: int, log: Path, progress: Callable[[str], None]) -> None:
    """Run one step to its end. Raises CannotInstall, and ends the step if this process is interrupted."""
    os.write(output, f"$ {' '.join(command)}\n".encode())
    child = subprocess.Popen(
        command,
        cwd=home,
        env={key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        while True:
            try:
                status = child.wait(_GLANCE)
                break
            except subprocess.TimeoutExpired:
                progress(f"{Path(command[0]).name} is running")
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if status != 0:
        raise CannotInstall(
            f"{home.name}: {Path(command[0]).name} ended with exit status {status}: {_reason(log)}; see {log}"
        )


def _reason(log: Path) -> str:
    """The most informative lines of a log: the first two that begin with "error", else the last one."""
    text = log.read_text(encoding="utf-8", errors="backslashreplace")
    lines = [re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", line).strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("$ ")]
    telling = [line for line in lines if re.match(r"(npm )?(\[?error|err!)", line, re.IGNORECASE)]
    return ("; ".join(telling[:2]) or (lines[-1] if lines else "it printed nothing"))[:_LONGEST_REASON]
