"""The options of the plugin, and the checks of their values and combinations."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from conformance import files
from conformance.behaviour import LEVELS, parse_version
from conformance.files import CannotWrite
from runners import values
from runners.machine.registry import TRANSPORTS
from runners.machine.resolve import matches
from runners.printable import one_line

_T = TypeVar("_T")


def add(parser: pytest.Parser) -> None:
    """Add the options to pytest's."""
    group = parser.getgroup("conformance", "asynchronous generator conformance")
    group.addoption(
        "--interpreter",
        action="append",
        metavar="CMD",
        help="the interpreter under test: a path, a command line, a version such as py39 or pypy3.11, or a name that "
        "'python -m runners list' shows; may be given many times; default: the interpreter that runs pytest",
    )
    group.addoption("--results", type=_folder, metavar="DIR", help="write a result file for each interpreter into DIR")
    group.addoption(
        "--level",
        choices=LEVELS,
        default="detail",
        help="run the behaviours of this level and of the levels before it: language, library, detail (default: "
        "detail, which runs everything)",
    )
    group.addoption(
        "--language-version",
        metavar="X.Y",
        help="judge the interpreter as this version of the language (default: the version that it reports)",
    )
    group.addoption(
        "--case-timeout",
        metavar="S",
        help="seconds for one case (default: 10, or the value in the registry for the implementation)",
    )
    group.addoption(
        "--baseline",
        action="append",
        type=Path,
        metavar="FILE",
        help="a file of known failures with reasons; may be given many times; default: baselines/<implementation>.toml",
    )
    group.addoption(
        "--update-baseline",
        action="store_true",
        help="add the failures of this run to the one --baseline, with reasons for you to write, and remove the "
        "entries whose cases pass",
    )
    group.addoption("--cases", type=_listed, metavar="FILE", help="run only the cases that FILE names, one name a line")
    group.addoption("--isolate", action="store_true", help="run each case in a process of its own")
    group.addoption(
        "--transport",
        choices=TRANSPORTS,
        help="how cases reach an interpreter: stream (the default) sends them over its standard input; file runs one "
        "program for each case and judges it by its exit status, for an interpreter without a working standard input "
        "or without JSON",
    )
    group.addoption(
        "--repeat", default="1", metavar="N", help="run each case N times; a verdict that varies is a failure"
    )
    group.addoption(
        "--in-process",
        action="store_true",
        help="call the functions in pytest's own process, for --pdb; writes no results",
    )
    group.addoption("--expect", metavar="SPEC", help="refuse each interpreter but this one, such as py313 or pypy311")


def _folder(text: str) -> Path:
    try:
        return values.folder(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _listed(text: str) -> frozenset[str]:
    """The names of cases in a file; blank lines and lines that begin with # are skipped."""
    try:
        lines = Path(text).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"cannot read {text}: {getattr(error, 'strerror', None) or error}") from None
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _checked(name: str, value: object, check: Callable[[object], _T]) -> _T:
    try:
        return check(value)
    except ValueError as error:
        raise pytest.UsageError(f"{name}: {error}") from None


def _check_sendable(arguments: Iterable[object]) -> None:
    """Check that pytest-xdist can send pytest's arguments to its workers."""
    for argument in map(str, arguments):
        try:
            argument.encode()
        except UnicodeEncodeError:
            raise pytest.UsageError(
                f"-n: pytest-xdist cannot send the argument {one_line(argument)} to its workers, because it is not "
                "UTF-8; run without -n, or rename the file"
            ) from None


def check(config: pytest.Config) -> tuple[int, int] | None:
    """Check the options, and return the given language version or None. Raises pytest.UsageError."""
    option = config.option
    if option.in_process and (option.interpreter or option.results):
        raise pytest.UsageError(
            "--in-process runs in pytest's own process and records nothing; leave out --interpreter and --results"
        )
    if option.update_baseline and len(option.baseline or ()) != 1:
        raise pytest.UsageError("--update-baseline needs exactly one --baseline FILE, which it rewrites")
    if option.update_baseline:
        try:
            files.check(Path(os.path.realpath(option.baseline[0])).parent)
        except (CannotWrite, ValueError) as error:
            raise pytest.UsageError(one_line(f"--baseline: {error}")) from None
    option.repeat = _checked("--repeat", option.repeat, values.times)
    if option.case_timeout is not None:
        option.case_timeout = _checked("--case-timeout", option.case_timeout, values.seconds)
    workers = getattr(option, "numprocesses", None)
    if isinstance(workers, int) and workers < 0:
        raise pytest.UsageError(f"-n must be 0 or more, or auto, not {workers}")
    if workers:
        _check_sendable(config.invocation_params.args)
        # In a worker, pytest-xdist would call a wrong -k or -m an internal error.
        marks: Any = config.pluginmanager.get_plugin("mark")
        marks.pytest_collection_modifyitems(items=[], config=config)
    for text in option.interpreter or ():
        _checked("--interpreter", text, values.command)
    try:
        if option.expect:
            matches(option.expect, "", (0, 0))
        return parse_version(option.language_version) if option.language_version else None
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
