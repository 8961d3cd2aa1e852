"""The behaviours that cannot see a wrong Python, with the reason for each, from ``survivors.toml``."""

from __future__ import annotations

import sys
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = Path(__file__).with_suffix(".toml")


def known() -> dict[tuple[str, str], str]:
    """(Name of a wrong Python, ID of a behaviour) → why the behaviour passes on it."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        (name, id): each["reason"]
        for each in document.get("survivor", [])
        for name in each["wrong"]
        for id in each["behaviours"]
    }
