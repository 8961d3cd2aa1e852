"""Launch the interpreters that the command line names, each in a lane of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from runners.machine.machine import Machine, Start
from runners.machine.pythons import NotFound
from runners.machine.registry import BadRegistry
from runners.machine.resolve import labels, resolve
from runners.plugin.lane import Lane
from runners.transport.make import make
from runners.transport.target import CannotStart, Target


def launch(
    config: pytest.Config,
    version: tuple[int, int] | None,
    progress: Callable[[str, str], None],
    pause: Callable[[], None],
) -> list[Lane]:
    """Launch the interpreters, without waiting for them. A lane says whether its interpreter has failed.

    ``version`` is the language version that the user gave. ``progress`` gets a label and the present activity.
    """
    option = config.option

    def target(start: Start, label: str) -> Target:
        if start.single and getattr(config, "workerinput", {}).get("workercount", 1) > 1:
            raise CannotStart(f"{label}: is marked single, and -n would start it several times; run it without -n")
        return make(
            start,
            case_timeout=option.case_timeout,
            language_version=version,
            isolate=option.isolate,
            transport=option.transport,
            progress=lambda text: progress(label, text),
            pause=pause,
        )

    if not option.interpreter:
        here = Start((sys.executable,))
        return [Lane("", sys.executable, lambda: target(here, sys.executable))]
    machine = Machine()
    lanes = []
    for label, text in zip(labels(option.interpreter), option.interpreter, strict=True):

        def find(label: str = label, text: str = text) -> Target:
            try:
                return target(resolve(text, machine=machine), label)
            except (NotFound, BadRegistry) as error:
                raise CannotStart(str(error)) from None

        lanes.append(Lane(label, text, find))
    return lanes
