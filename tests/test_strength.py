"""The wrong Pythons: what each one changes, and the reasons for what it survives."""

from __future__ import annotations

import ast
import re

import pytest

from conformance.catalogue import load
from tests.strength.run import survivors
from tests.strength.survivors import known
from tests.strength.wrong import WRONG, Wrong, changed

BY_NAME = {wrong.name: wrong for wrong in WRONG}
#: Name of a wrong Python → the lines of a nested function, and the lines as it runs them.
EXAMPLES = {
    "async-for-end": ("async for x in y:\n    pass\nz", "async for x in y:\n    pass\nelse:\n    HIT\n    return\nz"),
    "async-for-break": ("async for x in y:\n    break\nz", "async for x in y:\n    HIT\n    return\nz"),
    "async-for-once": (
        "async for x in y:\n    z",
        "turned = False\nasync for x in y:\n    if turned:\n        HIT\n        break\n    turned = True\n    z",
    ),
    "continue": ("for x in y:\n    if z:\n        continue", "for x in y:\n    if z:\n        HIT\n        break"),
    "comprehension": ("x = [y async for y in z]\nw", "x = [y async for y in z]\nHIT\nreturn\nw"),
    "async-with": ("async with x:\n    y\nz", "async with x:\n    y\nHIT\nreturn\nz"),
    "with": ("with x:\n    y\nz", "with x:\n    y\nHIT\nreturn\nz"),
    "finally-loses": (
        "try:\n    x\nfinally:\n    y",
        "try:\n    x\nfinally:\n    y\n"
        "    if sys.exc_info()[0] not in (None, GeneratorExit):\n        HIT\n        return",
    ),
    "finally-leaves": ("try:\n    x\nfinally:\n    y\nz", "try:\n    x\nfinally:\n    y\nHIT\nreturn\nz"),
    "except": ("try:\n    x\nexcept E:\n    y\nz", "try:\n    x\nexcept E:\n    y\n    HIT\n    return\nz"),
    "raise-lost": ("raise E", "HIT"),
    "raise-returns": ("raise", "if sys.exc_info()[0] is GeneratorExit:\n    raise\nHIT\nreturn"),
    "yield": ("x = yield y\nz", "x = (yield y)\nHIT\nreturn\nz"),
    "await": ("return [await x]", "[await x]\nHIT\nreturn"),
    "while-once": (
        "while x:\n    y",
        "turned = False\nwhile x:\n    if turned:\n        HIT\n        break\n    turned = True\n    y",
    ),
}


def nested(lines: str) -> str:
    """A body with these lines in a nested function, in the form that ``ast.unparse`` gives it."""
    indented = lines.replace("\n", "\n        ")
    return ast.unparse(
        ast.parse(f"def body():\n    async def agen():\n        {indented}\n    return END_OF_CASE, None")
    )


@pytest.mark.parametrize("wrong", WRONG, ids=[wrong.name for wrong in WRONG])
def test_statement_in_a_nested_function(wrong: Wrong) -> None:
    """Each wrong Python changes one kind of statement, and says that it ran."""
    before, after = EXAMPLES[wrong.name]

    made = changed(nested(before), wrong, "m", nested=True)

    assert made is not None
    assert re.sub(r"turned_\d+", "turned", made) == nested(after.replace("HIT", "loops.append('m')"))
    assert changed(nested(before), wrong, "m", nested=False) is None


@pytest.mark.parametrize("lines", ["async with x:\n    y", "if x:\n    async with y:\n        z\nelse:\n    w"])
def test_end_of_a_function_is_left_alone(lines: str) -> None:
    """Where nothing follows in the function, to leave it changes nothing."""
    assert changed(nested(lines), BY_NAME["async-with"], "m", nested=True) is None


def test_body_itself_is_changed_apart() -> None:
    """The end of a body is its token, so the last statement of a body is changed too."""
    text = "def body():\n    with x:\n        y\n    return (END_OF_CASE, None)"
    made = changed(text, BY_NAME["with"], "m", nested=False)

    assert made == text.replace("    return", "    loops.append('m')\n    return\n    return")


def test_reasons_are_about_what_exists() -> None:
    """Each reason names a wrong Python and a behaviour, and says something."""
    assert {name for name, _ in known()} <= BY_NAME.keys()
    assert {id for _, id in known()} <= load().keys()
    assert all(len(reason.split()) > 3 for reason in known().values())


@pytest.mark.slow
def test_a_wrong_python_is_noticed() -> None:
    """On the Python that leaves a function when ``async for`` is exhausted, no behaviour passes that it touches."""
    found = survivors(BY_NAME["async-for-end"])

    assert found.hit > 50
    assert found.passed == []
