"""The recorder: which files a run leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners.record.recorder import Recorder
from runners.record.results import Outcome, is_full, read
from runners.transport.answers import Identity

IDENTITY = Identity("cpython", "3.13.0", "3.13.0", "3.13.0", (), "linux", None, None)
FULL, PARTIAL = "cpython-3.13.0.json", "cpython-3.13.0.partial.json"


def recorder(folder: Path) -> Recorder:
    """A run of everything that has come to one outcome."""
    made = Recorder(folder, [])
    made.meet("python", "python", IDENTITY, (3, 13))
    outcome = Outcome("SND-001", "SND-001", "conformance/bidirection/test_asend.py", "language", True, "pass")
    made.add("python", outcome, None)
    return made


def names(folder: Path) -> list[str]:
    """What is in the folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("earlier", [True, False], ids=["beside an earlier full result", "the first run"])
def test_checkpoint_goes_when_the_full_result_is_there(tmp_path: Path, earlier: bool) -> None:
    """A checkpoint never replaces a full result, and a full result leaves no checkpoint of its run."""
    if earlier:
        recorder(tmp_path).save(complete=True)
    run = recorder(tmp_path)
    run.save(complete=False)

    assert names(tmp_path) == ([FULL, PARTIAL] if earlier else [FULL])
    assert is_full(read(tmp_path / FULL)) is earlier

    run.save(complete=True)

    assert names(tmp_path) == [FULL]
    assert is_full(read(tmp_path / FULL))


def test_what_another_run_left_stays(tmp_path: Path) -> None:
    """A full run that wrote no checkpoint removes nothing; a run that was cut short leaves what it has."""
    recorder(tmp_path).save(complete=True)
    recorder(tmp_path).save(complete=False)
    recorder(tmp_path).save(complete=True)

    assert names(tmp_path) == [FULL, PARTIAL]
    assert not is_full(read(tmp_path / PARTIAL))
