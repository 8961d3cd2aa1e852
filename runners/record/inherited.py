"""The known failures that compiled code inherits from the CPython that runs it.

A compiler compiles the bodies of the cases. Built-in functions and library modules stay those of its host CPython, so a
known failure of the host in one of them says nothing about the compiler.
"""

from __future__ import annotations

from runners.record.baseline import shipped
from runners.record.outcome import Outcome
from runners.record.revision import Python

#: The prefixes of the behaviours whose subject is a built-in function or a library module, which no compiler compiles.
INHERITED = frozenset({"BLT", "INS", "LIB"})


def reason(outcome: Outcome, host: Python | None) -> str | None:
    """Why the reviewed baseline of the host excuses a failure of compiled code; None if it does not.

    ``host`` is the Python below a compiler, None for an interpreter. Raises runners.record.baseline.BadBaseline.
    """
    if host is None or outcome.id.partition("-")[0] not in INHERITED:
        return None
    entry = shipped(host.implementation).find(outcome.case, host.implementation, host.version)
    if entry is None or not entry.explains(outcome):
        return None
    return f"a known failure of {host.implementation} {host.version}, which runs the compiled code: {entry.text}"
