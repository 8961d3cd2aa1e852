"""How large a site is: bytes, compressed bytes and elements, each with its limit where it has one."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

from reports.site import home

KB, MB = 1_000, 1_000_000
#: The limits: of the home page with its styles and scripts and of any page, compressed; of the search index,
#: compressed; of the whole site; and of the elements of any page.
HOME, PAGE, INDEX, SITE, ELEMENTS = 150 * KB, 400 * KB, 200 * KB, 100 * MB, 15_000
#: The file that holds the index of the search.
INDEX_FILE = "data/search.js"
#: The part of a site that holds data. Files of it are no part of the size of a page.
DATA = "data/"
#: What the tags of an HTML page look like, for a quick count; the content of these elements is no markup.
_MARKUP = re.compile(
    r"<!--.*?-->|<(script|style|textarea|title|template)\b.*?</\1\s*>|<[a-z]", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True)
class Size:
    """One size of a site. ``value`` and ``limit`` count bytes, shown as ``KB`` or ``MB``, or else ``elements``."""

    name: str
    value: int
    unit: str
    limit: int | None = None
    #: The page or the file, or how many files the number is the sum of.
    remark: str = ""

    @property
    def over(self) -> bool:
        """Whether the limit is passed."""
        return self.limit is not None and self.value >= self.limit

    def shown(self, number: int) -> str:
        """A number in the unit: ``12.3 KB``, ``9,870 elements``."""
        scale = {"KB": KB, "MB": MB}.get(self.unit)
        return f"{number:,} {self.unit}" if scale is None else f"{number / scale:,.1f} {self.unit}"


@dataclass(frozen=True)
class Page:
    """A page: its file from the root of the site, its compressed bytes, and the elements in its text."""

    file: str
    compressed: int
    elements: int


@dataclass(frozen=True)
class Part:
    """The files of a site in one folder with one ending."""

    name: str
    files: int
    bytes: int


def compressed(content: bytes) -> int:
    """The number of bytes that a server sends: gzip at its usual level."""
    return len(gzip.compress(content, compresslevel=6, mtime=0))


def read(folder: Path) -> dict[str, bytes]:
    """Every file of a site: its name from the root → its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def pages(site: Mapping[str, bytes]) -> list[Page]:
    """Every page of a site."""
    return [
        Page(file, compressed(content), elements(content.decode(errors="replace")))
        for file, content in site.items()
        if file.endswith(".html")
    ]


def elements(text: str) -> int:
    """About how many elements the text of a page makes. A browser adds those that a page may leave out."""
    return sum(not match[0].startswith("<!--") for match in _MARKUP.finditer(text))


def needs(page: str, site: Mapping[str, bytes]) -> list[str]:
    """The style sheets and scripts that a page names and the site has, without data."""
    parser = _Links()
    parser.feed(site[page].decode())
    depth = page.count("/")
    found = [link.removeprefix("../" * depth) for link in parser.links]
    return [file for file in dict.fromkeys(found) if file in site and not file.startswith(DATA)]


class _Links(HTMLParser):
    """The style sheets and scripts that a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and given.get("src"):
            self.links.append(given["src"] or "")
        elif tag == "link" and given.get("rel") == "stylesheet" and given.get("href"):
            self.links.append(given["href"] or "")


def parts(site: Mapping[str, bytes]) -> list[Part]:
    """What the bytes of a site belong to: files of one folder with one ending, the most bytes first."""
    found: dict[str, list[int]] = {}
    for file, content in site.items():
        path = PurePosixPath(file)
        # Files at the root or directly in data/ have nothing in common, so each is a part of its own.
        alone = str(path.parent) in (".", DATA.rstrip("/"))
        found.setdefault(file if alone else f"{path.parent}/*{path.suffix}", []).append(len(content))
    made = [Part(name, len(sizes), sum(sizes)) for name, sizes in found.items()]
    return sorted(made, key=lambda part: (-part.bytes, part.name))


def sizes(site: Mapping[str, bytes], found: Sequence[Page], most: int, most_of: str) -> list[Size]:
    """The sizes that have a limit. ``most`` are the elements of the page ``most_of``, counted in a browser."""
    loaded = [home.FILE, *needs(home.FILE, site)]
    largest = max(found, key=lambda page: page.compressed)
    index = site.get(INDEX_FILE, b"")
    return [
        Size("home, compressed", sum(compressed(site[file]) for file in loaded), "KB", HOME, f"{len(loaded)} files"),
        Size("largest page, compressed", largest.compressed, "KB", PAGE, largest.file),
        Size("most elements on a page", most, "elements", ELEMENTS, most_of),
        Size("index of the search, compressed", compressed(index), "KB", INDEX, INDEX_FILE),
        Size("whole site", sum(map(len, site.values())), "MB", SITE, f"{len(site):,} files"),
    ]
