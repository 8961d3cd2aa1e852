"""The invariants, which must hold after every round: functions of an :class:`After` with a line for each breach."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from conformance.program import ROOT
from runners.record.outcome import Outcome
from runners.record.results import Record
from tests.hostile.rounds import LABELS, Round

#: MiB that pytest may have, that a process of an interpreter may have beyond two looks, and that may be printed.
MEMORY, INTERPRETER, OUTPUT = 700, 450, 2
#: Seconds before a signal in which an answer may have been on its way.
ON_ITS_WAY = 0.5
#: Options with which pytest does not run every case that was chosen.
NOT_ALL = {"-x", "--collect-only", "-1", "nan", "no_such", "( or"}
NOT_ALL |= {"--setup-only", "--setup-plan", "--fixtures-per-test"}
#: Acts that a case later in the same process may have to pay for.
STAYS = ("leaks_memory", "lets_a_child_eat")
_OURS = re.compile(rf'File "{re.escape(str(ROOT))}/(?:runners|conformance|reports)/[^"]*", line \d+, in \w+')


@dataclass(frozen=True)
class After:
    """What is known after a round."""

    round: Round
    #: The exit status; None if the job had to end pytest, because of ``ended_for``.
    status: int | None = 0
    ended_for: str = ""
    #: The signals that pytest or its worker was alive to receive, as (time, name, receiver).
    sent: tuple[tuple[float, str, str], ...] = ()
    output: str = ""
    #: The most MiB that pytest had, and the interpreters that had too much for more than a second.
    peak: int = 0
    heavy: tuple[str, ...] = ()
    #: The command lines of processes that were left, and the files that were left where none should be.
    left: tuple[str, ...] = ()
    stray: tuple[str, ...] = ()
    #: The files of the folder of results: name → content, None for a folder or a pipe.
    before: Mapping[str, bytes | None] = field(default_factory=dict)
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    #: Each file of ``files`` that is not as before: its record, or why it has none.
    records: Mapping[str, Record | str] = field(default_factory=dict)
    #: Why the baseline is unusable after a round that updated it.
    baseline: str | None = None
    #: What the agents wrote, see tests/hostile/agent.py, with the names of the cases.
    log: tuple[Mapping[str, Any], ...] = ()
    #: The cases that the round chose.
    chosen: frozenset[str] = frozenset()

    @property
    def killed(self) -> bool:
        """Whether pytest or a worker got the signal that no program can handle."""
        return any(name == "KILL" for _, name, _ in self.sent)

    @property
    def by_xdist(self) -> set[int]:
        """The exit status of an internal error of pytest-xdist itself, after a signal."""
        internal = "INTERNALERROR" in self.output and not _OURS.search(self.output)
        return {3} if internal and "-n" in self.round.options and self.sent else set()

    @property
    def undisturbed(self) -> bool:
        """Whether nobody stopped the run before its end, and the options let it run every chosen case."""
        usable = self.round.baseline in (None, "", "known = []\n")
        return not self.sent and self.status is not None and usable and not NOT_ALL & set(self.round.options)

    @cached_property
    def of(self) -> Mapping[str, Record]:
        """Label → the record that the round wrote."""
        return {each.interpreter.label: each for each in self.records.values() if isinstance(each, Record)}

    def acts(self, label: str, case: str | None = None) -> list[str]:
        """The acts of an interpreter; with ``case`` only those that can change the verdict of this case."""
        mine = [entry for entry in self.log if entry["label"] == label and "act" in entry]
        return [
            entry["act"] for entry in mine if case is None or entry["case"] in (None, case) or entry["act"] in STAYS
        ]

    def answers(self, label: str, case: str) -> list[Mapping[str, Any]]:
        """The answers of an interpreter to a case."""
        return [each for each in self.log if each["label"] == label and "took" in each and each["case"] == case]

    @property
    def least(self) -> int:
        """The answers that each case needs."""
        return 2 if "--repeat" in self.round.options else 1

    @property
    def outcomes(self) -> Iterator[tuple[str, Outcome]]:
        """Each outcome that the round recorded, with the label of its interpreter."""
        return ((label, outcome) for label, record in self.of.items() for outcome in record.outcomes.values())


def ends(after: After) -> Iterator[str]:
    """The run ends within its limit, with a status that is documented or that tells of a signal it got."""
    numbers = [signal.Signals[f"SIG{name}"] for _, name, _ in after.sent]
    if after.status is None:
        yield f"pytest had to be killed: {after.ended_for}"
    elif after.status not in {0, 1, 2, 4, 5, *(-n for n in numbers), *(128 + n for n in numbers)} | after.by_xdist:
        yield f"exit status {after.status}"


def is_calm(after: After) -> Iterator[str]:
    """The output has no traceback of ours. A Ctrl-C before pytest takes care of it makes one of Python's own."""
    ours = [each.rpartition("/")[2] for each in _OURS.findall(after.output)]
    last = ours[-1] if ours else "no frame of ours"
    raised = re.findall(r"^(?:INTERNALERROR> )?\w*(?:Error|Interrupt|Exception|Exit)\b.*", after.output, re.MULTILINE)
    kind = next((line for line in raised if not line.startswith("ERROR")), "")[:150]
    if "INTERNALERROR" in after.output and not after.by_xdist:
        yield f"an internal error: {kind} ({last})"
    elif ours and ("test session starts" in after.output or not after.sent):
        yield f"a traceback: {kind} ({last})"


