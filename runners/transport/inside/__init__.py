"""The source that is sent to the interpreter under test: the agent, and its part that finds the identity."""

from __future__ import annotations

from pathlib import Path

from conformance.program import travelling


def text(name: str) -> str:
    """The source of the module ``name`` of this folder."""
    return (Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8")


def agent() -> str:
    """The whole agent as one program: the driver of cases, then ``who``, then ``agent``."""
    return travelling("driver") + text("who") + text("agent")
