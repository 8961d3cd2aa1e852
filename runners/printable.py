"""Make text from outside printable, in one place.

Each text from an interpreter or from a result file passes through this module when the host reads it. So the code that
writes to a terminal, a log, a page or an annotation does not need to know where a text came from.
"""

from __future__ import annotations

import re

#: The text in a log that GitHub's runner executes as a command: ``::error`` at the start of a line, ``##[error]``
#: anywhere. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
_COMMAND = re.compile(r"(?m)^(\s*):(?=:)|#(?=#\[)")


def printable(text: str) -> str:
    """The text with escapes for control characters, invisible characters and lone surrogates.

    Line ends and tabs stay. Text that GitHub's runner would execute as a command is escaped as well. A second call
    changes nothing.
    """
    if not text.isprintable():
        text = "".join(c if c.isprintable() or c in "\n\t" else _escaped(c) for c in text)
    return _COMMAND.sub(lambda match: _escaped_command(match), text) if ":" in text or "#" in text else text


def one_line(text: str) -> str:
    """Like :func:`printable`, but line ends and tabs are escaped as well: for names and for lines of a log."""
    return printable(text).replace("\n", "\\n").replace("\t", "\\t")


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()


def _escaped_command(match: re.Match[str]) -> str:
    return "\\x23" if match[0] == "#" else f"{match[1]}\\x3a"
