"""The outcome of one case in one interpreter, as results record it and reports show it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from conformance.behaviour import Behaviour, Version
from conformance.program import Case
from conformance.verdicts import FAILURES
from runners.printable import one_line, printable
from runners.transport.answers import Answer

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]+\b")
# The name of a thread may hold brackets of its own: "Thread-1 (<lambda>)".
_THREAD = re.compile(r"(<\w*Thread\(.*?\b(?:started|stopped)(?: daemon)?) \d+\)")
_TEXTS = ("observed", "message", "output", "stderr", "known", "after", "revision", "loop")
_Text = TypeVar("_Text", str, str | None)


@dataclass(kw_only=True)
class Outcome(Answer):
    """An answer together with its case, and with the facts that the suite adds about that case.

    ``level``, ``module``, ``applicable`` and ``known`` do not come from the interpreter: they follow from the catalogue
    and from a baseline, and each reader of a result computes them again. ``known`` is the reason that the baseline
    gives. ``revision`` is the revision of the suite if the case ran in another revision than the rest of its file.
    """

    case: str
    id: str
    module: str
    level: str
    applicable: bool
    known: str | None = None
    revision: str | None = None

    @classmethod
    def of(cls, case: Case, answer: Answer, judged_as: Version) -> Outcome:
        """The outcome of an answer, for an interpreter that is judged as this language version."""
        behaviour = case.behaviour
        return cls(
            case=case.name,
            id=behaviour.id,
            module=behaviour.module,
            level=behaviour.level,
            applicable=behaviour.applies_to(judged_as),
            **vars(answer),
        )

    @classmethod
    def from_dict(cls, values: Mapping[str, Any], seconds: float | None = None) -> Outcome:
        """Make an outcome from the validated object in a file; the file has its time in another place."""
        known = {each.name for each in fields(cls)}
        made = cls(**{key: value for key, value in values.items() if key in known}, seconds=seconds)
        made.case = one_line(made.case)
        for key in _TEXTS:
            value = getattr(made, key)
            setattr(made, key, None if value is None else printable(value))
        if made.locals is not None:
            made.locals = {one_line(name): printable(value) for name, value in made.locals.items()}
        made.dirty = [one_line(name) for name in made.dirty or ()]
        return made

    def as_dict(self) -> dict[str, Any]:
        """The object for a file: every key except the time."""
        return {name: getattr(self, name) for name in _KEYS}

    def stable(self) -> Outcome:
        """The outcome without the addresses of objects and the identifiers of threads, which differ in every run."""
        if self.locals is None and not (self.message or self.observed or self.output or self.stderr):
            return self
        return replace(
            self,
            observed=stable_text(self.observed),
            message=stable_text(self.message),
            output=stable_text(self.output),
            stderr=stable_text(self.stderr),
            locals=None if self.locals is None else {name: stable_text(value) for name, value in self.locals.items()},
        )

    def judged(self, behaviour: Behaviour, judged_as: Version) -> Outcome:
        """The outcome with the level, module and applicability that the catalogue gives at present."""
        return replace(self, module=behaviour.module, level=behaviour.level, applicable=behaviour.applies_to(judged_as))

    @property
    def fails(self) -> bool:
        """Whether the sentence does not hold in the interpreter."""
        return self.verdict in FAILURES

    @property
    def binding(self) -> bool:
        """Whether its behaviour counts for or against an interpreter: all but details do."""
        return self.level != "detail"

    @property
    def counts(self) -> bool:
        """Whether it is a failure that counts against the interpreter, known or not."""
        return self.fails and self.applicable and self.binding

    @property
    def status(self) -> str:
        """The verdict as a report shows it, a key of :data:`conformance.verdicts.STATUSES`."""
        if not self.applicable:
            return "does not apply"
        return "known" if self.known is not None and self.fails else self.verdict


#: The keys of an outcome in a file.
_KEYS = tuple(each.name for each in fields(Outcome) if each.name != "seconds")


def stable_text(text: _Text) -> _Text:
    """A text without the addresses of objects and the identifiers of threads."""
    return text if text is None else _THREAD.sub(r"\1 ...)", _ADDRESS.sub("0x...", text))
