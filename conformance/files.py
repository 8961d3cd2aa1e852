"""Write a file completely, or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path


class CannotWrite(Exception):
    """A file could not be written. The message is one line that names the file and the reason."""


def write(path: Path, content: str | bytes, *, durable: bool = True) -> None:
    """Write a temporary file in the same folder, then move it to ``path``. Missing folders are made. Text is UTF-8.

    An existing file keeps its permissions, and a symbolic link is followed. Without ``durable`` a power failure soon
    after may lose the file. Raises CannotWrite, and then an existing
    file is unchanged.
    """
    temporary = None
    try:
        data = content.encode("utf-8", errors="backslashreplace") if isinstance(content, str) else content
        place = Path(os.path.realpath(path))
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:100]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(temporary, _mode(place))
        os.replace(temporary, place)
        temporary = None
    except (OSError, ValueError) as error:
        raise CannotWrite(f"cannot write {path}: {getattr(error, 'strerror', None) or error}") from None
    finally:
        # Also after a Ctrl-C.
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def check(folder: Path) -> None:
    """Write and remove a file in a folder. A missing folder is made and removed again. Raises CannotWrite."""
    made: list[Path] = []
    try:
        made = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"writable")
    except (OSError, ValueError) as error:
        raise CannotWrite(f"cannot write into {folder}: {getattr(error, 'strerror', None) or error}") from None
    finally:
        for path in made:
            with contextlib.suppress(OSError, ValueError):
                path.rmdir()


def _mode(place: Path) -> int:
    """The permissions of the existing file; for a new file, those that the umask of the user allows."""
    try:
        return stat.S_IMODE(place.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
