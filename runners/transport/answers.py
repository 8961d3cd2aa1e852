"""The identity of an interpreter under test and its answers, made from messages that are not trusted."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from conformance.program import Body
from conformance.verdicts import ANSWERS
from runners.machine.registry import title_of
from runners.printable import one_line, printable
from runners.transport.sanitizers import report_in
from runners.transport.tails import shortened

#: The most characters of a text and of a short text, and the most entries of a list, that an answer keeps. Our own
#: agent stays below.
LONGEST = 2000
LONGEST_WORD = 400
MOST = 20

_LANGUAGE = re.compile(r"(\d{1,3})\.(\d{1,3})(?:\.|$)")
#: The system and the machine that titles and the names of files leave out.
USUAL = ("Linux", "x86_64")


def bounded(value: Any, longest: int = LONGEST) -> Any:
    """A text, cut to ``longest`` characters; any other value unchanged."""
    return value if not isinstance(value, str) or len(value) <= longest else value[:longest] + "..."


def _text(value: object) -> str:
    return one_line(str(bounded(str(value), LONGEST_WORD)))


@dataclass(frozen=True)
class Identity:
    """The data of an agent's hello. ``absent`` says why there are no asynchronous generators; None if there are."""

    implementation: str
    implementation_version: str
    language_version: str
    version_text: str
    build: tuple[str, ...]
    platform: str | None
    executable: str | None
    absent: str | None
    #: Whether the agent wants to build all cases before the first one runs.
    prepares: bool = False
    #: The operating system and the processor, such as Linux and x86_64; None where the interpreter does not say.
    system: str | None = None
    machine: str | None = None
    #: For a compiler, the name and version of the Python that runs the compiled code.
    host: tuple[str, str] | None = None
    #: The package of the event loop that the start installed, and its version, such as ``uvloop 0.21.0``.
    loop: str | None = None

    @classmethod
    def from_hello(cls, hello: Mapping[str, Any]) -> Identity:
        """Make an identity from a hello. Raises ValueError if a key is missing or its value has a wrong type."""

        def optional(key: str) -> str | None:
            return None if hello[key] is None else _text(hello[key])

        try:
            host = hello.get("host")
            if not isinstance(hello["build"], list | tuple):
                raise TypeError(f"build is {hello['build']!r:.40}")
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
                system=_text(hello["system"]) if hello.get("system") else None,
                machine=_text(hello["machine"]) if hello.get("machine") else None,
                host=(_text(host["implementation"]), _text(host["version"])) if host else None,
                loop=_text(hello["loop"]) if hello.get("loop") else None,
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"its hello is malformed ({error!r})") from None

    @property
    def language(self) -> tuple[int, int]:
        """The language version as ``(major, minor)``; ``(0, 0)`` if the hello has none."""
        match = _LANGUAGE.match(self.language_version)
        return (int(match[1]), int(match[2])) if match else (0, 0)

    @property
    def title(self) -> str:
        """A name for people: ``CPython 3.13.0``, ``PyPy 7.3.11 (Python 3.9.16)``, ``CPython 3.13.0 (O, dev)``."""
        name = title_of(self.implementation)
        remarks = [*self.build, *self._unusual, *([self.loop] if self.loop else [])]
        if self.implementation_version != self.language_version:
            remarks.insert(0, f"Python {self.language_version}")
        return f"{name} {self.implementation_version}" + (f" ({', '.join(remarks)})" if remarks else "")

    @property
    def slug(self) -> str:
        """The name for files, such as ``cpython-3.13.0``, ``pypy-7.3.11-py3.9``, ``cpython-3.13.0-O``."""
        parts = [self.implementation, self.implementation_version]
        if self.implementation_version != self.language_version:
            parts.append("py{}.{}".format(*self.language))
        name = "-".join([*parts, *self.build, *self._unusual, *(self.loop or "").split()])
        return "".join(c if c.isascii() and (c.isalnum() or c in ".-_") else "_" for c in name)[:100].lstrip(".") or "_"

    @property
    def _unusual(self) -> list[str]:
        """The system and the machine, if they are not the usual ones."""
        # A browser has both in one text.
        words = " ".join(word for word in (self.system, self.machine) if word).split()
        return [] if tuple(words) in (USUAL, ()) else words


