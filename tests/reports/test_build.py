"""``python -m reports build``: what is written, what is left alone, and what is said of bad input."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from reports import build
from reports.__main__ import main as reports
from reports.model import Report
from tests.reports.samples import result, run_command


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A site of two small files in place of the real one, which takes long to make; a test may change it."""
    site = {"index.html": "<p>old", "interpreters/a.html": "<p>a"}
    monkeypatch.setattr(build, "files", lambda report: site)
    return site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good result and a broken one."""
    (tmp_path / "good.json").write_text(json.dumps(result().document))
    (tmp_path / "bad.json").write_text("{")
    return tmp_path


def everything(folder: Path) -> dict[str, str]:
    """Every file of a folder, with its text."""
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("small")
def test_the_last_line_is_the_first_page(folder: Path) -> None:
    """The command says where the report is, and exits with 0."""
    answer = run_command(reports, "build", folder / "good.json", "--out", folder / "site")

    assert answer.exit_code == 0
    assert answer.stdout.splitlines()[-1] == f"report: {(folder / 'site' / 'index.html').resolve()}"


@pytest.mark.usefixtures("small")
def test_a_broken_file_is_left_out(folder: Path) -> None:
    """What cannot be used is named with what is wrong with it, and the site of the others is made."""
    answer = run_command(reports, "build", folder, "--out", folder / "site")

    assert answer.exit_code == 0
    assert answer.stderr.startswith(f"left out: {folder / 'bad.json'}: is no JSON")
    assert (folder / "site" / "index.html").exists()


@pytest.mark.usefixtures("small")
def test_strict_refuses_a_broken_file(folder: Path) -> None:
    """With ``--strict`` the same is an error, and nothing is written."""
    answer = run_command(reports, "build", folder, "--out", folder / "site", "--strict")

    assert answer.exit_code == 1
    assert "bad.json: is no JSON" in answer.stderr
    assert not (folder / "site").exists()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"complete": False}, "incomplete: the run was cut short"),
        ({"selection": {"arguments": ["-k", "SND"], "cases": 9}}, "incomplete: a selection of 9 cases"),
    ],
    ids=["cut short", "selection"],
)
def test_strict_refuses_an_incomplete_run(tmp_path: Path, change: dict[str, object], why: str) -> None:
    """A site that is published is made of whole runs."""
    path = tmp_path / "cut.json"
    path.write_text(json.dumps({**result().document, **change}))
    answer = run_command(reports, "build", path, "--out", tmp_path / "site", "--strict")

    assert answer.exit_code == 1
    assert f"error: {path}: {why}" in answer.stderr
    assert not (tmp_path / "site").exists()


def test_nothing_to_report_is_an_error(tmp_path: Path) -> None:
    """A report of nothing is not made: a matrix in which no interpreter was found fails."""
    answer = run_command(reports, "build", tmp_path, "--out", tmp_path / "site")

    assert answer.exit_code == 2
    assert "has no result file in it" in answer.stderr
    assert not (tmp_path / "site").exists()


def test_what_is_in_the_way_is_kept(tmp_path: Path, small: dict[str, str]) -> None:
    """A file that no earlier report wrote is not replaced: one line, and nothing is changed."""
    (tmp_path / "interpreters").mkdir()
    (tmp_path / "interpreters" / "a.html").write_text("mine")

    with pytest.raises(build.CannotBuild, match=r"a\.html is there and no earlier report's"):
        build.write(Report([result()]), tmp_path)

    assert everything(tmp_path) == {"interpreters/a.html": "mine"}


def test_a_folder_that_cannot_be_made(folder: Path, small: dict[str, str]) -> None:
    """A file where a folder should be is one line, and exit status 2."""
    small["good.json/a.html"] = "<p>"
    answer = run_command(reports, "build", folder / "good.json", "--out", folder)

    assert answer.exit_code == 2
    assert answer.stderr.startswith("error: cannot write to")
    assert len(answer.stderr.splitlines()) == 1


def test_what_is_no_longer_made_is_removed(tmp_path: Path, small: dict[str, str]) -> None:
    """Pages of an earlier report that this one does not have go; what somebody else put there or changed stays."""
    small["interpreters/b.html"] = "<p>b"
    build.write(Report([result()]), tmp_path)
    (tmp_path / "mine.txt").write_text("kept")
    (tmp_path / "interpreters" / "b.html").write_text("changed")
    del small["interpreters/a.html"], small["interpreters/b.html"]
    small["index.html"] = "<p>new"
    build.write(Report([result()]), tmp_path)
    found = everything(tmp_path)

    assert set(json.loads(found.pop(build.MANIFEST))["files"]) == {"index.html"}
    assert found == {"index.html": "<p>new", "mine.txt": "kept", "interpreters/b.html": "changed"}


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/outside.txt", "C:/outside.txt", "..\\outside.txt"])
def test_a_list_of_files_cannot_point_out_of_the_folder(tmp_path: Path, small: dict[str, str], name: str) -> None:
    """A list that was tampered with removes nothing outside of the site."""
    outside = tmp_path / "outside.txt"
    outside.write_text("kept")
    site = tmp_path / "site"
    build.write(Report([result()]), site)
    listed = json.loads((site / build.MANIFEST).read_text())
    # The sum is right: only the path keeps it from being removed.
    listed["files"][name] = hashlib.sha256(b"kept").hexdigest()
    (site / build.MANIFEST).write_text(json.dumps(listed))
    build.write(Report([result()]), site)

    assert outside.read_text() == "kept"
