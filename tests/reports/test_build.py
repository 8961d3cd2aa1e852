"""``python -m reports build``: the files that are written, and the files that are left alone."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from reports import build
from reports.__main__ import main as reports
from reports.model import Report
from tests.reports.samples import old_text_of, recorded, result, run_command, selection, text_of


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A site of two small files in place of the real one, which takes long to make; a test may change it."""
    site = {"index.html": "<p>old", "interpreters/a.html": "<p>a"}
    monkeypatch.setattr(build, "files", lambda report: site)
    return site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good result and a broken one."""
    (tmp_path / "good.json").write_text(text_of(result()))
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
    """A file that cannot be used has a line with the reason, and the site of the others is made."""
    answer = run_command(reports, "build", folder, "--out", folder / "site")

    assert answer.exit_code == 0
    assert answer.stderr.startswith(f"left out: {folder / 'bad.json'}: is not valid JSON")
    assert (folder / "site" / "index.html").exists()


@pytest.mark.usefixtures("small")
def test_strict_refuses_a_broken_file(folder: Path) -> None:
    """With ``--strict`` the same is an error, and nothing is written."""
    answer = run_command(reports, "build", folder, "--out", folder / "site", "--strict")

    assert answer.exit_code == 1
    assert "bad.json: is not valid JSON" in answer.stderr
    assert not (folder / "site").exists()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"complete": False}, "incomplete: the run was cut short"),
        ({"selection": selection(9)}, "incomplete: a selection of 9 cases"),
    ],
    ids=["cut short", "selection"],
)
def test_strict_refuses_an_incomplete_run(tmp_path: Path, change: dict[str, object], why: str) -> None:
    """A site that is published is made of whole runs."""
    path = tmp_path / "cut.json"
    path.write_text(text_of(recorded(result(), **change)))
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


def test_a_file_in_the_way_is_kept(tmp_path: Path, small: dict[str, str]) -> None:
    """A file that no earlier report wrote is not replaced: one line, and nothing is changed."""
    (tmp_path / "interpreters").mkdir()
    (tmp_path / "interpreters" / "a.html").write_text("mine")

    with pytest.raises(build.CannotBuild, match=r"a\.html exists and was not written by an earlier build"):
        build.write(Report([result()]), tmp_path)

    assert everything(tmp_path) == {"interpreters/a.html": "mine"}


def test_a_folder_that_cannot_be_made(folder: Path, small: dict[str, str]) -> None:
    """A file where a folder should be is one line, and exit status 2."""
    out = folder / "site"
    out.mkdir()
    (out / "interpreters").write_text("mine")
    answer = run_command(reports, "build", folder / "good.json", "--out", out)

    assert answer.exit_code == 2
    assert answer.stderr.startswith(f"error: {out / 'interpreters'} exists and is not a folder")
    assert len(answer.stderr.splitlines()) == 1
    assert everything(out) == {"interpreters": "mine"}


@pytest.mark.parametrize("name", ["index.html", "interpreters", build.MANIFEST])
@pytest.mark.parametrize("target", ["there", "nowhere"])
@pytest.mark.usefixtures("small")
def test_a_link_in_the_folder_is_refused(tmp_path: Path, name: str, target: str) -> None:
    """A symbolic link inside the folder leads out of it: one line, and nothing is written."""
    outside, site = tmp_path / "there", tmp_path / "site"
    outside.mkdir()
    site.mkdir()
    (site / name).symlink_to(tmp_path / target)

    with pytest.raises(build.CannotBuild, match=rf"{name} is a symbolic link; remove it, or choose another --out"):
        build.write(Report([result()]), site)

    assert list(outside.iterdir()) == []
    assert [path.name for path in site.iterdir()] == [name]


def test_a_link_that_took_the_place_of_a_folder(tmp_path: Path, small: dict[str, str]) -> None:
    """A file of an earlier site is not removed through a link."""
    site, moved = tmp_path / "site", tmp_path / "moved"
    build.write(Report([result()]), site)
    (site / "interpreters").rename(moved)
    (site / "interpreters").symlink_to(moved)
    del small["interpreters/a.html"]
    build.write(Report([result()]), site)

    assert everything(moved) == {"a.html": "<p>a"}


@pytest.mark.usefixtures("small")
def test_a_link_to_the_folder_is_followed(tmp_path: Path) -> None:
    """The folder itself may be a link: the user named it."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    build.write(Report([result()]), tmp_path / "link")

    assert "index.html" in everything(tmp_path / "real")


@pytest.mark.slow
@pytest.mark.usefixtures("small")
def test_strict_counts_stale_cases_and_goes_on(tmp_path: Path) -> None:
    """Stale cases have one line with their number, and do not stop the site."""
    whole = result()
    stale = recorded(whole, hashes={**whole.record.hashes, "SND-001": "0" * 16})
    (tmp_path / "stale.json").write_text(text_of(stale))
    (tmp_path / "old.json").write_text(old_text_of(result(slug="old-1")))
    answer = run_command(reports, "build", tmp_path, "--out", tmp_path / "site", "--strict")
    lines = answer.stderr.splitlines()

    assert answer.exit_code == 0
    assert lines == [
        f"note: {tmp_path / 'old.json'}: schema 1 has no hashes, so no line of a failure is shown",
        "stale cases: 1 changed since they ran (stale.json 1); "
        f"{len(whole.outcomes)} more may have changed, because their files have no hashes",
    ]
    assert (tmp_path / "site" / "index.html").exists()


@pytest.mark.usefixtures("small")
def test_a_site_is_whole_or_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is written through the one function that writes a file whole or not at all."""
    written: list[str] = []

    def write(path: Path, content: bytes, durable: bool = True) -> None:
        written.append(str(path.relative_to(tmp_path)))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    monkeypatch.setattr(build, "write_file", write)
    build.write(Report([result()]), tmp_path)

    assert set(everything(tmp_path)) == set(written)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("content", ["[" * 100000, "[]", "{}", '{"made_by": "asyncgen-conformance", "files": 3}', ""])
def test_a_broken_list_of_files_is_in_the_way(tmp_path: Path, content: str) -> None:
    """A list that is not one of ours is a file of somebody else."""
    (tmp_path / build.MANIFEST).write_text(content)

    with pytest.raises(build.CannotBuild, match=r"files\.json exists and was not written by an earlier build"):
        build.write(Report([result()]), tmp_path)


def test_a_page_that_is_no_longer_made_is_removed(tmp_path: Path, small: dict[str, str]) -> None:
    """Pages of an earlier site that this one does not have are removed; files that somebody added or changed stay."""
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
