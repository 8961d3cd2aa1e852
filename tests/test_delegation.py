"""The expansion of PEP 828, held against synchronous generators, and the behaviours of the PEP under it."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import textwrap

import pytest

from tests.delegation.run import TEXT, answers, chosen, unshown
from tests.delegation.wrong import WRONG

#: The expansion runs on these Pythons; a newer one has the syntax.
pytestmark = pytest.mark.skipif(
    not (3, 11) <= sys.version_info < (3, 16) or sys.implementation.name != "cpython",
    reason="the expansion is for CPython 3.11 to 3.15",
)

#: Bodies of a generator. ``sub(x, y)`` yields x and returns y, ``note(x)`` is logged and returns x.
_BODIES = r"""
# operands
note([note(1), (yield from sub('a', 2)), note(3), (yield from sub('b', 4)), note(5)])

# arguments
note(str(note('x'), *(yield from sub('a', [])), **(yield from sub('b', {}))))

# operators
note(note(1) + (yield from sub('a', 2)) * note(3) - -(yield from sub('b', 4)))

# comparison
note(note(1) < (yield from sub('a', 2)))

# condition
note((yield from sub('a', 1)) if (yield from sub('b', 0)) else (yield from sub('c', 3)))

# and
note(note(1) and (yield from sub('a', 0)) and (yield from sub('b', 3)))

# or
note(note(0) or (yield from sub('a', 0)) or note(0) or (yield from sub('b', 3)) or (yield from sub('c', 1)))

# walrus
note((x := (yield from sub('a', 1))) + note(x))

# dictionary
note({note(1): (yield from sub('a', 2)), (yield from sub('b', 3)): note(4), **{5: note(6)}})

# formatted
note(f'{note(1)}{(yield from sub("a", 2))!r:>{(yield from sub("b", 5))}}{note(3)}')

# subscript
note([10, 20, 30][(yield from sub('a', 1)):(yield from sub('b', 3))])

# attribute
note((yield from sub('a', 1j)).imag)

# yielded
note((yield note((yield from sub('a', 1)))))

# nested
note((yield from sub((yield from sub('a', 'b')), (yield from sub('c', 3)))))

# comprehension
note([note(x) for x in (yield from sub('a', [1, 2]))])

# lambda
note((lambda x=(yield from sub('a', 1)): x)())

# targets
x = {}
x[note(1)], x[(yield from sub('a', 2))] = note((yield from sub('b', [3, 4])))
note(x)

# augmented-name
x = 1
x += (yield from sub('a', 2))
note(x)

# augmented-item
x = [1, 2]
x[(yield from sub('a', 1))] += (yield from sub('b', 5))
note(x)

# annotated
x: int = yield from sub('a', 1)
note(x)

# delete
x = {1: 2, 3: 4}
del x[(yield from sub('a', 1))]
note(x)

# if
if (yield from sub('a', 0)):
    note(1)
elif (yield from sub('b', 1)):
    note(2)
else:
    note(3)

# while
n = 3
while (yield from sub(n, n)):
    n -= 1
    if n == 1:
        continue
else:
    note('else')

# for
for x in (yield from sub('a', [1, 2])):
    note((yield from sub(x, x)))
else:
    note('else')

# assert
try:
    assert (yield from sub('a', 0)), (yield from sub('b', 'why'))
except AssertionError as e:
    note(str(e))

# raise
try:
    raise (yield from sub('a', KeyError)) from (yield from sub('b', None))
except KeyError as e:
    note(1)

# with
with cm(note(1)) as x, cm((yield from sub('a', 2))) as y, cm(note(3)):
    note([x, y])

# match
match (yield from sub('a', 5)):
    case 4:
        note(4)
    case x if (yield from sub('b', 0)):
        note(x)
    case int() if note(1):
        note('int')
    case _:
        note('other')

# function-head
@(yield from sub('a', lambda f: f))
def f(x=(yield from sub('b', 1)), *, y=(yield from sub('c', 2))):
    pass
note(f.__defaults__)

# class-head
class C((yield from sub('a', int)), metaclass=(yield from sub('b', type))):
    pass
note(C.__bases__)

# return
return (yield from sub('a', 1))

# return-in-finally
try:
    return note(1)
finally:
    note((yield from sub('a', 2)))

