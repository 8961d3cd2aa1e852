"""The addresses and titles of the sections, and the list of the real pages."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from conformance.sources import CPYTHON, ISSUE, TUTORIAL
from tests.conformance import pages
from tests.conformance.pages import Citation, Html, Missing, Place


def test_sections_have_the_addresses_and_titles_of_the_real_pages() -> None:
    """Each address of a document or section is in the list, under the title of the page, and the list has no other."""
    _, listed = pages.read()

    assert list(pages.faults(pages.citations(), listed)) == []


def test_the_list_says_of_which_releases_it_is() -> None:
    """The list has a release for each documentation that is cited, and it is one of that version."""
    releases, listed = pages.read()
    bases = {re.sub(r"^(https://docs\.python\.org/[^/]+/).*", r"\1", page) for page in listed}

    assert set(releases) == {base for base in bases if base.startswith(pages.DOCS)}
    for base, release in releases.items():
        assert f"{release}.".startswith(base.removeprefix(pages.DOCS).strip("/") + "."), base


def test_the_list_is_as_the_command_writes_it() -> None:
    """Nobody has edited the list: it is in the order and in the form of the command."""
    assert pages.render(*pages.read()) == pages.LIST.read_text(encoding="utf-8")


def test_issues_have_the_number_of_their_address() -> None:
    """An issue has its number in its name, its title and its address."""
    for section in ISSUE.sections:
        tracker, _, number = section.id.removeprefix("ISSUE.").partition("_")
        address = "https://bugs.python.org/issue" if tracker == "BPO" else "https://github.com/python/cpython/issues/"

        assert section.url == address + number
        assert section.title.startswith(f"{tracker.lower()}-{number}: ")


def test_files_of_cpython_have_their_path_as_title() -> None:
    """The title of a file is its path; a title with several files has the one of the address among them."""
    for section in CPYTHON.sections:
        assert section.url.removeprefix(f"{CPYTHON.url}blob/3.14/") in section.title.split(", "), section.id


def test_sentences_of_the_tutorial_have_its_address() -> None:
    """The tutorial has one page without places, and all its sentences are there."""
    assert {section.url for section in TUTORIAL.sections} == {TUTORIAL.url}


HTML = """
<div role="navigation"><h3>Related</h3></div>
<section id="calls-chapter"><span id="old"></span><h1><span class="section-number">6. </span>Calls<a
  class="headerlink" href="#calls-chapter">¶</a></h1>
<section id="the-async-for-statement">
<h2><span class="section-number">6.2.1. </span>The <code>async for</code> statement<a class="headerlink">¶</a></h2>
<dl><dt class="sig" id="agen.asend"><span>async</span> agen.asend(<em>value</em>)<a class="headerlink">¶</a></dt>
<dd><span id="inside"></span>text</dd></dl>
</section></section>
<h3>Previous topic</h3>
"""


def test_places_of_a_page() -> None:
    """A page has its headings without numbers and links, and the signatures of its entries."""
    found = Html(HTML).places

    assert found[""] == Place("heading", "Calls")
    assert found["calls-chapter"] == found["old"] == found[""]
    assert found["the-async-for-statement"] == Place("heading", "The async for statement")
    assert found["agen.asend"] == Place("entry", "async agen.asend(value)")


PEP = """\
PEP: 525
Title: Asynchronous Generators

Implementation Details
----------------------

Asynchronous ``yield from``
^^^^^^^^^^^^^^^^^^^^^^^^^^^
"""


def test_places_of_a_pep() -> None:
    """A PEP has its title with its number, and its headings under the anchors that its page has."""
    found = pages.rest(PEP)

    assert found == {
        "": Place("heading", "PEP 525: Asynchronous Generators"),
        "implementation-details": Place("heading", "Implementation Details"),
        "asynchronous-yield-from": Place("heading", "Asynchronous yield from"),
    }


@pytest.mark.parametrize(
    ("kind", "text", "title", "agrees"),
    [
        ("heading", "Calls", "Calls", True),
        ("heading", "Calls", "calls", False),
        ("heading", "Calls", "Calls and more", False),
        ("heading", "Calls", "Calls (of generators)", True),
        ("heading", "PEP 533: Cleanup", "PEP 533: Cleanup (deferred: it does not hold)", True),
        ("heading", "gc — Garbage Collector interface", "gc", True),
        ("heading", "gc — Garbage Collector interface", "Garbage Collector interface", False),
        ("entry", "anext(async_iterator, /)", "anext()", True),
        ("entry", "awaitable anext(async_iterator, /)", "anext()", True),
        ("entry", "async agen.asend(value)", "agen.asend(value)", True),
        ("entry", "async agen.asend(value)", "agen.asend(other)", False),
        ("entry", "@contextlib.contextmanager", "contextlib.contextmanager()", True),
        ("entry", "exception StopIteration", "StopIteration", True),
        ("entry", "exception StopIteration", "StopAsyncIteration", False),
    ],
)
def test_titles_agree_with_a_place(kind: str, text: str, title: str, agrees: bool) -> None:
    """A title is a heading with or without a remark, the name of a module, or the name of an entry."""
    assert Place(kind, text).agrees(title) is agrees


def _documentation(folder: Path, release: str, text: str) -> Path:
    (folder / "_static").mkdir(parents=True)
    (folder / "_static/documentation_options.js").write_text(f"OPTIONS = {{\n    VERSION: '{release}',\n}}")
    (folder / "reference").mkdir()
    (folder / "reference/calls.html").write_text(text, encoding="utf-8")
    (folder / "reference/index.html").write_text("<h1>The reference</h1>", encoding="utf-8")
    return folder


def test_the_newest_fitting_release_is_listed(tmp_path: Path) -> None:
    """An address of 3.14 is looked up in the newest 3.14 given, one without a minor version in the newest of all."""
    folders = [
        _documentation(tmp_path / "old", "3.14.9", HTML.replace("Calls", "Old")),
        _documentation(tmp_path / "new", "3.14.10", HTML),
        _documentation(tmp_path / "newer", "3.15.2", HTML.replace("Calls", "New")),
        tmp_path,
    ]
    (tmp_path / "pep-0525.rst").write_text(PEP)
    cited = [
        Citation("A", "", "https://docs.python.org/3.14/reference/calls.html"),
        Citation("B", "", "https://docs.python.org/3.14/reference/calls.html#agen.asend"),
        Citation("C", "", "https://docs.python.org/3/reference/calls.html"),
        Citation("D", "", "https://docs.python.org/3.14/reference/"),
        Citation("E", "", "https://peps.python.org/pep-0525/#implementation-details"),
    ]

    assert pages.collect(cited, folders) == textwrap.dedent("""\
        # Made by: python -m tests.conformance.pages FOLDER...

        [releases]
        "https://docs.python.org/3.14/" = "3.14.10"
        "https://docs.python.org/3/" = "3.15.2"

        ["https://docs.python.org/3.14/reference/"]
        "" = { heading = "The reference" }

        ["https://docs.python.org/3.14/reference/calls.html"]
        "" = { heading = "Calls" }
        "agen.asend" = { entry = "async agen.asend(value)" }

        ["https://docs.python.org/3/reference/calls.html"]
        "" = { heading = "New" }

        ["https://peps.python.org/pep-0525/"]
        "implementation-details" = { heading = "Implementation Details" }
    """)


def test_each_missing_address_is_told(tmp_path: Path) -> None:
    """An address without a documentation, a page or a place is an error that says so, all of them at once."""
    folder = _documentation(tmp_path / "docs", "3.14.10", HTML)
    cited = [
        Citation("A", "", "https://docs.python.org/3.13/reference/calls.html"),
        Citation("B", "", "https://docs.python.org/3.14/reference/gone.html"),
        Citation("C", "", "https://docs.python.org/3.14/reference/calls.html#gone"),
    ]
    with pytest.raises(Missing) as error:
        pages.collect(cited, [folder])

    assert [line.split(":")[0] for line in str(error.value).splitlines()] == ["A", "B", "C"]
    assert "no such heading or entry" in str(error.value)


def test_faults_are_found() -> None:
    """An unknown address, another title and an entry that nobody cites are told."""
    listed = {"https://docs.python.org/3/x.html": {"a": Place("heading", "A"), "b": Place("heading", "B")}}
    cited = [
        Citation("ONE", "Another", "https://docs.python.org/3/x.html#a"),
        Citation("TWO", "C", "https://docs.python.org/3/x.html#c"),
    ]

    assert list(pages.faults(cited, listed)) == [
        "ONE: its title is 'Another', and the page has 'A'",
        "TWO: https://docs.python.org/3/x.html#c is not in pages.toml",
        "pages.toml: nobody cites https://docs.python.org/3/x.html#b",
    ]


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["nowhere"], 2), (["."], 1)])
def test_bad_folders_are_told(
    arguments: list[str],
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without folders, with one that is not there, or with one that has no documents, nothing is written."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pages, "LIST", tmp_path / "pages.toml")

    assert pages.main(arguments) == status
    assert capsys.readouterr().out
    assert not (tmp_path / "pages.toml").exists()
