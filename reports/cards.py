"""Pictures that other sites show beside a link to a page: PNG, 1200 by 630 pixels, drawn with Pillow where it is there.

The font is the one inside Pillow, so the same report gives the same picture on every machine with the same Pillow.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from reports import badge
from reports.families import family_name, label
from reports.model import Report, Result

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

#: The line for a build without pictures.
MISSING = (
    "no pictures for links to the site, because Pillow is not installed; "
    "'pip install --group pictures' in the checkout installs it"
)
WIDTH, HEIGHT = 1200, 630
_LEFT, _RIGHT = 80, 1120
_PAGE, _TEXT, _SOFT = "#ffffff", "#1b1f24", "#57606a"
#: The parts of a bar: what holds, fails for a known reason, fails otherwise, and is open.
_PARTS = (badge.STATES["all"][0], badge.STATES["all but known"][0], "#d9730d", "#c3cad2")
_WORDS = ("holds", "known defect", "fails", "not judged")
#: No text on a picture has more characters, however long the name of an interpreter is.
_MOST = 120
#: So many shades from each colour of letters to the page keep their edges smooth, and the file small.
_SHADES = 14
_SITE = "Asynchronous generator conformance"


def available() -> bool:
    """Whether pictures can be drawn."""
    if find_spec("PIL") is None:
        return False
    from PIL import features

    return bool(features.check("freetype2"))


@dataclass(frozen=True)
class Bar:
    """How many behaviours hold, fail for a known reason, fail otherwise, and are open."""

    passed: int
    known: int
    failed: int
    open: int

    @property
    def parts(self) -> tuple[int, ...]:
        """The numbers in the order of the colours."""
        return self.passed, self.known, self.failed, self.open


def bar(report: Report, result: Result) -> Bar:
    """The numbers of the behaviours that count."""
    count = report.total.binding[result.slug]
    known = badge.known(report, result)
    return Bar(count.passed, known, count.failed - known, count.open)


def pictures(report: Report) -> dict[str, bytes]:
    """``cards/site.png`` and ``cards/<page>.png`` for each column.

    None where Pillow is missing, and none where the address of the site is not known: a page cannot name its picture.
    """
    if not report.address or not available():
        return {}
    found = {"cards/site.png": _site(report)}
    for result in report.results:
        found[f"cards/{result.page}.png"] = _column(report, result)
    return found


def _column(report: Report, result: Result) -> bytes:
    image, draw = _sheet()
    count = report.total.binding[result.slug]
    _write(draw, _SITE, 62, 34, _SOFT)
    _write(draw, family_name(result), 140, 104, _TEXT)
    _write(draw, label(result), 268, 50, _SOFT)
    if result.absent:
        _write(draw, "It has no asynchronous generators", 376, 60, _TEXT)
    else:
        _write(draw, f"{count.passed} of {count.applicable} behaviours hold", 376, 60, _TEXT)
        _bar(draw, bar(report, result), _LEFT, _RIGHT, 466, 40)
        _legend(draw, 526)
    cut = "" if result.record.full else "; the run was not a full one"
    _write(draw, f"Run on {result.record.started[:10]}{cut}", 574, 28, _SOFT)
    return _png(image)


def _site(report: Report) -> bytes:
    image, draw = _sheet()
    _write(draw, "Which Python does what the documents say", 54, 50, _TEXT)
    _write(draw, "about asynchronous generators?", 112, 50, _TEXT)
    heads = [result for result in report.heads if not result.absent]
    shown = heads[:9]
    for number, result in enumerate(shown):
        y = 206 + number * 40
        count = report.total.binding[result.slug]
        _write(draw, family_name(result), y, 28, _TEXT, right=330)
        _bar(draw, bar(report, result), 350, 960, y + 4, 24)
        _write(draw, f"{count.passed} of {count.applicable}", y, 28, _SOFT, left=980)
    y = 206 + len(shown) * 40 + 14
    if len(heads) > len(shown):
        _write(draw, f"and {len(heads) - len(shown)} more", y, 24, _SOFT, right=340)
    _legend(draw, y, 350)
    return _png(image)


def _legend(draw: ImageDraw.ImageDraw, y: int, left: int = _LEFT) -> None:
    """What the colours of a bar mean, in one line."""
    for words, colour in zip(_WORDS, _PARTS, strict=True):
        draw.rectangle((left, y + 4, left + 19, y + 23), fill=colour)
        _write(draw, words, y, 24, _SOFT, left=left + 28)
        left += 28 + round(draw.textlength(words, _font(24))) + 30


def _sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), _PAGE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 15), fill=_PARTS[0])
    return image, draw


def _write(
    draw: ImageDraw.ImageDraw, text: str, y: int, size: int, colour: str, left: int = _LEFT, right: int = _RIGHT
) -> None:
    """Write one line: smaller, and at last cut, if it is too long."""
    text = " ".join(text.split())[:_MOST]
    least = max(20, size // 2)
    while size > least and draw.textlength(text, _font(size)) > right - left:
        size -= 2
    cut = text
    while cut and draw.textlength(text, _font(size)) > right - left:
        cut = cut[:-1]
        text = f"{cut}..."
    draw.text((left, y), text, fill=colour, font=_font(size))


def _bar(draw: ImageDraw.ImageDraw, numbers: Bar, left: int, right: int, y: int, height: int) -> None:
    """A bar whose parts are as long as their numbers; a part that is not empty has at least eight pixels."""
    total = sum(numbers.parts) or 1
    lengths = [max(8, round((right - left) * number / total)) if number else 0 for number in numbers.parts]
    # The longest part gives what the least lengths of the others take.
    lengths[lengths.index(max(lengths))] += right - left - sum(lengths)
    for length, colour in zip(lengths, _PARTS, strict=True):
        if length > 0:
            draw.rectangle((left, y, left + length - 1, y + height), fill=colour)
            left += length


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont)
    return found.font_variant(layout_engine=ImageFont.Layout.BASIC)


def _png(image: Image.Image) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


@cache
def _palette() -> Image.Image:
    """The colours of a picture. Pillow's own choice would leave out the colour of a narrow part of a bar."""
    from PIL import Image, ImageColor

    page = ImageColor.getrgb(_PAGE)
    colours: list[tuple[int, ...]] = [ImageColor.getrgb(colour) for colour in _PARTS]
    for ink in (_TEXT, _SOFT):
        dark = ImageColor.getrgb(ink)
        for shade in range(_SHADES):
            part = shade / (_SHADES - 1)
            colours.append(tuple(round(a + (b - a) * part) for a, b in zip(dark, page, strict=True)))
    found = Image.new("P", (1, 1))
    found.putpalette([value for colour in colours for value in colour])
    return found
