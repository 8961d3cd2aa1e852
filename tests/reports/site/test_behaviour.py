"""The pages of behaviours: verdicts by interpreter, what failed and how, code, the command."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from conformance.catalogue import load
from conformance.program import body, program
from reports.model import CHANGED, MAY_HAVE_CHANGED, Report, Result, Standing, status_of
from reports.site.behaviour import asides, code, item, pages, verdicts
from tests.reports.samples import causes, changed, edited, recorded, result, some_cause


def standing(id: str, *results: Result) -> Standing:
    """A behaviour with its statuses in these results."""
    behaviour = load()[id]
    return Standing(behaviour, {each.slug: status_of(behaviour, each) for each in results})


def made(id: str, *results: Result, **about: Any) -> dict[str, str]:
    """The files of a site that has this behaviour alone."""
    behaviours = {name: each for name, each in load().items() if name == id}
    return pages(Report(results, catalogue=behaviours, **about))


def page(id: str, *results: Result, **about: Any) -> str:
    """The page of a behaviour."""
    return made(id, *results, **about)[f"b/{id}.html"]


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
    """Expected beside seen: the text of the line, message, locals, output, what was left behind, and the reason."""
    known: dict[str, Any] = {
        "known": "because (https://example.org/1)",
        "message": "TypeError: no",
        "locals": {"g": "<agen>"},
    }
    bad = other("SND-001", "fail", line=2, output="hello", stderr="died", after="SND-002", dirty=["hooks"], **known)
    line = body(load()["SND-001"]).in_file(2)
    text = page("SND-001", result(), bad)

    for part in (
        "<b>Known:</b> because (",
        f"Line {line} of the module.",
        "TypeError: no",
        "    g = &lt;agen&gt;",
        "printed: hello",
        "last words: died",
        "only after: SND-002",
        "left changed: hooks",
        "Fails on Other 3.13.0; holds elsewhere.",
        f"<h4>Expected</h4>\n<pre>{body(load()['SND-001']).line_text(2)}</pre>",
    ):
        assert part in text
    assert text.count("<mark>") == 1
    assert f"<mark>    {body(load()['SND-001']).line_text(2)}</mark>" in text


def test_code_that_did_not_run_is_not_quoted() -> None:
    """A case that has changed since the run, or may have, says so and shows neither line nor mark."""
    bad = other("SND-001", "fail", message="TypeError: no")
    stale = recorded(bad, changed=frozenset({"SND-001"}))
    old = recorded(stale, hashes={})

    for result_, sentence in ((stale, CHANGED), (old, MAY_HAVE_CHANGED)):
        text = page("SND-001", result_)
        assert f"{sentence} So no line is shown." in text
        assert "<h4>Seen</h4>\n<pre>TypeError: no\n</pre>" in text
        assert "<mark>" not in text


def test_a_behaviour_says_what_it_is() -> None:
    """Sentence, level, versions, sources with links and their words, the code, its cases and the commands."""
    text = page("SND-012", result())
    behaviour = load()["SND-012"]

    assert f'<span class="level {behaviour.level}">' in text
    assert f"Python {behaviour.versions}." in text
    for source in behaviour.sources:
        assert f'href="{source.url}"' in text
    assert "def test_" in text
    assert "./python SND-012.py 'SND-012[42]'" in text
    assert "tox run -e interpreter -- ./python -k SND-012" in text
    assert "<code>[42]</code>" in text


def test_the_program_of_a_behaviour_runs_all_its_cases() -> None:
    """The file to download is the program of the command line, and the page has the parts that it does not share."""
    files = made("SND-012", result())
    found = re.search(r'id="program-parts">(.*?)</script>', files["b/SND-012.html"])
    assert found is not None
    parts, shared = json.loads(found[1]), json.loads(files["data/program.js"].partition(" = ")[2].rstrip(";\n"))
    pieces = [parts["head"] + shared["prelude"], parts["body"], shared["driver"], parts["end"]]

    assert files["scripts/SND-012.py"] == program(load()["SND-012"]).text == "\n\n".join(pieces)


def test_a_wrong_verdict_can_be_reported_where_the_project_is_known() -> None:
    """The form has the ID filled in; without an address of the project there is no link."""
    address = "https://example.org/us/suite"
    known, unknown = page("SND-001", result(), repository=address), page("SND-001", result())

    assert f"{address}/issues/new?template=wrong-verdict.yml&amp;case=SND-001" in known
    assert f"git clone {address} asyncgen-conformance" in known
    assert "issues/new" not in unknown
    assert "did not say where one is" in unknown


def test_nothing_is_run_in_the_browser_unless_the_builder_wants_it() -> None:
    """Without an address of Pyodide there is neither a button nor a script for it."""
    assert "run.js" not in page("SND-001", result())
    assert 'data-pyodide="https://example.org/pyodide/"' in page(
        "SND-001", result(), pyodide="https://example.org/pyodide/"
    )


def test_a_failure_can_be_filed_with_the_makers() -> None:
    """The page has the text of ``explain`` for each newest release on which a failure counts, and for no other."""
    bad, detail = other("SND-001", "fail", message="TypeError: no"), other("AWT-076", "fail")

    assert "For the makers of Other 1" in page("SND-001", result(), bad)
    assert "# Other 1: SND-001 does not hold" in page("SND-001", result(), bad)
    assert "Report it upstream" not in page("AWT-076", result(), detail)


def test_a_failure_has_the_anchor_of_its_column() -> None:
    """A cell elsewhere leads to the failure of its interpreter."""
    text = page("SND-001", result(), other("SND-001", "fail"))

    assert '<span id="other-3.13"></span>' in text
    assert 'href="#other-3.13"' in text


def test_open_outcomes_say_who_has_which() -> None:
    """Where the documents leave it open each allowed outcome is named, with those that have it, or nobody."""
    behaviour = next(each for each in load().values() if each.allowed and each.applies_to((3, 13)))
    text = page(behaviour.id, result())
    first, *others = behaviour.allowed

    assert f"<b>{first}</b>" in text
    assert "The documents allow several outcomes." in text
    assert text.count(": nobody here") == len(others)


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


def test_a_failure_leads_to_its_cause() -> None:
    """A failure that counts has a link to its cause on the page of an interpreter, known or not."""
    bad, known = other("SND-001", "fail"), other("SND-001", "fail", slug="other-2", known="it does not hold (address)")
    text = page("SND-001", result(), bad, known, causes=causes(some_cause("SND-001", only=("other",))))

    assert "<b>Cause:</b> <a href=" in text
    assert "<b>Known cause:</b> <a href=" in text
    assert "(address)" not in text
