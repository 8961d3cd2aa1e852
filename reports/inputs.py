"""Check the values that a person gives to the commands of reports."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

#: The characters of an address that every place where a badge is copied to can hold: no quotes, brackets or spaces.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/@%+,=&;!$-]{1,2000}")


class BadInput(Exception):
    """A value that cannot be used. The message is one line that says why, and what to do."""


def address(text: str, option: str = "--url") -> str:
    """The address of a site, as an option gives it. Raises BadInput."""
    try:
        parts = urlsplit(text)
        usable = _ADDRESS.fullmatch(text) is not None and parts.hostname is not None and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise BadInput(
            f"{option} {text[:200]} is not the address of a site: it begins with https:// or http:// and a host, "
            "and has no spaces, quotes, brackets, query or fragment"
        )
    return text


def day(text: str) -> date:
    """The day ``YYYY-MM-DD``. Raises BadInput."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadInput(f"--date {text[:100]} is not a day such as 2026-11-30")


def existing_folder(text: str, option: str) -> Path:
    """A folder to read. Raises BadInput."""
    if not os.path.isdir(text) or "\0" in text:
        raise BadInput(
            f"{option} {text[:200]} is not a folder; 'python -m reports history RESULTS' makes reports/history"
        )
    return Path(text)


def paths(texts: Iterable[str]) -> tuple[Path, ...]:
    """Files and folders to read. Raises BadInput."""
    found = []
    for text in texts:
        if not text.strip():
            raise BadInput("the name of a result file is empty; give a file or a folder")
        found.append(Path(text))
    return tuple(found)


def folder(text: str, inputs: Iterable[Path]) -> Path:
    """The folder that a site is written to: none of the result files in ``inputs`` is directly in it.

    ``inputs`` are files and folders. A folder that does not exist is made later. Raises BadInput.
    """
    if not text.strip():
        raise BadInput("--out is empty; give the folder to write to")
    if "\0" in text:
        raise BadInput("--out has a NUL character, which no name of a folder can have")
    path = Path(text)
    if os.path.lexists(path) and not os.path.isdir(path):
        raise BadInput(f"--out {path} is not a folder")
    real = os.path.realpath(path)
    for each in inputs:
        place = each if os.path.isdir(each) else each.parent
        if os.path.realpath(place) == real:
            raise BadInput(f"--out {path} is the folder of the result file or files {each}; choose another one")
    return path
