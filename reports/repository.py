"""Where this project is, so that the pages can link to its documents and its issues."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping

from conformance.program import ROOT

#: A remote of git as an address of the web: ``git@host:owner/name.git``, ``ssh://git@host/owner/name``.
_REMOTE = re.compile(
    r"(?:https?://|ssh://|git://|[^@/\s:]+@)(?:[^@/\s]+@)?(?P<host>[A-Za-z0-9.-]+)(?::\d+)?[:/](?P<path>[\w./~-]+?)(?:\.git)?/?"
)


def found(environment: Mapping[str, str] | None = None) -> str:
    """The address of the repository, from the CI's environment or from git's remote ``origin``; else empty."""
    given = os.environ if environment is None else environment
    if given.get("GITHUB_SERVER_URL") and given.get("GITHUB_REPOSITORY"):
        return f"{given['GITHUB_SERVER_URL'].rstrip('/')}/{given['GITHUB_REPOSITORY']}"
    if given.get("CI_PROJECT_URL"):
        return given["CI_PROJECT_URL"].rstrip("/")
    return of_remote(_origin())


def of_remote(remote: str) -> str:
    """A remote of git as an https address; empty for a folder and for everything else that no browser can open."""
    match = _REMOTE.fullmatch(remote.strip())
    if match is None or "." not in match["host"]:
        return ""
    return f"https://{match['host']}/{match['path'].strip('/')}"


def _origin() -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), "remote", "get-url", "origin"],
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout if done.returncode == 0 else ""
