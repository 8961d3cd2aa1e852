"""The addresses of IDs that no behaviour has."""

from __future__ import annotations

from reports.model import Report
from reports.site.retired import DOCUMENT, numbers, pages, retired
from tests.reports.samples import result


def test_every_retired_id_of_the_document_has_a_page() -> None:
    """An address that was once published never dies: the page says why, and leads to what says it now."""
    report = Report([result()])
    found = {each.id: each for each in retired(DOCUMENT.read_text(encoding="utf-8"), report)}
    made = pages(report)

    assert [each.id for each in found["AWT-008"].successors] == ["AWT-064b"]
    assert {f"b/{id}.html" for id in found} <= set(made)
    assert '<meta http-equiv="refresh" content="0; url=AWT-064b.html">' in made["b/AWT-008.html"]
    assert not {f"b/{id}.html" for id in report.catalogue} & set(made)


def test_a_number_leads_to_its_eras() -> None:
    """A number without its letter is what people remember: its page lists the behaviours of all versions."""
    report = Report([result()])
    found = {each.id: each for each in numbers(report)}
    text = pages(report)["b/CLS-021.html"]

    assert [each.id for each in found["CLS-021"].successors] == ["CLS-021a", "CLS-021b"]
    assert 'href="../b/CLS-021a.html"' in text
    assert "refresh" not in text
