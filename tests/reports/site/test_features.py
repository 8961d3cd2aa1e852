"""The page of a version that nobody has released yet."""

from __future__ import annotations

from conformance.behaviour import RELEASED
from conformance.catalogue import load
from conformance.needs import FEATURES
from conformance.program import cases
from conformance.requirements import requirements
from conformance.sources import PEP828
from reports.eras import spoken
from reports.model import Report, Result
from reports.site import features, navigation
from reports.site.features import COMING, coming, endings, file_of
from tests.reports.samples import EVIL, absent_result, evil_result, result, tags_of

NAME = "yield-from"
ABOUT = [each for each in load().values() if each.feature == NAME]
OLD = {"features": {NAME: "SyntaxError: 'yield from' inside async function"}}
PYPY = {"implementation": "pypy", "title": "PyPy 1"}


def old(*holding: str) -> Result:
    """An interpreter of the newest released version in which all about the feature fails but for these."""
    names = {case.name: "fail" for each in ABOUT if each.id not in holding for case in cases(each)}
    return result(names, judged_as=spoken(RELEASED), interpreter=OLD)


def page(report: Report) -> str:
    return features.pages(report)[file_of((3, 16))]


def test_each_coming_version_has_a_page_and_the_first_is_in_the_navigation() -> None:
    """The versions are those of the table of features that are newer than the newest release."""
    report = Report([old()])

    assert list(features.pages(report)) == [file_of(version) for version in COMING]
    assert all(version > RELEASED for version in COMING)
    assert navigation()["python-3.16.html"] == "Python 3.16"


def test_every_sentence_and_every_behaviour_of_the_feature_is_shown() -> None:
    """Each demand of the document has a row, and each behaviour about the feature, and each that ends, a link."""
    report = Report([old()])
    text = page(report)
    links = tags_of(text).links
    ending = [each for each in load().values() if each.until == RELEASED]
    made = coming(FEATURES[NAME], NAME, report)

    assert made.sentences == sum(len(requirements(section, load())) for section in PEP828.sections)
    assert [each.id for each in (*ABOUT, *ending) if f"b/{each.id}.html" not in links] == []
    assert [each.behaviour for each in endings((3, 16), report)] == ending


def test_what_each_interpreter_shows() -> None:
    """It is told whether the feature is there, with the error of the probe, and how many behaviours hold already."""
    report = Report(
        [
            old("YFR-001", "SAI-001"),
            result(judged_as="3.16", slug="pypy-1", interpreter={**PYPY, "features": {NAME: None}}),
            absent_result(
                "tiny-1", interpreter={"implementation": "tiny", "title": "Tiny 1", "features": {NAME: None}}
            ),
            result(slug="cut-1", interpreter={"implementation": "cut", "title": "Cut 1", "features": {}}),
        ]
    )
    made = coming(FEATURES[NAME], NAME, report).states

    assert (made["cpython-3.13.0"].has, made["cpython-3.13.0"].held) == (False, 2)
    assert (made["pypy-1"].has, made["pypy-1"].held) == (True, len(ABOUT))
    assert made["tiny-1"].has is None
    assert made["cut-1"].has is None
    assert "not there: SyntaxError" in page(report)
    assert '<span class="has">is there</span>' in page(report)


def test_what_holds_before_it_has_to() -> None:
    """A sentence passes where all its behaviours hold, also in an older version; otherwise it does not apply there."""
    report = Report([old("YFR-007")])
    made = coming(FEATURES[NAME], NAME, report)
    rows = {each.sentence: each for _, some in made.sections for each in some}

    assert rows["The value of ``yield from`` is the attribute ``value`` of the StopAsyncIteration."].statuses == {
        "cpython-3.13.0": "pass"
    }
    assert rows["``yield from`` does what the statements of the section do."].statuses == {
        "cpython-3.13.0": "does not apply"
    }


def test_how_to_run_it() -> None:
    """The page says the command with the version, and with the prefixes that are about nothing else."""
    text = page(Report([old()]))

    assert "--language-version 3.16" in text
    for prefix in ("YFR", "YFT", "YFC", "RTV", "SAI", "YFX"):
        assert prefix in coming(FEATURES[NAME], NAME, Report([old()])).prefixes
    assert "No interpreter here is judged as Python 3.16" in text


def test_an_older_release_has_a_row_only_if_it_differs() -> None:
    """Forty columns that say the same are one row for each implementation."""
    newer = {**OLD, "title": "CPython 3.14.0", "implementation_version": "3.14.0", "language_version": "3.14.0"}
    fresh = {case.name: "fail" for each in ABOUT for case in cases(each)}
    same = Report([old(), result(fresh, slug="cpython-3.14.0", judged_as="3.14", interpreter=newer)])
    other = Report([old("SAI-001"), result(fresh, slug="cpython-3.14.0", judged_as="3.14", interpreter=newer)])

    assert page(same).count('<tr class="older">') == 0
    assert page(other).count('<tr class="older">') == 1


def test_what_an_interpreter_says_is_text() -> None:
    """No tag of it reaches the browser, also in the error of its probe."""
    evil = evil_result()
    evil.interpreter.features[NAME] = EVIL
    text = page(Report([evil]))

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(" in text
