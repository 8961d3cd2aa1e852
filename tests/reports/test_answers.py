"""The one line that answers a question about a behaviour."""

from __future__ import annotations

import pytest

from conformance.catalogue import load
from reports.answers import answer, when
from reports.model import Report
from tests.reports.samples import column, result


def told(id: str, *results: object) -> str:
    """The line about one behaviour."""
    report = Report(results)  # type: ignore[arg-type]
    return answer(next(each for each in report.standings if each.behaviour.id == id), report)


def cpython(version: str, **verdicts: str) -> object:
    """A CPython with verdicts, the IDs with ``_`` for ``-``."""
    given = {name.replace("_", "-"): verdict for name, verdict in verdicts.items()}
    minor = ".".join(version.split(".")[:2])
    about = {"title": f"CPython {version}", "implementation_version": version, "language_version": version}
    return result(given, slug=f"cpython-{version}", judged_as=minor, interpreter=about)


def test_what_holds_everywhere() -> None:
    """Nothing is named where nothing fails."""
    assert told("SND-001", cpython("3.12.1"), cpython("3.13.0")) == "Since 3.6. Holds wherever it was run."


def test_failing_versions_are_ranges() -> None:
    """Neighbouring versions that fail are a range, and an implementation without generators is not named."""
    old = [cpython(version, SND_001="fail") for version in ("3.8.1", "3.9.1", "3.10.1")]
    good = [cpython("3.11.1")]
    pypy = result(
        {"SND-001": "crash"},
        slug="pypy-1",
        interpreter={"title": "PyPy 1.0", "implementation": "pypy", "implementation_version": "1.0"},
    )
    absent = result(slug="tiny-1", absent="none", interpreter={"title": "Tiny 1", "implementation": "tiny"})

    assert (
        told("SND-001", *old, *good, pypy, absent)
        == "Since 3.6. Fails on CPython 3.8 to 3.10 and PyPy 1.0; holds elsewhere."
    )


def test_a_build_is_named_only_if_its_plain_build_holds() -> None:
    """A failure of a build alone is told, and one that its plain build shares is told once."""
    plain = column("cpython-3.15.0", "cpython", "3.15.0", "3.15.0")
    debug = result(
        {"SND-001": "fail"},
        slug="cpython-3.15.0-debug",
        judged_as="3.15",
        interpreter={
            "title": "CPython 3.15.0 (debug)",
            "implementation_version": "3.15.0",
            "language_version": "3.15.0",
            "build": ("debug",),
        },
    )

    assert told("SND-001", plain, debug) == "Since 3.6. Fails on CPython 3.15.0 (debug); holds elsewhere."


def test_what_was_not_judged_is_told() -> None:
    """A need that is not met is not a pass."""
    bare = result({"SND-001": "unmet"}, slug="bare-1", interpreter={"title": "Bare 1", "implementation": "bare"})

    assert told("SND-001", bare, cpython("3.13.0")) == "Since 3.6. Not judged on Bare; holds elsewhere."


@pytest.mark.parametrize("id", ["SND-001", "CLS-021a", "BLT-009"])
def test_versions_in_words(id: str) -> None:
    """The versions of a behaviour begin the line."""
    behaviour = load()[id]
    expected = {"SND-001": "Since 3.6", "CLS-021a": "From 3.6 to 3.8", "BLT-009": "Since 3.10"}

    assert when(behaviour) == expected[id]
