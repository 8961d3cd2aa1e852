"""The one table of verdicts: the possible results of a case, with the words and signs that everything uses for them.

A new verdict is one row here. The schemas of the files, the words of pytest and JUnit, and the signs and scripts of the
site all follow from this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Source(Enum):
    """Who can give this verdict."""

    #: The agent, in its answer; the host may give it as well.
    AGENT = "agent"
    #: Only the host: the agent did not answer, or the case was never sent to it.
    HOST = "host"
    #: Only a report: it follows from the verdict, the baseline and the versions of the behaviour.
    REPORT = "report"


class Shown(Enum):
    """How a test runner shows this verdict: the word of pytest, and the element of JUnit."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    #: The word of pytest for an expected failure; JUnit counts it as skipped.
    XFAILED = "xfailed"


@dataclass(frozen=True)
class Verdict:
    """One row. ``fails``: the sentence does not hold on the interpreter. ``dies``: its process ended.

    ``sign`` is shown in a cell, and ``letter`` is a CSS class, short because a page has ten thousand cells. ``meaning``
    explains both. ``verb`` is followed by "on" and the names of interpreters. ``told`` follows the name of a case in a
    terminal.
    """

    name: str
    source: Source
    shown: Shown
    sign: str
    letter: str
    meaning: str
    verb: str
    told: str
    fails: bool = False
    dies: bool = False

    @property
    def tone(self) -> str:
        """How it is coloured: ``good``, ``bad``, ``mild`` for a failure that needs no new look, or ``quiet``."""
        if self.shown is Shown.PASSED:
            return "good"
        if self.shown in (Shown.XFAILED, Shown.ERROR):
            return "mild"
        return "bad" if self.fails else "quiet"


#: The worst verdict first. A behaviour with several cases has the worst verdict of its cases.
TABLE = (
    Verdict(
        "crash",
        Source.HOST,
        Shown.FAILED,
        sign="✗!",
        letter="c",
        meaning="crashes the interpreter",
        verb="crashes",
        told="crashed the interpreter",
        fails=True,
        dies=True,
    ),
    Verdict(
        "timeout",
        Source.HOST,
        Shown.FAILED,
        sign="✗…",
        letter="t",
        meaning="does not end",
        verb="does not end",
        told="did not end",
        fails=True,
        dies=True,
    ),
    Verdict(
        "fail",
        Source.AGENT,
        Shown.FAILED,
        sign="✗",
        letter="f",
        meaning="fails",
        verb="fails",
        told="failed",
        fails=True,
    ),
    Verdict(
        "known",
        Source.REPORT,
        Shown.XFAILED,
        sign="✗°",
        letter="k",
        meaning="fails, for a reason that a baseline gives",
        verb="fails for a known reason",
        told="failed, as the baseline says",
        fails=True,
    ),
    Verdict(
        "error",
        Source.AGENT,
        Shown.ERROR,
        sign="⚠",
        letter="e",
        meaning="could not be judged: the harness failed",
        verb="could not be judged",
        told="could not be judged: the harness failed",
    ),
    Verdict(
        "absent",
        Source.HOST,
        Shown.FAILED,
        sign="∅",
        letter="a",
        meaning="absent: the interpreter has no asynchronous generators",
        verb="is absent",
        told="was not run: the interpreter has no asynchronous generators",
    ),
    Verdict(
        "not run",
        Source.REPORT,
        Shown.SKIPPED,
        sign="◌",
        letter="n",
        meaning="not run",
        verb="was not run",
        told="was not run",
    ),
    Verdict(
        "unmet",
        Source.AGENT,
        Shown.SKIPPED,
        sign="○",
        letter="u",
        meaning="not run: the interpreter lacks something that the case uses",
        verb="was not run, because something that it uses is missing,",
        told="was not run",
    ),
    Verdict(
        "pass",
        Source.AGENT,
        Shown.PASSED,
        sign="✓",
        letter="p",
        meaning="holds",
        verb="holds",
        told="passed",
    ),
    Verdict(
        "does not apply",
        Source.REPORT,
        Shown.SKIPPED,
        sign="–",
        letter="x",
        meaning="does not apply to this version",
        verb="does not apply",
        told="does not apply",
    ),
)

#: Name → row, the worst first: every verdict that a report can show. In a report the name is called a status.
STATUSES = {row.name: row for row in TABLE}
#: The verdicts that an agent may answer.
ANSWERS = tuple(row.name for row in TABLE if row.source is Source.AGENT)
#: The verdicts that an outcome in a result file may have.
VERDICTS = tuple(row.name for row in TABLE if row.source is not Source.REPORT)
#: The statuses of a behaviour that does not hold, known failures among them.
FAILING = tuple(row.name for row in TABLE if row.fails)
#: The verdicts of a behaviour that does not hold. A baseline can list these.
FAILURES = tuple(name for name in VERDICTS if STATUSES[name].fails)
#: The failures after which the process of the interpreter has ended, by itself or because the host ended it.
DEATHS = tuple(row.name for row in TABLE if row.dies)
#: The verdicts that say nothing about the interpreter: the case was not run, or could not be judged.
OPEN = tuple(name for name in VERDICTS if name != "pass" and not STATUSES[name].fails)
