"""The JavaScript and the CSS: Node parses each script here; ``tox run -e web`` fetches Biome and runs it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conformance.program import ROOT
from tests import web

FILES = sorted(path for room in ("reports", "runners") for path in (ROOT / room).rglob("*.*"))
SCRIPTS = [path for path in FILES if path.suffix in (".js", ".mjs")]
#: Replaces npm: it records its arguments and exits with 3.
FAKE = '#!/bin/sh\necho "$@" >"{said}"\nexit 3\n'


def parses(path: Path) -> tuple[bool, str]:
    """Whether Node can parse the script, and its output."""
    done = subprocess.run(["node", "--check", path], capture_output=True, text=True, timeout=60)
    return done.returncode == 0, done.stderr


needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not on PATH: nothing parses the scripts")


@needs_node
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_node_parses_each_script(path: Path) -> None:
    """A syntax error in a script is found without a browser."""
    parsed, said = parses(path)

    assert parsed, said


@needs_node
def test_node_refuses_a_broken_script(tmp_path: Path) -> None:
    """A script that is not closed is refused, so the check above can fail."""
    broken = tmp_path / "broken.mjs"
    broken.write_text("(() => {\n")

    assert not parses(broken)[0]


def test_biome_reads_each_file() -> None:
    """The folders of ``.biome.jsonc`` hold every script and every style sheet."""
    settings = (ROOT / ".biome.jsonc").read_text(encoding="utf-8")
    includes = re.search(r'"includes": \[(.*)\]', settings)
    assert includes is not None
    folders = [ROOT / pattern.removesuffix("/**") for pattern in re.findall(r'"([^"]+)"', includes[1])]
    read = {path for folder in folders for path in folder.rglob("*.*")}

    assert {path for path in FILES if path.suffix in (".js", ".mjs", ".css")} <= read


def test_biome_decides_the_exit_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """npm runs one exact version of Biome, a warning is a failure, and its exit status is returned."""
    said = tmp_path / "said"
    fake = tmp_path / "npm"
    fake.write_text(FAKE.format(said=said), encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    status = web.main()

    assert status == 3
    assert re.fullmatch(
        r"exec --yes --package=@biomejs/biome@\d+\.\d+\.\d+ -- biome lint --error-on-warnings\n", said.read_text()
    )


def test_without_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without npm, one line says what is skipped and what to install, and the exit status is 0."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert web.main() == 0
    assert capsys.readouterr().out.startswith("skipped: npm is not on PATH; install Node.js")
