"""The Atom feeds, held against the rules of RFC 4287."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reports import errata
from reports.feeds import Entry, Feed, identifier, render
from reports.model import Report
from reports.recorded import read_all, record
from reports.site import feeds
from tests.reports.days import FIRST, SECOND, pypy, python, recorded_days
from tests.reports.samples import EVIL, evil_result

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "https://example.org/report/"


def report(folder: Path, address: str = ADDRESS) -> Report:
    """A report with two days."""
    return Report([python("3.13.1"), pypy("8.0.1")], address=address, history=read_all(recorded_days(folder)))


def check(text: str) -> ElementTree.Element:
    """The feed, after the rules that a reader of feeds relies on."""
    root = ElementTree.fromstring(text.encode())
    assert root.tag == f"{ATOM}feed"
    ids = [root.findtext(f"{ATOM}id")]
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        datetime.strptime(element.findtext(f"{ATOM}updated") or "", "%Y-%m-%dT%H:%M:%SZ")
        identity = element.findtext(f"{ATOM}id") or ""
        assert re.fullmatch(r"tag:[a-z.0-9-]+,\d{4}:[\w./-]+|urn:uuid:[0-9a-f-]{36}", identity), identity
    ids += [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    for link in root.iter(f"{ATOM}link"):
        assert link.attrib["href"].startswith("https://")
        assert link.attrib["rel"] in ("self", "alternate")
    assert len(root.findall(f"{ATOM}link[@rel='self']")) <= 1
    for entry in root.iter(f"{ATOM}entry"):
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.attrib["type"] == "html"
        assert content.text
        assert "<script" not in content.text
    assert (root.findtext(f"{ATOM}updated") or "") == max(
        (entry.findtext(f"{ATOM}updated") or "" for entry in root.iter(f"{ATOM}entry")),
        default=root.findtext(f"{ATOM}updated") or "",
    )
    return root


@pytest.mark.parametrize("address", ["", "https://example.org", ADDRESS])
def test_every_feed_is_atom(tmp_path: Path, address: str) -> None:
    """Each feed follows the rules, with the address of the site and without it."""
    made = feeds.pages(report(tmp_path, address))

    assert set(made) == {"feeds/all.xml", "feeds/cpython.xml", "feeds/pypy.xml", "feeds/errata.xml"}
    for text in made.values():
        assert (f"{ATOM}link" in {each.tag for each in check(text).iter()}) is (address != "")


def test_a_feed_says_what_changed(tmp_path: Path) -> None:
    """The entry of a day has the fixed and the broken behaviours, the newest day first, and leads to its page."""
    root = check(feeds.pages(report(tmp_path))["feeds/cpython.xml"])
    first = root.findall(f"{ATOM}entry")[0]
    title, content = first.findtext(f"{ATOM}title") or "", first.findtext(f"{ATOM}content") or ""
    link = first.find(f"{ATOM}link")

    assert title.startswith("CPython 3.13.1: ")
    assert title.endswith("; 1 fixed, 1 broken")
    assert f'href="{ADDRESS}b/SND-001.html"' in content
    assert link is not None
    assert link.attrib["href"] == f"{ADDRESS}changes/2026-11-15.html#cpython"


def test_without_an_address_nothing_is_linked(tmp_path: Path) -> None:
    """A link in a feed has to be absolute."""
    for text in feeds.pages(report(tmp_path, "")).values():
        assert "href" not in text


def test_a_feed_is_the_same_each_time(tmp_path: Path) -> None:
    """Made again it has the same bytes, so that no reader sees old entries as new ones."""
    first = feeds.pages(report(tmp_path))

    assert feeds.pages(report(tmp_path)) == first


def test_an_entry_keeps_its_id_when_a_day_follows(tmp_path: Path) -> None:
    """The next day adds an entry, and the IDs of the others stay."""
    one = Report([python("3.13.0")], history=read_all(recorded_days(tmp_path))[:1])
    two = Report([python("3.13.0")], history=read_all(tmp_path))
    ids = [[each.text for each in check(feeds.pages(every)["feeds/all.xml"]).iter(f"{ATOM}id")] for every in (one, two)]

    assert ids[0][0] == ids[1][0]
    assert ids[0][1:] == ids[1][2:]


def test_a_feed_outlives_its_family(tmp_path: Path) -> None:
    """Who reads the feed of an implementation that is not run any more does not lose it."""
    record(Report([python("3.13.0"), pypy("8.0.1")]), FIRST, tmp_path)
    record(Report([python("3.13.0")]), SECOND, tmp_path)
    made = feeds.pages(Report([python("3.13.0")], history=read_all(tmp_path)))

    assert len(list(check(made["feeds/pypy.xml"]).iter(f"{ATOM}entry"))) == 1


def test_a_report_without_history_has_feeds() -> None:
    """They are empty, and the links to them lead somewhere."""
    made = feeds.pages(Report([python("3.13.0")]))

    assert list(check(made["feeds/all.xml"]).iter(f"{ATOM}entry")) == []


def test_the_errata_have_an_entry_for_each_section() -> None:
    """The day of the entry is that on which the verdicts were withdrawn."""
    root = check(feeds.pages(Report([python("3.13.0")]))["feeds/errata.xml"])
    days = [(each.findtext(f"{ATOM}updated") or "")[:10] for each in root.iter(f"{ATOM}entry")]

    assert sorted(map(date.fromisoformat, days)) == sorted(each.withdrawn for each in errata.load())


def test_hostile_words_are_text(tmp_path: Path) -> None:
    """What an interpreter says is text in the HTML that is text in the XML."""
    record(Report([evil_result("evil-1")]), FIRST, tmp_path)
    for text in feeds.pages(Report([evil_result("evil-1")], history=read_all(tmp_path))).values():
        check(text)


def test_hostile_titles_are_xml() -> None:
    """Characters that XML cannot hold are escaped."""
    check(
        render(
            Feed(
                "feeds/a.xml",
                "a.html",
                EVIL,
                "2026-11-01T00:00:00Z",
                [Entry("a.html", EVIL, "2026-11-01T00:00:00Z", "a")],
            ),
            ADDRESS,
        )
    )


def test_identifiers() -> None:
    """A tag of the host where the address is known, and else a UUID that follows from the name."""
    assert identifier("feeds/all.xml", ADDRESS) == "tag:example.org,2026:report/feeds/all.xml"
    assert identifier("feeds/all.xml", "") == identifier("feeds/all.xml", "")
    assert identifier("feeds/all.xml", "") != identifier("feeds/pypy.xml", "")
