"""What the HTML pages share: the template environment, signs for statuses, code in sentences."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

#: Status → (sign, what it means): the legend, and the text of each cell.
SIGNS = {
    "pass": ("✓", "holds"),
    "fail": ("✗", "fails"),
    "known": ("✗°", "fails, and is known to: a baseline has the reason"),
    "crash": ("✗!", "crashes the interpreter"),
    "timeout": ("✗…", "does not end"),
    "error": ("⚠", "could not be judged: the harness failed"),
    "absent": ("∅", "absent: no asynchronous generators"),
    "unmet": ("○", "not run: the interpreter lacks what the case uses"),
    "not run": ("○", "not run"),
    "does not apply": ("–", "does not apply to this version"),
}


def environment() -> Environment:
    """Jinja2 with everything escaped: what an interpreter said is hostile input."""
    found = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["code"] = mark_code
    return found


def asset(name: str) -> Markup:
    """A file of ours, needed unescaped inside <style> and <script>; nothing that an interpreter said is in it."""
    return Markup((Path(__file__).parent / "templates" / name).read_text(encoding="utf-8"))


def mark_code(text: str) -> Markup:
    """``code`` in double backticks as <code>; everything else escaped."""
    parts = re.split(r"``(.+?)``", text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )
