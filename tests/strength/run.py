"""Run the suite on a wrong Python."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from unittest import mock

from conformance.behaviour import Behaviour
from conformance.catalogue import load
from conformance.program import Body, body, cases
from runners.transport.stream import StreamTarget
from tests.strength.wrong import Wrong, changed

#: Seconds for a case; a wrong Python often waits for what never comes.
TIMEOUT = 1.0


@dataclass
class Found:
    """The number of cases in which a changed statement ran, and the names of those that passed all the same."""

    hit: int = 0
    passed: list[str] = field(default_factory=list)


def survivors(wrong: Wrong) -> Found:
    """Run each case that the wrong Python changes: first changed in its nested functions, then in the body itself."""
    found = Found()
    for nested in (True, False):
        _run(wrong, nested, found)
    return found


def _run(wrong: Wrong, nested: bool, found: Found) -> None:
    texts: dict[str, Body] = {}
    for behaviour in load().values():
        text = body(behaviour)
        source = changed(text.explicit, wrong, f"hit {behaviour.id}", nested=nested)
        if source is not None and behaviour.applies_to(sys.version_info[:2]):
            texts[behaviour.id] = replace(text, explicit=source)

    def changed_body(behaviour: Behaviour) -> Body:
        return texts[behaviour.id]

    chosen = [case for behaviour in load().values() if behaviour.id in texts for case in cases(behaviour)]
    with mock.patch("runners.transport.requests.body", changed_body):
        target = StreamTarget([sys.executable], case_timeout=TIMEOUT)
        target.start()
        target.submit(chosen)
        for case in chosen:
            answer = target.answer(case)
            if f"hit {case.behaviour.id}" in (answer.loop or ""):
                found.hit += 1
                if answer.verdict == "pass" and case.name not in found.passed:
                    found.passed.append(case.name)
        target.close()
