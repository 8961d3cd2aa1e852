"""The page of the state machine."""

from __future__ import annotations

from reports.model import Report
from reports.site import states
from tests.reports.samples import evil_result, result, some_report, tags_of


def page(report: Report) -> str:
    (text,) = states.pages(report).values()
    return text


def test_one_table_for_each_interpreter() -> None:
    """Each interpreter that has asynchronous generators has its tables; an absent one is named with the reason."""
    report = some_report()
    text = page(report)
    ids = tags_of(text).ids
    shown = [each.slug for each in report.results if each.slug in ids]

    assert shown == [each.slug for each in report.results if each.slug != "tiny-1"]
    assert text.count('<table class="transitions">') == 3 + 3 * len(shown)
    assert 'Tiny 1</th><td colspan="3">no asynchronous generators' in text
    assert len(ids) == len(set(ids))


def test_difference_is_marked_with_what_is_documented() -> None:
    """A cell that is not as documented has a sign, and both what was seen and what is documented."""
    text = page(Report([result({"EQV-005[at-yield-anext]": "crash", "EQV-006[in-await-aclose]": "crash"})]))

    assert text.count('<td class="effect differs">') == 1
    assert text.count('<td class="effect detail">') == 1
    assert "≠</i>" in text
    assert "<em>documented:</em> " in text


def test_picture_is_part_of_the_page() -> None:
    """The states are drawn inside the page, with a title and a description for those who do not see it."""
    text = page(some_report())

    assert '<svg class="machine"' in text
    assert 'aria-labelledby="machine-title machine-text"' in text


def test_what_an_interpreter_says_is_text() -> None:
    """No tag of it reaches the browser."""
    text = page(Report([evil_result()]))

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(" in text
