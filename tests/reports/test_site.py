"""The site as a whole: it works from a folder, loads nothing else, has no broken link, is safe and small."""

from __future__ import annotations

import ast
import json
import posixpath
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

import reports
import reports.site
from conformance.catalogue import load
from conformance.program import body, cases
from conformance.verdicts import STATUSES
from reports.build import ASSETS, RUN, write
from reports.model import Report, who
from reports.site import View, data, navigation, navigation_of, redirects, style, views
from reports.site.markup import behaviour_url, css_class, linked, mark_code, module_url
from runners.record.outcome import Outcome
from runners.record.reading import parse
from tests.reports.samples import (
    TAMED,
    Tags,
    edited,
    evil_result,
    result,
    some_report,
    tags_of,
    whole_site,
)


def pages() -> list[str]:
    """The HTML pages of the whole site."""
    return sorted(name for name in whole_site() if name.endswith(".html"))


@cache
def page(name: str) -> Tags:
    """What a browser would make of a page of the whole site."""
    return tags_of(whole_site()[name])


@cache
def ids_of(name: str) -> frozenset[str]:
    """The anchors of a page."""
    return frozenset(page(name).ids)


def test_links_lead_somewhere() -> None:
    """Each link within the site leads to a file of it, and to an anchor that is there; others are https."""
    wrong = set()
    for name in pages():
        for link in page(name).links:
            if link.startswith(("https://", "data:,")):
                continue
            path, _, anchor = link.partition("#")
            path = path.partition("?")[0]
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            found = target in whole_site() and (not anchor or "=" in anchor or anchor in ids_of(target))
            if not found:
                wrong.add((name, link))

    assert wrong == set()


def test_pages_ask_for_nothing_from_elsewhere() -> None:
    """Scripts, styles and pictures are of the site, and there is nothing else that a browser would load."""
    for name in pages():
        found = page(name)
        sources = re.findall(r'<(?:script|img|link)[^>]* (?:src|href)="([^"]*)"', whole_site()[name])

        assert not set(found.tags) & {"iframe", "object", "embed", "base", "video", "audio"}
        assert [source for source in sources if re.match(r"(\w+:)?//", source)] == []
        assert len(found.ids) == len(set(found.ids)), name


@pytest.mark.parametrize(
    "path",
    sorted(path for path in ASSETS.rglob("*.*") if path.is_file() and path.name != RUN),
    ids=lambda path: path.name,
)
def test_an_asset_asks_for_nothing(path: Path) -> None:
    """No module, no fetch, no style or font from elsewhere."""
    # MiniSearch has a method of this name, which reads a table. What is said in a comment is no code.
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"\._index\.fetch\(|\bfetch\(key, initial\)", "", text)

    for forbidden in ("fetch(", "XMLHttpRequest", "import(", "@import", "innerHTML", "insertAdjacentHTML"):
        assert forbidden not in text
    assert not re.search(r"url\((?!#)", text)
    assert not re.search(r"^\s*(import|export) ", text, re.MULTILINE)


def test_pages_are_safe() -> None:
    """What an interpreter says is text: no tag, attribute or script of it reaches the browser, in any field."""
    for name in pages():
        text = whole_site()[name]
        ours = re.findall(r'<script (?:defer )?(?:src="[a-z0-9./-]+\.js"|type="application/json" id="[a-z-]+")>', text)

        assert re.findall(r"<script>(.*?)</script>", text, re.DOTALL) == []
        assert page(name).tags.count("script") == len(ours)
        assert "<script>alert" not in text


def test_hostile_text_is_shown() -> None:
    """It is not lost either: who reads the page sees what was said."""
    site = whole_site()
    shown = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"

    for name in ("index.html", "interpreters.html", "interpreters/evil-1.html", "behaviours/bidirection-asend.html"):
        assert shown in site[name], name


def result_file(slug: str) -> str:
    """The file of a result in the site, as ``report.json`` names it."""
    listed = json.loads(whole_site()["data/report.json"])["interpreters"]
    return str(next(each["result"] for each in listed if each["slug"] == slug))


def test_each_result_is_there_once_and_compact() -> None:
    """A result is one file without a space that says nothing, and no key of an outcome says that there is nothing."""
    site = whole_site()
    text = site[result_file("evil-1")]
    document = json.loads(text)

    assert document["interpreter"]["title"] == TAMED
    assert text == json.dumps(document, separators=(",", ":")) + "\n"
    assert [name for name in site if name.startswith("data/results/") and not name.endswith(".json.gz")] == []
    assert all(value not in (None, []) for each in document["outcomes"] for value in each.values())
    assert "\n " not in site["data/report.json"]


@pytest.mark.slow
def test_hostile_results_can_be_written(tmp_path: Path) -> None:
    """Every text of an interpreter can be written and read back; half of a surrogate pair stays visible."""
    write(Report([evil_result()]), tmp_path)

    assert "\\ud800" in (tmp_path / "index.html").read_text(encoding="utf-8")
    for path in tmp_path.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))


