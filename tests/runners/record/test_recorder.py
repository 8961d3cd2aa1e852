"""The recorder: the files that a run writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance import hashes
from runners.record.reading import read
from runners.record.recorder import Recorder
from runners.record.run import Run
from runners.transport.answers import End, Identity
from tests.runners.record.samples import outcome

IDENTITY = Identity("cpython", "3.13.0", "3.13.0", "3.13.0", (), "linux", None, None)
FULL, PARTIAL = "cpython-3.13.0.json", "cpython-3.13.0.partial.json"


class Suite:
    """A run of the whole suite, at first with one outcome."""

    def __init__(self, folder: Path, baseline: list[Path] | None = None) -> None:
        self.run = Run()
        self.run.meet("python", "python", IDENTITY, (3, 13))
        self.run.plan("python", hashes.current())
        self.run.add("python", outcome())
        self.recorder = Recorder(self.run, folder, ["conformance"], baseline)

    def finish(self) -> None:
        """Add the outcomes that are missing."""
        for case in hashes.current():
            self.run.add("python", outcome(case))


def names(folder: Path) -> list[str]:
    """The files in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("earlier", [True, False], ids=["beside an earlier full result", "the first run"])
def test_checkpoint_goes_when_the_full_result_is_there(tmp_path: Path, earlier: bool) -> None:
    """A checkpoint never replaces a full result, and a full result removes the checkpoint of its run."""
    if earlier:
        before = Suite(tmp_path)
        before.finish()
        before.recorder.save()
    suite = Suite(tmp_path)
    suite.recorder.save()

    assert names(tmp_path) == ([FULL, PARTIAL] if earlier else [FULL])
    assert read(tmp_path / FULL).full is earlier

    suite.finish()
    suite.recorder.save()

    assert names(tmp_path) == [FULL]
    assert read(tmp_path / FULL).full


def test_full_result_beside_a_folder_stays(tmp_path: Path) -> None:
    """If a folder has the name of the full result, the full result has the name of the checkpoint, and stays."""
    (tmp_path / FULL).mkdir()
    suite = Suite(tmp_path)
    suite.recorder.save()
    suite.finish()
    suite.recorder.save()

    assert names(tmp_path) == [FULL, PARTIAL]
    assert read(tmp_path / PARTIAL).full


def test_checkpoint_of_another_run_stays(tmp_path: Path) -> None:
    """A full run does not remove the checkpoint of another run that was interrupted."""
    first, cut, last = Suite(tmp_path), Suite(tmp_path), Suite(tmp_path)
    first.finish()
    first.recorder.save()
    cut.recorder.save()
    last.finish()
    last.recorder.save()

    assert names(tmp_path) == [FULL, PARTIAL]
    assert not read(tmp_path / PARTIAL).full


def test_complete_means_that_every_planned_case_has_an_outcome(tmp_path: Path) -> None:
    """A run is complete if each planned case has an outcome, and only then."""
    suite = Suite(tmp_path)
    suite.finish()
    part = suite.run.parts["python"]
    lost = part.outcomes.pop("SND-001")
    suite.recorder.save()
    without = read(tmp_path / FULL).complete
    part.outcomes["SND-001"] = lost
    suite.recorder.save()

    assert not without
    assert read(tmp_path / FULL).complete


def test_record_says_what_ran(tmp_path: Path) -> None:
    """The file has the hash of each case that ran, the harness, the end of the process, and the given baseline."""
    suite = Suite(tmp_path, [Path("mine.toml")])
    suite.run.ended("python", End(23, "LeakSanitizer: leaks"))
    suite.recorder.save()
    found = read(tmp_path / FULL)

    assert found.hashes == {"SND-001": hashes.current()["SND-001"]}
    assert found.suite.harness is not None
    assert found.end == End(23, "LeakSanitizer: leaks")
    assert found.baseline == ("mine.toml",)
    assert found.selection is None


def test_selection_counts_the_planned_cases(tmp_path: Path) -> None:
    """A selection has the number of chosen cases and the arguments of pytest."""
    suite = Suite(tmp_path)
    suite.run.plan("python", ["SND-001"])
    suite.recorder.save()
    found = read(tmp_path / FULL)

    assert found.complete
    assert found.selection is not None
    assert (found.selection.cases, found.selection.arguments) == (1, ("conformance",))
    assert not found.full


def test_a_file_in_the_way_is_a_line(tmp_path: Path) -> None:
    """Each file that cannot be written gives one problem."""
    (tmp_path / "file").write_text("in the way")
    suite = Suite(tmp_path / "file")
    problems = suite.recorder.save()

    assert len(problems) == 1
    assert problems[0].startswith(f"cannot write {tmp_path / 'file' / FULL}: ")
    assert suite.recorder.written == []


def test_check_leaves_nothing(tmp_path: Path) -> None:
    """The check of the folder before a run makes no folder that stays, and changes none that is there."""
    missing, there = tmp_path / "missing/inner", tmp_path / "there"
    there.mkdir()
    for folder in (missing, there):
        Recorder(Run(), folder, [], None).check()

    assert names(tmp_path) == ["there"]
    assert names(there) == []
