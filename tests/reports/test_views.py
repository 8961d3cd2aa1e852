"""Markdown and the terminal: true, and safe for every text of an interpreter."""

from __future__ import annotations

import html
import io
import re

import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from reports import markdown, terminal
from reports.model import Report
from tests.reports.samples import evil_result, result, some_report


def test_what_fails_on_one_implementation_alone() -> None:
    """A behaviour that fails on one implementation, in any version of it, is named under it; details are not."""
    two = {"implementation": "pypy", "title": "PyPy 1"}
    report = Report(
        [
            result({"SND-002": "fail"}),
            result({"SND-001": "fail", "SND-002": "fail", "SND-013": "fail"}, slug="pypy-1", interpreter=two),
        ]
    )
    text = io.StringIO()
    terminal.show(report, Console(file=text, width=200))
    alone = {name: [each.behaviour.id for each in standings] for name, standings in report.alone.items()}

    assert alone == {"PyPy": ["SND-001"]}
    assert "1 behaviour fails on PyPy and on no other implementation: SND-001" in text.getvalue()
    assert "Failing on PyPy and on no other implementation (1): SND-001." in markdown.render(report)
    assert Report(report.results[:1]).alone == {}


def test_markdown_is_safe() -> None:
    """A text of an interpreter is not markup, and stays on its line and in its cell."""
    text = markdown.render(Report([evil_result()]))

    assert "<script>" not in text
    assert "\\`\\|" in text
    assert all(line.count(" | ") <= 2 for line in text.splitlines() if line.startswith("| "))


@pytest.mark.parametrize(
    "text",
    [
        "$x^2$ and $`y`$ and $$z$$",
        ":tada: a:b:c :+1: :white_check_mark:",
        "https://example.org HTTP://a ftp://b WWW.example.org me@example.org",
        "@user #1 user/project#2",
        "[a](b) ![c](d) <i> &amp; \\ `e` *f* _g_ ~~h~~ | i",
    ],
)
def test_github_shows_only_text(text: str) -> None:
    """GitHub makes no mathematics, emoji, mention, issue or address of a text, and shows each of its characters."""
    made = markdown.escape(text)
    shown = MarkdownIt("commonmark", {"html": True}).renderInline(made)

    assert html.unescape(re.sub(r"</?span>", "", shown)) == text
    assert not re.search(r"[$@#]|:[\w+\\-]+:|://|www\.", re.sub(r"<span>.</span>", "", made), re.IGNORECASE)


def test_markdown_says_what_fails() -> None:
    """The matrix, and for each interpreter the failures that count."""
    text = markdown.render(some_report())

    assert re.search(r"\| bidirection \| \d+/\d+ ", text)
    assert "## PyPy 1\n\n- **SND-001** fail: " in text
    assert "The interpreter has no asynchronous generators (no yield). No behaviour was run." in text.replace("\\", "")
    assert "No language or library behaviour fails." in text


@pytest.mark.parametrize("width", [40, 80, 200])
def test_terminal_fits(width: int) -> None:
    """The matrix is cut into pieces that fit the terminal, and no control character gets through."""
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False)
    terminal.show(some_report(), console)
    terminal.show(Report([evil_result()]), console)
    lines = out.getvalue().splitlines()

    assert max(map(len, lines)) <= width
    assert "\x1b" not in out.getvalue()
    assert "\x00" not in out.getvalue()
    assert any("SND-001" in line for line in lines)