def is_clean(after: After) -> Iterator[str]:
    """No character and no line of the output commands a terminal or a CI."""
    odd = [at for at, c in enumerate(after.output) if not c.isprintable() and c not in "\n\t"]
    if odd:
        near = after.output[max(0, odd[0] - 60) : odd[0] + 60]
        yield f"{len(odd)} control characters are printed, first {after.output[odd[0]]!a} in {near!a}"
    commands = [line for line in after.output.splitlines() if line.lstrip().startswith("::") or "##[" in line]
    if commands:
        yield f"a command for the log of a CI is printed: {commands[0][:100]!a}"


def is_bounded(after: After) -> Iterator[str]:
    """Memory and output have bounds."""
    if after.peak > MEMORY:
        yield f"pytest took {after.peak} MiB"
    if len(after.output) > OUTPUT << 20:
        yield f"{len(after.output) >> 20} MiB were printed"
    yield from (f"an interpreter has too much memory for long: {command}" for command in after.heavy)


def nobody_is_left(after: After) -> Iterator[str]:
    """No process and no temporary file outlives the run. After SIGKILL, files may be left."""
    if after.left:
        yield f"{'after KILL ' if after.killed else ''}processes are left: {', '.join(sorted(set(after.left)))}"
    if after.stray and not after.killed:
        yield f"files are left: {', '.join(after.stray)}"


def files_are_good(after: After) -> Iterator[str]:
    """Every written file can be read, and nothing better was replaced."""
    yield from (f"{name}: {why}" for name, why in after.records.items() if isinstance(why, str))
    for name in after.before:
        if after.files.get(name) == after.before[name]:
            continue
        new = after.records.get(name)
        if after.round.earlier != "partial" and not (isinstance(new, Record) and new.full):
            yield f"the {after.round.earlier} earlier file is gone"
        elif not isinstance(new, Record) or not new.outcomes:
            yield "an earlier result with outcomes was replaced by one without"
    if after.baseline is not None:
        yield f"the updated baseline cannot be read: {after.baseline}"


def whole_is_whole(after: After) -> Iterator[str]:
    """A complete result has every chosen case, a run that nobody disturbed is complete, and 0 says that all passed."""
    for label, record in after.of.items():
        missing = after.chosen - record.outcomes.keys()
        if record.complete and missing and "no_such" not in after.round.options:
            yield f"{label}: a result says complete without {len(missing)} of {len(after.chosen)} cases"
        if not record.complete and after.undisturbed and after.status in (0, 1):
            yield f"{label}: a run that nobody disturbed lost {len(missing)} of {len(after.chosen)} cases"
    if after.status == 0 and after.undisturbed:
        if len(after.of) < len(after.round.plans):
            yield f"exit status 0, and {len(after.of)} results of {len(after.round.plans)} interpreters"
        for label, outcome in after.outcomes:
            if outcome.verdict not in ("pass", "unmet") and outcome.applicable and outcome.level != "detail":
                yield f"exit status 0, and {label} has {outcome.case}: {outcome.verdict}"


def answers_are_kept(after: After) -> Iterator[str]:
    """An answer that came some time before a signal is recorded, however the run ended but by SIGKILL."""
    if after.killed or not after.sent or after.round.file or NOT_ALL & set(after.round.options):
        return
    since = min(time for time, _, _ in after.sent) - ON_ITS_WAY
    for label in LABELS[: len(after.round.plans)]:
        there = after.of[label].outcomes if label in after.of else {}
        early = [
            each["case"] for each in after.log if each["label"] == label and each.get("took") and each["time"] < since
        ]
        # A case whose process was lost runs again, alone and after the case before it. These answers are not counted.
        again = 2 * len(after.acts(label)) if after.least > 1 else 0
        lost = {case for case in early if early.count(case) >= after.least + again and case not in there}
        if lost:
            yield f"{label}: answers lost after {' and '.join(name for _, name, _ in after.sent)}: {len(lost)}"


def verdicts_are_true(after: After) -> Iterator[str]:
    """A pass was answered with pass, and an interpreter and a case that did nothing wrong have no other verdict."""
    false, blamed = [], []
    for label, outcome in after.outcomes:
        answers = after.answers(label, outcome.case)
        quick = any(answer["took"] < 0.3 for answer in answers) or outcome.verdict != "timeout"
        if outcome.verdict == "pass" and sum(answer["verdict"] == "pass" for answer in answers) < after.least:
            false.append(f"{label}: {outcome.case}")
        if outcome.verdict not in ("pass", "unmet") and quick and not after.acts(label, outcome.case):
            blamed.append(f"{label}: {outcome.case}: {outcome.verdict}: {outcome.message!a:.150}")
    if false:
        yield f"passed without such an answer: {len(false)}, first {false[0]}"
    if blamed:
        yield f"wrongly blamed: {len(blamed)}, first {blamed[0]}"
    for label in LABELS[: len(after.round.plans)] if after.undisturbed else ():
        if not after.acts(label) and label not in after.of:
            yield f"{label}: did nothing wrong, and has no result (exit status {after.status})"


INVARIANTS: tuple[Callable[[After], Iterator[str]], ...] = (
    ends,
    is_calm,
    is_clean,
    is_bounded,
    nobody_is_left,
    files_are_good,
    whole_is_whole,
    answers_are_kept,
    verdicts_are_true,
)


def broken(after: After) -> list[tuple[str, str]]:
    """Each breach, as (the name of the invariant, a line about it)."""
    return [(invariant.__name__, line) for invariant in INVARIANTS for line in invariant(after)]
