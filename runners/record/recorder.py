"""What a run has shown so far, and the result files made of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from conformance.catalogue import load
from conformance.program import cases
from runners.record.results import SCHEMA, VERSION, CannotWrite, Outcome, destination, host, is_full, revision, write
from runners.transport.answers import Identity

#: The name of the user property in which an outcome travels with pytest's report of a test.
PROPERTY = "conformance"
#: Seconds between two writes of an unfinished result: what a killed run may lose.
CHECKPOINT = 5.0


class Recorder:
    """Collects outcomes by interpreter and writes their files; without a folder it only collects."""

    def __init__(self, folder: Path | None, arguments: Sequence[str], *, wanted: bool = False) -> None:
        """``arguments`` are pytest's, for the record of a selection.

        ``wanted`` says that somebody asks for the outcomes even if they are not written.
        """
        #: Whether outcomes are worth adding.
        self.wanted = wanted or folder is not None
        self._folder = folder
        self._arguments = [str(argument) for argument in arguments]
        self._outcomes: dict[str, dict[str, dict[str, Any]]] = {}
        self._timings: dict[str, dict[str, float]] = {}
        self._began = time.time()
        self._clock = time.monotonic()
        self._saved = self._clock
        #: Label → the ``interpreter`` part of its result.
        self.met: dict[str, dict[str, Any]] = {}
        #: Label → how many cases were chosen, None for all of them.
        self.chosen: dict[str, int | None] = {}
        #: A line for each file written at the end.
        self.written: list[str] = []
        #: What stands beside an earlier full result until this run has one.
        self._checkpoints: set[Path] = set()

    def meet(self, label: str, command: str, identity: Identity, judged_as: tuple[int, int]) -> None:
        """An interpreter has said who it is."""
        taken = {met["slug"] for met in self.met.values()}
        slug, number = identity.slug, 1
        while slug in taken:
            number += 1
            slug = f"{identity.slug}-{number}"
        self.met[label] = {
            "slug": slug,
            "label": label or "interpreter at hand",
            "title": identity.title,
            "command": command,
            "implementation": identity.implementation,
            "implementation_version": identity.implementation_version,
            "language_version": identity.language_version,
            "judged_as": "{}.{}".format(*judged_as),
            "version_text": identity.version_text,
            "build": list(identity.build),
            "platform": identity.platform,
            "features": {},
            "absent": identity.absent,
        }

    def plan(self, label: str, names: Iterable[str]) -> None:
        """These cases were chosen for an interpreter, besides those that already have an outcome."""
        if self._folder is None:
            return
        everything = {case.name for entry in load().values() for case in cases(entry)}
        chosen = {*names, *self._outcomes.get(label, ())}
        self.chosen[label] = None if chosen >= everything else len(chosen)

    def learn(self, label: str, features: Mapping[str, str | None]) -> None:
        """Which needs of cases an interpreter meets: null, or why not."""
        self.met[label]["features"].update(features)

    def add(self, label: str, outcome: Outcome, seconds: float | None) -> None:
        """An outcome."""
        self.add_dict(label, outcome.as_dict(), seconds)

    def add_dict(self, label: str, outcome: dict[str, Any], seconds: float | None) -> None:
        """An outcome as it stands in a file, as it comes from a worker."""
        self._outcomes.setdefault(label, {})[outcome["case"]] = outcome
        if seconds is not None:
            self._timings.setdefault(label, {})[outcome["case"]] = round(seconds, 6)

    def absent_outcomes(self) -> dict[str, list[dict[str, Any]]]:
        """The outcomes so far, by label: before anything ran, those of interpreters that are absent as a whole."""
        return {label: list(outcomes.values()) for label, outcomes in self._outcomes.items()}

    def merge(
        self,
        met: Mapping[str, dict[str, Any]],
        chosen: Mapping[str, int | None],
        absent: Mapping[str, Sequence[dict[str, Any]]],
    ) -> None:
        """What a worker knows."""
        for label, interpreter in met.items():
            features = {**self.met.get(label, {}).get("features", {}), **interpreter["features"]}
            self.met[label] = {**interpreter, "features": features}
        self.chosen.update(chosen)
        for label, outcomes in absent.items():
            for outcome in outcomes:
                self.add_dict(label, outcome, None)

    def runs(self) -> list[tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]]:
        """Each interpreter with its outcomes."""
        return [(met, list(self._outcomes.get(label, {}).values())) for label, met in self.met.items()]

    def checkpoint(self) -> None:
        """Write unfinished results if the last ones are old; failures are left for the end, where they are told."""
        if time.monotonic() - self._saved > CHECKPOINT:
            self.save(complete=False)

    def save(self, *, complete: bool) -> list[str]:
        """Write the files, if there is a folder for them; the problems, a line each."""
        problems = []
        self.written = []
        for label, interpreter in self.met.items() if self._folder is not None else ():
            assert self._folder is not None
            chosen = self.chosen.get(label)
            document = {
                "schema": SCHEMA,
                "suite": {"version": VERSION, "revision": revision()},
                "host": host(),
                "interpreter": interpreter,
                "selection": None if chosen is None else {"arguments": self._arguments, "cases": chosen},
                "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self._began)),
                "seconds": round(time.monotonic() - self._clock, 3),
                "complete": complete,
                "outcomes": sorted(
                    self._outcomes.get(label, {}).values(), key=lambda each: (each["module"], each["case"])
                ),
                "timings": self._timings.get(label, {}),
            }
            path = destination(self._folder, interpreter["slug"], partial=not is_full(document))
            try:
                write(path, document)
                self.written.append(f"result: {path}" + ("" if is_full(document) else " (not a full run)"))
            except CannotWrite as error:
                problems.append(str(error))
                continue
            if is_full(document):
                self._forget(interpreter["slug"])
            elif not complete:
                self._checkpoints.add(path)
        self._saved = time.monotonic()
        return problems

    def _forget(self, slug: str) -> None:
        """Remove the checkpoint of this run that its full result has made needless; one of another run stays."""
        assert self._folder is not None
        path = self._folder / f"{slug}.partial.json"
        if path in self._checkpoints:
            self._checkpoints.remove(path)
            path.unlink(missing_ok=True)
