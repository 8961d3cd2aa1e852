"""Check the values that a person can type: numbers, times, memory, command lines, names.

Each check takes the value as an option or a TOML file has it, and raises ValueError with words that continue
"NAME: ...".
"""

from __future__ import annotations

import math
import re
import shlex
from pathlib import Path

#: Seconds: a day is enough for every time limit, and a selector refuses a time that is much longer.
LONGEST_TIME = 86400.0
#: MiB: sixteen TiB.
MOST_MEMORY = 1 << 24
#: More repetitions than this are a mistake.
MOST_TIMES = 100_000
_NAME = re.compile(r"[^\W_][\w.+-]{0,99}")


def seconds(value: object) -> float:
    """A time limit in seconds, as a number or as text."""
    number = _number(value, "a number of seconds")
    if not 0 < number <= LONGEST_TIME:
        raise ValueError(f"must be more than 0 and at most {LONGEST_TIME:.0f} seconds, not {_shown(value)}")
    return number


def mebibytes(value: object) -> int:
    """Memory in MiB; a fraction is rounded up."""
    number = _number(value, "a number of MiB")
    if not 0 < number <= MOST_MEMORY:
        raise ValueError(f"must be more than 0 and at most {MOST_MEMORY} MiB, not {_shown(value)}")
    return math.ceil(number)


def times(value: object) -> int:
    """A number of repetitions."""
    number = _number(value, "a whole number")
    if number != int(number) or not 1 <= number <= MOST_TIMES:
        raise ValueError(f"must be a whole number from 1 to {MOST_TIMES}, not {_shown(value)}")
    return int(number)


def command(value: object) -> tuple[str, ...]:
    """The words of a command line."""
    if not isinstance(value, str):
        raise ValueError(f"must be a command line, not {_shown(value)}")
    if "\0" in value:
        raise ValueError(f"{value!r:.100} has a NUL character, which a command line cannot have")
    try:
        words = tuple(shlex.split(value))
    except ValueError as error:
        raise ValueError(f"{value!r:.100} is not a command line: {error}") from None
    if not words or not words[0]:
        raise ValueError("an empty command starts nothing; give a path, a command line, a version or a name")
    return words


def folder(value: object) -> Path:
    """The name of a folder, which need not be there."""
    text = str(value)
    if not text.strip() or "\0" in text:
        raise ValueError("the name of a folder is expected")
    return Path(text)


def name(value: str) -> str:
    """A name that the user gives to an interpreter."""
    if not _NAME.fullmatch(value):
        raise ValueError("a name has at most 100 letters, digits and . _ + - and begins with a letter or a digit")
    return value


def _number(value: object, wanted: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"must be {wanted}, not {_shown(value)}")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise ValueError(f"must be {wanted}, not {_shown(value)}") from None
    if not math.isfinite(number):
        raise ValueError(f"must be {wanted}, not {_shown(value)}")
    return number


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except ValueError:  # an integer with too many digits to be written
        text = "a huge number"
    return text if len(text) <= 40 else f"{text[:40]}..."
