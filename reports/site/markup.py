"""Parts that the HTML pages share: the template environment, addresses, code in sentences, links."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from conformance.behaviour import LEVELS, Behaviour
from conformance.verdicts import STATUSES
from reports.families import label
from reports.model import Report, Result, who
from reports.site import navigation
from runners.record.found import Cause


@cache
def environment() -> Environment:
    """Jinja2 with everything escaped: the words of an interpreter are hostile input."""
    found = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(
        code=mark_code,
        css_class=css_class,
        label=label,
        linked=linked,
        module_name=module_name,
        module_slug=module_slug,
        who=who,
    )
    found.globals.update(behaviour_url=behaviour_url, cause_url=cause_url, interpreter_url=interpreter_url)
    found.globals.update(statuses=STATUSES, levels=LEVELS, navigation=navigation(), label=label)
    return found


def render_page(template: str, url: str, *, page: str, report: Report, **context: object) -> str:
    """A page of the site.

    ``url`` is the file that the page becomes, from the root of the site; ``page`` is the file of the view that the
    navigation marks. The template extends ``base.html.j2``, which has the blocks ``title``, ``description``, ``head``,
    ``main`` and ``scripts``. Everything in ``context`` is escaped by the template.
    """
    root = "../" * url.count("/")
    found = environment().get_template(template)
    return found.render(root=root, self_url=url, page=page, report=report, **context)


def behaviour_url(behaviour: Behaviour) -> str:
    """The page of a behaviour, from the root of the site: ``b/SND-001.html``. It never changes."""
    return f"b/{behaviour.id}.html"


def module_url(module: str) -> str:
    """The page of a module, from the root of the site: ``behaviours/bidirection-asend.html``."""
    return f"behaviours/{module_slug(module)}.html"


def module_slug(module: str) -> str:
    """Area, folder if there is one, and module: ``protocol-awaitables-close``. No two modules have the same."""
    return "-".join(_parts(module))


def module_name(module: str) -> str:
    """A module in words, without its area: ``async for``, or ``awaitables: close`` for a module in a folder."""
    return ": ".join(_parts(module)[1:]).replace("_", " ")


def _parts(module: str) -> list[str]:
    """``["protocol", "awaitables", "close"]`` for ``conformance/protocol/awaitables/test_close.py``."""
    return [part.removeprefix("test_") for part in module.removesuffix(".py").split("/")[1:]]


def interpreter_url(result: Result) -> str:
    """The page of an interpreter, from the root of the site."""
    return f"interpreters/{result.page}.html"


def cause_url(cause: Cause, result: Result) -> str:
    """The place of a cause on the page of an interpreter that shows it, from the root of the site."""
    return f"{interpreter_url(result)}#cause-{cause.id}"


def css_class(status: str) -> str:
    """A status as a class: ``does not apply`` is ``does-not-apply``."""
    return status.replace(" ", "-")


def mark_code(text: str) -> Markup:
    """``code`` in double backticks as <code>; everything else escaped."""
    parts = re.split(r"``(.+?)``", text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )


def linked(text: str) -> Markup:
    """The text with its https addresses as links; everything is escaped."""
    parts = re.split(r"(https://[^\s<>\"'()]+)", text)
    return Markup("").join(
        Markup('<a href="{0}">{0}</a>').format(part) if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )
