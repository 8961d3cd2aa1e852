"""Helpers that are shipped with every case. They use only features that Python 3.6 and MicroPython share."""

import sys

loops = []


class suspend:
    """``await suspend(x)`` suspends, gives ``x`` to the driver, and evaluates to the value that the driver sends."""

    def __init__(self, value=None):
        self.value = value

    def __await__(self):
        return (yield self.value)


def run(awaitable):
    """Drive ``awaitable`` to its end without an event loop, answer suspensions with None, and return its result."""
    steps = awaitable.__await__() if hasattr(awaitable, "__await__") else awaitable
    try:
        while True:
            next(steps)
    except StopIteration as stop:
        return stop.value


def step(method, *arguments):
    """Take one step: ``step(awaitable.send, None)`` is ["suspends", x], ["returns", x] or ["raises", "TypeError"]."""
    try:
        return ["suspends", method(*arguments)]
    except StopIteration as stop:
        return ["returns", stop.value]
    except BaseException as error:
        return ["raises", type(error).__name__]


def operate(g, operation):
    """Call the method "anext", "asend" (with "sent"), "athrow" (with a KeyError) or "aclose" of the generator ``g``."""
    if operation == "athrow":
        return g.athrow(KeyError())
    if operation == "asend":
        return g.asend("sent")
    return g.aclose() if operation == "aclose" else g.__anext__()


class raises:
    """``with raises(TypeError) as caught:`` demands this exact type of the block; ``caught.value`` is the exception."""

    def __init__(self, *expected):
        self.expected = expected

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        self.value = value
        if kind in self.expected or kind is AssertionError:
            return kind in self.expected
        seen = "nothing" if kind is None else "%s: %s" % (kind.__name__, value)
        raise AssertionError("%s expected, raised was %s" % (" or ".join([e.__name__ for e in self.expected]), seen))


async def awaiting(awaitable):
    """A coroutine that awaits ``awaitable``: what it is sent and thrown reaches what ``awaitable`` waits for."""
    return await awaitable


async def items_of(iterable):
    """The list of all items that ``async for`` gets from ``iterable``."""
    items = []
    async for item in iterable:
        items.append(item)
    return items


async def tidy(*generators):
    """Close ``generators`` at the end of a body: no exception leaves, and ``aclose()`` may suspend only a few times."""
    for g in generators:
        state, closing = step(operate, g, "aclose")
        for _ in range(9):
            state = step(lambda: closing.send(None))[0] if state == "suspends" else state


def rejects(source):
    """Whether compiling ``source`` raises SyntaxError. Always assert too that similar source is accepted."""
    try:
        compile(source, "<source>", "exec")
        return False
    except SyntaxError:
        return True


def define(source, name, **names):
    """Execute ``source``, with ``names`` as its globals, and return the object that it binds to ``name``."""
    exec(source, names)
    return names[name]


def collect():
    """Collect garbage a fixed number of times: a tracing collector may need more than one collection to finalize."""
    import gc

    for _ in range(5):
        gc.collect()


class hooks:
    """``with hooks(firstiter, finalizer):`` installs asynchronous generator hooks, and restores the earlier hooks."""

    def __init__(self, firstiter=None, finalizer=None):
        self.pair = (firstiter, finalizer)

    def __enter__(self):
        self.earlier = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(*self.pair)

    def __exit__(self, kind, value, traceback):
        sys.set_asyncgen_hooks(*self.earlier)


class unraisable:
    """``with unraisable() as reports:`` lists unraisable exceptions as [type, text]. It needs Python 3.8."""

    def __enter__(self):
        self.earlier = sys.unraisablehook
        reports = []
        sys.unraisablehook = lambda report: reports.append([report.exc_type, str(report.exc_value)])
        return reports

    def __exit__(self, kind, value, traceback):
        sys.unraisablehook = self.earlier


def in_loop(coroutine):
    """Run ``coroutine`` to its end in a new asyncio event loop, and close the loop without any shutdown."""
    import asyncio

    loop = asyncio.new_event_loop()
    loops.append(type(loop).__name__)
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()
