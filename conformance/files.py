"""Write a file so that it is whole or not there."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path


class CannotWrite(Exception):
    """A file that cannot be written. The message is one line that names it and says why."""


def write(path: Path, content: str | bytes) -> None:
    """Write a file beside its place first, and then move it there; folders are made. Text becomes UTF-8.

    Of an earlier file the permissions are kept, and of a symbolic link its target is written. Raises CannotWrite, and
    then the earlier file is as it was.
    """
    temporary = None
    try:
        data = content.encode("utf-8", errors="backslashreplace") if isinstance(content, str) else content
        place = Path(os.path.realpath(path))
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:100]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(place))
        os.replace(temporary, place)
    except (OSError, ValueError) as error:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)
        raise CannotWrite(f"cannot write {path}: {getattr(error, 'strerror', None) or error}") from None


def _mode(place: Path) -> int:
    """The permissions of the earlier file; of a new one, those that the user's umask leaves."""
    try:
        return stat.S_IMODE(place.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
