"""The pages of behaviours: verdicts by interpreter, what failed and how, code, the command."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from conformance.catalogue import load
from conformance.program import body
from reports.model import CHANGED, MAY_HAVE_CHANGED, Report, Result, Standing, status_of
from reports.site.behaviours import asides, code, item, pages, verdicts
from reports.site.markup import module_name, module_url
from tests.reports.samples import causes, changed, edited, recorded, result, some_cause

PAGE = "behaviours/bidirection-asend.html"


def standing(id: str, *results: Result) -> Standing:
    """A behaviour with its statuses in these results."""
    behaviour = load()[id]
    return Standing(behaviour, {each.slug: status_of(behaviour, each) for each in results})


def section(text: str, id: str) -> str:
    """The part of the page about one behaviour."""
    found = re.search(rf'<section class="behaviour" id="{id}">.*?</section>', text, re.DOTALL)
    assert found is not None
    return found[0]


def other(case: str, verdict: str, slug: str = "other-1", **values: Any) -> Result:
    """A result in which one case has this verdict and these values."""
    whole = result({case: verdict}, slug=slug, interpreter={"title": "Other 1", "implementation": "other"})
    return changed(whole, case, **values)


def test_verdicts_name_the_cases_that_stand_out() -> None:
    """Interpreters with one status stand together, failures first; of many cases only those are named that differ."""
    good, bad, old = result(), other("SND-012[42]", "fail"), result(slug="old", judged_as="3.6")
    found = verdicts(standing("SND-012", good, bad), [good, bad])
    of_old = verdicts(standing("EQV-006", old), [old])

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
    bad = other("SND-001", "fail", line=2, output="hello", stderr="died", after="SND-002", dirty=["hooks"], **known)
    line = body(load()["SND-001"]).in_file(2)
    text = section(pages(Report([result(), bad]))[PAGE], "SND-001")

    for part in (
        "fails for a known reason on Other 1",
        "Known: because (",
        f"line {line}: TypeError: no",
        "    g = &lt;agen&gt;",
        "printed: hello",
        "last words: died",
        "only after: SND-002",
        "left changed: hooks",
        "holds on CPython 3.13.0",
    ):
        assert part in text
    assert f"    &gt; {body(load()['SND-001']).line_text(2)}\n" in text
    assert text.count("<mark>") == 1
    assert f"<mark>    {body(load()['SND-001']).line_text(2)}</mark>" in text


@pytest.mark.slow
def test_code_that_did_not_run_is_not_quoted() -> None:
    """A case that has changed since the run, or may have, says so and shows neither line nor mark."""
    bad = other("SND-001", "fail", message="TypeError: no")
    stale = recorded(bad, changed=frozenset({"SND-001"}))
    old = recorded(stale, hashes={})
    texts = [section(pages(Report([each]))[PAGE], "SND-001") for each in (stale, old)]

    for text, sentence in zip(texts, (CHANGED, MAY_HAVE_CHANGED), strict=True):
        assert f'<span class="stale">{sentence}</span>' in text
        assert "<pre>TypeError: no\n</pre>" in text
        assert "<mark>" not in text
    assert "Some results have no hashes" in pages(Report([old]))[PAGE]
    assert "Some results have no hashes" not in pages(Report([stale]))[PAGE]


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
    assert "The documents allow several outcomes." in text
    assert text.count(": no interpreter") == len(others)


def test_equal_asides_stand_together() -> None:
    """What does not count is told once for all cases and interpreters that show the same."""
    old = result({"SND-012[42]": "fail", "SND-012[0]": "fail"}, slug="a", judged_as="3.7")
    one = edited(old, lambda each: replace(each, applicable=False, message="same"))
    both = [recorded(one, interpreter=replace(one.interpreter, slug=slug)) for slug in ("a", "b")]
    found = asides(["SND-012[42]", "SND-012[0]"], both)

    assert [(each.verdict, each.cases, len(each.results)) for each in found] == [
        ("fail", ["SND-012[42]", "SND-012[0]"], 2)
    ]


def test_lines_that_failed_are_marked() -> None:
    """The code has its lines marked, and nothing in it is markup."""
    found = item(standing("SND-001", result()), Report([result()]))
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


def test_a_failure_leads_to_its_cause() -> None:
    """A failure that counts has a link to its cause on the page of an interpreter, known or not."""
    bad, known = other("SND-001", "fail"), other("SND-001", "fail", slug="other-2", known="it does not hold (address)")
    report = Report([result(), bad, known], causes=causes(some_cause("SND-001", only=("other",))))
    text = section(pages(report)[PAGE], "SND-001")

    assert 'Cause: <a href="../interpreters/other-1.html#cause-some-cause">it does not hold</a>' in text
    assert 'Known: <a href="../interpreters/other-2.html#cause-some-cause">it does not hold</a>' in text
    assert "(address)" not in text
