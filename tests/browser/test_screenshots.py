"""The pictures of docs/report.md: ``tox run -e browser -- --screenshots docs --results-dir RESULTS``."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.catalogue import load
from reports.model import Report
from reports.site.markup import behaviour_url, interpreter_url

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

#: Small enough to be kept in the repository.
MOST_BYTES = 200_000
SIZE = {"width": 1280, "height": 760}


@pytest.mark.parametrize("name", ["matrix", "behaviour", "interpreter"])
def test_screenshot(visit: Visit, report: Report, pytestconfig: pytest.Config, tmp_path: Path, name: str) -> None:
    """A picture of the size of the window, small enough for the documents."""
    last = report.results[-1]
    address = {
        "matrix": "index.html",
        "behaviour": behaviour_url(load()["RUN-001"]),
        "interpreter": interpreter_url(last),
    }[name]
    page = visit(address, viewport=SIZE, color_scheme="light")
    path = (pytestconfig.getoption("--screenshots") or tmp_path) / f"report-{name}.png"

    page.screenshot(path=path)

    content = path.read_bytes()
    assert struct.unpack(">II", content[16:24]) == (SIZE["width"], SIZE["height"])
    assert len(content) < MOST_BYTES
