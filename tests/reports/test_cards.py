"""Pictures for links: their size, what is on them, and a build without the library."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path

import pytest

from reports import build, cards
from reports.__main__ import main as reports
from reports.model import Report, Result
from reports.site import interpreters
from tests.reports.days import pypy, python
from tests.reports.samples import EVIL, absent_result, evil_result, result, run_command, text_of

Image = pytest.importorskip("PIL.Image", reason="the group pictures is not installed")


def colours(picture: bytes) -> set[tuple[int, ...]]:
    """The colours in the middle of the bar of a column."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    return {image.getpixel((x, 486)) for x in range(cards.WIDTH)}


def report_of(*results: Result) -> Report:
    """A report whose address is known."""
    return Report(results, address="https://example.org/report/")


def rgb(colour: str) -> tuple[int, ...]:
    """``#010203`` as three numbers."""
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def test_every_picture_is_small() -> None:
    """Each is a PNG of the size that other sites want, of at most 25 KB; there is one for the site and each column."""
    report = report_of(
        python("3.13.0"), pypy("8.0.1", {"SND-001": "fail"}), absent_result("tiny-1"), evil_result("evil-1")
    )
    made = cards.pictures(report)

    assert set(made) == {"cards/site.png", *(f"cards/{each.page}.png" for each in report.results)}
    for picture in made.values():
        image = Image.open(io.BytesIO(picture))

        assert (image.format, image.size) == ("PNG", (1200, 630))
        assert len(picture) <= 25_000


def test_without_an_address_there_are_none() -> None:
    """A page cannot name its picture then, because such a link is absolute."""
    assert cards.pictures(Report([python("3.13.0")])) == {}


def test_pictures_are_the_same_each_time() -> None:
    """The same report gives the same bytes."""
    assert cards.pictures(report_of(python("3.13.0"))) == cards.pictures(report_of(python("3.13.0")))


def test_one_failure_can_be_seen() -> None:
    """A part of a bar is there if and only if there is something in it, however small it is."""
    failing = rgb(cards._PARTS[2])
    whole, one = (
        cards.pictures(report_of(python("3.13.0", verdicts)))["cards/cpython-3.13.png"]
        for verdicts in ({}, {"SND-001": "fail"})
    )

    assert failing not in colours(whole)
    assert failing in colours(one)


@pytest.mark.parametrize("title", ["", " ", "x" * 5000, EVIL, "\n\n\n", "日本語", "\u202e\u0000"])
def test_hostile_titles_are_drawn(title: str) -> None:
    """A title is text on the picture, and stays inside."""
    values = {"title": title, "implementation_version": title, "language_version": title, "build": (title,)}
    made = cards.pictures(report_of(result(interpreter=values)))

    for picture in made.values():
        image = Image.open(io.BytesIO(picture)).convert("RGB")
        edge = [image.getpixel((cards.WIDTH - 1, y)) for y in range(20, cards.HEIGHT)]

        assert set(edge) == {(255, 255, 255)}
        assert len(picture) <= 25_000


def test_a_page_names_its_picture() -> None:
    """With an address a page of an interpreter has its own picture, and another page that of the site."""
    report = Report([python("3.13.0")], address="https://example.org/report/")
    report.cards = True
    made = interpreters.pages(report)

    assert 'content="https://example.org/report/cards/cpython-3.13.png"' in made["interpreters/cpython-3.13.html"]
    assert 'content="https://example.org/report/cards/site.png"' in made["interpreters.html"]


def test_without_pillow_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build says so in one line, and no page names a picture."""
    (tmp_path / "good.json").write_text(text_of(result()))
    find = importlib.util.find_spec
    monkeypatch.setattr(cards, "find_spec", lambda name: None if name == "PIL" else find(name))
    monkeypatch.setattr(build, "views", lambda: [interpreters])
    answer = run_command(
        reports, "build", tmp_path / "good.json", "--out", tmp_path / "site", "--url", "https://example.org/"
    )

    assert answer.exit_code == 0
    assert answer.stderr.splitlines() == [f"note: {cards.MISSING}"]
    assert not (tmp_path / "site" / "cards").exists()
    assert "og:image" not in (tmp_path / "site" / "interpreters.html").read_text(encoding="utf-8")
