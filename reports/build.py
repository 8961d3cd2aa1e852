"""The files of a site, written into a folder that may hold other things."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from reports import markdown
from reports.model import Report
from reports.site import (
    behaviours,
    compare,
    contested,
    data,
    interpreters,
    matrix,
    specification,
    states,
    versions,
)

ASSETS = Path(__file__).parent / "assets"
VIEWS = (matrix, behaviours, interpreters, specification, states, versions, compare, contested, data)
#: The list of what was written, in the site itself: file → SHA-256.
MANIFEST = "files.json"


class CannotBuild(Exception):
    """A site that cannot be written. The message is one line that says why, and what to do."""


def files(report: Report) -> dict[str, str]:
    """The whole site: file, from the root of the site, → text."""
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(ASSETS.iterdir()) if path.is_file()}
    for view in VIEWS:
        found.update(view.pages(report))
    found["report.md"] = markdown.render(report)
    return found


def write(report: Report, folder: Path) -> list[Path]:
    """Write the site into ``folder``; what was written.

    What an earlier site left there and this one does not have is removed, if nobody changed it since. Nothing else is
    removed, and a file that is in the way is not replaced. Raises CannotBuild, before anything is changed if a file is
    in the way.
    """
    # An interpreter may say what is no Unicode text, such as half of a surrogate pair.
    made = {name: text.encode("utf-8", errors="backslashreplace") for name, text in files(report).items()}
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}
    try:
        earlier = _earlier(folder)
        for name, content in [*made.items(), (MANIFEST, None)]:
            path = folder / name
            if name in earlier or not (path.exists() or path.is_symlink()):
                continue
            if content is None or not path.is_file() or path.is_symlink() or path.read_bytes() != content:
                raise CannotBuild(f"{path} is there and no earlier report's; move it away, or choose another --out")
        # Both are listed until the work is done: what a broken run leaves behind is known to be ours.
        _write(folder / MANIFEST, _manifest({**earlier, **sums}))
        for name, content in made.items():
            _write(folder / name, content)
        for name in set(earlier) - set(made) - {MANIFEST}:
            path = folder / name
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == earlier[name]:
                path.unlink()
        _write(folder / MANIFEST, _manifest(sums))
    except OSError as error:
        raise CannotBuild(f"cannot write to {error.filename or folder}: {error.strerror or error}") from None
    return [folder / name for name in made]


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _manifest(sums: Mapping[str, str]) -> bytes:
    return (json.dumps({"made_by": "asyncgen-conformance", "files": sums}, indent=1, sort_keys=True) + "\n").encode()


def _earlier(folder: Path) -> dict[str, str]:
    """What the site in the folder consists of, with its list; empty if there is none. Paths out of it are ignored."""
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if document["made_by"] != "asyncgen-conformance":
            return {}
        listed = {str(name): str(digest) for name, digest in document["files"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}
    inside = {name: digest for name, digest in listed.items() if _is_inside(name)}
    return {**inside, MANIFEST: ""}


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
