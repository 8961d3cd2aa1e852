"""The real pages of the documents that sections cite: ``python -m tests.conformance.pages FOLDER...`` lists them anew.

``pages.toml`` has each address that a section of ``conformance/sources`` cites, with the title that the page gives it,
and the releases of the documents. A test compares the sections with it. A FOLDER has the documentation of one Python as
HTML, unpacked (its ``_static`` says of which release), or the sources of the PEPs (``pep-0525.rst`` …).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from conformance import files
from conformance.program import ROOT
from conformance.sources import documents

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LIST = ROOT / "tests/conformance/pages.toml"
DOCS = "https://docs.python.org/"
PEPS = "https://peps.python.org/"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Missing(Exception):
    """A page or a place in it is in none of the folders. The message is one line."""


@dataclass(frozen=True)
class Place:
    """A place in a page as the page has it: the text of a heading, or of the signature of an entry."""

    kind: str
    text: str

    def agrees(self, title: str) -> bool:
        """Whether a section with this title can stand for the place.

        A sentence of a text that binds nobody has no title, and agrees with every place.
        The title of a heading is its text, and a remark in parentheses may follow; of the page of a module the name is
        enough. The title of an entry is its name, with ``()`` or with the arguments of the signature.
        """
        if not title:
            return True
        if self.kind == "entry":
            signature = re.sub(r"^@|^(async|awaitable|class|exception) ", "", self.text)
            name = signature.partition("(")[0]
            return title in (name, f"{name}()", signature)
        without_remark = re.sub(r" \([^()]*\)$", "", title)
        return self.text in (title, without_remark) or self.text.partition(" — ")[0] == title


@dataclass(frozen=True)
class Citation:
    """An address that a document or a section of ``conformance/sources`` has, under a title.

    The title is empty for a sentence of a text that binds nobody: it stands somewhere under the heading.
    """

    by: str
    title: str
    address: str

    @property
    def page(self) -> str:
        """The address without the place in the page."""
        return self.address.partition("#")[0]

    @property
    def anchor(self) -> str:
        """The place in the page, empty for the page as a whole."""
        return self.address.partition("#")[2]


def citations() -> list[Citation]:
    """Every address in the documentation of Python and in the PEPs, in the order of ``conformance.sources``."""
    found = []
    for document in documents():
        if document.url != PEPS:
            found.append(Citation(document.__name__, document.title, document.url))
        found += [
            Citation(section.id, "" if section.accuracy else section.title, section.url)
            for section in document.sections
        ]
    return [each for each in found if each.address.startswith((DOCS, PEPS))]


def read(path: Path = LIST) -> tuple[dict[str, str], dict[str, dict[str, Place]]]:
    """The list: address of a documentation → its release, and address of a page → anchor → place."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    releases = data.pop("releases")
    pages = {
        page: {anchor: Place(kind, text) for anchor, place in places.items() for kind, text in place.items()}
        for page, places in data.items()
    }
    return releases, pages


