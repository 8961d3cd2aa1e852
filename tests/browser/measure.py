"""Measure a large site: ``python -m tests.browser.measure``, or ``tox run -e site-speed``.

The site is made from the published results, enlarged to more columns and behaviours. The command prints its sizes and
their limits, the time from a keystroke to the paint, and what each page costs to load. The times stand beside those of
the site that an old revision builds from its own results. They are not judged, because they depend on the machine and
on its load. Exit status: 0; 1 if a size passes its limit; 2 if the arguments cannot be used.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NoReturn

import tomlkit

from conformance.program import ROOT
from reports.build import write
from tests.browser import chromium, sizes, speed
from tests.browser.big import PUBLISHED, NoSample, big_report
from tests.browser.old import REVISION, NoOldSite, build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Questions that people asked in public, and how many of them are typed into the search.
QUESTIONS, ASKED = ROOT / "tests" / "reports" / "questions.toml", 20
#: How many of them are typed into the old filter, in which a letter can take seconds.
FILTERED = 4
#: How often a page is loaded for a median.
ROUNDS = 5
#: How many pages are opened in the browser to count their elements.
OPENED = 10
#: How many parts of the site are listed.
LISTED = 12


@dataclass(frozen=True)
class View:
    """A kind of page: its name, and its file in the new and in the old site. Of a ``*`` the largest page is taken."""

    name: str
    new: str
    old: str


VIEWS = (
    View("first page", "index.html", "index.html"),
    View("behaviour", "b/*.html", "behaviours/*.html"),
    View("matrix", "matrix.html", "index.html"),
    View("interpreter", "interpreters/*.html", "interpreters/*.html"),
    View("specification", "specification.html", "specification.html"),
    View("versions", "versions.html", "versions.html"),
    View("states", "states.html", "states.html"),
)


class _Parser(argparse.ArgumentParser):
    """A parser whose message about a mistake is one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message}; {self.prog} --help shows the options\n")


