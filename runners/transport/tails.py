"""The two ends of what a process writes, within bounds; the text on stderr, divided by case."""

from __future__ import annotations

import re
from collections import deque
from typing import AnyStr

MARK = b"\x1e"
#: Bytes that are kept from the end of stderr, and of the noise on stdout, for the message about a crash.
TAIL = 32 * 1024
#: Bytes that are kept from its beginning. The first line of the stack trace of a Java exception is the most
#: informative, and the trace has more than 32 KiB.
HEAD = 4 * 1024
#: Stands for what is left out. It is indented, since it is not what the process said.
GAP = "\n [...]\n"
#: What the agent writes on stderr before each case, with the nonce of the case, and without it after the last one.
_ERROR_MARK = re.compile(rb"\x1e((?:[0-9a-f]{16}-[0-9]{1,6})?)\n")
_LONGEST_ERROR_MARK = 25
#: The cases whose text on stderr is kept until somebody takes it.
_MOST_PARTS = 256


class Ends:
    """The first HEAD and the last TAIL bytes of the chunks that were added."""

    def __init__(self) -> None:
        self._head = b""
        self._chunks: deque[bytes] = deque()
        self._size = 0
        self._lost = False

    def add(self, chunk: bytes) -> None:
        room = HEAD - len(self._head)
        self._head += chunk[:room]
        chunk = chunk[room:]
        self._lost = self._lost or len(chunk) > TAIL
        self._chunks.append(chunk[-TAIL:])
        self._size += len(self._chunks[-1])
        while self._size - len(self._chunks[0]) >= TAIL:
            self._lost = True
            self._size -= len(self._chunks.popleft())

    def clear(self) -> None:
        self._head = b""
        self._chunks.clear()
        self._size = 0
        self._lost = False

    def whole(self) -> bytes:
        tail = b"".join(self._chunks)
        return self._head + (GAP.encode() + _from_a_line(tail) if self._lost else tail)

    def text(self) -> str:
        return decoded(self.whole())


class Errors:
    """The text on stderr, divided by the marks of the agent, which writes one before each case and after the last.

    Without marks, all text that came since the last call of :meth:`take` belongs to the case that takes it.
    """

    def __init__(self) -> None:
        #: Nonce of a case → what came after its mark; "" for what came before the first case, or between requests.
        self._parts: dict[str, Ends] = {}
        self._current = ""
        #: Whether the agent writes marks.
        self.marked = False
        #: The beginning of what may be a mark.
        self._rest = b""

    def add(self, chunk: bytes) -> None:
        """Add bytes that were read from stderr."""
        data = self._rest + chunk
        self._rest = b""
        at = data.rfind(MARK, max(0, len(data) - _LONGEST_ERROR_MARK))
        if at >= 0 and not _ERROR_MARK.match(data, at):
            data, self._rest = data[:at], data[at:]
        text, *others = _ERROR_MARK.split(data)
        self._keep(text)
        for nonce, after in zip(others[::2], others[1::2], strict=True):
            self._current, self.marked = nonce.decode(), True
            self._keep(after)

    def flush(self) -> None:
        """Add what looked like the beginning of a mark: nothing more will come."""
        self._keep(self._rest)
        self._rest = b""

    def text(self, nonce: str | None = None) -> str:
        """The ends of the text of one case; of everything without a nonce or without marks."""
        if nonce is None or not self.marked:
            everything = Ends()
            for part in self._parts.values():
                everything.add(part.whole())
            return everything.text()
        return self._parts[nonce].text() if nonce in self._parts else ""

    def take(self, nonce: str) -> str:
        """The ends of the text of one case, which is then forgotten."""
        if not self._parts:
            return ""
        part = self._parts.pop(nonce if self.marked else "", None)
        return "" if part is None else part.text()

    def _keep(self, text: bytes) -> None:
        if not text:
            return
        if self._current not in self._parts:
            self._parts[self._current] = Ends()
        self._parts[self._current].add(text)
        if len(self._parts) > _MOST_PARTS:
            oldest = self._parts.pop(next(iter(self._parts)))
            self._parts.setdefault("", Ends()).add(oldest.whole())


def shortened(text: str, longest: int) -> str:
    """The two ends of a text that is longer than so many characters."""
    if len(text) <= longest:
        return text
    head = longest // 3
    return text[:head] + GAP + _from_a_line(text[head + len(GAP) - longest :])


def _from_a_line(text: AnyStr) -> AnyStr:
    """The text without the end of a line at its beginning, unless it has one line only."""
    _, _, rest = text.partition("\n" if isinstance(text, str) else b"\n")
    return rest or text


def decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "backslashreplace").strip()
