"""The text that travels into the interpreter under test: the agent, and the part of it that says who answers."""

from __future__ import annotations

from pathlib import Path

from conformance.program import travelling


def text(name: str) -> str:
    """The source of the module ``name`` of this folder."""
    return (Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8")


def agent() -> str:
    """The whole agent, one program: the driver of cases, then ``who``, then ``agent``."""
    return travelling("driver") + text("who") + text("agent")
