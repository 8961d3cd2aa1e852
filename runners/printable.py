"""Make text from outside printable, in one place.

Everything that an interpreter says, and everything that a result file of somebody else holds, passes through here once,
where it comes in. So no terminal, log, page or annotation needs to ask where a text came from.
"""

from __future__ import annotations

import re

#: What GitHub's runner takes for a command when it stands in a log: ``::error`` at the start of a line, ``##[error]``
#: anywhere. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
_COMMAND = re.compile(r"(?m)^(\s*):(?=:)|#(?=#\[)")


def printable(text: str) -> str:
    """The text with escapes for control characters, invisible characters and lone surrogates.

    Line ends and tabs stay. A line that a CI would obey is disarmed. Doing it twice changes nothing.
    """
    if not text.isprintable():
        text = "".join(c if c.isprintable() or c in "\n\t" else _escaped(c) for c in text)
    return _COMMAND.sub(lambda match: _escaped_command(match), text) if ":" in text or "#" in text else text


def one_line(text: str) -> str:
    """As :func:`printable`, with line ends and tabs escaped as well: for names and for lines of a log."""
    return printable(text).replace("\n", "\\n").replace("\t", "\\t")


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()


def _escaped_command(match: re.Match[str]) -> str:
    return "\\x23" if match[0] == "#" else f"{match[1]}\\x3a"
