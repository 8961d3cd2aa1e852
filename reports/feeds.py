"""Feeds in the form of Atom 1.0 (RFC 4287)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from reports.junit import clean

#: The author of every feed.
AUTHOR = "Asynchronous generator conformance"


@dataclass(frozen=True)
class Entry:
    """One entry. ``page`` is its page from the root of the site, with an anchor if there is one; ``html`` its text.

    ``updated`` is a time of RFC 3339, such as ``2026-11-30T15:14:11Z``.
    """

    page: str
    title: str
    updated: str
    html: str


@dataclass(frozen=True)
class Feed:
    """A feed: its file and its page, from the root of the site, its title, and its entries, the newest first.

    ``updated`` is the time for a feed without entries.
    """

    file: str
    page: str
    title: str
    updated: str
    entries: Sequence[Entry]


def render(feed: Feed, address: str) -> str:
    """The feed as XML. ``address`` is that of the site; without it there are no links, as they must be absolute."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<id>{escape(identifier(feed.file, address))}</id>",
        f"<title>{_text(feed.title)}</title>",
        f"<updated>{max((each.updated for each in feed.entries), default=feed.updated)}</updated>",
        f"<author><name>{AUTHOR}</name></author>",
        *_link("self", feed.file, address, "application/atom+xml"),
        *_link("alternate", feed.page, address, "text/html"),
    ]
    for entry in feed.entries:
        lines += [
            "<entry>",
            f"<id>{escape(identifier(f'{feed.file}#{entry.page}', address))}</id>",
            f"<title>{_text(entry.title)}</title>",
            f"<updated>{entry.updated}</updated>",
            *_link("alternate", entry.page, address, "text/html"),
            f'<content type="html">{_text(entry.html)}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def identifier(name: str, address: str) -> str:
    """The ID of a feed or an entry, which stays when it is made again.

    It is a tag URI (RFC 4151) of the site's host; where the address is not known, the UUID of the name.
    """
    host = urlsplit(address).hostname if address else None
    if host is None:
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'asyncgen-conformance/{name}')}"
    path = urlsplit(address).path.strip("/")
    return f"tag:{host},2026:{f'{path}/' if path else ''}{name.replace('#', '/')}"


def _link(relation: str, file: str, address: str, kind: str) -> list[str]:
    if not address:
        return []
    return [f'<link rel="{relation}" type="{kind}" href={quoteattr(absolute(file, address))}/>']


def absolute(file: str, address: str) -> str:
    """The address of a file of the site."""
    return f"{address.rstrip('/')}/{file}"


def _text(text: str) -> str:
    return escape(clean(text))
