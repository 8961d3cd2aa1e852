"""Tests of ``runners``."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path


def fake(way: str, *arguments: str) -> str:
    """The command line of an interpreter that goes wrong in the way that ``fake.py`` describes."""
    return shlex.join([sys.executable, str(Path(__file__).parent / "fake.py"), way, *arguments])
