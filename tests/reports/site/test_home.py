"""The first page: what it says without a script."""

from __future__ import annotations

import re

from reports.site import home
from reports.site.markup import interpreter_url, module_url
from tests.reports.samples import some_report


def test_it_leads_to_every_area_and_every_implementation() -> None:
    """Without JavaScript the page has the areas with their modules, and the newest release of each implementation."""
    report = some_report()
    text = home.pages(report)["index.html"]

    for area in report.areas:
        for module in area.modules:
            assert f'href="{module_url(module.name)}"' in text
    for family in report.families:
        assert f'href="{interpreter_url(family.head)}"' in text
    assert re.search(r'<div id="start"', text)


def test_a_count_of_failures_leads_to_them() -> None:
    """The number that fails is a query of the matrix."""
    text = home.pages(some_report())["index.html"]

    assert '<a href="matrix.html?fails=pypy">1 fail</a>' in text


def test_the_examples_are_questions_of_the_search() -> None:
    """An example is an address with a question, which works without typing."""
    text = home.pages(some_report())["index.html"]

    assert '<a href="?q=close%20while%20running">close while running</a>' in text