@dataclass(frozen=True)
class End:
    """How the last process of an interpreter ended after the request to exit, and its stderr after the last case.

    ``status`` is an exit status, negative for a signal, and None for a process that had to be killed. A report of a
    sanitizer that did not come during a case is a part of ``stderr``, whenever it came. ``notes`` are lines for
    people, as about a process that could not be ended.
    """

    status: int | None
    stderr: str | None
    notes: tuple[str, ...] = ()

    @property
    def report(self) -> str | None:
        """The first line of the report of a sanitizer in ``stderr``."""
        return report_in(self.stderr)


_A = TypeVar("_A", bound="Answer")


@dataclass
class Answer:
    """The answer to one case. ``verdict`` is one of :data:`conformance.verdicts.VERDICTS`.

    ``line`` counts in the body; 1 is the first line after the docstring. ``output`` is the text that the case printed,
    ``stderr`` the ends of the text that came on the standard error of the process during the case. ``after`` is the
    case that has to run before this one. ``seconds`` is the time inside the interpreter.
    """

    verdict: str
    message: str | None = None
    line: int | None = None
    locals: dict[str, str] | None = None
    observed: str | None = None
    output: str | None = None
    stderr: str | None = None
    dirty: list[str] = field(default_factory=list)
    loop: str | None = None
    after: str | None = None
    seconds: float | None = None

    @staticmethod
    def of_many(answers: Sequence[_A]) -> _A:
        """One answer for several runs of a case: the first one, or a failure if the verdict varies."""
        verdicts = [answer.verdict for answer in answers]
        if len(set(verdicts)) == 1:
            return answers[0]
        counts = ", ".join(f"{verdict} {verdicts.count(verdict)} times" for verdict in dict.fromkeys(verdicts))
        worst = next(answer for answer in answers if answer.verdict != "pass")
        message = f"the verdict varies: {counts}; {worst.message or 'no message'}"
        return replace(worst, verdict="fail", message=message)

    @classmethod
    def from_reply(cls, reply: Mapping[str, Any], body: Body, end: str) -> Answer:
        """Make an answer from the reply of an agent. A value of a wrong type makes the verdict ``error``.

        The line in the reply counts in the file of ``body``. A pass must have the token ``end`` of the request.
        """
        values: dict[str, Any] = {}
        for key, kinds in _WANTED.items():
            value = reply.get(key)
            if value is not None and (not isinstance(value, kinds) or isinstance(value, bool)):
                return cls("error", printable(f"malformed answer: {key} is {value!r:.80}"))
            values[key] = printable(bounded(value)) if isinstance(value, str) else value
        verdict, shown, dirty = reply.get("verdict"), reply.get("locals"), reply.get("dirty") or []
        if verdict not in ANSWERS:
            return cls("error", printable(f"malformed answer: verdict is {verdict!r:.80}"))
        if verdict == "pass" and reply.get("end") != end:
            return cls("error", "malformed answer: a pass without the token of the end of the case")
        if shown is not None and not isinstance(shown, dict):
            return cls("error", printable(f"malformed answer: locals is {shown!r:.80}"))
        if not isinstance(dirty, list):
            return cls("error", printable(f"malformed answer: dirty is {dirty!r:.80}"))
        seconds = values["seconds"]
        if seconds is not None and not 0 <= seconds <= 1e12:
            values["seconds"] = None  # the clock of the interpreter runs backwards
        values["line"] = body.counted(values["line"])
        return cls(
            verdict,
            locals=None if shown is None else {_text(k): _text(v) for k, v in itertools.islice(shown.items(), MOST)},
            dirty=[_text(name) for name in dirty[:MOST]],
            **values,
        )


_WANTED: dict[str, tuple[type, ...]] = {
    "message": (str,),
    "line": (int,),
    "observed": (str,),
    "output": (str,),
    "loop": (str,),
    "seconds": (int, float),
}


def with_errors(answer: Answer, text: str) -> Answer:
    """The answer with the text that came on stderr during the case. A report of a sanitizer makes the case fail."""
    report = report_in(text)
    if report is not None:
        said = f"a sanitizer reports: {report}"
        verdict = "fail" if answer.verdict in ("pass", "unmet") else answer.verdict
        message = said if answer.message is None else bounded(f"{answer.message}; {said}")
        answer = replace(answer, verdict=verdict, message=message)
    return replace(answer, stderr=printable(shortened(text, LONGEST)))
