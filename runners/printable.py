"""Make text from outside printable, in one place, before it reaches a terminal, a log or a file."""

from __future__ import annotations


def printable(text: str) -> str:
    """What an interpreter said, without control characters that a terminal would obey."""
    return "".join(c if c.isprintable() or c in "\n\t" else c.encode("unicode_escape").decode() for c in text)
