"""A tutorial that claims nothing binding: its sentences, how right they are, and what is true where they are not."""

from conformance.sources.section import Document, Section


class TUTORIAL(
    Document,
    title="Python Async Generator Function (syntblaze documentation)",
    url="https://docs.syntblaze.com/python/functions/async-generator-function",
    level=None,
):
    S01 = Section(
        "An async def that contains yield makes an asynchronous generator function",
        accuracy="accurate",
    )
    S02 = Section(
        "Calling it does not run the body, but returns an asynchronous generator object",
        accuracy="accurate",
        note="The arguments are evaluated and bound at the call.",
    )
    S03 = Section(
        "It combines suspension with non-blocking awaits between the yields",
        accuracy="imprecise",
        note="Whether an await blocks is a matter of the awaited object, and it need not suspend at all.",
    )
    S04 = Section(
        "Unlike a coroutine, the object implements __aiter__ and __anext__",
        accuracy="accurate",
        note="It has asend, athrow and aclose as well.",
    )
    S05 = Section(
        "The parser classifies the function by the presence of yield",
        accuracy="inaccurate",
        note="The grammar does not tell them apart: with and without a yield the syntax tree is that of an async def, "
        "and what an asynchronous generator must not contain is parsed without complaint. "
        "The compiler classifies later, by a yield in the function's own scope; one in a nested function does not count.",
    )
    S06 = Section("yield suspends, emits the value and keeps the local state", accuracy="accurate")
    S07 = Section("__aiter__ returns the object itself", accuracy="accurate")
    S08 = Section(
        "__anext__ returns an awaitable that runs the body to the next yield",
        accuracy="imprecise",
        note="Only when it is awaited; it may also stop at an await, at the end or at an exception. "
        "The hooks of sys.set_asyncgen_hooks are looked at by the call already.",
    )
    S09 = Section(
        "At the end the awaitable raises StopAsyncIteration",
        accuracy="imprecise",
        note="When it is awaited, not when __anext__ is called. "
        "If the body raises, that exception comes first, and StopAsyncIteration only after it.",
    )
    S10 = Section("It cannot be consumed by for or next()", accuracy="accurate")
    S11 = Section(
        "It must be consumed by async for or anext() in an asynchronous context",
        accuracy="inaccurate",
        note="Asynchronous comprehensions and awaiting __anext__() or asend() work too, and are older than anext(), "
        "which came with 3.10; and synchronous code can drive the awaitables by hand.",
    )
    S12 = Section(
        "asend(value) resumes, and the yield evaluates to the value",
        accuracy="accurate",
        note="Only once started: the first value must be None.",
    )
    S13 = Section(
        "athrow(type, [value, [traceback]]) raises at the point of suspension",
        accuracy="inaccurate",
        note="athrow(exception) is the form to use; with more arguments it still works, and is deprecated since 3.12. "
        "There need be no such point: an unstarted body never runs and the exception comes straight back, "
        "and what a finished generator does with it is left open.",
    )
    S14 = Section(
        "aclose() raises GeneratorExit at the yield, which ends the generator and runs the pending finally blocks",
        accuracy="inaccurate",
        note="Only when it is awaited, and only where there is a suspended yield: in an unstarted or finished generator "
        "nothing is raised. A body that yields again makes it a RuntimeError and is not ended. "
        "While another operation is under way it is refused, since 3.8.",
    )
    S15 = Section("Example: start with anext(), exchange with asend(42), end with aclose()", accuracy="accurate")
    S16 = Section(
        "return with a value is a syntax error; a bare return raises StopAsyncIteration",
        accuracy="accurate",
        note="return None is rejected as well.",
    )
    S17 = Section(
        "Execution is strictly bound to a running event loop",
        accuracy="inaccurate",
        note="No event loop is needed or kept: anything that drives the awaitables will do. "
        "What is needed is an async def around async for and await, whatever the awaited objects ask for, "
        "and for finalization the hooks that were set when the generator was first used.",
    )
    S18 = Section(
        "yield from is not supported; an async for loop delegates instead",
        accuracy="imprecise",
        note="The loop forwards neither sent values nor thrown exceptions, and does not close the inner generator.",
    )
