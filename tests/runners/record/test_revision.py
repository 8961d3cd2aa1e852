"""The revision of the suite, and the hash of the harness."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from runners.record.revision import harness, revision
from runners.transport import inside


def commit_all(folder: Path) -> None:
    """Make a repository in a folder, with all files in one commit."""
    author = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "."], [*author, "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def test_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The revision is the commit, with a mark for changes; published results and new files do not count."""
    checkout = tmp_path / "checkout"
    monkeypatch.setattr("runners.record.revision.ROOT", checkout)
    published, code = checkout / "reports/published/x.json", checkout / "code.py"
    published.parent.mkdir(parents=True)
    for path in (published, code):
        path.write_text("1")
    commit_all(checkout)
    commit = revision.__wrapped__()
    published.write_text("2")
    (checkout / "new.py").write_text("1")
    same = revision.__wrapped__()
    code.write_text("2")

    assert commit is not None
    assert re.fullmatch("[0-9a-f]{12}", commit)
    assert same == commit
    assert revision.__wrapped__() == f"{commit}+changes"


def test_variables_of_git_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a hook of another repository, which sets GIT_DIR, the revision is still that of this checkout."""
    for name in ("checkout", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
        commit_all(tmp_path / name)
    monkeypatch.setattr("runners.record.revision.ROOT", tmp_path / "checkout")
    right = revision.__wrapped__()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))

    assert revision.__wrapped__() == right


def test_harness_is_what_travels(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash of the harness changes with the agent."""
    before = harness.__wrapped__()
    monkeypatch.setattr(inside, "agent", lambda: "another agent")

    assert re.fullmatch("[0-9a-f]{16}", before)
    assert harness.__wrapped__() != before
