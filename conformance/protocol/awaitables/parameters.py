"""AWT: the four operations, and the function that turns a table of outcomes into the parameters of cases."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

ALL = "anext asend athrow aclose"
NOTHING, REFUSED, END = ["returns", None], ["raises", "RuntimeError"], ["raises", "StopAsyncIteration"]
FIRST, SECOND = ["returns", "item 1"], ["returns", "item 2"]

#: Makes one case of a behaviour for each of the four operations.
each_operation = pytest.mark.parametrize("operation", ALL.split(), ids=ALL.split())


def part(table: Mapping[tuple[str, str, str, str], Sequence[object]], id: str) -> dict[str, Any]:
    """The keyword arguments of parametrize for the rows of a table that the behaviour ``id`` shows."""
    rows = {}
    for (operations, states, methods, shown_by), effects in table.items():
        for operation in operations.split():
            for state in states.split():
                for method in methods.split():
                    if shown_by == id:
                        rows["-".join([operation, state, method])] = [operation, state, method, *effects]
    return {"argvalues": list(rows.values()), "ids": list(rows)}