def test_every_view_is_reached() -> None:
    """The navigation leads from each page to each view, and each view makes the page that the navigation names."""
    aside = set(redirects.pages(some_report())) | {name for name in pages() if "redirect.js" in whole_site()[name]}
    assert set(navigation()) <= set(whole_site())
    for name in set(pages()) - aside:
        root = "../" * name.count("/")
        assert {root + file for file in navigation()} <= set(page(name).links)


def test_every_module_is_a_view() -> None:
    """Each module in ``reports/site``, but the one that all of them share, is in VIEWS once: none is forgotten."""
    modules = {path.stem for path in Path(reports.site.__file__).parent.glob("*.py")} - {"__init__", "markup"}

    assert sorted(reports.site.VIEWS) == sorted(modules)


def unreached(some: list[View], report: Report) -> set[str]:
    """The pages at the root of the site to which the navigation does not lead."""
    made = {name for view in some for name in view.pages(report) if name.endswith(".html") and "/" not in name}
    # A host shows 404.html in place of a page that is not there; nothing leads to it.
    return made - set(navigation_of(some)) - {"404.html"}


@pytest.mark.slow
def test_a_view_without_navigation_is_seen() -> None:
    """A page at the root of the site is in the navigation; a view that forgets its FILE is found."""
    report = some_report()
    forgetful = cast(View, SimpleNamespace(pages=lambda report: {"extra.html": ""}))

    assert unreached(views(), report) == set()
    assert unreached([*views(), forgetful], report) == {"extra.html"}


def test_a_new_view_is_one_module_and_one_line() -> None:
    """A view with a FILE and a TITLE stands in the navigation at its place."""
    extra = cast(View, SimpleNamespace(pages=lambda report: {"extra.html": ""}, FILE="extra.html", TITLE="Extra"))

    assert list(navigation_of([*views(), extra]).items()) == [*navigation().items(), ("extra.html", "Extra")]


def test_every_behaviour_has_its_page() -> None:
    """From an ID anyone finds the page; the old address, an anchor on the page of its module, still leads there."""
    for entry in load().values():
        assert behaviour_url(entry) == f"b/{entry.id}.html"
        assert behaviour_url(entry) in whole_site()
        assert entry.id in ids_of(module_url(entry.module))


def test_it_can_be_read_without_scripts() -> None:
    """Every sentence, verdict and code is in the page itself; scripts only fold, filter and copy."""
    site = whole_site()
    for entry in load().values():
        text = site[behaviour_url(entry).partition("#")[0]]

        assert str(mark_code(entry.sentence)) in text
        assert f"def {body(entry).name}(" in text
    assert not re.search(r"<(tr|tbody|table)[^>]* hidden", "".join(site[name] for name in pages()))


@pytest.mark.parametrize("path", [path for path in ASSETS.iterdir() if path.suffix == ".css"], ids=lambda p: p.name)
def test_colours_are_of_both_schemes(path: Path) -> None:
    """A colour is a variable, which light and dark both set: none is written in a rule."""
    rules = re.sub(r":root\s*\{[^}]*\}", "", path.read_text(encoding="utf-8"))

    assert not re.search(r":[^;{}]*#[0-9a-fA-F]{3,8}\b", rules)


def test_every_colour_is_one_for_light_and_one_for_dark() -> None:
    """A variable that is a colour has both: what is left out of one scheme would be the other's."""
    (rules,) = re.findall(r":root\s*\{([^}]*--text[^}]*)\}", (ASSETS / "site.css").read_text(encoding="utf-8"))
    values = dict(re.findall(r"(--[\w-]+): ([^;]+);", rules))

    assert len(values) > 15
    assert [name for name, value in values.items() if not re.fullmatch(r"light-dark\(#\w+, #\w+\)", value)] == []


@pytest.mark.slow
def test_it_is_small() -> None:
    """Without ``data/`` a site of 20 interpreters is below 36 KB for each behaviour, its program included."""
    catalogue = load()
    failing = [case.name for number, entry in enumerate(catalogue.values()) if number % 8 == 0 for case in cases(entry)]
    results = []
    for number in range(20):
        version = f"3.{number % 10 + 6}"
        whole = result(
            dict.fromkeys(failing[number % 3 :: 3], "fail"),
            slug=f"some-{number}",
            judged_as=version,
            interpreter={"title": f"Some {version}.{number}"},
        )

        def fail(each: Outcome, log: str = f"[{number}]" * 20) -> Outcome:
            if each.verdict == "pass":
                return each
            return replace(each, message="assert log == [RuntimeError]", line=6, locals={"log": log})

        results.append(edited(whole, fail))
    report = Report(results)
    made = {
        name: text
        for view, module in zip(reports.site.VIEWS, views(), strict=True)
        if view != "data"
        for name, text in module.pages(report).items()
    }
    size = sum(len(text) for name, text in made.items() if not name.startswith("data/"))
    size += sum(path.stat().st_size for path in ASSETS.rglob("*.*"))

    assert size < 36_000 * len(catalogue)


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_its_class(status: str) -> None:
    """The style has a class for the name and one for the letter of each status, with a colour of ``site.css``."""
    text = style.pages(some_report())["statuses.css"]
    found = {
        name.strip(): ink
        for names, ink in re.findall(r"([^{}\n]*)\{ --ink: ([^;]*);", text)
        for name in names.split(",")
    }
    colour = found[f".{css_class(status)}"]

    assert colour == found[f".{STATUSES[status].letter}"]
    assert f"{colour.removeprefix('var(').removesuffix(')')}:" in (ASSETS / "site.css").read_text(encoding="utf-8")


