"""The views of the site: one module here for each, and ``markup``, which all of them share.

A view is a module with ``pages(report)``, which returns file, from the root of the site, → text or bytes. A view that
the navigation leads to also has ``FILE``, its page at the root of the site, and ``TITLE``, its name in the navigation.

To add a view, write its module here and its template, which extends ``base.html.j2``, and add one line to VIEWS.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from reports.model import Report

#: The modules of all views, in the order of the navigation.
VIEWS = (
    "home",
    "behaviour",
    "modules",
    "retired",
    "matrix",
    "interpreters",
    "specification",
    "states",
    "tutorials",
    "features",
    "versions",
    "rely",
    "compare",
    "contested",
    "changes",
    "feeds",
    "redirects",
    "implementations",
    "table",
    "data",
    "style",
)


class View(Protocol):
    """The part of a view's module that every view has."""

    def pages(self, report: Report) -> Mapping[str, str | bytes]:
        """File, from the root of the site, → text, or bytes of what is no text."""


def views() -> list[View]:
    """The modules of all views. They are imported here, as they need this package for the navigation."""
    return [cast(View, importlib.import_module(f"{__name__}.{name}")) for name in VIEWS]


def navigation() -> Mapping[str, str]:
    """File → title of each view that the navigation leads to, in its order."""
    return navigation_of(views())


def navigation_of(some: Iterable[View]) -> dict[str, str]:
    """File → title of the views among these that the navigation leads to."""
    return {vars(view)["FILE"]: vars(view)["TITLE"] for view in some if "FILE" in vars(view)}
