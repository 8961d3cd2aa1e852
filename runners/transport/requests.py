"""Make the requests for an agent from cases; each process gets the source of a behaviour only once."""

from __future__ import annotations

from typing import Any

from conformance.definitions import inlined
from conformance.program import Case, body


class Requests:
    """Makes the requests for one process after the other."""

    def __init__(self) -> None:
        #: The places of the sources that the process already has, as (file, line).
        self._sent: set[tuple[str, int]] = set()

    def forget(self) -> None:
        """Begin again for a new process, which has no source yet."""
        self._sent.clear()

    def of(self, case: Case, *, prepares: bool = False) -> dict[str, Any]:
        """The request to run a case, or to prepare it, for an interpreter that builds cases before they run or not."""
        text = body(case.behaviour)
        # The text with its definitions belongs to one case, so it is sent with each.
        own = inlined(case) if prepares else None
        known = own is None and (text.file, text.line) in self._sent
        if own is None:
            self._sent.add((text.file, text.line))
        return {
            "file": text.file,
            "line": text.line,
            "source": None if known else own or text.explicit,
            "function": text.name,
            "asynchronous": text.asynchronous,
            "arguments": dict(case.arguments),
            "allowed": list(case.behaviour.allowed),
            "collect": "gc" in case.behaviour.needs,
        }
