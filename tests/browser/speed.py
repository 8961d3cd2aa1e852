"""How fast the pages of a site are in Chromium: from a keystroke to the paint, and what a page costs to load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.browser import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page, ViewportSize

#: How many times slower a processor is than this one: not at all, and as a cheap phone.
SLOWNESS = (1, 4)
VIEWPORT: ViewportSize = {"width": 1280, "height": 900}
#: The most milliseconds that anything may take: the old matrix takes many seconds on a slow processor.
PATIENCE = 120_000
#: Counts the milliseconds from each keystroke to the paint after it. The message arrives when the frame is painted.
_WATCH_KEYS = """
globalThis.paints = [];
let pressed = 0;
addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
addEventListener("input", (event) => {
  const began = Math.min(pressed || event.timeStamp, event.timeStamp);
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => paints.push(performance.now() - began);
    channel.port2.postMessage(null);
  });
}, true);
"""
_WATCH_SHIFTS = """
globalThis.shifted = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) shifted += each.value;
}).observe({ type: "layout-shift", buffered: true });
"""
#: Resolves when the browser has told of the first paint with contents, which it does some time after the paint.
_PAINTED = """
new Promise((done) => new PerformanceObserver((list) => {
  if (list.getEntriesByName("first-contentful-paint").length) done();
}).observe({ type: "paint", buffered: true }))
"""
#: Resolves when the page has painted and has nothing to do any more.
_IDLE = """
new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(done))))
"""
_TIMES = """
({
  paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  shift: shifted,
  wall: performance.getEntriesByType("navigation")[0].loadEventEnd,
  elements: document.querySelectorAll("*").length,
})
"""


@dataclass(frozen=True)
class Load:
    """What a page costs to load.

    ``paint`` is the first contentful paint and ``wall`` the end of loading, ``script`` and ``layout`` (with styles) are
    the time of the processor, all in milliseconds. ``shift`` is the layout shift. ``elements`` are those of the page
    after its scripts ran.
    """

    paint: float
    shift: float
    wall: float
    script: float
    layout: float
    elements: int

    @property
    def processor(self) -> float:
        """The time of the processor for scripts, styles and layout, in milliseconds."""
        return self.script + self.layout


@contextmanager
def started() -> Iterator[Browser]:
    """Chromium. Raises chromium.Missing."""
    path = chromium.path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield browser
        browser.close()


def keys_after_loading(browser: Browser, page: Path, box: str, letter: str, slowness: int, starts: int) -> list[float]:
    """Load a page so many times and type a letter into the box with the selector ``box``: milliseconds to the paint."""
    times = []
    for _ in range(starts):
        with _opened(browser, page, slowness, _WATCH_KEYS) as (tab, _session):
            tab.focus(box)
            times.append(_press(tab, letter))
    return times


def keys_of(
    browser: Browser, page: Path, box: str, texts: Sequence[str], slowness: int
) -> tuple[list[float], list[float]]:
    """Type texts letter by letter into the box, which is emptied before each.

    The milliseconds to the paint: of the first letter of each text, and of its last letter.
    """
    first, last = [], []
    with _opened(browser, page, slowness, _WATCH_KEYS) as (tab, _session):
        tab.focus(box)
        for text in texts:
            tab.fill(box, "")
            tab.evaluate(_IDLE)
            first.append(_press(tab, text[0]))
            tab.keyboard.type(text[1:-1])
            tab.evaluate(_IDLE)
            last.append(_press(tab, text[-1]))
    return first, last


def _press(tab: Page, letter: str) -> float:
    """Type one letter; the milliseconds to the paint."""
    before = tab.evaluate("paints.length")
    tab.keyboard.press(letter if letter != " " else "Space")
    tab.wait_for_function(f"paints.length > {before}")
    return float(tab.evaluate("paints.at(-1)"))


def load(browser: Browser, page: Path) -> Load:
    """Load a page in a fresh context."""
    with _opened(browser, page, 1, _WATCH_SHIFTS) as (tab, session):
        tab.evaluate(_PAINTED)
        times = tab.evaluate(_TIMES)
        metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    layout = metrics["LayoutDuration"] + metrics["RecalcStyleDuration"]
    return Load(**times, script=metrics["ScriptDuration"] * 1000, layout=layout * 1000)


def loads(browser: Browser, some: Sequence[Path], rounds: int) -> dict[Path, Load]:
    """The medians of so many loads of each page. The pages take turns, so that a busy minute is not one page's."""
    found: dict[Path, list[Load]] = {page: [] for page in some}
    for number in range(rounds):
        for page in some if number % 2 == 0 else reversed(some):
            found[page].append(load(browser, page))
    return {page: middle(those) for page, those in found.items()}


def middle(some: Sequence[Load]) -> Load:
    """The median of each number."""
    return Load(
        paint=median(each.paint for each in some),
        shift=median(each.shift for each in some),
        wall=median(each.wall for each in some),
        script=median(each.script for each in some),
        layout=median(each.layout for each in some),
        elements=max(each.elements for each in some),
    )


def count(browser: Browser, page: Path) -> int:
    """The elements of a page after its scripts ran."""
    with _opened(browser, page, 1, "") as (tab, _):
        return int(tab.evaluate("document.querySelectorAll('*').length"))


@contextmanager
def _opened(browser: Browser, page: Path, slowness: int, watch: str) -> Iterator[tuple[Page, CDPSession]]:
    """A page that has loaded and has nothing more to do, in a context of its own, and the session that measures it."""
    context = browser.new_context(viewport=VIEWPORT)
    try:
        context.set_default_timeout(PATIENCE)
        tab = context.new_page()
        session = context.new_cdp_session(tab)
        session.send("Performance.enable")
        session.send("Emulation.setCPUThrottlingRate", {"rate": slowness})
        if watch:
            tab.add_init_script(watch)
        tab.goto(page.as_uri())
        tab.evaluate(_IDLE)
        yield tab, session
    finally:
        context.close()
