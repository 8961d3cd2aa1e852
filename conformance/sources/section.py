"""The classes of documents and of their sections."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import ClassVar

#: The accuracy of a sentence of a document that binds nobody → its meaning.
ACCURACIES = {
    "accurate": "right as it stands",
    "imprecise": "right if the note is added",
    "inaccurate": "wrong: the note corrects it",
}


@dataclass(eq=False)
class Section:
    """A place in a document. ``id`` and ``document`` are filled in by the class that it is an attribute of.

    ``url`` may be relative to that of the document. ``requires`` says in our words what the section demands of an
    implementation: one sentence that every behaviour citing the section shows, or sentence → the IDs of the behaviours
    that show it, with spaces between. ``quote`` has words of the section itself, short and exact: one
    text, or the ID of a behaviour → the words of the demand that it shows. ``note`` corrects a sentence that is not right as it
    stands. ``accuracy`` is a key of :data:`ACCURACIES` for a sentence of a document that binds nobody, and empty for
    all others; where a version of the language made the sentence right or wrong, ``later`` has that version → the
    accuracy since then. ``shown_by`` has the IDs of behaviours that show such a sentence without citing it, with spaces
    between. ``detail`` marks a section that says of itself that it is about one implementation, or that it only
    advises: it binds nobody, whatever its document does. ``announces`` has the language versions, with spaces between,
    of the changes that the section announces: in a note such as "Changed in version 3.8", or in the release notes of
    that version.
    """

    title: str
    url: str = ""
    requires: str | dict[str, str] = field(default="", repr=False)
    note: str = ""
    accuracy: str = ""
    later: dict[str, str] = field(default_factory=dict, repr=False)
    shown_by: str = field(default="", repr=False)
    detail: bool = field(default=False, repr=False)
    quote: str | dict[str, str] = field(default="", repr=False)
    announces: str = ""
    id: str = field(default="", init=False)
    document: type[Document] = field(init=False, repr=False)

    @property
    def level(self) -> str | None:
        """How far the section binds an implementation: the level of its document, or ``detail``."""
        return "detail" if self.detail else self.document.level

    @property
    def judgements(self) -> list[tuple[str, str]]:
        """Each accuracy of the sentence and when it has it, oldest first: ``("accurate", "up to 3.15")``.

        The second word is empty for a sentence that is the same in every version. An empty list for other sections.
        """
        if not self.accuracy:
            return []
        versions = list(self.later)
        found = [(self.accuracy, f"up to {_before(versions[0])}" if versions else "")]
        for version, following in itertools.zip_longest(versions, versions[1:]):
            last = f"{version} to {_before(following)}" if following else f"since {version}"
            found.append((self.later[version], last))
        return found


def _before(version: str) -> str:
    """The language version before another one: ``3.15`` for ``3.16``."""
    major, minor = version.split(".")
    return f"{major}.{int(minor) - 1}"


class Document:
    """A document that can be cited: each subclass is a document, and its Section attributes are the sections."""

    title: ClassVar[str]
    url: ClassVar[str]
    level: ClassVar[str | None]
    sections: ClassVar[tuple[Section, ...]]

    def __init_subclass__(cls, *, title: str, url: str, level: str | None) -> None:
        cls.title, cls.url, cls.level = title, url, level
        found = []
        for name, section in vars(cls).items():
            if isinstance(section, Section):
                section.id = f"{cls.__name__}.{name}"
                section.document = cls
                if not section.url.startswith("https://"):
                    section.url = url + section.url
                found.append(section)
        cls.sections = tuple(found)
