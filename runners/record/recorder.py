"""Write the result files of a run, at intervals while it goes on and at its end."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from conformance import files, hashes
from conformance.files import CannotWrite
from runners.record.results import Record, Selection, destination
from runners.record.revision import host, suite
from runners.record.run import Part, Run

#: Seconds between two writes of an unfinished result; a run that is killed loses at most their outcomes.
CHECKPOINT = 5.0


class Recorder:
    """Makes records of a run and writes them into a folder."""

    def __init__(self, run: Run, folder: Path, arguments: Sequence[str], baseline: Sequence[Path] | None) -> None:
        """``arguments`` are pytest's, for the record of a selection; ``baseline`` are the files that the user gave."""
        self._run = run
        self._folder = folder
        self._arguments = tuple(str(argument) for argument in arguments)
        self._baseline = None if not baseline else tuple(path.name for path in baseline)
        self._began = time.time()
        self._clock = time.monotonic()
        self._saved = self._clock
        #: A line for each file written at the end.
        self.written: list[str] = []
        #: The partial results that this run wrote beside an earlier full result.
        self._checkpoints: set[Path] = set()

    def check(self) -> None:
        """Check that the folder can be written into, before any case runs. Raises CannotWrite."""
        files.check(self._folder)

    def checkpoint(self) -> None:
        """Write unfinished results if the last write is old. The save at the end reports problems, and not this one."""
        if time.monotonic() - self._saved > CHECKPOINT:
            self.save()

    def save(self) -> list[str]:
        """Write the file of each interpreter, and return one line for each problem."""
        problems = []
        self.written = []
        for part in self._run.parts.values():
            if not part.outcomes:
                continue  # it would replace a result that has outcomes
            record = self._record(part)
            slug = record.interpreter.slug
            path = destination(self._folder, slug, full=record.full)
            try:
                record.write(path)
            except CannotWrite as error:
                problems.append(str(error))
                continue
            self.written.append(f"result: {path}" + ("" if record.full else " (not a full run)"))
            if record.full:
                self._forget(slug, path)
            elif not record.complete:
                self._checkpoints.add(path)
        self._saved = time.monotonic()
        return problems

    def _record(self, part: Part) -> Record:
        every = hashes.every()
        whole = part.planned >= every.keys()
        return Record(
            suite=suite(),
            host=host(),
            interpreter=replace(part.interpreter, features=dict(part.interpreter.features)),
            started=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self._began)),
            seconds=time.monotonic() - self._clock,
            complete=part.complete,
            outcomes=part.outcomes,
            hashes={case: hashes.case_hash(every[case]) for case in part.outcomes if case in every},
            selection=None if whole else Selection(self._arguments, len(part.planned)),
            absent=part.absent,
            end=part.end,
            baseline=self._baseline,
        )

    def _forget(self, slug: str, written: Path) -> None:
        """Remove the partial result of this run, which its full result replaces; that of another run stays."""
        path = self._folder / f"{slug}.partial.json"
        if path in self._checkpoints and path != written:
            self._checkpoints.remove(path)
            with contextlib.suppress(OSError):
                path.unlink()
