"""Two results compared, in words: the sentence, the notes, and the Markdown."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from reports import comparison
from reports.comparison import MESSAGE, MOST, ROOM, Comparison, newly
from reports.diff import BEHAVIOURS
from reports.markdown import sentence
from reports.model import Result
from runners.record.outcome import Outcome
from tests.reports.samples import (
    absent_result,
    changed,
    edited,
    evil_result,
    recorded,
    result,
    selection,
    without,
)


def cpython(version: str, verdicts: dict[str, str] | None = None) -> Result:
    """A CPython that is judged as its version."""
    values = {"title": f"CPython {version}", "implementation_version": version, "language_version": version}
    judged_as = ".".join(version.split(".")[:2])
    return result(verdicts, slug=f"cpython-{version}", judged_as=judged_as, interpreter=values)


def pypy(verdicts: dict[str, str] | None = None) -> Result:
    """A PyPy of the same version of the language."""
    values = {"title": "PyPy 8.0.1 (Python 3.13.0)", "implementation": "pypy", "implementation_version": "8.0.1"}
    return result(verdicts, slug="pypy-8.0.1", interpreter=values)


def test_every_list_has_its_words() -> None:
    """A list of behaviours has words for one implementation and for two, and a place in the sentence."""
    assert set(comparison.SAME) == set(comparison.PAIR) == set(comparison.SENTENCE) == set(BEHAVIOURS)


def test_the_sentence_counts_behaviours() -> None:
    """Two cases of one behaviour count once, and what nobody has to do is counted apart."""
    old = cpython("3.13.0", {"SND-001": "fail", "SND-012[42]": "fail", "SND-012[False]": "fail", "THR-042": "fail"})
    new = cpython("3.13.18", {"CLS-001": "fail"})
    found = Comparison(old, new)

    assert found.sentence == "CPython 3.13.18 against 3.13.0: 2 behaviours fixed, 1 broken."
    assert found.notes == ["Details of CPython, which no document demands, are counted apart: 1 fixed."]


def test_what_is_new_in_a_version_is_not_fixed() -> None:
    """A case that failed where it did not apply, and passes where it does, is new in that version."""
    old = edited(cpython("3.13.0"), lambda each: each if each.applicable else changed_verdict(each))
    found = Comparison(old, cpython("3.14.0"))

    assert "0 behaviours fixed, 0 broken" in found.sentence
    assert re.search(r"[1-9][0-9]* new in Python 3\.14", found.sentence)
    assert "#### New in Python 3.14" in found.markdown()
    assert "does not apply → pass" in found.markdown()


def changed_verdict(each: Outcome) -> Outcome:
    """The outcome as a failure."""
    return replace(each, verdict="fail", observed=None)


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ((3, 13), (3, 14), "new in Python 3.14"),
        ((3, 9), (3, 14), "new in Python 3.10 to 3.14"),
        ((3, 14), (3, 13), "in Python 3.13 only"),
    ],
)
def test_newly(was: tuple[int, int], now: tuple[int, int], words: str) -> None:
    """What applies to the new version only has words for both directions."""
    assert newly(was, now) == words


def test_two_implementations_are_not_before_and_after() -> None:
    """No word says that one of them broke what the other did."""
    found = Comparison(cpython("3.13.0", {"CLS-001": "fail"}), pypy({"SND-001": "fail", "THR-001": "crash"}))
    text = found.markdown(everything=True, details=True)

    assert found.sentence == (
        "PyPy 8.0.1 (Python 3.13.0) beside CPython 3.13.0: "
        "1 behaviour holding on PyPy only, 1 failing on PyPy only, 1 crashing on PyPy only."
    )
    assert "#### Fails on PyPy, holds on CPython \\(1\\)" in text
    assert "  - pass on CPython, fail on PyPy: because of SND-001" in text
    assert "  - fail on CPython, pass on PyPy (on CPython: because of CLS-001)" in text
    assert not re.search("broken|fixed|before|new crash|no longer|still", text)


def test_an_old_failure_is_labelled() -> None:
    """The message of what is fixed is of the old run, and says so."""
    text = Comparison(cpython("3.13.0", {"SND-001": "fail"}), cpython("3.13.18")).markdown()

    assert "  - fail → pass (before: because of SND-001)" in text


def test_another_revision_with_the_same_cases() -> None:
    """The hashes of the cases are compared, and not the revision of the suite."""
    old, new = cpython("3.13.0"), cpython("3.13.18", {"SND-001": "fail"})
    newer = recorded(new, suite=replace(new.record.suite, revision="def"))
    other = recorded(newer, hashes={**new.record.hashes, "SND-001": "0" * 16})
    schema_1 = recorded(newer, hashes={})

    assert Comparison(old, new).notes == []
    assert Comparison(old, newer).notes == [
        "The two runs had the same cases, at different revisions of the suite (abc and def)."
    ]
    assert Comparison(old, other).notes[0].startswith("Cases that changed between the two runs: 1 of ")
    assert "because of SND-001 (the case has changed)" in Comparison(old, other).markdown()
    assert Comparison(old, schema_1).notes[0].startswith("A result without hashes")


def test_a_run_that_is_not_a_full_one_is_named() -> None:
    """Where many cases are missing, the text says why."""
    part = recorded(without(cpython("3.13.18"), "SND-001"), selection=selection(30))

    assert Comparison(cpython("3.13.0"), part).notes == [
        "The new run is not a full one (incomplete: a selection of 30 cases)."
    ]
    assert "#### Only in the old result" in Comparison(cpython("3.13.0"), part).markdown()


def test_no_difference() -> None:
    """Two equal results have no list."""
    assert Comparison(result(), result()).markdown().endswith("\nNo behaviour is in a list.\n")


def test_details_are_named_if_asked() -> None:
    """What no document demands is only counted, unless it is asked for."""
    found = Comparison(cpython("3.13.0"), cpython("3.13.18", {"THR-042": "fail"}))

    assert "**THR-042**" not in found.markdown()
    assert re.search(r"\*\*THR-042\*\* .* \(detail\)\n", found.markdown(details=True))


def test_everything_hostile_is_text() -> None:
    """Names, messages and parameters of a file are escaped: no tag, no mention, no list of their own."""
    text = Comparison(evil_result(), result()).markdown(everything=True, details=True)
    message = changed(result({"SND-001": "fail"}), "SND-001", message="@someone\n# no `x` <b>")

    assert "<script>" not in text
    assert "because" not in text
    assert "<span>@</span>someone <span>#</span> no \\`x\\` &lt;b&gt;" in Comparison(result(), message).markdown()


def test_the_text_is_not_too_long_for_github() -> None:
    """However much differs, the text ends in time and counts what it leaves out."""
    long = edited(result(dict.fromkeys(result().outcomes, "fail")), long_message)
    text = Comparison(result(), long).markdown(details=True)

    assert len(text) < 65_536
    assert len(text) > ROOM - 10_000 or text.count("- **") == MOST
    assert re.search(r"\n- and [0-9]+ more\n", text)
    assert max(map(len, text.splitlines())) < MESSAGE * 2 + 500


def long_message(each: Outcome) -> Outcome:
    """The outcome with a message that nobody reads to its end, different in each case."""
    return replace(each, message=f"{each.case} " + "x" * 5000)


def test_an_absent_interpreter_does_not_say_so_in_each_case() -> None:
    """Where there are no asynchronous generators, one sentence says it."""
    text = Comparison(result(), absent_result("tiny", interpreter={"title": "Tiny 1"})).markdown()

    assert "The new run is not a full one (absent" in text.replace("\\", "")
    assert "because of" not in text


def test_code_in_a_sentence() -> None:
    """Double backticks are code in the catalogue, and single ones in Markdown."""
    assert sentence("``a_b[0]`` is *so* in <it>") == "`a_b[0]` is \\*so\\* in \\<it\\>"