def named_in(path: Path) -> list[list[str]]:
    """The names of statuses in each list, tuple, set or dictionary of a Python module, where it has more than one."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            inside: list[ast.expr | None] = list(node.elts)
        elif isinstance(node, ast.Dict):
            inside = [*node.keys, *node.values]
        else:
            continue
        names = [each.value for each in inside if isinstance(each, ast.Constant) and each.value in STATUSES]
        if len(names) > 1:
            found.append([str(name) for name in names])
    return found


def test_no_second_list_of_statuses() -> None:
    """A list of verdicts stands in ``conformance/verdicts.py`` alone: a new verdict is one row there."""
    folder = Path(reports.__file__).parent
    lists = {path.name: named_in(path) for path in folder.rglob("*.py") if named_in(path)}
    scripts = {
        path.name: [name for name in STATUSES if re.search(rf"[\"'`]{name}[\"'`]|\b{name}:", path.read_text())]
        for path in folder.joinpath("assets").glob("*.js")
    }
    names = "|".join(STATUSES)
    loops = [
        path.name
        for path in folder.joinpath("templates").iterdir()
        if re.search(rf"""["'](?:{names})["']\s*,\s*["'](?:{names})["']""", path.read_text(encoding="utf-8"))
    ]

    assert lists == {}
    assert [name for name, found in scripts.items() if len(found) > 1] == []
    assert loops == []
    assert not set(json.loads(data.SCHEMA_FILE.read_text(encoding="utf-8"))["$defs"]["status"]) & {"enum", "const"}


def test_neighbours_are_told_as_a_range() -> None:
    """Three or more in a row are a range, and a gap in the row ends it."""
    made = [
        result(slug=version, interpreter={"title": f"CPython {version}", "implementation_version": version})
        for version in ("3.6.1", "3.7.1", "3.8.1", "3.9.1", "3.10.1")
    ]
    made.append(result(slug="p", interpreter={"title": "PyPy 8.0.1 (Python 3.11)", "implementation": "pypy"}))

    assert who(made, made) == "CPython 3.6.1 to 3.10.1; PyPy 8.0.1 (Python 3.11)"
    assert who([made[0], *made[2:5]], made) == "CPython 3.6.1, 3.8.1 to 3.10.1"
    assert who(made[:2], made) == "CPython 3.6.1, 3.7.1"
    assert who(made[:3]) == "CPython 3.6.1, 3.7.1, 3.8.1"


def test_addresses_in_text_are_links() -> None:
    """An https address becomes a link, and nothing else does."""
    text = linked("so (https://example.org/a?b=1&c) <b> javascript:alert(1)")

    address = "https://example.org/a?b=1&amp;c"

    assert text == f'so (<a href="{address}">{address}</a>) &lt;b&gt; javascript:alert(1)'


def test_data_is_what_its_schema_says() -> None:
    """``report.json`` is described by the schema beside it, and agrees with the report."""
    import jsonschema

    site = whole_site()
    document = json.loads(site["data/report.json"])
    schema = json.loads(site["data/report.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    by_slug = {each["slug"]: each for each in document["interpreters"]}

    assert [behaviour["id"] for behaviour in document["behaviours"]] == list(load())
    assert schema["$defs"]["status"]["enum"] == list(STATUSES)
    assert by_slug["pypy-1"]["statuses"]["SND-001"] == "fail"
    assert by_slug["cut-1"]["full"] is False
    assert by_slug["tiny-1"]["counts"]["language"]["passed"] == 0
    assert document["left_out"][0]["file"] == "bad.json"
    assert {each["result"] for each in document["interpreters"]} <= set(site)
    assert "/home/me" not in "".join(site[name] for name in pages())


@pytest.mark.slow
def test_data_has_the_results_as_they_are(tmp_path: Path) -> None:
    """A result in the site is a result file, which the other commands take."""
    import jsonschema

    site = whole_site()
    (cut,) = (each for each in some_report().results if each.slug == "cut-1")
    path = tmp_path / "cut-1.json"
    path.write_text(site[result_file("cut-1")])
    jsonschema.validate(json.loads(path.read_text()), json.loads(site["data/result.schema.json"]))

    assert parse(path) == cut.record
