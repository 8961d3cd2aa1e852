"""The pages of behaviours: verdicts by interpreter, what failed and how, code, the command."""

from __future__ import annotations

import re
from typing import Any

from conformance.catalogue import load
from reports.markup import module_name, module_url
from reports.model import Entry, Report, Result, status_of
from reports.site.behaviours import asides, code, item, pages, verdicts
from tests.reports.samples import result

PAGE = "behaviours/bidirection-asend.html"


def entry(id: str, *results: Result) -> Entry:
    """A behaviour with what these results say of it."""
    behaviour = load()[id]
    return Entry(behaviour, {each.slug: status_of(behaviour, each) for each in results})


def section(text: str, id: str) -> str:
    """The part of the page about one behaviour."""
    found = re.search(rf'<section class="behaviour" id="{id}">.*?</section>', text, re.DOTALL)
    assert found is not None
    return found[0]


def changed(case: str, verdict: str, slug: str = "other-1", **values: Any) -> Result:
    """A result in which one case came out so."""
    whole = result({case: verdict}, slug=slug, interpreter={"title": "Other 1", "implementation": "other"})
    outcomes = [{**each, **values} if each["case"] == case else each for each in whole.document["outcomes"]]
    return Result(whole.path, {**whole.document, "outcomes": outcomes})


def test_verdicts_name_the_cases_that_stand_out() -> None:
    """Interpreters with one status stand together, failures first; of many cases only those are named that differ."""
    good, bad, old = result(), changed("SND-012[42]", "fail"), result(slug="old", judged_as="3.6")
    found = verdicts(entry("SND-012", good, bad), [good, bad])
    of_old = verdicts(entry("EQV-006", old), [old])

    assert [(each.status, each.cases, [r.slug for r in each.results]) for each in found] == [
        ("fail", ("SND-012[42]",), ["other-1"]),
        ("pass", (), ["cpython-3.13.0"]),
    ]
    assert [(each.status, each.cases) for each in of_old] == [("does not apply", ())]


def test_a_failure_is_told_in_full() -> None:
    """Message, line, the text of the line, locals, output, what was left behind, and the reason if it is known."""
    known: dict[str, Any] = {
        "known": "because (https://example.org/1)",
        "message": "TypeError: no",
        "locals": {"g": "<agen>"},
    }
    line = load()["SND-001"].function.__code__.co_firstlineno + 10
    bad = changed("SND-001", "fail", line=line, output="hello", dirty=["hooks"], **known)
    text = section(pages(Report([result(), bad]))[PAGE], "SND-001")

    for part in (
        "fails, and is known to, on Other 1",
        "Known: because (",
        f"line {line}: TypeError: no",
        "    g = &lt;agen&gt;",
        "printed: hello",
        "left behind: hooks",
        "holds on CPython 3.13.0",
    ):
        assert part in text
    assert "<mark>" in text


def test_a_behaviour_says_what_it_is() -> None:
    """Sentence, level, versions, sources with links, the code, and the command for a program of its own."""
    text = section(pages(Report([result()]))[PAGE], "SND-012")
    behaviour = load()["SND-012"]

    assert f'<span class="level {behaviour.level}">' in text
    assert f"Python {behaviour.versions}." in text
    for source in behaviour.sources:
        assert f'href="{source.url}"' in text
    assert "def test_" in text
    assert "python -m conformance script &#39;SND-012[" in text
    assert "<code>SND-012[42]</code>" in text


def test_open_outcomes_say_who_has_which() -> None:
    """Where the documents leave it open each allowed outcome is named, with those that have it, or nobody."""
    behaviour = next(each for each in load().values() if each.allowed and each.applies_to((3, 13)))
    report = Report([result()])
    page = next(text for name, text in pages(report).items() if f'id="{behaviour.id}"' in text)
    text = section(page, behaviour.id)
    first, *others = behaviour.allowed

    assert f"<b>{first}</b>" in text
    assert "The documents leave it open." in text
    assert text.count(": nobody") == len(others)


def test_equal_asides_stand_together() -> None:
    """What does not count is told once for all cases and interpreters that show the same."""
    old = result({"SND-012[42]": "fail", "SND-012[0]": "fail"}, slug="a", judged_as="3.7")
    outcomes = [{**each, "applicable": False, "message": "same"} for each in old.document["outcomes"]]
    both = [
        Result(old.path, {**old.document, "outcomes": outcomes, "interpreter": {**old.interpreter, "slug": slug}})
        for slug in ("a", "b")
    ]
    found = asides(["SND-012[42]", "SND-012[0]"], both)

    assert [(each.verdict, each.cases, len(each.results)) for each in found] == [
        ("fail", ["SND-012[42]", "SND-012[0]"], 2)
    ]


def test_lines_that_failed_are_marked() -> None:
    """The code has its lines marked, and nothing in it is markup."""
    found = item(entry("SND-001", result()), Report([result()]))
    marked = code(found.body, {found.body.line})

    assert marked.startswith(f"<mark>async def {found.body.name}():</mark>\n")
    assert "<mark>" not in code(found.body, set())
    assert "\n" + found.body.original.splitlines()[-1] in marked


def test_each_module_has_a_page_and_a_name() -> None:
    """Modules of the same name in an area and in a folder of it have pages of their own, and names of their own."""
    modules = list(dict.fromkeys(entry.module for entry in load().values()))

    assert module_url("conformance/protocol/test_object.py") == "behaviours/protocol-object.html"
    assert module_url("conformance/protocol/awaitables/test_object.py") == "behaviours/protocol-awaitables-object.html"
    assert module_name("conformance/consumption/test_async_for.py") == "async for"
    assert (
        module_name("conformance/constraints/syntax/test_return_and_yield_from.py") == "syntax: return and yield from"
    )
    assert len({module_url(module) for module in modules}) == len(modules)
    assert len({module_name(module) for module in modules}) == len(modules)
