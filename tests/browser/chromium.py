"""Where Chromium is, and how the tests and the measurement start it."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]


class Missing(Exception):
    """Something that a browser needs is not installed. The message is one line that says how to get it."""


def path() -> str:
    """Where Chromium is. Raises Missing."""
    if find_spec("playwright") is None:
        raise Missing("Playwright is not installed: run 'tox run -e browser', or install the group browser")
    given = os.environ.get("CHROMIUM")
    found = next((found for name in ([given] if given else NAMES) if (found := shutil.which(name))), None)
    if found is None:
        raise Missing("no Chromium found: install one ('apt install chromium'), or set CHROMIUM to the path of one")
    return found
