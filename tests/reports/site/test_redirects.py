"""The names that stay: pages and badges under each of them, and the page for an address that is not there."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from reports.model import Report, Result
from reports.recorded import read_all, record
from reports.site import implementations, redirects
from tests.reports.days import FIRST, SECOND, pypy, python
from tests.reports.samples import absent_result, evil_result, some_report, tags_of


def three() -> list[Result]:
    """Two CPythons of one minor version and a PyPy."""
    return [python("3.13.0"), python("3.13.1"), pypy("8.0.1")]


def test_every_name_has_a_page_and_a_badge() -> None:
    """Stable names and slugs lead to the page of the newest run; the page itself is not replaced."""
    made = redirects.pages(Report(three()))
    leads = {name: text for name, text in made.items() if name.startswith("interpreters/")}

    assert {name: text.partition('id="there" href="')[2].partition('"')[0] for name, text in leads.items()} == {
        "interpreters/cpython.html": "../interpreters/cpython-3.13.html",
        "interpreters/cpython-3.13.1.html": "../interpreters/cpython-3.13.html",
        "interpreters/pypy.html": "../interpreters/pypy-3.11.html",
        "interpreters/pypy-8.0.1.html": "../interpreters/pypy-3.11.html",
    }
    for name in ("cpython", "cpython-3.13", "cpython-3.13.1", "cpython-3.13.0", "pypy", "pypy-3.11", "pypy-8.0.1"):
        assert f"badges/{name}.svg" in made
        assert f"badges/{name}.json" in made


def test_a_badge_follows_the_newest_run() -> None:
    """The stable name and the slug of the newest run have the same badge, and an older release its own."""
    made = redirects.pages(Report(three()))
    messages = {
        name: json.loads(made[f"badges/{name}.json"])["message"]
        for name in ("cpython", "cpython-3.13", "cpython-3.13.0")
    }

    assert messages["cpython"] == messages["cpython-3.13"]
    assert messages["cpython"].startswith("CPython 3.13.1: ")
    assert messages["cpython-3.13.0"].startswith("CPython 3.13.0: ")


@pytest.mark.parametrize("name", ["pypy-3.11", "pypy-8.0.1"])
def test_a_name_of_an_earlier_day_lives_on(tmp_path: Path, name: str) -> None:
    """3.13.0 was published, and 3.13.1 is now: the old address leads to the new page. Of a family that is gone a page
    says so."""
    record(Report([python("3.13.0"), pypy("8.0.1")]), FIRST, tmp_path)
    record(Report([python("3.13.1")]), SECOND, tmp_path)
    made = redirects.pages(Report([python("3.13.1")], history=read_all(tmp_path)))

    assert 'href="../interpreters/cpython-3.13.html"' in made["interpreters/cpython-3.13.0.html"]
    assert made["badges/cpython-3.13.0.svg"] == made["badges/cpython.svg"]
    assert "is not in this report any more" in made[f"interpreters/{name}.html"]
    assert "refresh" not in made[f"interpreters/{name}.html"]
    assert f"badges/{name}.svg" not in made


def test_a_minor_version_that_is_gone_leads_to_its_family(tmp_path: Path) -> None:
    """CPython 3.12 is not run any more: its address leads to the newest CPython."""
    record(Report([python("3.12.1"), python("3.13.0")]), FIRST, tmp_path)
    made = redirects.pages(Report([python("3.13.0")], history=read_all(tmp_path)))

    assert 'href="../interpreters/cpython-3.13.html"' in made["interpreters/cpython-3.12.html"]


def test_no_two_names_are_one_file() -> None:
    """A file system that does not tell A from a keeps all of them."""
    names = [each.name.lower() for each in redirects.names(Report([*some_report().results, evil_result("evil-1")]))]

    assert len(names) == len(set(names))


def test_links_are_absolute_only_where_the_address_is_known() -> None:
    """The page for an address that is not there is shown at any depth; canonical links name the site."""
    without, given = (
        redirects.pages(Report(three(), address=address)) for address in ("", "https://example.org/report/")
    )

    assert 'href="https://example.org/report/index.html"' in given["404.html"]
    assert "https://" not in without["404.html"]
    assert (
        'rel="canonical" href="https://example.org/report/interpreters/cpython-3.13.html"'
        in given["interpreters/cpython.html"]
    )
    assert "canonical" not in without["interpreters/cpython.html"]


def test_hostile_names_are_text() -> None:
    """A title is text, and a name in an address has letters that a file can have."""
    made = redirects.pages(Report([evil_result("evil-1")]))

    for name, text in made.items():
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/")
        assert len(name) < 200
        if not name.endswith(".json"):
            assert "<script>alert" not in text
            tags_of(text)


@pytest.mark.parametrize("address", ["", "https://example.org/report/"])
def test_implementations_are_of_their_schema(address: str) -> None:
    """The list is of its schema, and each file that it names is one that the site makes."""
    report = Report([*three(), absent_result("tiny-1"), evil_result("evil-1")], address=address)
    made = json.loads(implementations.pages(report)["implementations.json"])
    badges = redirects.pages(report)

    jsonschema.Draft202012Validator.check_schema(implementations.schema())
    jsonschema.Draft202012Validator(implementations.schema()).validate(made)
    assert [each["page"] for each in made["columns"]] == [page for each in made["families"] for page in each["columns"]]
    for each in made["columns"]:
        assert each["files"]["badge_svg"] in badges
        assert each["files"]["badge_json"] in badges
