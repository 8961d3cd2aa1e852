"""Badges: what they say, what their colour says, and that both can be seen by everybody."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest

from conformance.catalogue import load
from conformance.program import cases
from reports import badge
from reports.model import Report, Result
from tests.reports.samples import changed, recorded, result, some_report

#: How colours look to people without one of the three kinds of cones, for linear light (Machado et al., 2009).
SIGHTS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def linear(colour: str) -> list[float]:
    """The red, green and blue light of a colour, each from 0 to 1."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def lab(colour: str, sight: str) -> list[float]:
    """The colour as somebody sees it, in CIELAB, whose distances are those that people notice."""
    light = [sum(a * b for a, b in zip(row, linear(colour), strict=True)) for row in SIGHTS[sight]]
    light = [min(1.0, max(0.0, each)) for each in light]
    weights = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (
        (lambda t: t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116)(
            sum(a * b for a, b in zip(row, light, strict=True)) / reference
        )
        for row, reference in zip(weights, white, strict=True)
    )
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(("one", "other"), list(combinations(badge.STATES, 2)))
def test_colours_differ_for_every_eye(one: str, other: str, sight: str) -> None:
    """Two states never have colours that somebody takes for the same."""
    first, second = (lab(badge.STATES[name][0], sight) for name in (one, other))

    assert sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5 > 15


@pytest.mark.parametrize("state", badge.STATES)
def test_the_text_can_be_read(state: str) -> None:
    """White text has the contrast that WCAG asks for."""
    light = sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear(badge.STATES[state][0]), strict=True))

    assert 1.05 / (light + 0.05) >= 4.5


def only(made: Result) -> badge.Badge:
    """The badge of a report of one result."""
    report = Report([made])
    return badge.badge(report, report.results[0])


def test_what_a_badge_says() -> None:
    """The release and how many hold; an absent interpreter and an incomplete run do not look like a number."""
    report = some_report()
    texts = {each.slug: str(badge.endpoint(report, each)["message"]) for each in report.results}
    full = report.total.binding["cpython-3.13.0"].applicable

    assert texts["cpython-3.13.0"] == f"CPython 3.13.0: {full}/{full}"
    assert texts["pypy-1"] == f"PyPy 3.13.0: {full - 1}/{full}"
    assert texts["tiny-1"].endswith(": absent")
    assert texts["cut-1"].endswith(" (incomplete)")
    for each in report.results:
        assert badge.endpoint(report, each)["schemaVersion"] == 1
        ElementTree.fromstring(badge.svg(report, each))


def test_the_colour_says_what_fails() -> None:
    """All, all but known defects, more, absent and incomplete are five states."""
    known = changed(result({"SND-001": "fail"}), "SND-001", known="a reason")
    mixed = changed(result({"SND-001": "fail", "CLS-001": "fail"}), "SND-001", known="a reason")
    absent = {case.name: "absent" for behaviour in load().values() for case in cases(behaviour)}

    assert only(result()).state == "all"
    assert only(known).state == "all but known"
    assert only(mixed).state == "more"
    assert only(result(absent, absent="no yield")).state == "absent"
    assert only(recorded(result(), complete=False)).state == "incomplete"


def test_a_detail_does_not_colour_a_badge() -> None:
    """A detail of CPython counts for nobody."""
    detail = next(case.name for each in load().values() if each.level == "detail" for case in cases(each))

    assert only(result({detail: "fail"})).state == "all"


@pytest.mark.parametrize("verdict", ["unmet", "error"])
def test_what_is_not_judged_is_no_known_defect(verdict: str) -> None:
    """The colour of known defects promises that everything else holds."""
    assert only(result({"SND-001": verdict})).state == "more"


@pytest.mark.parametrize("title", ["\x00\x1b", "\ud800", "\ufffe\uffff", "<&>\"']]>", "x" * 5000])
def test_a_badge_is_xml_for_every_title(title: str) -> None:
    """The picture of a badge is well-formed, and not endless, whatever the interpreter is called."""
    report = Report([result(interpreter={"title": title, "implementation_version": title})])
    picture = ElementTree.fromstring(badge.svg(report, report.results[0]))

    assert int(picture.attrib["width"]) < 800
