"""The files of a site, written into a folder that may hold other things."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from conformance.files import CannotWrite
from conformance.files import write as write_file
from reports import cards, markdown
from reports.model import Report
from reports.site import views

ASSETS = Path(__file__).parent / "assets"
#: The one asset that asks for something from elsewhere: Pyodide, if the builder of the site gave its address.
RUN = "run.js"
#: The list of what was written, in the site itself: file → SHA-256.
MANIFEST = "files.json"


class CannotBuild(Exception):
    """A site that cannot be written. The message is one line that says why, and what to do."""


def files(report: Report) -> dict[str, str | bytes]:
    """The whole site: file, from the root of the site, → text, or bytes of a picture.

    Sets ``report.cards``, before a page is made that names its picture.
    """
    found: dict[str, str | bytes] = {
        path.relative_to(ASSETS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(ASSETS.rglob("*"))
        if path.is_file() and (path.name != RUN or report.pyodide)
    }
    pictures = cards.pictures(report)
    report.cards = bool(pictures)
    found.update(pictures)
    for view in views():
        found.update(view.pages(report))
    found["report.md"] = markdown.render(report)
    return found


def write(report: Report, folder: Path) -> list[Path]:
    """Write the site into ``folder``; the paths of its files.

    Files of an earlier site that this one does not have are removed, unless somebody has changed them since. Nothing
    else is removed, and a file that is in the way is not replaced. Raises CannotBuild: where a file is in the way, and
    where a part of a path inside of the folder is a symbolic link, before anything is changed.
    """
    # An interpreter can say text that is not valid Unicode, such as half of a surrogate pair.
    made = {
        name: content if isinstance(content, bytes) else content.encode("utf-8", errors="backslashreplace")
        for name, content in files(report).items()
    }
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}
    try:
        for name in [*made, MANIFEST]:
            _check_place(folder, name)
        earlier = _earlier(folder)
        for name, content in [*made.items(), (MANIFEST, None)]:
            path = folder / name
            if name in earlier or not path.exists():
                continue
            if content is None or not path.is_file() or path.read_bytes() != content:
                raise CannotBuild(
                    f"{path} exists and was not written by an earlier build; move it, or choose another --out"
                )
        # Both are listed until the work is done: the files that a broken run leaves behind are known to be ours.
        write_file(folder / MANIFEST, _manifest({**earlier, **sums}))
        for name, content in made.items():
            write_file(folder / name, content, durable=False)
        _remove({name: digest for name, digest in earlier.items() if name not in made and name != MANIFEST}, folder)
        write_file(folder / MANIFEST, _manifest(sums))
    except CannotWrite as error:
        raise CannotBuild(str(error)) from None
    except OSError as error:
        raise CannotBuild(f"cannot write to {error.filename or folder}: {error.strerror or error}") from None
    return [folder / name for name in made]


def _check_place(folder: Path, name: str) -> None:
    """Raise CannotBuild if a part of a name inside the folder is a symbolic link, or is not a folder but has to be."""
    for path in _parts(folder, name):
        if path.is_symlink():
            raise CannotBuild(f"{path} is a symbolic link; remove it, or choose another --out")
        if path != folder / name and path.exists() and not path.is_dir():
            raise CannotBuild(f"{path} exists and is not a folder; move it, or choose another --out")


def _parts(folder: Path, name: str) -> list[Path]:
    """The folders inside ``folder`` on the way to a file, and the file."""
    parts = PurePosixPath(name).parts
    return [folder.joinpath(*parts[:number]) for number in range(1, len(parts) + 1)]


def _remove(listed: Mapping[str, str], folder: Path) -> None:
    """Remove files of an earlier site, file → SHA-256, that nobody has changed."""
    for name, digest in listed.items():
        path = folder / name
        linked = any(each.is_symlink() for each in _parts(folder, name))
        if not linked and path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            path.unlink()


def _manifest(sums: Mapping[str, str]) -> bytes:
    return (json.dumps({"made_by": "asyncgen-conformance", "files": sums}, indent=1, sort_keys=True) + "\n").encode()


def _earlier(folder: Path) -> dict[str, str]:
    """The files of the site in the folder, by its list; empty if there is none. Paths out of it are ignored."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["made_by"] != "asyncgen-conformance":
            return {}
        listed = {str(name): str(digest) for name, digest in document["files"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
    inside = {name: digest for name, digest in listed.items() if _is_inside(name)}
    return {**inside, MANIFEST: ""}


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and not set("\\:\0") & set(name)
