"""What a document and a section of it are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

#: How right a sentence is that claims nothing, and what that means.
ACCURACIES = {
    "accurate": "right as it stands",
    "imprecise": "right with what the note adds",
    "inaccurate": "not so: the note says what is",
}


@dataclass(eq=False)
class Section:
    """A place in a document. ``id`` and ``document`` are filled in by the class that it is an attribute of.

    ``url`` may be relative to that of the document. ``requires`` says in our words what the section demands of an
    implementation: one sentence that every behaviour citing the section shows, or sentence → the IDs of the behaviours
    that show it, with spaces between. ``note`` is for sentences that are not right as they stand: what is true instead.
    ``accuracy`` says of the sentence of a document that claims nothing whether it is one of :data:`ACCURACIES`.
    """

    title: str
    url: str = ""
    requires: str | dict[str, str] = field(default="", repr=False)
    note: str = ""
    accuracy: str = ""
    id: str = field(default="", init=False)
    document: type[Document] = field(init=False, repr=False)


class Document:
    """A document that can be cited: subclasses are the documents, their Section attributes the sections."""

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
