"""The known failures of the interpreters of a run: read from baselines, and written back if the user wants that."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from conformance.files import CannotWrite
from conformance.program import Case
from runners.plugin.items import find
from runners.plugin.lane import Lane
from runners.record import inherited
from runners.record.baseline import BadBaseline, Baseline, Entry, default, load, update
from runners.record.outcome import Outcome
from runners.record.revision import Python
from runners.record.run import Run
from runners.transport.answers import Answer


class Known:
    """The baselines of a run, each read once."""

    def __init__(self, files: Sequence[Path], *, rewrites: bool) -> None:
        """``files`` are those that the user gave; none means the reviewed file that ships for an implementation.

        With ``rewrites``, the one file is rewritten at the end: it may be missing, and entries may lack a reason.
        """
        self._files = files
        self._rewrites = rewrites
        self._baselines: dict[str, Baseline] = {}

    def check(self) -> None:
        """Read the files that the user gave. Raises pytest.UsageError if one is wrong."""
        if self._files:
            self._load(self._files)

    def of(self, lane: Lane) -> Baseline:
        """The known failures of an interpreter. Raises pytest.UsageError if a file is wrong."""
        baseline = self._baselines.get(lane.label)
        if baseline is None:
            baseline = self._load(self._files or default(lane.release[0]))
            self._baselines[lane.label] = baseline
        return baseline

    def judged(self, lane: Lane, case: Case, answer: Answer) -> tuple[Outcome, Entry | None]:
        """The outcome of an answer, and the entry of the baseline for the case."""
        outcome = Outcome.of(case, answer, lane.judged_as)
        entry = self.of(lane).find(case.name, *lane.release)
        if entry is not None and entry.explains(outcome):
            outcome.known = entry.text
        elif lane.identity is not None and lane.identity.host is not None:
            outcome.known = inherited.reason(outcome, Python(*lane.identity.host))
        return outcome, entry

    def update(self, run: Run) -> None:
        """Rewrite the one file with the failures of the run, if the user asked for that; tell the run about it."""
        if not self._rewrites or not run.parts:
            return
        path = self._files[0]
        try:
            change = update(path, [(p.interpreter.release, p.outcomes.values()) for p in run.parts.values()])
        except (CannotWrite, BadBaseline) as error:
            run.fail(str(error))
            return
        written = "1 entry" if change.added == 1 else f"{change.added} entries"
        reasons = " (write a reason for each)" if change.added else ""
        run.note(f"baseline {path}: {written} added{reasons}, {change.removed} removed")
        if change.unnamed:
            names = "because an entry cannot name their interpreter"
            run.note(f"baseline {path}: failures that were not added, {names}: {change.unnamed}")

    def _load(self, paths: Sequence[Path]) -> Baseline:
        if self._rewrites:
            paths = [path for path in paths if path.exists()]
        try:
            return load(paths, lambda name: find(name) is not None, unfinished=self._rewrites)
        except BadBaseline as error:
            raise pytest.UsageError(*str(error).splitlines()) from None
