"""The version of the suite, its revision in git, and the hash of the harness."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from dataclasses import dataclass
from functools import cache

from conformance.program import ROOT
from runners.transport import inside

#: The version of the suite: docs/releasing.md says when it grows.
VERSION = "0.1.0"


@dataclass(frozen=True)
class Suite:
    """The suite that ran: its version, its commit, None without git or the history, and the hash of the harness."""

    version: str
    revision: str | None
    harness: str | None


@dataclass(frozen=True)
class Python:
    """A Python by its name and version: the Python that ran the harness, or the Python below a compiler."""

    implementation: str
    version: str


def suite() -> Suite:
    """The suite in this checkout."""
    return Suite(VERSION, revision(), harness())


def host() -> Python:
    """The Python that runs the harness."""
    return Python(platform.python_implementation(), platform.python_version())


@cache
def harness() -> str:
    """The hash of the driver and the agent: the part of the suite, besides the case, that runs in the interpreter."""
    return hashlib.sha256(inside.agent().encode()).hexdigest()[:16]


@cache
def revision() -> str | None:
    """The commit of the checkout, with ``+changes`` if it has any; None where git or the history is missing.

    Changes of published results do not count: the first new file of a series would change the revision in the others.
    """
    commit = _git("rev-parse", "--short=12", "HEAD")
    changes = _git("status", "--porcelain", "--untracked-files=no", "--", ":/", ":(top,exclude)reports/published")
    return commit if not commit or changes == "" else f"{commit}+changes"


def _git(*arguments: str) -> str | None:
    # In a hook of another repository GIT_DIR and the like are set, and git would report on that repository.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        answer = subprocess.run(
            ["git", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None
