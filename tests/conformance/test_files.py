"""Writing a file: whole or not there, at whatever moment the writer ends."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.files import CannotWrite, check, write
from conformance.program import ROOT

_WRITER = """
import os, sys
from pathlib import Path
from conformance.files import write

def tell(function):
    def told(*arguments, **keywords):
        os.write(1, b".")
        result = function(*arguments, **keywords)
        os.write(1, b".")
        return result
    return told

for name in ("fsync", "replace", "chmod"):
    setattr(os, name, tell(getattr(os, name)))
while True:
    for text in sys.argv[2:]:
        write(Path(sys.argv[1]), text * 1000)
        os.write(1, b".")
"""


@pytest.mark.slow
def test_killed_at_any_moment(tmp_path: Path) -> None:
    """A writer that is killed at 50 random moments leaves the old file or the new one, and never a part of one."""
    moments = random.Random(0)
    path = tmp_path / "file"
    write(path, "old" * 1000)
    for _ in range(50):
        command = [sys.executable, "-c", _WRITER, str(path), "new", "old"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, bufsize=0) as writer:
            assert writer.stdout is not None
            for _ in range(moments.randrange(1, 40)):
                assert writer.stdout.read(1) == b"."
            writer.send_signal(signal.SIGKILL)

        assert path.read_text() in ("old" * 1000, "new" * 1000)


@pytest.mark.parametrize("content", ["text \u00e9 \ud800", b"bytes\xff"], ids=["text", "bytes"])
def test_text_and_bytes(tmp_path: Path, content: str | bytes) -> None:
    """Folders are made; text becomes UTF-8, with half of a surrogate pair as an escape."""
    write(tmp_path / "new/file", content)
    found = (tmp_path / "new/file").read_bytes()

    assert found == (content if isinstance(content, bytes) else "text \u00e9 \\ud800".encode())
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["file"]


def test_permissions_are_kept(tmp_path: Path) -> None:
    """A file that only its owner may read stays so; a new one has the permissions of the umask."""
    path, new = tmp_path / "file", tmp_path / "new"
    path.write_text("secret")
    path.chmod(0o600)
    earlier = os.umask(0o027)
    try:
        write(path, "other secret")
        write(new, "text")
    finally:
        os.umask(earlier)

    assert path.stat().st_mode & 0o777 == 0o600
    assert new.stat().st_mode & 0o777 == 0o640


def test_link_stays_a_link(tmp_path: Path) -> None:
    """Of a symbolic link the target is written."""
    target, link = tmp_path / "folder/target", tmp_path / "link"
    target.parent.mkdir()
    target.write_text("old")
    link.symlink_to(target)
    write(link, "new")

    assert link.is_symlink()
    assert target.read_text() == "new"


@pytest.mark.parametrize("name", ["file/x", "nul\0", "x" * 300])
def test_cannot_write_is_one_line(tmp_path: Path, name: str) -> None:
    """A path that cannot be is one line that names it, and nothing is left."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotWrite, match=r"\Acannot write [^\n]+: [^\n]+\Z"):
        write(tmp_path / name, "text")

    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("name", ["file", "file/x", "nul\0", "x" * 300, "/proc/new", "/proc/self/fd"])
def test_folder_that_cannot_be_written_into_is_one_line(tmp_path: Path, name: str) -> None:
    """The check names the folder, and leaves nothing."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotWrite, match=r"\Acannot write into [^\n]+: [^\n]+\Z"):
        check(tmp_path / name)

    assert [path.name for path in tmp_path.iterdir()] == ["file"]
