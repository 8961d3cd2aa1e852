"""A site and a browser that is watched while it shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reports.build import write
from reports.gather import gather
from reports.model import Report
from tests.browser import chromium, samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    Visit = Callable[..., Page]

#: The only things that a page of the site may ask for.
OWN = re.compile(r"(file|data|blob|about):")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="DIR", type=Path, help="Write the pictures of docs/report.md to DIR.")
    parser.addoption("--results-dir", metavar="DIR", type=Path, help="Show the results of DIR, not the small samples.")


def pytest_configure(config: pytest.Config) -> None:
    """A missing tool has one line, and not one for each test."""
    try:
        chromium.path()
    except chromium.Missing as error:
        raise pytest.UsageError(str(error)) from None
    if find_spec("axe_playwright_python") is None:
        raise pytest.UsageError("axe-core is not installed: run 'tox run -e browser', or install the group browser")


@pytest.fixture(scope="session")
def report(pytestconfig: pytest.Config) -> Report:
    """The report that the site is made from; tests compute from it the contents of the pages."""
    folder = pytestconfig.getoption("--results-dir")
    if folder is None:
        return samples.report()
    found = gather([folder])
    assert found.results, f"no result in {folder}"
    return Report(found.results, found.left_out)


@pytest.fixture(scope="session")
def site(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site."""
    folder = tmp_path_factory.mktemp("site")
    write(report, folder)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def visit(browser: Browser, site: Path) -> Iterator[Visit]:
    """Opens a page of the site in a fresh context, whose options can be given.

    A test fails if any page wrote to the console, raised an error, opened a dialog, or asked for what is not in the
    folder.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(address: str = "index.html", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        context.set_default_timeout(20_000)

        def refuse(route: Any) -> None:
            troubles.append(f"asked for {route.request.url}")
            route.abort()

        context.route(lambda url: not OWN.match(url), refuse)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))

        def missing(request: Any) -> None:
            # A page that is left before it is loaded gives up what it still asks for.
            if request.failure != "net::ERR_ABORTED":
                troubles.append(f"not found: {request.url}")

        page.on("requestfailed", missing)

        def dismiss(dialog: Any) -> None:
            troubles.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("dialog", dismiss)
        page.goto(f"{site.as_uri()}/{address}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []
