"""The measurement of a site: sizes and limits, the table, and the messages about mistakes. Nothing here takes time."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.browser import sizes
from tests.browser.measure import VIEWS, largest, main, questions, table
from tests.browser.old import NoOldSite, build
from tests.browser.sizes import HOME, Page, Part, Size, elements, needs, parts
from tests.reports.samples import result, text_of

HOME_PAGE = (
    b'<html><head><link rel="stylesheet" href="site.css"><link rel="icon" href="favicon.svg"></head>'
    b'<body><script src="home.js"></script><script defer src="data/search.js"></script></body></html>'
)
SITE = {
    "index.html": HOME_PAGE,
    "b/SND-001.html": b'<p>text</p><script src="../home.js"></script><script src="../gone.js"></script>',
    "site.css": b"p { color: red }",
    "home.js": b"let x = '<p>';",
    "favicon.svg": b"<svg/>",
    "data/search.js": b"index",
    "data/results/a.json": b"{}",
    "data/results/b.json": b"[1]",
}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("<p>one<br>two</p>", 2),
        ("a &lt;p> b < c", 0),
        ("<!-- <p> --><p>", 1),
        ("<script>if (a <b) '<p>'</script><P>", 2),
        ("<template><p><p></template>", 1),
        ("<!doctype html><html lang=en>", 1),
    ],
    ids=["tags", "text", "comment", "script", "template", "doctype"],
)
def test_elements(text: str, number: int) -> None:
    """Elements are counted, and nothing that only looks like one."""
    assert elements(text) == number


def test_compressed_bytes_are_the_same_in_every_run() -> None:
    """The compressed size is that of gzip, and no time stands in it."""
    content = b"asynchronous " * 100

    assert sizes.compressed(content) == sizes.compressed(content) < len(content)
    assert gzip.decompress(gzip.compress(content, compresslevel=6, mtime=0)) == content


def test_a_page_needs_its_styles_and_scripts() -> None:
    """What a page loads is found from its own folder; data, pictures and files that are not there are left out."""
    assert needs("index.html", SITE) == ["site.css", "home.js"]
    assert needs("b/SND-001.html", SITE) == ["home.js"]


def test_sizes_of_a_site() -> None:
    """The sizes are those of the home page with what it loads, of the largest page, of the index and of all files."""
    found = sizes.pages(SITE)
    made = {each.name: each for each in sizes.sizes(SITE, found, 15_000, "b/SND-001.html")}
    home = sum(sizes.compressed(SITE[name]) for name in ("index.html", "site.css", "home.js"))

    assert found[0] == Page("index.html", sizes.compressed(HOME_PAGE), 7)
    assert made["home, compressed"] == Size("home, compressed", home, "KB", HOME, "3 files")
    assert made["largest page, compressed"].remark == "index.html"
    assert made["index of the search, compressed"].value == sizes.compressed(b"index")
    assert made["whole site"].value == sum(map(len, SITE.values()))
    assert [each.name for each in made.values() if each.over] == ["most elements on a page"]


@pytest.mark.parametrize(("value", "over"), [(99, False), (100, True), (101, True)])
def test_a_size_stays_under_its_limit(value: int, over: bool) -> None:
    """A size has to be smaller than its limit."""
    assert Size("name", value, "KB", 100).over is over
    assert not Size("name", value, "KB").over


@pytest.mark.parametrize(
    ("unit", "shown"), [("KB", "1,234.6 KB"), ("MB", "1.2 MB"), ("elements", "1,234,567 elements")]
)
def test_a_size_is_shown_in_its_unit(unit: str, shown: str) -> None:
    """A number of bytes is shown in thousands or millions, and elements are counted."""
    assert Size("name", 0, unit).shown(1_234_567) == shown


def test_parts_of_a_site() -> None:
    """Files of a folder with the same ending are one part, and each file at the root is a part of its own."""
    found = {part.name: part for part in parts(SITE)}

    assert found["data/results/*.json"] == Part("data/results/*.json", 2, 5)
    assert found["data/search.js"].bytes == 5
    assert [part.bytes for part in parts(SITE)] == sorted((part.bytes for part in found.values()), reverse=True)
    assert sum(part.bytes for part in found.values()) == sum(map(len, SITE.values()))


def test_table_is_markdown() -> None:
    """A table has a head, a line below it, and a line for each row."""
    assert table(("a", "b"), [("1", ""), ("2", "x")]) == "| a | b |\n| --- | --- |\n| 1 |  |\n| 2 | x |"


def test_largest_page_of_a_folder(tmp_path: Path) -> None:
    """Of the pages that a pattern matches the largest is measured, and none if there is none."""
    for name, text in (("a.html", "1"), ("b.html", "333"), ("c.txt", "55555")):
        (tmp_path / name).write_text(text, encoding="utf-8")

    assert largest(tmp_path, "*.html") == tmp_path / "b.html"
    assert largest(tmp_path, "b/*.html") is None


def test_what_is_typed_is_typed() -> None:
    """There are 20 questions, which a keyboard has the letters for, and each kind of page is named once."""
    asked = questions()

    assert len(set(asked)) == 20
    assert all(question.isascii() and len(question) > 1 for question in asked)
    assert len({view.name for view in VIEWS}) == len(VIEWS)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--columns", "many"], "argument --columns: invalid int value: 'many'; "),
        (["--what"], "unrecognized arguments: --what; "),
        (["--results", "no-such-folder"], "no-such-folder: "),
        (["--columns", "0"], "the results have 1 columns; "),
        (["--behaviours", "-5"], "the suite has "),
    ],
    ids=["no number", "no option", "no folder", "columns", "behaviours"],
)
def test_a_mistake_is_one_line(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An argument that cannot be used is one line and exit 2, before anything is measured."""
    (tmp_path / "a.json").write_text(text_of(result()), encoding="utf-8")
    try:
        status: object = main(["--results", str(tmp_path), *arguments])
    except SystemExit as stopped:
        status = stopped.code
    printed = capsys.readouterr()

    assert (status, printed.out) == (2, "")
    assert printed.err.startswith(message)
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize("revision", ["no-such-revision", "--help", ""])
def test_a_revision_that_is_not_there_is_one_line(revision: str, tmp_path: Path) -> None:
    """A revision that the repository does not have is told in one line, and nothing is written."""
    with pytest.raises(NoOldSite) as caught:
        build(revision, tmp_path)

    assert str(caught.value).startswith(f"revision {revision} is not in this repository")
    assert list(tmp_path.iterdir()) == []
