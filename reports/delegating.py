"""The states of delegation, which Python 3.16 adds: the case that shows each operation in them, and its effect.

The cases of the other states say in their arguments which state and operation they are about. These do not, so this is
the one place that says it.
"""

from __future__ import annotations

from dataclasses import dataclass

Key = tuple[str, ...]
DELEGATING: Key = ("delegating",)
DELEGATING_IN_AWAIT: Key = ("delegating-in-await",)
#: Row of the table of the generator → its label.
ROWS: dict[Key, str] = {
    DELEGATING: "delegating: suspended in a yield from",
    DELEGATING_IN_AWAIT: "delegating, and suspended in an await of the subiterator",
}


@dataclass(frozen=True)
class Claim:
    """A case, and the effect that it shows: the outcome, and what the body sees at its ``yield from``."""

    case: str
    outcome: str
    body: tuple[str, ...] = ()


#: (row, operation) → the case and its effect. No case sends None while the subiterator awaits.
CLAIMS: dict[tuple[Key, Key], Claim] = {
    (DELEGATING, ("anext",)): Claim("YFR-025", "returns what __anext__() of the subiterator gives"),
    (DELEGATING, ("asend-None",)): Claim("YFR-025", "returns what __anext__() of the subiterator gives"),
    (DELEGATING, ("asend-42",)): Claim("YFR-024", "returns what asend(42) of the subiterator gives"),
    (DELEGATING, ("athrow",)): Claim("YFT-003", "returns what athrow(ValueError()) of the subiterator gives"),
    (DELEGATING, ("aclose",)): Claim("YFC-001", "closes the subiterator, then returns None", ("GeneratorExit",)),
    (DELEGATING_IN_AWAIT, ("anext",)): Claim("YFR-056[outer-anext]", "raises RuntimeError"),
    (DELEGATING_IN_AWAIT, ("asend-42",)): Claim("YFR-056[outer-asend]", "raises RuntimeError"),
    (DELEGATING_IN_AWAIT, ("athrow",)): Claim("YFR-056[outer-athrow]", "raises RuntimeError"),
    (DELEGATING_IN_AWAIT, ("aclose",)): Claim("YFR-056[outer-aclose]", "raises RuntimeError"),
}