def main(arguments: Sequence[str]) -> int:
    """Measure and print; the exit status."""
    parser = _Parser(prog="python -m tests.browser.measure", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--old", default=REVISION, metavar="REVISION", help="the old site (default: %(default)s)")
    parser.add_argument("--columns", type=int, default=40, metavar="N", help="columns (default: %(default)s)")
    parser.add_argument("--behaviours", type=int, default=2000, metavar="N", help="behaviours (default: %(default)s)")
    parser.add_argument(
        "--results", type=Path, default=PUBLISHED, metavar="DIR", help="results (default: the published)"
    )
    given = parser.parse_args(arguments)
    try:
        chromium.path()
        report = big_report(given.columns, given.behaviours, given.results)
    except (chromium.Missing, NoSample) as error:
        print(error, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        new, old = work / "new", None
        write(report, new)
        print(f"# {given.columns} columns, {given.behaviours} behaviours\n")
        try:
            old = build(given.old, work / "old")
        except NoOldSite as error:
            print(f"{error}. The columns of the old site are empty.\n")
        with speed.started() as browser:
            over = print_sizes(browser, new)
            print_keys(browser, new, old)
            print_loads(browser, new, old)
    return int(over)


def print_sizes(browser: Browser, folder: Path) -> bool:
    """Print the sizes of a site; whether one passes its limit."""
    site = sizes.read(folder)
    found = sizes.pages(site)
    largest = sorted(found, key=lambda page: page.elements, reverse=True)[:OPENED]
    counted = {page.file: speed.count(browser, folder / page.file) for page in largest}
    most = max(counted, key=lambda file: counted[file])
    made = sizes.sizes(site, found, counted[most], most)
    rows = [
        (
            each.name,
            each.shown(each.value),
            "" if each.limit is None else each.shown(each.limit),
            _judged(each),
            each.remark,
        )
        for each in made
    ]
    print("## Sizes\n")
    print(table(("size", "measured", "limit", "", "of"), rows))
    print(f"\nThe {OPENED} pages with the most elements, which Chromium counted after their scripts ran:\n")
    print(
        table(
            ("page", "elements", "in the text", "compressed"),
            [(page.file, f"{counted[page.file]:,}", f"{page.elements:,}", _kb(page.compressed)) for page in largest],
        )
    )
    heavy = sorted(found, key=lambda page: page.compressed, reverse=True)[:OPENED]
    print(f"\nThe {OPENED} largest pages:\n")
    print(table(("page", "compressed"), [(page.file, _kb(page.compressed)) for page in heavy]))
    print("\nWhat takes most:\n")
    rows_of_parts = [(part.name, f"{part.files:,}", f"{part.bytes / sizes.MB:.1f} MB") for part in sizes.parts(site)]
    print(table(("files", "number", "bytes"), rows_of_parts[:LISTED]), flush=True)
    return any(each.over for each in made)


def _judged(size: sizes.Size) -> str:
    return "**over the limit**" if size.over else "" if size.limit is None else "within"


def _kb(number: int) -> str:
    return f"{number / sizes.KB:.1f} KB"


def print_keys(browser: Browser, new: Path, old: Path | None) -> None:
    """Print the milliseconds from a keystroke to the paint, on this processor and on one that is slower."""
    asked = questions()
    boxes = [(new / "index.html", "#question", asked)]
    boxes += [] if old is None else [(old / "index.html", "input[name=text]", asked[:FILTERED])]
    rows = []
    for slowness in speed.SLOWNESS:
        loaded = [
            speed.keys_after_loading(browser, page, box, texts[0][0], slowness, ROUNDS) for page, box, texts in boxes
        ]
        first, last = zip(*(speed.keys_of(browser, *each, slowness) for each in boxes), strict=True)
        for name, times in (("first key after loading", loaded), ("first letter", first), ("last letter", last)):
            here, there = times[0], times[-1] if old is not None else []
            ratio = f"{median(there) / median(here):.0f}" if there else ""
            rows.append((f"{slowness}×", name, *_spread(here), *_spread(there), ratio))
    head = ("processor slowed", "key", "search: median", "worst", "old filter: median", "worst", "old / new")
    print("\n## Milliseconds from a keystroke to the paint\n")
    print(f"The page is loaded {ROUNDS} times, for its first key.")
    print(f"Then {ASKED} questions are typed into the search, and the first {FILTERED} of them into the old filter.")
    print("A browser waits up to 17 ms for the next frame, however little it has to do.\n")
    print(table(head, rows), flush=True)


def _spread(times: Sequence[float]) -> tuple[str, str]:
    return (f"{median(times):.0f}", f"{max(times):.0f}") if times else ("", "")


def questions() -> list[str]:
    """The questions that are typed."""
    document = tomlkit.parse(QUESTIONS.read_text(encoding="utf-8")).unwrap()
    return [str(each["ask"]) for each in document["question"][:ASKED]]


def print_loads(browser: Browser, new: Path, old: Path | None) -> None:
    """Print what each view costs to load, in the new site and in the old one."""
    sites = {"new": new} if old is None else {"new": new, "old": old}
    files: dict[tuple[str, str], Path] = {}
    for view in VIEWS:
        for site, folder in sites.items():
            file = largest(folder, view.new if site == "new" else view.old)
            if file is not None:
                files[view.name, site] = file
    found = speed.loads(browser, list(dict.fromkeys(files.values())), ROUNDS)
    rows = [load_row(name, site, sites[site], file, found) for (name, site), file in files.items()]
    head = ("view", "site", "page", "first paint", "layout shift", "script", "script and layout", "loaded", "elements")
    print("\n## Loading\n")
    print(f"Medians of {ROUNDS} loads. Times are in milliseconds; script and layout are the time of the processor.\n")
    print(table(head, rows), flush=True)


def load_row(name: str, site: str, folder: Path, file: Path, found: Mapping[Path, speed.Load]) -> tuple[str, ...]:
    """The cells of one page."""
    it = found[file]
    times = (f"{it.paint:.0f}", f"{it.shift:.3f}", f"{it.script:.0f}", f"{it.processor:.0f}", f"{it.wall:.0f}")
    return (name, site, file.relative_to(folder).as_posix(), *times, f"{it.elements:,}")


def largest(folder: Path, pattern: str) -> Path | None:
    """The largest file of a folder that matches; None if there is none."""
    return max(sorted(folder.glob(pattern)), key=lambda path: path.stat().st_size, default=None)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
