"""Translate the modules named on the command line with Cython, in a process of its own because Cython may crash.

For each module it writes one JSON line into the file ``results``: the name, and the errors or null.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys

from Cython.Compiler import Main


def translate(name: str) -> str | None:
    """Translate ``name.py`` into ``name.c``; return the errors, or None."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        try:
            result = Main.compile(f"{name}.py", Main.CompilationOptions(quiet=1))
        except Exception as error:
            return f"{said.getvalue()}\nthe compiler raised {type(error).__name__}: {error}"
    return said.getvalue() if result.num_errors else None


with open("results", "w", encoding="ascii") as results:
    for name in sys.argv[1:]:
        print(json.dumps([name, translate(name)]), file=results, flush=True)