# return-overridden
for x in [1]:
    try:
        return note(1)
    finally:
        break
note(2)

# return-replaced
try:
    return note(1)
finally:
    return

# return-raising
try:
    try:
        return note(1)
    finally:
        raise KeyError
except KeyError:
    note(2)

# return-after-yield
x = yield 1
if x is None:
    return [x]
yield 2

# unreachable
note(1)
return
yield from sub('a', 1)
"""
BODIES = dict(re.findall(r"^# (\S+)\n(.*?)\n(?=\n|$(?!\n))", _BODIES, re.MULTILINE | re.DOTALL))
PROGRAM = """
import json, warnings
warnings.simplefilter("ignore")

def play(kind, body):
    log = []
    word = "async " if kind == "asynchronous" else ""
    names = {"log": log}
    exec(word + '''def sub(item, value):
    yield item
    return value
''', names)
    exec('''
def note(value):
    log.append(repr(value))
    return value
class cm:
    def __init__(self, value):
        self.value = value
    def __enter__(self):
        log.append(["enter", self.value])
        return self.value
    def __exit__(self, *rest):
        log.append(["exit", self.value])
''', names)
    exec(word + "def outer():\\n" + body, names)
    g = names["outer"]()
    items = []
    try:
        while True:
            if kind == "synchronous":
                items.append(next(g))
                continue
            try:
                g.__anext__().send(None)
            except StopIteration as item:
                items.append(item.value)
    except (StopIteration, StopAsyncIteration) as stop:
        return [items, log, repr(stop.value)]
    except Exception as error:
        return [items, log, repr(error)]

print(json.dumps([[play(kind, body) for kind in ("synchronous", "asynchronous")] for body in BODIES]))
"""


def test_the_expansion_evaluates_as_a_synchronous_generator_does() -> None:
    """A body with ``yield from`` in any place evaluates in the same order, and gives the same, as in a ``def``."""
    bodies = [textwrap.indent(body, "    ") + "\n    if 0: yield\n" for body in BODIES.values()]
    program = f"{TEXT}\nBODIES = {bodies!r}\n{PROGRAM}"
    made = subprocess.run([sys.executable, "-"], input=program, capture_output=True, text=True)
    assert made.stderr == ""
    found = dict(zip(BODIES, json.loads(made.stdout), strict=True))

    assert {name: pair[1] for name, pair in found.items()} == {name: pair[0] for name, pair in found.items()}
    assert all(items or log for (items, log, _), _ in found.values())


def test_a_sample_passes_under_the_expansion() -> None:
    """Some behaviours of PEP 828 pass under its expansion; ``tox run -e strength`` runs all of them."""
    sample = [case for case in chosen() if case.name not in unshown(sys.version_info[:2])][::9]
    found, _ = answers(sample)

    assert {name: answer.message for name, answer in found.items() if answer.verdict != "pass"} == {}
    assert len(found) == len(sample) > 1


@pytest.mark.parametrize("name", ["falsy-result", "return-falsy-lost"])
def test_a_wrong_expansion_is_detected(name: str) -> None:
    """Under a wrong expansion a behaviour fails that passes under the right one."""
    (wrong,) = [each for each in WRONG if each.name == name]
    found, _ = answers(chosen(["YFR-005"]), wrong)

    assert {case for case, answer in found.items() if answer.verdict != "pass"} == {"YFR-005[zero]"}


@pytest.mark.slow
def test_wrong_expansions_can_be_made() -> None:
    """Each wrong expansion has a name of its own, changes the text, and is a program."""
    for wrong in WRONG:
        text = wrong.changed(TEXT)
        names: dict[str, str] = {}
        for node in ast.parse(text).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                names[ast.unparse(node.targets[0])] = str(node.value.value)
        for part in ("EXPANSION", "RETURNING"):
            ast.parse("async def f():\n" + textwrap.indent(names[part], "    "))

        assert text != TEXT

    assert len({wrong.name for wrong in WRONG}) == len(WRONG) > 90


def test_what_is_not_shown_has_a_reason() -> None:
    """``unshown.toml`` lists cases that exist, each with a reason."""
    listed = unshown((3, 11))

    assert set(listed) <= {case.name for case in chosen()}
    assert all(len(reason.split()) > 3 for reason in listed.values())
