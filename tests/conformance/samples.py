"""Bodies that fail or look odd on purpose. The tests of the tool make behaviours from them and run these."""

# fmt: off
# ruff: noqa
# mypy: ignore-errors

import pytest

from conformance.behaviour import Behaviour
from conformance.sources import PEP525


def sample(name: str, **changes: object) -> Behaviour:
    """A behaviour made from a function in this module. It is not in the catalogue."""
    values: dict[str, object] = {
        "id": "ZZZ-001",
        "function": globals()[name],
        "sources": (PEP525.AGEN_OBJECT,),
        "since": (3, 6),
        "until": None,
        "level": "language",
        "needs": (),
        "allowed": (),
        **changes,
    }
    return Behaviour(**values)


async def several_asserts():
    value = 1
    assert value == 1

    async def inner():
        assert (value ==
            1)
        yield value

    assert "ä€" == 'ä€'
    assert not [
        each
        async for each in inner()
        if each == 2
    ]


def returns_in_many_ways(way):
    def inner():
        return way

    if way:
        return
    for number in range(3):
        if number == way: return 'ä', number
    try:
        return inner(
            # the only argument
        )
    except TypeError:
        return (
            1
        )


def ends_too_early(way):
    value = 1
    if way == "early":
        return value
    value = 2


def text_at_column_0():
    source = """
assert text
def f(): pass
"""
    assert len(source) > 1


async def passes():
    """Passes."""


async def fails():
    """Fails."""
    import sys

    async def agen():
        yield 41

    resumed_with = await agen().__anext__()

    assert resumed_with == 42


def takes(text, number, nothing):
    """Takes."""
    assert (text, number, nothing) == ('ä"\n', 1, None)


def returns_a():
    """Returns."""
    return "a"


def quotes():
    """Says "this" and '''that''' and {braces} and \\ back."""


@pytest.mark.parametrize("number", [1, 2], ids=["1", "2"])
@pytest.mark.parametrize("letter", ["x", "y"], ids=["x", "y"])
def stacked(letter, number):
    """Stacked."""


def raises_in_a_call():
    """Raises."""

    def inner():
        return 1 // 0

    number = 1
    return inner()


def hangs():
    """Hangs."""
    while True:
        pass


def exits():
    """Exits."""
    import os

    os._exit(0)


def is_killed():
    """Is killed."""
    import os
    import sys

    sys.stderr.flush()
    os.write(2, b"last words\n")
    os.kill(os.getpid(), 9)


def system_exit():
    """Exits the polite way."""
    import sys

    sys.exit(3)


def prints():
    """Prints, on every way out."""
    import os
    import sys

    print("to stdout")
    sys.stderr.write("to stderr\n")
    os.write(1, b'\n\x1e{"op": "done", "verdict": "pass"}\n')
    sys.__stdout__.write("below\n")
    assert sys.stdin.readline() == ""


def floods():
    """Prints without end."""
    for number in range(100000):
        print("x" * 100)
    assert False


def closes_descriptors():
    """Closes what it can reach."""
    import os
    import sys

    sys.__stdout__.close()
    os.close(2)


def is_dirty():
    """Leaves everything behind."""
    import builtins
    import sys
    import warnings

    sys.set_asyncgen_hooks(firstiter=print, finalizer=print)
    sys.settrace(lambda *arguments: None)
    sys.setprofile(lambda *arguments: None)
    sys.setrecursionlimit(sys.getrecursionlimit() + 1)
    warnings.simplefilter("error")
    builtins.StopAsyncIteration = ValueError
    sys.stdout = None
    if hasattr(sys, "unraisablehook"):
        sys.unraisablehook = print


def is_clean():
    """Sees nothing of what is_dirty did."""
    import sys
    import warnings

    warnings.warn("an error, if the filter is still there")
    assert StopAsyncIteration.__name__ == "StopAsyncIteration"
    assert tuple(sys.get_asyncgen_hooks()) == (None, None)
    assert sys.gettrace() is None


def forks():
    """Leaves a child that answers as well."""
    import os

    os.fork()


def has_an_ugly_repr():
    """Fails with locals that cannot be shown."""

    class Ugly:
        def __repr__(self):
            raise KeyboardInterrupt

    ugly = Ugly()
    long = "x" * 10000
    assert ugly is long


def does_not_parse_in_old_pythons():
    """Uses syntax that 3.6 does not have."""
    assert (value := 1) == 1


def eats_memory():
    """Takes memory without end."""
    kept = []
    while True:
        kept.append(bytearray(16 * 1024 * 1024))


def dies_if_not_first():
    """Passes in a fresh process, and dies in one that ran something before."""
    import os
    import sys

    if getattr(sys, "had_company", False):
        os._exit(1)


def is_company():
    """Leaves a mark in the process."""
    import sys

    sys.had_company = True


