"""What an interpreter under test says, taken as data: who it is, and what came of a case."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: Characters of a text, and entries of a list, that are kept of an answer; our own agent stays below.
LONGEST = 2000
LONGEST_WORD = 400
MOST = 20

#: How an implementation writes its name, where that is not as in its hello.
_TITLES = {
    "cpython": "CPython",
    "pypy": "PyPy",
    "graalpy": "GraalPy",
    "micropython": "MicroPython",
    "cython": "Cython",
    "nuitka": "Nuitka",
    "rustpython": "RustPython",
    "brython": "Brython",
}


def bounded(value: Any, longest: int = LONGEST) -> Any:
    """A text cut to what is kept of one; anything else as it is."""
    return value if not isinstance(value, str) or len(value) <= longest else value[:longest] + "..."


def _text(value: object) -> str:
    return str(bounded(str(value), LONGEST_WORD))


@dataclass(frozen=True)
class Identity:
    """Who answered: what the agent's hello says. ``absent`` is why there are no asynchronous generators, or None."""

    implementation: str
    implementation_version: str
    language_version: str
    version_text: str
    build: tuple[str, ...]
    platform: str | None
    executable: str | None
    absent: str | None
    #: Whether it wants to build all cases before the first one runs.
    prepares: bool = False

    @classmethod
    def from_hello(cls, hello: Mapping[str, Any]) -> Identity:
        """Raises ValueError if the answer lacks something or has it in another form."""

        def optional(key: str) -> str | None:
            return None if hello[key] is None else _text(hello[key])

        try:
            return cls(
                implementation=_text(hello["implementation"]),
                implementation_version=_text(hello["implementation_version"]),
                language_version=_text(hello["language_version"]),
                version_text=_text(hello["version_text"]),
                build=tuple(_text(word) for word in hello["build"][:MOST]),
                platform=optional("platform"),
                executable=optional("executable"),
                absent=optional("absent"),
                prepares=hello.get("prepares") is True,
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"its hello is malformed ({error!r})") from None

    @property
    def language(self) -> tuple[int, int]:
        """The language version as ``(major, minor)``; ``(0, 0)`` if the hello makes no sense as one."""
        try:
            major, minor = self.language_version.split(".")[:2]
            return int(major), int(minor)
        except ValueError:
            return 0, 0

    @property
    def title(self) -> str:
        """Such as ``CPython 3.13.0``, ``PyPy 7.3.11 (Python 3.9.16)``, ``CPython 3.13.0 (O, dev)``."""
        name = _TITLES.get(self.implementation, self.implementation)
        remarks = list(self.build)
        if self.implementation_version != self.language_version:
            remarks.insert(0, f"Python {self.language_version}")
        return f"{name} {self.implementation_version}" + (f" ({', '.join(remarks)})" if remarks else "")

    @property
    def slug(self) -> str:
        """The name of its result file: ``cpython-3.13.0``, ``pypy-7.3.11-py3.9``, ``cpython-3.13.0-O``."""
        parts = [self.implementation, self.implementation_version]
        if self.implementation_version != self.language_version:
            parts.append("py{}.{}".format(*self.language))
        name = "-".join([*parts, *self.build])
        return "".join(c if c.isascii() and (c.isalnum() or c in ".-_") else "_" for c in name)[:100]


@dataclass
class Answer:
    """What came of one case. ``verdict`` is one of pass, fail, crash, timeout, error, unmet, absent."""

    verdict: str
    message: str | None = None
    line: int | None = None
    locals: dict[str, str] | None = None
    observed: str | None = None
    output: str | None = None
    dirty: list[str] = field(default_factory=list)
    loop: str | None = None
    seconds: float | None = None

    @classmethod
    def of_many(cls, reports: Sequence[Answer]) -> Answer:
        """Several runs of one case as one report: the first one, unless the verdict varies, which is a failure."""
        verdicts = [report.verdict for report in reports]
        if len(set(verdicts)) == 1:
            return reports[0]
        counts = ", ".join(f"{verdict} {verdicts.count(verdict)} times" for verdict in dict.fromkeys(verdicts))
        worst = next(report for report in reports if report.verdict != "pass")
        worst.verdict = "fail"
        worst.message = f"the verdict varies: {counts}; {worst.message or 'no message'}"
        return worst

    @classmethod
    def from_answer(cls, answer: Mapping[str, Any]) -> Answer:
        """An agent's answer, taken as data: anything of another type than it should have becomes an ``error``."""
        wanted: dict[str, tuple[type, ...]] = {
            "message": (str,),
            "line": (int,),
            "observed": (str,),
            "output": (str,),
            "loop": (str,),
            "seconds": (int, float),
        }
        values: dict[str, Any] = {key: bounded(answer.get(key)) for key in wanted}
        for key, kinds in wanted.items():
            if values[key] is not None and (not isinstance(values[key], kinds) or isinstance(values[key], bool)):
                return cls("error", f"malformed answer: {key} is {values[key]!r:.80}")
        verdict, shown, dirty = answer.get("verdict"), answer.get("locals"), answer.get("dirty") or []
        if verdict not in ("pass", "fail", "unmet", "error"):
            return cls("error", f"malformed answer: verdict is {verdict!r:.80}")
        if shown is not None and not isinstance(shown, dict):
            return cls("error", f"malformed answer: locals is {shown!r:.80}")
        if not isinstance(dirty, list):
            return cls("error", f"malformed answer: dirty is {dirty!r:.80}")
        return cls(
            verdict,
            locals=None if shown is None else {_text(k): _text(v) for k, v in itertools.islice(shown.items(), MOST)},
            dirty=[_text(name) for name in dirty[:MOST]],
            **values,
        )
