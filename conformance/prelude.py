"""What a case may use besides builtins and its own imports; it travels with it. Only what 3.6 and MicroPython share."""

import sys

loops = []


class suspend:
    """``await suspend(x)`` hands ``x`` to whoever drives, and evaluates to what is sent back."""

    def __init__(self, value=None):
        self.value = value

    def __await__(self):
        return (yield self.value)


def run(awaitable):
    """Drive ``awaitable`` to its end without an event loop, answering every suspension with None."""
    steps = awaitable.__await__() if hasattr(awaitable, "__await__") else awaitable
    try:
        while True:
            steps.send(None)
    except StopIteration as stop:
        return stop.value


def step(method, *arguments):
    """One step by hand, ``step(awaitable.send, None)``: ["suspends", x], ["returns", x] or ["raises", "TypeError"]."""
    try:
        return ["suspends", method(*arguments)]
    except StopIteration as stop:
        return ["returns", stop.value]
    except BaseException as error:
        return ["raises", type(error).__name__]


def operate(g, operation):
    """What "anext", "asend" (of "sent"), "athrow" (of a KeyError) or "aclose" of the generator ``g`` returns."""
    if operation == "athrow":
        return g.athrow(KeyError())
    if operation == "asend":
        return g.asend("sent")
    return g.aclose() if operation == "aclose" else g.__anext__()


class raises:
    """``with raises(TypeError) as caught:`` the block must raise exactly that type, which is then ``caught.value``."""

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


async def items_of(iterable):
    """The list of everything that ``async for`` gets out of ``iterable``."""
    items = []
    async for item in iterable:
        items.append(item)
    return items


def rejects(source):
    """Whether compiling ``source`` raises SyntaxError. Always assert what is accepted beside it."""
    try:
        compile(source, "<source>", "exec")
        return False
    except SyntaxError:
        return True


def define(source, name, **names):
    """Execute ``source``, with ``names`` as its globals, and return what it calls ``name``."""
    exec(source, names)
    return names[name]


def collect():
    """Collect garbage a bounded number of times: a tracing collector may need more than one to finalize."""
    import gc

    for _ in range(5):
        gc.collect()


class hooks:
    """``with hooks(firstiter, finalizer):`` install asynchronous generator hooks, and restore the earlier ones."""

    def __init__(self, firstiter=None, finalizer=None):
        self.pair = (firstiter, finalizer)

    def __enter__(self):
        self.earlier = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(*self.pair)

    def __exit__(self, kind, value, traceback):
        sys.set_asyncgen_hooks(*self.earlier)


class unraisable:
    """``with unraisable() as reports:`` list what nobody could catch as [type of the exception, its text] (3.8 on)."""

    def __enter__(self):
        self.earlier = sys.unraisablehook
        reports = []
        sys.unraisablehook = lambda report: reports.append([report.exc_type, str(report.exc_value)])
        return reports

    def __exit__(self, kind, value, traceback):
        sys.unraisablehook = self.earlier


def in_loop(coroutine):
    """Run ``coroutine`` to its end in a new asyncio event loop, and close the loop; nothing is shut down first."""
    import asyncio

    loop = asyncio.new_event_loop()
    loops.append(type(loop).__name__)
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()
