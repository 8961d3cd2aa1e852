"""Reports of sanitizers are found, and other lines of these tools are not taken for reports."""

from __future__ import annotations

import pytest

from runners.transport.answers import Answer, with_errors
from runners.transport.sanitizers import report_in

#: The text of a tool → the line that is reported, None if it is not a report.
TEXTS = {
    "==7==ERROR: AddressSanitizer: SEGV on unknown address": "ERROR: AddressSanitizer: SEGV on unknown address",
    "==7==ERROR: LeakSanitizer: detected memory leaks": "ERROR: LeakSanitizer: detected memory leaks",
    "WARNING: ThreadSanitizer: data race (pid=7)": "WARNING: ThreadSanitizer: data race (pid=7)",
    "a.c:1:2: runtime error: signed integer overflow": "a.c:1:2: runtime error: signed integer overflow",
    "==7== Invalid read of size 4": "Invalid read of size 4",
    "==7== ERROR SUMMARY: 3 errors from 1 contexts": "ERROR SUMMARY: 3 errors from 1 contexts",
    "==7== Conditional jump or move depends on uninitialised value(s)": (
        "Conditional jump or move depends on uninitialised value(s)"
    ),
    "==7== Memcheck, a memory error detector": None,
    "==7== ERROR SUMMARY: 0 errors from 0 contexts (suppressed: 0 from 0)": None,
    "==7==WARNING: ASan doesn't fully support makecontext/swapcontext functions": None,
    "a runtime error: of the program": None,
    "": None,
}


@pytest.mark.parametrize("text", TEXTS)
def test_report(text: str) -> None:
    """The first line of a report is found between other lines."""
    assert report_in(f"before\n{text}\nafter") == TEXTS[text]


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (Answer("pass"), ("fail", "a sanitizer reports: Invalid free()")),
        (Answer("fail", "assert x"), ("fail", "assert x; a sanitizer reports: Invalid free()")),
        (Answer("error", "malformed"), ("error", "malformed; a sanitizer reports: Invalid free()")),
    ],
    ids=["pass", "fail", "error"],
)
def test_case_with_a_report_fails(answer: Answer, wanted: tuple[str, str]) -> None:
    """A report makes a case fail that passed, and is added to the message of another one."""
    changed = with_errors(answer, "==7== Invalid free()\n==7==    at 0x1")

    assert (changed.verdict, changed.message) == wanted
    assert changed.stderr == "==7== Invalid free()\n==7==    at 0x1"


def test_other_text_is_only_kept() -> None:
    """Text that is not a report is in the answer, and changes nothing else."""
    assert with_errors(Answer("pass"), "warning") == Answer("pass", stderr="warning")
