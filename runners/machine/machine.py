"""From the name of an implementation to the command that starts it on this machine."""

from __future__ import annotations

import difflib
import glob
import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from conformance.program import ROOT
from runners.machine.pythons import NotFound, Python, files, pythons
from runners.machine.registry import PLACEHOLDER, Implementation, Install, Registry, registry

MARKER = "installed.json"
_VERSIONED = re.compile(r"cpython-?(\d)\.(\d+)(-.+)?")


@dataclass(frozen=True)
class Start:
    """How to start an interpreter. Timeouts are seconds, ``memory`` is bytes; None stands for the default.

    Two processes of a ``single`` interpreter must not live at the same time: a board on a serial line is an example.
    """

    words: tuple[str, ...]
    start_timeout: float | None = None
    case_timeout: float | None = None
    memory: int | None = None
    transport: str | None = None
    single: bool = False


class Machine:
    """The programs, folders and variables of this computer that the registry refers to."""

    def __init__(
        self,
        known: Registry | None = None,
        environment: Mapping[str, str] | None = None,
        interpreters: Iterable[Path] | None = None,
    ) -> None:
        """``interpreters`` are the files that may be a Python; by default the machine is searched for them."""
        self.registry = registry() if known is None else known
        self._environment = os.environ if environment is None else environment
        self._files = interpreters

    @cached_property
    def cache(self) -> Path:
        """The folder into which implementations are installed: CONFORMANCE_CACHE, or one in the user's cache.

        Raises NotFound if the user has no home and no such folder is named.
        """
        given = self._environment.get("CONFORMANCE_CACHE")
        if given:
            return Path(given).absolute()
        from platformdirs import user_cache_path

        try:
            return user_cache_path("asyncgen-conformance", appauthor=False)
        except RuntimeError as error:
            raise NotFound(f"no folder to install into: {error}; or set CONFORMANCE_CACHE to a folder") from None

    @cached_property
    def pythons(self) -> list[Python]:
        """Every CPython of this machine, newest first: the files found, and the entries that are ``pooled``."""
        commands: list[tuple[str, ...]] = [(str(path),) for path in (files() if self._files is None else self._files)]
        for entry in self.registry.implementations.values():
            if entry.pooled and self.find(entry) is not None:
                commands.append(self.start(entry.name).words)
        return pythons(commands)

    def knows(self, name: str) -> bool:
        """Whether there is an implementation of this name."""
        return name in self.registry.implementations or self._versioned(name) is not None

    def close_to(self, name: str) -> list[str]:
        """Names of implementations that are similar, for a hint."""
        return difflib.get_close_matches(name, self.registry.implementations, 3, 0.6)

    def entry(self, name: str) -> Implementation:
        """The entry that a name belongs to. Raises NotFound."""
        versioned = self._versioned(name)
        if name in self.registry.implementations:
            return self.registry.implementations[name]
        if versioned is not None:
            return versioned[0]
        close = self.close_to(name)
        meant = f" (did you mean {' or '.join(close)}?)" if close else ""
        raise NotFound(f"no implementation is called {name!r}{meant}; 'python -m runners list' shows all names")

    def start(self, name: str) -> Start:
        """How to start ``name``. Raises NotFound with the command that installs the missing part."""
        entry = self.entry(name)
        python: tuple[str, ...] = ()
        found: Path | None = None
        if entry.python is not None:
            python = self._python(name, entry).command
        else:
            found = self.find(entry)
            if found is None:
                raise NotFound(f"{name} is not on this machine: {self.how(entry)}")
        values: dict[str, str] = {"found": str(found)}
        words: list[str] = []
        for word in entry.start:
            words += python if word == "{python}" else [self._filled(word, entry, values)]
        memory = None if entry.memory is None else entry.memory << 20
        return Start(tuple(words), entry.start_timeout, entry.case_timeout, memory, entry.transport)

    def how(self, entry: Implementation) -> str:
        """The command that installs an implementation, or words if there is none."""
        install = self.installation(entry)
        if install is None:
            return "no command installs it"
        if install.kind == "print":
            try:
                return f"install it with: {self.printed(entry)}"
            except NotFound as error:  # the command needs a tool
                return str(error)
        return f"python -m runners install {entry.name}"

    def installation(self, entry: Implementation) -> Install | None:
        """How to install an implementation, or the one whose files it shares."""
        return self._owner(entry).install

    def printed(self, entry: Implementation) -> str:
        """The command of an entry of the kind "print"."""
        install = self.installation(entry)
        assert install is not None
        return self._filled(install.command or "", entry, {})

    def home(self, entry: Implementation) -> Path:
        """The folder that an implementation is installed into."""
        owner = self._owner(entry)
        assert owner.install is not None
        return self.cache / owner.install.kind / owner.name

    def find(self, entry: Implementation) -> Path | None:
        """The path of an implementation; None if it is missing or its installation is incomplete.

        Raises NotFound if its environment variable names a path that does not exist.
        """
        owner = self._owner(entry)
        given = self._given(owner.name)
        if given is not None:
            return given
        for pattern in owner.find:
            for path in self._paths(pattern, owner):
                if "{home}" not in pattern or self.installed(owner):
                    return path
        return None

    def installed(self, entry: Implementation) -> bool:
        """Whether ``install`` has completed for this entry in its present form."""
        owner = self._owner(entry)
        if owner.install is None or owner.install.kind == "print":
            return False
        try:
            kept = json.loads((self.home(owner) / MARKER).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return bool(kept == recipe(owner.install))

    def tool(self, name: str) -> str:
        """The path of a tool, the newest one if there are several. Raises NotFound with the way to install it."""
        tool = self.registry.tools[name]
        given = self._given(name)
        get = self._fixed(tool.get)
        paths = [str(given)] if given is not None else [str(path) for p in tool.find for path in self._paths(p, None)]
        if not paths:
            raise NotFound(f"{name} is not on this machine: {get}")
        if tool.version is None or tool.least is None:
            return paths[0]
        versions = [(self._version(path, tool.version), path) for path in paths]
        newest, path = max(versions, key=lambda pair: pair[0])
        if newest < numbers(tool.least):
            shown = ".".join(map(str, newest))
            raise NotFound(f"{name} {shown} ({path}) is too old, {tool.least} or newer is needed: {get}")
        return path

    def _owner(self, entry: Implementation) -> Implementation:
        return self.registry.implementations[entry.shares] if entry.shares else entry

    def _versioned(self, name: str) -> tuple[Implementation, tuple[int, int]] | None:
        """``cpython-3.13-O`` → the entry of ``cpython-O``, and (3, 13)."""
        match = _VERSIONED.fullmatch(name)
        entry = self.registry.implementations.get("cpython" + (match[3] or "")) if match else None
        return (entry, (int(match[1]), int(match[2]))) if match and entry is not None and entry.python else None

    def _python(self, name: str, entry: Implementation) -> Python:
        assert entry.python is not None
        versioned = self._versioned(name)
        for python in self.pythons:
            right = versioned is None or python.version[:2] == versioned[1]
            if right and python.is_built(entry.build) and entry.python.contains("{}.{}.{}".format(*python.version)):
                return python
        wanted = "CPython " + ("{}.{}".format(*versioned[1]) if versioned else str(entry.python))
        built = "" if entry.build == "default" else f", {entry.build} build,"
        raise NotFound(f"{name}: no {wanted}{built} on this machine: {self.how(entry)}")

    def _given(self, name: str) -> Path | None:
        variable = "CONFORMANCE_" + re.sub(r"[^A-Z0-9]", "_", name.upper())
        value = self._environment.get(variable)
        if not value:
            return None
        path = Path(os.path.expanduser(value)).absolute()
        if not path.exists():
            raise NotFound(f"{variable} is {value}, which does not exist; correct it, or unset it")
        return path

    def _paths(self, pattern: str, entry: Implementation | None) -> list[Path]:
        """The existing paths that match a pattern with ``*``; for a name without a slash, the program on PATH."""
        try:
            text = self._filled(pattern, entry, {}, glob.escape)
        except NotFound:
            return []  # the pattern names a folder of a tool that is missing
        if text.startswith("~"):
            text = glob.escape(os.path.expanduser("~")) + text[1:]
        if os.sep not in text:
            path = shutil.which(text, path=self._environment.get("PATH", os.defpath))
            return [Path(path)] if path is not None else []
        steps = Path(text).parts
        return [path for path in sorted(Path(steps[0]).glob(os.sep.join(steps[1:]))) if os.path.exists(path)]

    def _filled(
        self,
        text: str,
        entry: Implementation | None,
        values: Mapping[str, str],
        escape: Callable[[str], str] = str,
    ) -> str:
        """``text`` with the values of its placeholders, each escaped. Raises NotFound if a tool is missing."""

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name in values:
                return escape(values[name])
            if name == "home":
                assert entry is not None
                return escape(str(self.home(entry)))
            if name in self.registry.tools:
                return escape(self.tool(name))
            return escape(self._fixed(match[0]))

        return PLACEHOLDER.sub(value, text)

    def _fixed(self, text: str) -> str:
        """``text`` with the values of the placeholders that need no search. Raises NotFound, see :attr:`cache`."""
        text = text.replace("{root}", str(ROOT))
        for tool in self.registry.tools.values():
            if f"{{{tool.name}.get}}" in text:
                get = tool.get.replace("{cache}", shlex.quote(str(self.cache))) if "{cache}" in tool.get else tool.get
                text = text.replace(f"{{{tool.name}.get}}", get)
        return text.replace("{cache}", str(self.cache)) if "{cache}" in text else text

    @staticmethod
    def _version(path: str, argument: str) -> tuple[int, ...]:
        """The version that a tool prints, ``(0,)`` if it prints none."""
        try:
            answer = subprocess.run(
                [path, argument], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=20
            )
        except (OSError, subprocess.TimeoutExpired):
            return (0,)
        found = re.search(r"\d+(\.\d+)*", answer.stdout + answer.stderr)
        return numbers(found[0]) if found else (0,)


def numbers(version: str) -> tuple[int, ...]:
    """``1.96`` as ``(1, 96)``."""
    return tuple(map(int, version.split(".")))


def recipe(install: Install) -> dict[str, object]:
    """The part of an entry that decides what is installed; the marker file of an installation keeps it."""
    return {"kind": install.kind, "packages": list(install.packages), "options": list(install.options)}