def render(releases: Mapping[str, str], pages: Mapping[str, Mapping[str, Place]]) -> str:
    """The text of the list, in order."""
    lines = ["# Made by: python -m tests.conformance.pages FOLDER...", "", "[releases]"]
    lines += [f"{_quoted(base)} = {_quoted(release)}" for base, release in sorted(releases.items())]
    for page, places in sorted(pages.items()):
        lines += ["", f"[{_quoted(page)}]"]
        lines += [
            f"{_quoted(anchor)} = {{ {place.kind} = {_quoted(place.text)} }}"
            for anchor, place in sorted(places.items())
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


class Html(HTMLParser):
    """The places of one HTML page: anchor → place, with the anchor "" for the page as a whole."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.places: dict[str, Place] = {}
        self._waiting: list[str] = []  # the anchors that the next heading is the title of
        self._open: tuple[str, str, list[str]] | None = None  # the tag and anchor of what is read now, and its text
        self._pilcrow = False
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """A section or a span before a heading names the heading; ``dt`` names itself."""
        found = dict(attributes)
        anchor = found.get("id") or ""
        if tag == "a" and "headerlink" in (found.get("class") or ""):
            self._pilcrow = True
        elif tag in HEADINGS or (tag == "dt" and anchor):
            self._open = (tag, anchor, [])
        elif tag in ("section", "span") and anchor and self._open is None:
            self._waiting.append(anchor)

    def handle_data(self, data: str) -> None:
        """Collect the text of a heading or a signature, without the link to itself."""
        if self._open is not None and not self._pilcrow:
            self._open[2].append(data)

    def handle_endtag(self, tag: str) -> None:
        """At its end, a heading is the title of the anchors before it."""
        if tag == "a":
            self._pilcrow = False
        if self._open is None or tag != self._open[0]:
            return
        text = " ".join("".join(self._open[2]).split()).replace("\u2019", "'")
        if tag == "dt":
            self.places[self._open[1]] = Place("entry", text)
        else:
            heading = Place("heading", re.sub(r"^[0-9.]+ (?=\D)", "", text))
            if tag == "h1":
                self.places.setdefault("", heading)
            self.places.update(dict.fromkeys(self._waiting, heading))
            self._waiting = []
        self._open = None


def rest(text: str) -> dict[str, Place]:
    """The places of the source of a PEP, with the anchors that its page has."""
    number = int(_field(text, "PEP"))
    places = {"": Place("heading", f"PEP {number}: {_field(text, 'Title')}")}
    for title, underline in re.findall(r"^(\S.*)\n([-=~'^\"`#*+.])\2{2,}$", text, re.MULTILINE):
        del underline
        plain = title.replace("`", "").strip()
        places[re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")] = Place("heading", plain)
    return places


def _field(text: str, name: str) -> str:
    found = re.search(rf"^{name}: (.*)$", text, re.MULTILINE)
    if found is None:
        raise Missing(f"this is not the source of a PEP, because it has no field {name!r}: {text[:40]!r}")
    return found[1]


def release_of(folder: Path) -> str | None:
    """The release of the documentation in a folder, such as ``3.14.10``; None if the folder has no documentation."""
    options = folder / "_static/documentation_options.js"
    found = re.search(r"VERSION: '([^']+)'", options.read_text(encoding="utf-8")) if options.is_file() else None
    return found[1] if found else None


class Shelf:
    """The folders, and the pages in them."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = [(folder, release_of(folder)) for folder in folders]
        self._pages: dict[str, dict[str, Place]] = {}

    def source(self, page: str) -> tuple[str, str, Path]:
        """For an address: that of its documentation, the release of that (none for a PEP), and the file.

        The newest release that the address allows counts. Raises Missing.
        """
        if page.startswith(PEPS):
            base, name = PEPS, page.removeprefix(PEPS).strip("/") + ".rst"
            fitting = [("", folder) for folder, release in self.folders if release is None]
        else:
            version, _, name = page.removeprefix(DOCS).partition("/")
            base, name = f"{DOCS}{version}/", name + ("index.html" if name.endswith("/") else "")
            fitting = [(r, folder) for folder, r in self.folders if r is not None and f"{r}.".startswith(f"{version}.")]
            fitting.sort(key=lambda each: [int(part) for part in re.findall(r"\d+", each[0])], reverse=True)
        for release, folder in fitting:
            if (folder / name).is_file():
                return base, release, folder / name
        raise Missing(f"{page}: no folder has {name}; name the folder of this documentation, or correct the address")

    def place(self, page: str, anchor: str, path: Path) -> Place:
        """The place in a page. Raises Missing."""
        if page not in self._pages:
            text = path.read_text(encoding="utf-8")
            self._pages[page] = rest(text) if page.startswith(PEPS) else Html(text).places
        if anchor not in self._pages[page]:
            raise Missing(f"{page}#{anchor}: the page has no such heading or entry")
        return self._pages[page][anchor]


def collect(cited: Sequence[Citation], folders: Sequence[Path]) -> str:
    """The text of the list for these citations. Raises Missing, with a line for each address that is nowhere."""
    shelf = Shelf(folders)
    releases: dict[str, str] = {}
    pages: dict[str, dict[str, Place]] = {}
    missing = []
    for each in cited:
        try:
            base, release, path = shelf.source(each.page)
            pages.setdefault(each.page, {})[each.anchor] = shelf.place(each.page, each.anchor, path)
            if release:
                releases[base] = release
        except Missing as error:
            missing.append(f"{each.by}: {error}")
    if missing:
        raise Missing("\n".join(missing))
    return render(releases, pages)


def faults(cited: Sequence[Citation], pages: Mapping[str, Mapping[str, Place]]) -> Iterator[str]:
    """A line for each citation that the list does not know or names otherwise, and for each entry that nobody cites."""
    for each in cited:
        place = pages.get(each.page, {}).get(each.anchor)
        if place is None:
            yield f"{each.by}: {each.address} is not in pages.toml"
        elif not place.agrees(each.title):
            yield f"{each.by}: its title is {each.title!r}, and the page has {place.text!r}"
    known = {(each.page, each.anchor) for each in cited}
    for page, places in pages.items():
        for anchor in places:
            if (page, anchor) not in known:
                yield f"pages.toml: nobody cites {page}#{anchor}"


def main(arguments: Sequence[str]) -> int:
    """Write the list from the folders. Returns the exit status."""
    folders = [Path(argument) for argument in arguments]
    absent = [str(folder) for folder in folders if not folder.is_dir()]
    if not folders or absent:
        print(f"no such folder: {', '.join(absent)}" if absent else "name the folders that have the documents")
        return 2
    try:
        files.write(LIST, collect(citations(), folders))
    except (Missing, files.CannotWrite) as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
