"""The site as an earlier revision of this project builds it from its own published results."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from conformance.program import ROOT

#: The last revision whose first page is the matrix with its filters.
REVISION = "66402aa"


class NoOldSite(Exception):
    """The old site cannot be built. The message is one line that says why."""


def build(revision: str, work: Path) -> Path:
    """Build the site of a revision in the folder ``work``, and return its folder. Raises NoOldSite."""
    if _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").returncode != 0:
        raise NoOldSite(f"revision {revision} is not in this repository; a shallow clone has only the newest ones")
    checkout, site = work / "checkout", work / "site"
    made = _git("worktree", "add", "--detach", "--force", str(checkout), revision)
    if made.returncode != 0:
        raise NoOldSite(f"revision {revision} cannot be checked out: {_last_line(made.stderr)}")
    try:
        command = [sys.executable, "-m", "reports", "build", "reports/published", "--out", str(site)]
        built = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    finally:
        _git("worktree", "remove", "--force", str(checkout))
    if built.returncode != 0:
        raise NoOldSite(f"the site of {revision} cannot be built: {_last_line(built.stderr)}")
    return site


def _git(*arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError as error:
        raise NoOldSite(f"git cannot be started: {error.strerror}") from None


def _last_line(text: str) -> str:
    return ([line for line in text.splitlines() if line.strip()] or ["it gave no reason"])[-1]
