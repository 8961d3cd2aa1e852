"""Contested behaviours: ``docs/contested.md`` as a page, with a link and the statuses of each behaviour."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from conformance.behaviour import Behaviour
from conformance.program import ROOT
from reports.model import Report, Result, Standing, observations
from reports.site.markup import behaviour_url, render_page

FILE = "contested.html"
TITLE = "Contested"
#: The document, written by hand.
DOCUMENT = ROOT / "docs" / "contested.md"
_ID = re.compile(r"\b[A-Z]{3}-\d{3}[a-z]?\b")


def pages(report: Report) -> dict[str, str]:
    """``contested.html``. Raises OSError if the document is missing."""
    text = DOCUMENT.read_text(encoding="utf-8")
    title, body = convert(text, report.catalogue)
    page = render_page(
        "contested.html.j2",
        FILE,
        page=FILE,
        report=report,
        heading=title,
        body=body,
        standings=named(text, report),
        outcomes=outcomes,
    )
    return {FILE: page}


def convert(text: str, catalogue: Mapping[str, Behaviour], root: str = "") -> tuple[str, Markup]:
    """A document as (its first heading, the rest as HTML), with every behaviour of the catalogue linked.

    HTML in the document is shown as text. ``root`` is the way to the root of the site.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    title = ""
    if len(tokens) > 2 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title, tokens = tokens[1].content, tokens[3:]
    made, heading = [], title
    for before, token in itertools.pairwise([None, *tokens]):
        assert token is not None
        if token.children:
            token.children = [linked for child in token.children for linked in _linked(child, catalogue, root)]
        if before is not None and before.type == "heading_open":
            heading = token.content.replace("`", "")
        if token.type == "table_open":
            # A table may be wider than the window, and then scrolls by itself.
            opening = Markup('<div class="wide" tabindex="0" role="region" aria-label="{}">').format(heading)
            made.append(Token("html_block", "", 0, content=opening))
        made.append(token)
        if token.type == "table_close":
            made.append(Token("html_block", "", 0, content="</div>"))
    return title, Markup(parser.renderer.render(made, parser.options, {}))


def _linked(token: Token, catalogue: Mapping[str, Behaviour], root: str) -> list[Token]:
    """A piece of text with the IDs in it as links; any other token as it is."""
    if token.type != "text":
        return [token]
    found, place = [], 0
    for match in _ID.finditer(token.content):
        if match[0] not in catalogue:
            continue
        behaviour = catalogue[match[0]]
        attributes: dict[str, str | int | float] = {
            "href": root + behaviour_url(behaviour),
            "class": "id",
            "title": behaviour.sentence,
        }
        found.append(Token("text", "", 0, content=token.content[place : match.start()]))
        found.append(Token("link_open", "a", 1, attrs=attributes))
        found.append(Token("text", "", 0, content=match[0]))
        found.append(Token("link_close", "a", -1))
        place = match.end()
    return [*found, Token("text", "", 0, content=token.content[place:])]


def named(text: str, report: Report) -> list[Standing]:
    """The behaviours that a document names, in the order of the catalogue."""
    ids = set(_ID.findall(text))
    return [standing for standing in report.standings if standing.behaviour.id in ids]


def outcomes(standing: Standing, report: Report) -> dict[str, list[Result]]:
    """Seen outcome → the interpreters that show it, of a behaviour with several allowed outcomes."""
    seen: dict[str, list[Result]] = {}
    for _, observed, results in observations(standing.behaviour, report.results):
        known = seen.setdefault(observed, [])
        known += [result for result in results if result not in known]
    return seen
