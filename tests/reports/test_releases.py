"""The releases that are known, and what is said of a run of an older one."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from conformance.program import ROOT
from reports import releases
from reports.families import release
from reports.gather import gather
from reports.model import Result
from reports.releases import Line, lines, newest, remark
from tests.reports.samples import EVIL, evil_result, result


def cpython(version: str, build: tuple[str, ...] = ()) -> Result:
    """A run of a release of CPython."""
    judged_as = ".".join(version.split(".")[:2])
    it: dict[str, Any] = {
        "title": f"CPython {version}",
        "implementation_version": version,
        "language_version": version,
        "build": build,
    }
    return result(slug=f"cpython-{version}", judged_as=judged_as, interpreter=it)


#: A table that stays as it is when the real one follows the world.
SOME = (
    Line("cpython", "3.12", "https://a/", {"3.12.1": datetime.date(2023, 12, 7), "3.12.13": datetime.date(2026, 3, 3)}),
    Line("tiny", None, "https://b/", {"1.2.0": datetime.date(2026, 1, 2)}),
)


@pytest.fixture
def some(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is the short one of these tests."""
    monkeypatch.setattr(releases, "lines", lambda: SOME)


def published() -> list[Result]:
    """The results that are published."""
    return gather([ROOT / "reports" / "published"]).results


@pytest.mark.usefixtures("some")
def test_an_old_release_is_said() -> None:
    """A run of a patch release that is not the newest known says when it came out, and which one is the newest."""
    assert remark(cpython("3.12.1")) == "3.12.1 is of December 2023; 3.12.13 of March 2026 is the newest known"


@pytest.mark.usefixtures("some")
def test_the_newest_release_needs_no_remark() -> None:
    """Nothing is said of the newest known release, nor of one that is newer than the table."""
    assert remark(cpython("3.12.13")) is None
    assert remark(cpython("3.12.99")) is None


@pytest.mark.usefixtures("some")
def test_a_release_without_a_date() -> None:
    """A release whose day nobody has entered is called an older one."""
    assert remark(cpython("3.12.4")) == "3.12.4 is an older release; 3.12.13 of March 2026 is the newest known"


@pytest.mark.usefixtures("some")
def test_a_newer_run_is_the_newest_known() -> None:
    """A release that is in the results and not in the table is the newest known one, whose day is not known."""
    old, new = cpython("3.12.1"), cpython("3.12.20")

    assert remark(old, [old, new]) == "3.12.1 is of December 2023; 3.12.20 is the newest known"
    assert newest(old, [old, new]) == "3.12.20"
    assert remark(new, [old, new]) is None
    assert remark(old, [cpython("3.13.99")]) == remark(old)


@pytest.mark.usefixtures("some")
def test_a_line_that_nobody_knows() -> None:
    """Nothing is said of an implementation or a language version that the table does not have, or of hostile words."""
    assert remark(result(slug="x", interpreter={"title": "Unknown 1.0", "implementation": "unknown"})) is None
    assert remark(cpython("3.99.0")) is None
    assert remark(evil_result()) is None


@pytest.mark.usefixtures("some")
def test_a_level_of_release_does_not_count() -> None:
    """Only the numbers of a release are compared: an interpreter may call its final release an alpha."""

    def tiny(version: str) -> Result:
        return result(slug="tiny", interpreter={"title": f"Tiny {version}", "implementation_version": version})

    assert remark(tiny("1.2.0a0")) is None
    assert remark(tiny("1.1")) == "1.1 is an older release; 1.2.0 of January 2026 is the newest known"
    assert remark(tiny(EVIL)) is not None


def test_every_line_is_complete() -> None:
    """Each line has an address and at least one release, all of its language version, and no two lines are the same."""
    names = [(line.family, line.language) for line in lines()]

    assert len(names) == len(set(names))
    for line in lines():
        assert line.source.startswith("https://")
        assert line.releases
        assert all(re.fullmatch(r"[0-9]+(\.[0-9]+)+", each) for each in line.releases)
        if line.family == "cpython":
            assert all(each.startswith(f"{line.language}.") for each in line.releases)


def test_every_published_release_is_in_the_table() -> None:
    """The table has the line of each published run, and a day for each one that is older than the newest known."""
    results = published()

    assert [each.slug for each in results if releases.line_of(each) is None] == []
    for each in results:
        latest = newest(each, results)
        assert latest is not None
        assert releases._numbers(latest) >= releases._numbers(release(each))
