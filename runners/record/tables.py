"""Read a TOML file that a person wrote: the reviewed data of this suite, or the user's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: The most bytes of a file: the largest one that ships has a hundred thousand.
LARGEST = 16 * 1024 * 1024


class BadTables(Exception):
    """A file cannot be read. The message is one line, without the name of the file."""


def text_of(path: Path) -> str:
    """The text of a file. Raises BadTables."""
    try:
        if not path.is_file() and path.exists():
            raise BadTables("is not a file")
        if path.stat().st_size > LARGEST:
            raise BadTables("is too large for a file that a person wrote")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadTables(error.strerror or str(error)) from None
    except ValueError as error:
        raise BadTables(str(error)) from None


def parsed(text: str) -> dict[str, Any]:
    """The tables of a text. Raises BadTables."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadTables(f"is not valid TOML: {error}") from None
