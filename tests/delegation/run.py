"""Run behaviours under the expansion of PEP 828, or under a wrong one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from unittest import mock

from conformance.behaviour import NEWEST, Behaviour, Version, parse_version
from conformance.catalogue import load
from conformance.program import Case, cases, travelling
from runners.transport.answers import Answer
from runners.transport.stream import StreamTarget
from runners.transport.target import CASE_TIMEOUT
from tests.delegation.wrong import Wrong

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TEXT = Path(__file__).with_name("expansion.py").read_text(encoding="utf-8")
#: Seconds for a case under a wrong expansion, where it often waits for what never comes.
TIMEOUT = 2.0


def proposed() -> list[Behaviour]:
    """The behaviours of PEP 828: those that begin with Python 3.16."""
    return [behaviour for behaviour in load().values() if behaviour.since == (3, 16)]


def unshown(version: Version = NEWEST) -> dict[str, str]:
    """Case → why the expansion cannot show it on a CPython of this language version; by default, on any."""
    document = tomllib.loads(Path(__file__).with_name("unshown.toml").read_text(encoding="utf-8"))
    return {
        case: each["reason"]
        for each in document["unshown"]
        for case in each["cases"]
        if "until" not in each or version <= parse_version(each["until"])
    }


def answers(
    chosen: Iterable[Case], wrong: Wrong | None = None, command: Sequence[str] = (sys.executable,)
) -> tuple[dict[str, Answer], Version]:
    """The answers of an interpreter to some cases under the expansion, or a wrong one, by name, and its version."""
    text = TEXT if wrong is None else wrong.changed(TEXT)
    prelude = f'{travelling("prelude")}\nexec(compile({text!r}, "expansion.py", "exec"), {{"__name__": "expansion"}})\n'
    with mock.patch("runners.transport.session.travelling", return_value=prelude):
        target = StreamTarget(list(command), case_timeout=TIMEOUT if wrong else CASE_TIMEOUT)
        version = target.start().language
        target.submit(chosen := list(chosen))
        found = {case.name: target.answer(case) for case in chosen}
        target.close()
    return found, version


def chosen(prefixes: Sequence[str] = ()) -> list[Case]:
    """The cases of PEP 828 whose names begin with one of these texts; all of them if there is none."""
    return [
        case
        for behaviour in proposed()
        for case in cases(behaviour)
        if not prefixes or case.name.startswith(tuple(prefixes))
    ]
