"""A case that did not pass, in words, for a terminal: what was expected, what was seen, and how to see it again."""

from __future__ import annotations

import shlex

from conformance.program import Case, body
from runners.printable import printable
from runners.transport.answers import Answer

_VERDICTS = {
    "fail": "failed",
    "crash": "crashed the interpreter",
    "timeout": "did not end",
    "error": "could not be judged: the harness failed",
    "unmet": "was not run",
}


def explain(case: Case, report: Answer, interpreter: str, command: str | None) -> str:
    """The text of a failure. ``command`` is what stood after ``--interpreter``, None for the interpreter at hand."""
    behaviour, text = case.behaviour, body(case.behaviour)
    lines = [
        f"{case.name} ({behaviour.level}) {_VERDICTS.get(report.verdict, report.verdict)} on {interpreter}",
        f"  {behaviour.sentence}",
    ]
    lines += [f"  source: {s.document.title}, {s.title} <{s.url}>" for s in behaviour.sources if s.document.level]
    place = f"{text.file}:{report.line or text.line}"
    lines += ["", f"{place}: {printable(report.message or 'no message')}"]
    if report.line is not None and not (report.message or "").startswith("assert "):
        lines.append(f"  > {text.line_text(report.line)}")
    lines += [f"    {printable(name)} = {printable(value)}" for name, value in sorted((report.locals or {}).items())]
    if report.output:
        lines += ["  output:", *(f"    {printable(line)}" for line in report.output.splitlines())]
    if report.dirty:
        lines.append(f"  left behind: {printable(', '.join(report.dirty))}")
    lines += ["", *commands(case, command)]
    return "\n".join(lines)


def commands(case: Case, command: str | None) -> list[str]:
    """The command that makes the case a program of its own, and the one that runs only it."""
    only = ["pytest", "conformance", "-k", case.name]
    if command is not None:
        only += ["--interpreter", command]
    return [
        f"  as a program: python -m conformance script {shlex.quote(case.name)} > case.py",
        f"  only this:    {shlex.join(only)}",
    ]
