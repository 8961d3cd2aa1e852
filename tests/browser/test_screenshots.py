"""The pictures of the documents: ``tox run -e browser -- --screenshots docs --results-dir RESULTS``."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.catalogue import load
from reports.model import Report
from reports.site import compare, home, matrix
from reports.site.markup import behaviour_url, interpreter_url

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

#: Small enough to be kept in the repository.
MOST_BYTES = 200_000
SIZE = {"width": 1280, "height": 760}
NAMES = ("home", "matrix", "behaviour", "interpreter", "compare")


def address(name: str, report: Report) -> str:
    """The page of a picture: what people ask, and pages that have something to tell."""
    versions = [each for each in report.names if each.startswith("cpython-3.") and each.count("-") == 1]
    names = sorted((each for each in versions if each.count(".") == 1), key=lambda each: int(each.partition(".")[2]))
    old, new = names[-2:]
    return {
        "home": f"{home.FILE}?q=anext+default",
        "matrix": f"{matrix.FILE}?fails=pypy&holds=cpython",
        "behaviour": behaviour_url(load()["BLT-009"]),
        "interpreter": interpreter_url(report.names.get("graalpy", report.results[-1])),
        "compare": f"{compare.FILE}?old={old}&new={new}",
    }[name]


@pytest.mark.parametrize("name", NAMES)
def test_screenshot(visit: Visit, report: Report, pytestconfig: pytest.Config, tmp_path: Path, name: str) -> None:
    """A picture of the size of the window, small enough for the documents."""
    page = visit(address(name, report), viewport=SIZE, color_scheme="light")
    path = (pytestconfig.getoption("--screenshots") or tmp_path) / f"report-{name}.png"
    page.wait_for_function("!document.documentElement.classList.contains('asked')")

    page.screenshot(path=path)

    content = path.read_bytes()
    assert struct.unpack(">II", content[16:24]) == (SIZE["width"], SIZE["height"])
    assert len(content) < MOST_BYTES
