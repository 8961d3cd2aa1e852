"""Read the registry of named implementations, ``implementations.toml``, and refuse every mistake in it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from conformance.behaviour import Version, parse_version
from runners import values

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_Number = TypeVar("_Number", int, float)

FILE = Path(__file__).parent / "implementations.toml"
KINDS = ("pip", "npm", "cargo", "maven", "print")
BUILDS = ("default", "jit", "freethreaded", "debug")
TRANSPORTS = ("stream", "file")
#: Kind of installation → the tool that it needs.
INSTALLERS = {"npm": "npm", "cargo": "cargo", "maven": "maven"}

PLACEHOLDER = re.compile(r"\{([a-z]+(?:\.get)?)\}")
_FIXED = {"root", "cache", "home", "found", "python"}


class BadRegistry(Exception):
    """The registry has a mistake. The message is one line that names the file and the entry."""


@dataclass(frozen=True)
class Tool:
    """A program that starts or installs implementations; ``least`` is the oldest version that works."""

    name: str
    find: tuple[str, ...]
    get: str
    version: str | None = None
    least: str | None = None


@dataclass(frozen=True)
class Install:
    """How to install an implementation; ``command`` is set only for the kind ``print``, which is shown and not run."""

    kind: str
    packages: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    python: SpecifierSet | None = None
    command: str | None = None


@dataclass(frozen=True)
class Implementation:
    """One entry: the description, how to find it, and how to start it. Timeouts are seconds, ``memory`` is MiB."""

    name: str
    title: str
    about: str
    homepage: str
    start: tuple[str, ...]
    verified: str
    find: tuple[str, ...] = ()
    python: SpecifierSet | None = None
    build: str = "default"
    shares: str | None = None
    install: Install | None = None
    start_timeout: float | None = None
    case_timeout: float | None = None
    memory: int | None = None
    transport: str = "stream"
    pooled: bool = False
    spec: tuple[str, ...] = ()
    files: str | None = None
    native: Version | None = None
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Registry:
    """All tools and all implementations, by name."""

    tools: Mapping[str, Tool]
    implementations: Mapping[str, Implementation]

    @cached_property
    def files(self) -> re.Pattern[str]:
        """The names of the programs on PATH that may be an interpreter."""
        return re.compile("|".join(f"(?:{each.files})" for each in self.implementations.values() if each.files))

    @cached_property
    def specs(self) -> Mapping[str, str]:
        """The word that names an implementation before a version → the implementation; "" stands for CPython."""
        found = {word: each.name for each in self.implementations.values() for word in each.spec}
        return {"": "cpython", **found}

    @cached_property
    def native(self) -> Mapping[str, Version]:
        """Implementation → the language version from which it runs pytest itself."""
        return {each.name: each.native for each in self.implementations.values() if each.native is not None}


@cache
def registry() -> Registry:
    """The registry that ships with the suite. Raises BadRegistry."""
    return read(FILE)


def title_of(implementation: str) -> str:
    """The title of an implementation that has this name in its hello; the name itself if the registry has no title."""
    entry = registry().implementations.get(implementation)
    return implementation if entry is None else entry.title


def read(path: Path) -> Registry:
    """Read a registry from a file. Raises BadRegistry with the first mistake."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        return _registry(document)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, BadRegistry) as error:
        raise BadRegistry(f"{path}: {error}") from None


def _registry(document: Mapping[str, Any]) -> Registry:
    _known("the file", document, {"tool", "implementation"})
    tools = {name: _tool(name, entry) for name, entry in document.get("tool", {}).items()}
    implementations = {name: _implementation(name, entry) for name, entry in document.get("implementation", {}).items()}
    known = {*_FIXED, *tools, *(f"{name}.get" for name in tools)}
    for name, each in implementations.items():
        texts = [*each.start, *each.find, (each.install and each.install.command) or ""]
        for placeholder in (found for text in texts for found in PLACEHOLDER.findall(text)):
            if placeholder not in known:
                raise BadRegistry(f"implementation {name}: unknown placeholder {{{placeholder}}}")
        if each.shares is not None and each.shares not in implementations:
            raise BadRegistry(f"implementation {name}: shares: no implementation is called {each.shares!r}")
    return Registry(tools, implementations)


