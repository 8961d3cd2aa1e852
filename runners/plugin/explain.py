"""The text about a failure for a terminal: the expected and the observed behaviour, and how to reproduce it."""

from __future__ import annotations

import shlex

from conformance.program import Case, body
from conformance.verdicts import STATUSES
from runners.machine.resolve import labels
from runners.plugin.items import find, node_id
from runners.transport.answers import Answer


def explain(case: Case, answer: Answer, interpreter: str, command: str | None) -> str:
    """The text of a failure. ``command`` is the text after ``--interpreter``, None for the interpreter at hand."""
    behaviour, text = case.behaviour, body(case.behaviour)
    lines = [
        f"{case.name} ({behaviour.level}) {STATUSES[answer.verdict].told} on {interpreter}",
        f"  {behaviour.sentence}",
    ]
    lines += [f"  source: {s.document.title}, {s.title} <{s.url}>" for s in behaviour.sources if s.document.level]
    lines += ["", f"{text.file}:{text.in_file(answer.line)}: {answer.message or 'no message'}"]
    if answer.line is not None and not (answer.message or "").startswith("assert "):
        lines.append(f"  > {text.line_text(answer.line)}")
    lines += [f"    {name} = {value}" for name, value in sorted((answer.locals or {}).items())]
    if answer.output:
        lines += ["  output:", *(f"    {line}" for line in answer.output.splitlines())]
    if answer.dirty:
        lines.append(f"  left behind: {', '.join(answer.dirty)}")
    lines += ["", *commands(case, command, answer.after)]
    return "\n".join(lines)


def commands(case: Case, command: str | None, after: str | None = None) -> list[str]:
    """The commands that run only this case: as a program, and with pytest.

    ``after`` is the name of the case that must run before it in the same process, or None. A program is one case, so
    there is then only the command of pytest, which runs the two cases in the order of its arguments.
    """
    pointed = [] if command is None else ["--interpreter", command]
    before = None if after is None else find(after)
    if before is not None:
        label = "" if command is None else labels([command])[0]
        pair = [node_id(each, label) for each in (before, case)]
        return [f"  both cases:   {shlex.join(['pytest', *pair, *pointed])}"]
    return [
        f"  as a program: python -m conformance script {shlex.quote(case.name)} > case.py",
        f"  only this:    {shlex.join(['pytest', 'conformance', '-k', case.name, *pointed])}",
    ]
