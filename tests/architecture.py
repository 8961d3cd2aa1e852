"""The rooms of the project and the imports between them; ``python -m tests.architecture`` draws their picture.

The picture is ``docs/architecture.svg``. A test fails if the imports give another picture.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from conformance import files
from conformance.program import ROOT

PICTURE = ROOT / "docs/architecture.svg"
#: The rooms, from the ground up: a room may import from the rooms before it, and from no other.
#: A room is a package, or a module that stands alone; a module belongs to the room with the longest matching name.
ROOMS = (
    "conformance.sources",
    "conformance",
    "runners.boot",
    "runners.printable",
    "runners.values",
    "runners.machine",
    "runners.transport",
    "runners.record",
    "runners.plugin",
    "runners.survey",
    "runners.publish",
    "runners.__main__",
    "reports",
    "reports.site",
    "reports.build",
    "reports.__main__",
)
#: Imports that the order allows and a rule forbids, as (room, room that it must not import from).
FORBIDDEN = (
    ("runners.machine", "runners.boot"),
    ("runners.transport", "runners.boot"),
    ("runners.record", "runners.boot"),
    ("runners.plugin", "runners.boot"),
    ("reports", "runners.plugin"),
    ("reports", "runners.transport"),
    ("reports.site", "runners.plugin"),
)


@dataclass(frozen=True)
class Arrow:
    """An import: its file and line, the room of the file, and the room that it imports from."""

    place: str
    source: str
    target: str


def room_of(module: str) -> str | None:
    """The room of a module; None for a module of another project, and for a package that only contains rooms."""
    fitting = [room for room in ROOMS if module == room or module.startswith(f"{room}.")]
    return max(fitting, key=len, default=None)


def modules() -> dict[str, Path]:
    """The modules of the three packages by name, without the modules of behaviours."""
    found = {}
    for package in ("conformance", "runners", "reports"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if not path.name.startswith("test_"):
                parts = path.relative_to(ROOT).with_suffix("").parts
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(path: Path, known: Mapping[str, Path]) -> Iterator[tuple[int, str]]:
    """The known modules that a file imports, also inside functions, as (line, module)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                name = inner if inner in known else node.module
                if name in known:
                    yield node.lineno, name


def arrows() -> list[Arrow]:
    """Every import from one room into another."""
    known = modules()
    found = []
    for module, path in known.items():
        source = room_of(module)
        for line, name in imported(path, known):
            target = room_of(name)
            if source is not None and target is not None and source != target:
                found.append(Arrow(f"{path.relative_to(ROOT)}:{line}", source, target))
    return found


def wrong(some: list[Arrow]) -> list[str]:
    """One line for each import that goes up or that a rule forbids."""
    return [
        f"{arrow.place}: {arrow.source} imports from {arrow.target}"
        for arrow in some
        if ROOMS.index(arrow.target) > ROOMS.index(arrow.source) or (arrow.source, arrow.target) in FORBIDDEN
    ]


def floors(some: list[Arrow]) -> list[list[str]]:
    """The rooms by floor, from the ground up.

    A room is above the rooms that it imports from, and directly below the lowest room that imports from it.
    """
    height: dict[str, int] = {}
    for room in ROOMS:
        below = [height[arrow.target] for arrow in some if arrow.source == room and arrow.target in height]
        height[room] = 1 + max(below, default=-1)
    for room in reversed(ROOMS):
        above = [height[arrow.source] for arrow in some if arrow.target == room and height[arrow.source] > height[room]]
        height[room] = min(above, default=height[room] + 1) - 1
    return [[room for room in ROOMS if height[room] == floor] for floor in range(max(height.values()) + 1)]


def direct(some: list[Arrow]) -> list[tuple[str, str]]:
    """The pairs of rooms with an import between them that no longer way implies."""
    pairs = sorted({(arrow.source, arrow.target) for arrow in some})
    reach: dict[str, set[str]] = {}
    for room in ROOMS:
        targets = {target for source, target in pairs if source == room}
        reach[room] = targets.union(*(reach.get(target, set()) for target in targets))
    return [
        (source, target)
        for source, target in pairs
        if not any(target in reach[other] for start, other in pairs if start == source)
    ]


def purpose(room: str) -> str:
    """The first line of a room's docstring."""
    path = modules()[room]
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n", 1)[0].split()).replace("``", "")


#: Pixels: the size of a room, the space beside it and above it, and the margin of the picture.
_WIDTH, _HEIGHT, _GAP, _RISE, _MARGIN = 262, 92, 26, 58, 24
_COLOURS = {"conformance": "#e3f0e5", "runners": "#e4ecf7", "reports": "#f7ecdd"}


def picture(some: list[Arrow]) -> str:
    """The picture as an SVG: a row for each floor, the ground at the bottom, and an arrow for each direct import."""
    rows = floors(some)
    widest = max(map(len, rows))
    width = widest * (_WIDTH + _GAP) - _GAP + 2 * _MARGIN
    height = len(rows) * (_HEIGHT + _RISE) - _RISE + 2 * _MARGIN
    places = {}
    for floor, row in enumerate(rows):
        free = width - len(row) * (_WIDTH + _GAP) + _GAP
        for number, room in enumerate(row):
            x = free / 2 + number * (_WIDTH + _GAP)
            places[room] = (x, height - _MARGIN - _HEIGHT - floor * (_HEIGHT + _RISE))
    lines = [_line(places[source], places[target]) for source, target in direct(some)]
    boxes = [_box(room, *places[room]) for room in ROOMS]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
            f'height="{height:.0f}" font-family="sans-serif" role="img" aria-labelledby="t">',
            '<title id="t">The rooms of the project; an arrow goes from a room to a room that it imports from</title>',
            '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
            '<path d="M0 0L8 4L0 8z" fill="#57606a"/></marker></defs>',
            f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>',
            *lines,
            *boxes,
            "</svg>\n",
        ]
    )


def _line(source: tuple[float, float], target: tuple[float, float]) -> str:
    # The ends of arrows are shifted a little, so that neighbouring arrows can be distinguished.
    shift = max(-0.4, min(0.4, (target[0] - source[0]) / 1600)) * _WIDTH
    x1, y1 = source[0] + _WIDTH / 2 + shift, source[1] + _HEIGHT
    x2, y2 = target[0] + _WIDTH / 2 - shift, target[1]
    bend = (y2 - y1) / 2
    return (
        f'<path d="M{x1:.0f} {y1:.0f}C{x1:.0f} {y1 + bend:.0f} {x2:.0f} {y2 - bend:.0f} {x2:.0f} {y2:.0f}" fill="none" '
        'stroke="#57606a" stroke-width="1.4" marker-end="url(#a)"/>'
    )


def _box(room: str, x: float, y: float) -> str:
    text = "".join(
        f'<text x="{x + 12:.0f}" y="{y + 44 + number * 16:.0f}" font-size="12" fill="#24292f">{escape(line)}</text>'
        for number, line in enumerate(textwrap.wrap(purpose(room), 40, max_lines=3, placeholder=" …"))
    )
    return (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{_WIDTH}" height="{_HEIGHT}" rx="8" '
        f'fill="{_COLOURS[room.split(".")[0]]}" stroke="#57606a"/>'
        f'<text x="{x + 12:.0f}" y="{y + 24:.0f}" font-size="15" font-weight="bold" fill="#24292f">{room}</text>{text}'
    )


if __name__ == "__main__":
    files.write(PICTURE, picture(arrows()))
    print(f"written: {PICTURE}")
