"""The family of an interpreter: its processes are found wherever they went, and the watcher ends what it was told."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from runners.transport import family
from runners.transport.family import MARKER, Family, census, look, resident
from runners.transport.stream import StreamTarget
from runners.transport.watcher import Watcher
from tests.runners.samples import case

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system has no /proc")

WAITS = [sys.executable, "-c", "import sys; print(flush=True); sys.stdin.read()"]


def leader(token: str, command: list[str] = WAITS) -> subprocess.Popen[bytes]:
    """A process that leads a session, has the marker, and has begun to wait."""
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, MARKER: token},
        start_new_session=True,
    )
    assert child.stdout is not None
    child.stdout.readline()
    return child


def test_a_stranger_is_not_a_member() -> None:
    """A process with another marker in another session is not in the family, and its end does not touch it."""
    with leader("one") as mine, leader("other") as stranger:
        some = Family(mine.pid, "one")
        members = [each.pid for each in some.members()]
        left = some.end()
        mine.wait()
        status = stranger.poll()
        stranger.kill()

    assert members == [mine.pid]
    assert left == []
    assert status is None


@pytest.mark.slow
def test_children_that_moved_have_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the interpreter has ended, no child of it lives: nobody holds the FIFO open that each of them held."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    monkeypatch.setenv("HELD", str(fifo))
    target = StreamTarget([sys.executable])
    target.start()
    with os.fdopen(os.open(fifo, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as held:
        verdict = target.run(case("leaves_children_that_moved")).verdict
        before = held.read(1)
        target.close()
        after = held.read(1)

    assert verdict == "pass"
    assert before is None  # somebody holds the other end
    assert after == b""


def test_memory_of_a_session() -> None:
    """The memory of a session is the sum over its processes."""
    command = ["sh", "-c", f"echo; {sys.executable} -c 'kept = b\"x\" * (40 << 20); print(flush=True); input()'; true"]
    with leader("sum", command) as child:
        assert child.stdout is not None
        child.stdout.readline()
        total = resident([child.pid], census())[child.pid]
        alone = look(child.pid)
        Family(child.pid, "sum").end()

    assert alone is not None
    assert alone.resident < 40 << 20 < total


def test_watcher_ends_what_it_was_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """At the end of its input, the watcher ends the interpreters and removes the folders that it was not told off."""
    monkeypatch.setattr(family, "ORPHAN_GRACE", 0.05)
    monkeypatch.setattr("runners.transport.family.signal.signal", lambda *arguments: None)
    lines: list[str] = []
    watcher = Watcher()
    monkeypatch.setattr(watcher, "_tell", lines.append)
    folders = [tmp_path / "one", tmp_path / "other\n"]
    for folder in folders:
        folder.mkdir()
        watcher.add_folder(str(folder))
    with leader("stays") as kept, leader("goes") as ended:
        for child, token in ((kept, "stays"), (ended, "goes")):
            watcher.add(Family(child.pid, token))
        watcher.remove(Family(kept.pid, "stays"))
        watcher.remove_folder(str(folders[0]))
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines) + "\n"))
        family.watch()
        ended.wait()
        status = kept.poll()
        kept.kill()

    assert status is None
    assert [folder.exists() for folder in folders] == [True, False]
