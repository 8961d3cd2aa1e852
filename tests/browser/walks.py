"""Six readers with a question each, on the old site and on the new one: how many steps, how long, right or wrong.

``python -m tests.browser.walks`` walks in a real browser. A click, a choice and a typed text are a step each. The right
answer is computed from the results, or from the old page's own cells, and never written here. The command ends with 1
if a reader of the new site gets no right answer.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance.behaviour import Behaviour
from conformance.program import ROOT
from reports.build import write
from reports.families import family_name
from reports.gather import gather
from reports.model import Report, Result
from tests.browser import chromium, speed
from tests.browser.old import REVISION, NoOldSite, build

if TYPE_CHECKING:
    from playwright.sync_api import Page

PUBLISHED = ROOT / "reports" / "published"
#: What readers ask for, in their own words, and the words of the sentence that is the answer.
ASKED: dict[str, Callable[[Behaviour], bool]] = {
    "anext default": lambda it: "anext" in it.sentence and "default" in it.sentence,
    "aclose running": lambda it: "aclose()" in it.sentence and "RuntimeError" in it.sentence and "while" in it.sentence,
    "athrow one argument": lambda it: "athrow" in it.sentence and "argument" in it.sentence,
}
#: An answer below this row of a list is not found by anybody.
SEEN = 10


@dataclass
class Walk:
    """A reader on a site. ``steps`` counts what they did, ``said`` is what happened."""

    page: Page
    site: Path
    steps: int = 0
    said: str = ""
    began: float = field(default_factory=time.perf_counter)

    def open(self, address: str) -> None:
        """Begin at a page."""
        self.page.goto(f"{self.site.as_uri()}/{address}")

    def click(self, selector: str) -> None:
        """Click on the first thing that a selector means."""
        self.steps += 1
        self.page.locator(selector).first.click()

    def choose(self, selector: str, value: str) -> None:
        """Choose from a list."""
        self.steps += 1
        self.page.select_option(selector, value)

    def type(self, selector: str, text: str) -> None:
        """Type a text."""
        self.steps += 1
        self.page.locator(selector).first.fill(text)

    def seen(self, selector: str) -> list[str]:
        """The texts that can be seen."""
        return [text for each in self.page.locator(selector).all() if each.is_visible() for text in [each.inner_text()]]


@dataclass(frozen=True)
class Outcome:
    """What came of a walk: None as ``right`` where the site has no way to the answer."""

    steps: int
    seconds: float
    right: bool | None
    said: str


Reader = Callable[[Walk, Report], bool | None]


def ids(texts: Iterable[str]) -> list[str]:
    """The IDs at the beginnings of rows."""
    return [text.split()[0] for text in texts if text.strip()]


def newest(report: Report, family: str) -> Result:
    """The newest release of an implementation."""
    return next(each.head for each in report.families if each.slug == family)


# A: which language-level behaviours fail on PyPy and on no CPython?


def pypy_old(walk: Walk, report: Report) -> bool | None:
    walk.open("index.html")
    walk.click("#filters input[name=implementation][value=PyPy]")
    walk.click("#filters input[name=level][value=language]")
    walk.click("#filters input[name=verdict][value=fail]")
    shown = [row.split()[0] for row in walk.seen(".rows tr th")]
    right = walk.page.evaluate(
        """() => {
          const heads = [...document.querySelectorAll("tr.versions th")].map(th => th.dataset.implementation);
          const fails = "fkct";
          return [...document.querySelectorAll(".rows tr.language")].filter(row => {
            const bad = [...row.dataset.s].map(letter => fails.includes(letter));
            return bad[heads.lastIndexOf("PyPy")] && !bad.some((each, place) => each && heads[place] === "CPython");
          }).map(row => row.id);
        }"""
    )
    walk.said = f"shows {len(shown)}, right would be {len(right)}"
    return sorted(shown) == sorted(right)


def pypy_new(walk: Walk, report: Report) -> bool | None:
    walk.open("index.html")
    walk.click("nav a[href='matrix.html']")
    walk.choose("#fails", "pypy")
    walk.choose("#holds", "cpython*")
    walk.choose("select[name=level]", "language")
    shown = [link.inner_text() for link in walk.page.locator("#rows tbody a.id").all()]
    cpython = [each for each in report.results if family_name(each) == "CPython"]
    right = [
        each.behaviour.id
        for each in report.standings
        if each.behaviour.level == "language"
        and each.fails_in([newest(report, "pypy")])
        and not each.fails_in(cpython)
        and any(each.statuses[result.slug] == "pass" for result in cpython)
    ]
    walk.said = walk.page.locator("#found").inner_text()
    return sorted(shown) == sorted(right) != []


# A, again: run the first of them.


def run_old(walk: Walk, report: Report) -> bool | None:
    walk.open("index.html#text=cmp-052")
    walk.click(".rows tr:not([hidden]) a")
    walk.said = f"{walk.page.locator('a[download]').count()} files to download; the command needs a checkout"
    return None


def run_new(walk: Walk, report: Report) -> bool | None:
    walk.open("index.html")
    walk.type("#question", "cmp-052")
    walk.click("#answers a")
    # A page from a folder shows the file where one from a host downloads it.
    walk.steps += 1
    file = walk.site / "b" / str(walk.page.locator("a[download]").get_attribute("href"))
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=False)
    walk.said = f"the downloaded program prints {done.stdout.strip()!r}"
    return done.stdout.strip() == "PASS CMP-052"


# B: three questions of a library author, in their own words.


def asked_old(walk: Walk, report: Report) -> bool | None:
    found = []
    for words, fits in ASKED.items():
        walk.open("versions.html")
        walk.type("#find", words)
        walk.page.wait_for_timeout(300)
        rows = walk.seen("tr.change th")[:SEEN]
        wanted = [each.sentence.replace("``", "")[:40] for each in report.catalogue.values() if fits(each)]
        found.append(any(start in row for start in wanted for row in rows))
    walk.said = f"{sum(found)} of {len(found)} answered in Versions"
    return all(found)


def asked_new(walk: Walk, report: Report) -> bool | None:
    found = []
    walk.open("index.html")
    for words, fits in ASKED.items():
        walk.type("#question", words)
        shown = [text.split()[0] for text in walk.seen("#answers .said b")][:SEEN]
        right: list[Behaviour] = [each for each in report.catalogue.values() if fits(each)]
        found.append(bool({each.id for each in right} & set(shown[:3])))
    walk.said = f"{sum(found)} of {len(found)} answered by the first three answers"
    return all(found)


# C: the makers of RustPython compare a result of theirs with the published one.


def better(report: Report, folder: Path, fixed: int) -> tuple[Path, int]:
    """A later result of RustPython in which some of its counted failures are fixed, and how many behaviours fail on."""
    result = newest(report, "rustpython")
    document = json.loads(result.path.read_text(encoding="utf-8"))
    failing = [each.behaviour for each in report.standings if each.fails_in([result])]
    counted = [each for each in failing if each.level != "detail"]
    mended = {each.id for each in counted[:fixed]}
    for outcome in document["outcomes"]:
        if outcome["case"].partition("[")[0] in mended:
            for key in [key for key in outcome if key in ("message", "line", "locals", "output", "stderr", "known")]:
                del outcome[key]
            outcome["verdict"] = "pass"
    document["started"] = "2099-01-01T00:00:00Z"
    path = folder / "mine.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path, len(counted) - len(mended)


def compare_old(walk: Walk, report: Report) -> bool | None:
    path, still = better(report, walk.site.parent, 3)
    walk.open("index.html")
    walk.click("nav a[href='compare.html']")
    options = walk.page.locator("#old option").all_inner_texts()
    walk.choose("#old", next(each.split(" (")[0] and each for each in options if each.startswith("RustPython")))
    walk.steps += 1
    walk.page.set_input_files("#new-file", path)
    walk.page.locator("#counts").wait_for(state="attached")
    walk.said = f"{walk.page.locator('#counts').inner_text()!r}: cases, and not that {still} behaviours still fail"
    return "still" in walk.page.locator("#lists").inner_text()


def compare_new(walk: Walk, report: Report) -> bool | None:
    path, still = better(report, walk.site.parent, 3)
    walk.open("index.html")
    walk.click("nav a[href='compare.html']")
    walk.steps += 1
    walk.page.set_input_files("#new-file", path)
    walk.page.locator("#sentence").wait_for()
    walk.click("#all")
    walk.said = walk.page.locator("#sentence").inner_text()
    return "3 behaviours fixed" in walk.said and f"{still} still failing" in walk.said


# D: a blogger wants a sentence, a link and a picture that stay when 3.14.11 follows.


def blog_old(walk: Walk, report: Report) -> bool | None:
    pages = sorted(path.name for path in (walk.site / "interpreters").glob("cpython-3.14.*"))
    walk.said = f"the page is {', '.join(pages)}; no name without the patch release, no picture"
    return None


def blog_new(walk: Walk, report: Report) -> bool | None:
    walk.open("index.html")
    walk.click("nav a[href='compare.html']")
    walk.choose("#old", "cpython-3.14")
    walk.choose("#new", "graalpy-" + newest(report, "graalpy").interpreter.language_version.rpartition(".")[0])
    walk.page.wait_for_function("document.getElementById('sentence').textContent")
    sentence = walk.page.locator("#sentence").inner_text()
    walk.open("interpreters/cpython-3.14.html")
    picture = walk.page.locator("meta[property='og:image']").get_attribute("content") or ""
    there = (walk.site / "cards" / picture.rpartition("/")[2]).is_file()
    walk.said = f"{sentence!r} at {walk.page.url.rpartition('/')[2]}, with a picture" if there else "no picture"
    return bool(sentence) and there


# E: a newcomer asks whether a tutorial is right.


def tutorial_old(walk: Walk, report: Report) -> bool | None:
    walk.open("index.html")
    walk.type("#filters input[name=text]", "tutorial")
    rows = walk.seen(".rows tr th")
    walk.said = f"the search has {len(rows)} rows; the answer is the last document of Specification"
    return bool(rows)


def tutorial_new(walk: Walk, report: Report) -> bool | None:
    walk.open("index.html")
    walk.click("nav a[href='tutorials.html']")
    marks = walk.seen(".accuracy")
    walk.said = f"{len(marks)} sentences and keys with a mark"
    return len(marks) > 20


# F: who keeps a CI asks what changed in 3.14.


def versions_old(walk: Walk, report: Report) -> bool | None:
    walk.open("index.html")
    walk.click("nav a[href='versions.html']")
    walk.click("a[href='#v3.14']")
    return _in_sight(walk, "h2:has-text('3.14')")


def _in_sight(walk: Walk, selector: str) -> bool:
    place: Any = walk.page.locator(selector).first.bounding_box()
    walk.said = "the changes of 3.14 are in sight" if place else "nothing of 3.14 is there"
    return bool(place) and 0 <= place["y"] < 800


WALKS: dict[str, tuple[Reader, Reader]] = {
    "A, a maker of PyPy: fails on PyPy and on no CPython": (pypy_old, pypy_new),
    "A again: run one of them": (run_old, run_new),
    "B, a library author: three questions": (asked_old, asked_new),
    "C, a maker of RustPython: my result against yours": (compare_old, compare_new),
    "D, a blogger: a sentence, a link and a picture that stay": (blog_old, blog_new),
    "E, a newcomer: is the tutorial right?": (tutorial_old, tutorial_new),
    "F, who keeps a CI: what changed in 3.14?": (versions_old, versions_old),
}


def walked(reader: Reader, page: Page, site: Path, report: Report) -> Outcome:
    """Walk, and say what came of it; a step that the site does not offer is no way to the answer."""
    from playwright.sync_api import Error

    walk = Walk(page, site)
    try:
        right = reader(walk, report)
    except Error as error:
        right, walk.said = None, str(error).splitlines()[0][:120]
    return Outcome(walk.steps, time.perf_counter() - walk.began, right, walk.said)


def main(arguments: Sequence[str]) -> int:
    """Walk on both sites and print the table; the exit status."""
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m tests.browser.walks", description=about)
    parser.add_argument("--old", default=REVISION, metavar="REVISION", help="the old site (default: %(default)s)")
    given = parser.parse_args(arguments)
    report = Report(gather([PUBLISHED]).results, address="https://example.org/report")
    words = {True: "right", False: "wrong", None: "no way"}
    failed = False
    with tempfile.TemporaryDirectory() as name, speed.started() as browser:
        work = Path(name)
        write(report, work / "new" / "site")
        try:
            old: Path | None = build(given.old, work / "old")
        except NoOldSite as error:
            print(f"{error}. The columns of the old site are empty.\n")
            old = None
        print("| reader | old: steps | seconds | | new: steps | seconds | | what the new site said |")
        print("|---|---|---|---|---|---|---|---|")
        remarks = []
        for title, (before, after) in WALKS.items():
            cells = []
            for reader, site in ((before, old), (after, work / "new" / "site")):
                if site is None:
                    cells += ["", "", ""]
                    continue
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                page.set_default_timeout(10_000)
                came = walked(reader, page, site, report)
                page.close()
                cells += [str(came.steps), f"{came.seconds:.1f}", words[came.right]]
                if site is old:
                    remarks.append(f"* {title}: {came.said}")
                else:
                    failed = failed or came.right is not True
            print(f"| {title} | {' | '.join(cells)} | {came.said.replace('|', '/')} |")
        print("\nOn the old site:\n", *remarks, sep="\n")
        shutil.rmtree(work, ignore_errors=True)
    return int(failed)


if __name__ == "__main__":
    try:
        chromium.path()
    except chromium.Missing as missing:
        sys.exit(str(missing))
    sys.exit(main(sys.argv[1:]))
