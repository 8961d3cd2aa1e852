"""The pages of modules: their sentences, how each column stands, and the way to a failure."""

from __future__ import annotations

from conformance.catalogue import load
from reports.model import Report
from reports.site.markup import module_name, module_url
from reports.site.modules import pages
from tests.reports.samples import result

PAGE = "behaviours/bidirection-asend.html"


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


def test_a_row_has_the_letters_of_every_column_and_leads_to_the_failure() -> None:
    """The anchor of an ID is kept for old links; a sign of a failure is a link to it."""
    other = result({"SND-001": "fail"}, slug="other-1", interpreter={"title": "Other 1", "implementation": "other"})
    behaviours = {id: each for id, each in load().items() if each.module.endswith("bidirection/test_asend.py")}
    text = pages(Report([result(), other], catalogue=behaviours))[PAGE]

    assert '<tr id="SND-001" data-s="pf">' in text
    assert 'href="../b/SND-001.html#other-3.13"' in text
    assert all(f'id="{id}"' in text for id in behaviours)
