"""Published results: small, alike, and still result files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import runners.publish as published
from runners.__main__ import main
from runners.machine.machine import Machine
from runners.machine.registry import registry
from runners.record.results import read
from tests.runners.record.samples import document


def test_is_small_and_still_a_result(tmp_path: Path) -> None:
    """Timings, empty keys and long values are left out; what is read is the same outcomes, one line each."""
    full = document()
    full["timings"] = {"SND-001": 0.25}
    full["outcomes"][0]["locals"] = {f"name{number}": "x" * 300 for number in range(20)}
    source = tmp_path / "source.json"
    source.write_text(json.dumps(full))
    path = published.publish(source, tmp_path / "out")
    assert path is not None
    found = read(path)

    assert found["timings"] == {}
    assert sum(len(value) for value in found["outcomes"][0]["locals"].values()) <= 2000
    assert [set(each) for each in found["outcomes"]] == [set(each) for each in full["outcomes"]]
    lines = [line for line in path.read_text().splitlines() if '"case"' in line]
    assert len(lines) == len(full["outcomes"])
    assert "null" not in lines[0]


def test_folders_of_the_machine_are_left_out() -> None:
    """Of a path its last part is kept; addresses, divisions and alternatives are not paths."""
    full = document()
    full["outcomes"][0]["output"] = "/home/me/lib/python3.9/contextlib.py:7: see https://example.org/a/b"
    full["outcomes"][0]["locals"] = {"f": "<function f in '/var/x/case.py'>", "g": "1/2/3 and/or a / b"}
    (found,) = json.loads(published.text(full))["outcomes"]

    assert found["output"] == ".../contextlib.py:7: see https://example.org/a/b"
    assert found["locals"] == {"f": "<function f in '.../case.py'>", "g": "1/2/3 and/or a / b"}


def test_partial_result_is_not_published(tmp_path: Path) -> None:
    """A selection says nothing of the whole."""
    source = tmp_path / "source.json"
    source.write_text(json.dumps({**document(), "complete": False}))

    assert published.publish(source, tmp_path) is None


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="the Python at hand is no CPython")
def test_names_are_what_is_there(tmp_path: Path) -> None:
    """Each version of CPython has a name; what is not on the machine has none."""
    found = published.names(
        Machine(registry(), {"CONFORMANCE_CACHE": str(tmp_path), "PATH": ""}, [Path(sys.executable)])
    )

    assert found[0] == "cpython-{}.{}".format(*sys.version_info[:2])
    assert "cpython-O" in found
    assert "cpython" not in found
    assert "pyodide" not in found


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that fails is a line and exit status 4; the others are published."""

    def run(name: str, folder: Path, extra: tuple[str, ...]) -> int:
        folder.mkdir()
        (folder / "x.json").write_text(json.dumps(document()))
        return 4 if name == "broken" else 1

    monkeypatch.setattr(published, "run", run)
    good = CliRunner().invoke(main, ["publish", "--out", str(tmp_path / "out"), "--only", "good"])
    bad = CliRunner().invoke(main, ["publish", "--out", str(tmp_path / "out"), "--only", "good", "--only", "broken"])

    assert (good.exit_code, bad.exit_code) == (0, 4)
    assert "ERROR: broken: the run ended with 4" in bad.stderr
    assert len(list((tmp_path / "out").iterdir())) == 1