def _known(where: str, entry: object, keys: set[str], wanted: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    if not isinstance(entry, dict):
        raise BadRegistry(f"{where}: a table is expected")
    for key in entry:
        if key not in keys:
            raise BadRegistry(f"{where}: unknown key {key!r}")
    for key in sorted(wanted):
        if key not in entry:
            raise BadRegistry(f"{where}: {key} is missing")


def _value(where: str, entry: Mapping[str, Any], key: str, kind: type) -> Any:
    value = entry.get(key)
    if value is not None and type(value) is not kind:
        raise BadRegistry(f"{where}: {key} must be of type {kind.__name__}")
    return value


def _checked(where: str, entry: Mapping[str, Any], key: str, check: Callable[[object], _Number]) -> _Number | None:
    try:
        return None if key not in entry else check(entry[key])
    except ValueError as error:
        raise BadRegistry(f"{where}: {key}: {error}") from None


def _pattern(where: str, entry: Mapping[str, Any]) -> str | None:
    text = _value(where, entry, "files", str)
    try:
        re.compile(text or "")
    except re.error as error:
        raise BadRegistry(f"{where}: files: {text!r} is not a regular expression: {error}") from None
    return None if text is None else str(text)


def _native(where: str, entry: Mapping[str, Any]) -> Version | None:
    text = _value(where, entry, "native", str)
    try:
        return None if text is None else parse_version(text)
    except ValueError as error:
        raise BadRegistry(f"{where}: native: {error}") from None


def _words(where: str, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise BadRegistry(f"{where}: {key} must be a list of strings")
    return tuple(value)


def _one_of(where: str, entry: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> str:
    value = entry.get(key, choices[0])
    if value not in choices:
        raise BadRegistry(f"{where}: {key} must be one of {', '.join(choices)}")
    return str(value)


def _versions(where: str, entry: Mapping[str, Any]) -> SpecifierSet | None:
    text = _value(where, entry, "python", str)
    try:
        return None if text is None else SpecifierSet(text)
    except InvalidSpecifier:
        raise BadRegistry(f"{where}: python: {text!r} is not a comparison with a version, as '>=3.14' is") from None


def _tool(name: str, entry: Mapping[str, Any]) -> Tool:
    where = f"tool {name}"
    _known(where, entry, {"find", "get", "version", "least"}, {"find", "get"})
    return Tool(
        name,
        _words(where, entry, "find"),
        _value(where, entry, "get", str),
        _value(where, entry, "version", str),
        _least(where, entry),
    )


def _least(where: str, entry: Mapping[str, Any]) -> str | None:
    value = _value(where, entry, "least", str)
    if value is not None and not re.fullmatch(r"\d+(\.\d+)*", value):
        raise BadRegistry(f"{where}: least must be numbers separated by dots, not {value!r}")
    return None if value is None else str(value)


def _implementation(name: str, entry: Mapping[str, Any]) -> Implementation:
    where = f"implementation {name}"
    wanted = {"title", "about", "homepage", "start", "verified"}
    _known(where, entry, set(Implementation.__dataclass_fields__) - {"name"}, wanted)
    ways = [key for key in ("find", "python", "shares") if key in entry]
    if len(ways) != 1:
        raise BadRegistry(f"{where}: give exactly one of find, python and shares")
    if not entry["start"]:
        raise BadRegistry(f"{where}: start must not be empty")
    return Implementation(
        name=name,
        start=_words(where, entry, "start"),
        find=_words(where, entry, "find"),
        gaps=_words(where, entry, "gaps"),
        python=_versions(where, entry),
        build=_one_of(where, entry, "build", BUILDS),
        transport=_one_of(where, entry, "transport", TRANSPORTS),
        install=_install(f"{where}: install", entry["install"]) if "install" in entry else None,
        start_timeout=_checked(where, entry, "start_timeout", values.seconds),
        case_timeout=_checked(where, entry, "case_timeout", values.seconds),
        memory=_checked(where, entry, "memory", values.mebibytes),
        pooled=bool(_value(where, entry, "pooled", bool)),
        spec=_words(where, entry, "spec"),
        files=_pattern(where, entry),
        native=_native(where, entry),
        **{key: _value(where, entry, key, str) for key in ("title", "about", "homepage", "verified", "shares")},
    )


def _install(where: str, entry: Mapping[str, Any]) -> Install:
    _known(where, entry, set(Install.__dataclass_fields__), {"kind"})
    kind = _one_of(where, entry, "kind", KINDS)
    command = _value(where, entry, "command", str)
    packages = _words(where, entry, "packages")
    if (kind == "print") != (command is not None) or (kind == "print") == bool(packages):
        raise BadRegistry(
            f"{where}: kind print needs a command and no packages, every other kind packages and no command"
        )
    return Install(kind, packages, _words(where, entry, "options"), _versions(where, entry), command)