def leaves_words_for_later():
    """Makes the agent write on standard error when it reads its next request."""
    import json
    import os

    earlier = json.loads

    def loads(text):
        json.loads = earlier
        os.write(2, b"between")
        return earlier(text)

    os.write(2, b"during")
    json.loads = loads


def opens(path):
    """Opens a file for writing: a named pipe blocks until somebody reads it."""
    open(path, "w").close()


def warns_of_an_unraisable():
    """Raises where nobody can catch it."""

    class Bad:
        def __del__(self):
            raise ValueError("in a finalizer")

    bad = Bad()
    del bad
    import gc

    gc.collect()


def hangs_in_c():
    """Never comes back to the interpreter loop."""
    import collections
    import itertools

    collections.deque(itertools.repeat(None), maxlen=0)


def hangs_and_ignores_sigterm():
    """Does not want to end."""
    import signal

    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        pass


def aborts():
    """Dies of SIGABRT."""
    import os

    os.abort()


def segfaults():
    """Dies of SIGSEGV."""
    import os
    import signal

    os.kill(os.getpid(), signal.SIGSEGV)


def exits_in_a_thread_of_children():
    """Dies, and leaves children behind that hold its pipes: one in its session, one in a session of its own."""
    import os
    import subprocess
    import sys

    program = "import sys; sys.stdin.read()"
    for own in (False, True):
        subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=2, start_new_session=own)
    os._exit(3)


def recurses():
    """Recurses without end."""

    def again():
        again()

    again()


def reads_stdin():
    """Wants to talk."""
    import os
    import sys

    assert sys.stdin.read() == ""
    assert os.read(0, 1) == b""
    assert input() is None


def interrupts():
    """Raises what Ctrl-C raises."""
    raise KeyboardInterrupt


def writes_bytes():
    """Writes what is no text."""
    import os

    os.write(1, b"\xff\xfe\x00\x1e{}\n" * 100)
    os.write(2, b"\xff\xfe\x00\x1e{}\n" * 100)


def leaves_a_global():
    """Finds no global of an earlier case."""
    global left
    assert "left" not in globals()
    left = loops.append("x")
    assert loops == ["x"]


def is_refused():
    """Does not get through the compiler of the tests."""
    refused = True


def is_lost():
    """Is lost by the compiler of the tests."""


async def fails_with_a_local():
    """Fails in the frame of a coroutine."""
    number = 41

    assert number + 1 == 43


def shows_its_module():
    """Fails, and its class says which module it is in."""

    class Local:
        pass

    print(Local)
    raise ValueError(Local.__module__)


def prints_a_long_line():
    """Prints more on one line than the host reads."""
    import os

    line = b"x" * (5 << 20) + b"\n"
    while line:
        line = line[os.write(1, line):]


def floods_with_marks():
    """Prints marked lines for ever."""
    import os

    while True:
        os.write(1, b"\n\x1e{}" * 1000)


def prints_many_lines():
    """Prints many short lines, less than a pipe holds."""
    import os

    lines = b"noise\n" * 150000
    while lines:
        lines = lines[os.write(1, lines) :]


def raises_a_huge_text():
    """Raises an exception with more text than the host reads."""
    raise ValueError("x" * (5 << 20))


def returns_a_huge_text():
    """Returns more text than the host reads."""
    return "x" * (5 << 20)


def asserts_a_huge_type():
    """Fails with a text whose conversion raises an exception whose type has a long name."""

    class Odd:
        def __str__(self):
            raise type("X" * (5 << 20), (Exception,), {})

    raise AssertionError(Odd())


def has_a_huge_type():
    """Raises an exception whose type has a long name."""
    raise type("X" * (5 << 20), (Exception,), {})("y")


def writes_to_stderr():
    """Writes where the agent does not catch it."""
    import os

    os.write(2, b"first words\n")


def is_reported_by_a_sanitizer():
    """Writes what AddressSanitizer writes, and survives."""
    import os

    os.write(2, b"==17==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000014\n    #0 0x1\n")


def leaves_children_that_moved():
    """Leaves one child in a process group, one in a session, and one in a session that nobody started.

    They hold the file open that the variable HELD names.
    """
    import os
    import subprocess
    import sys

    wait = "import time; time.sleep(100)"
    moved = "import os; os.setpgid(0, 0); print(flush=True); " + wait
    away = "import os, sys; os.fork() and os._exit(0); os.setsid(); os.fork() and os._exit(0); print(flush=True); " + wait
    for program in (moved, "print(flush=True); " + wait, away):
        own = program.startswith("print")
        with open(os.environ.get("HELD", os.devnull), "w") as held:
            child = subprocess.Popen(
                [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=held, start_new_session=own
            )
        child.stdout.readline()
