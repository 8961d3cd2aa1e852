"""The pages of ``docs/found`` are made from the causes there."""

from __future__ import annotations

from markdown_it import MarkdownIt

from reports.found import outdated, page, pages
from runners.record.found import Causes, shipped
from tests.reports.samples import some_cause


def test_the_pages_are_up_to_date() -> None:
    """``python -m reports found`` has been run since the causes changed."""
    assert outdated(pages(shipped())) == []


def test_a_page_has_everything() -> None:
    """Each cause stands in the table and in a section, with its versions, state, address, program and cases."""
    full = some_cause(
        "SND-001",
        title="__it__ does | not hold",
        upstream="https://example.org/1",
        state="fixed",
        fixed_in=("1.1", "2.0"),
        answer="Soon.",
        note="Since 1.0.",
        program="print('```')",
    )
    text = page(Causes("some", "Some", "About it.", (full, some_cause("THR-002", id="other"))))
    html = MarkdownIt("commonmark").enable("table").render(text)

    assert text.startswith("# Why behaviours fail on Some\n")
    assert "Made from some.toml by `python -m reports found`" in text
    for part in (
        "About it.",
        '<td><a href="#some-cause">__it__ does | not hold</a></td>',
        "<td>fixed in 1.1 and 2.0</td>",
        "<h2>__it__ does | not hold</h2>",
        '<a href="https://example.org/1">https://example.org/1</a>',
        "The makers: Soon.",
        "Since 1.0.",
        "print('```')",
        "Upstream: not reported.",
        "State: open (nobody has a fix).",
        "Cases: <code>SND-001</code>.",
    ):
        assert part in html
