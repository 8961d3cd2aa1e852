"""A tutorial that claims nothing binding: its sentences, and what is true instead where they are not right."""

from conformance.sources.section import Document, Section


class TUTORIAL(
    Document,
    title="Python Async Generator Function (syntblaze documentation)",
    url="https://docs.syntblaze.com/python/functions/async-generator-function",
    level=None,
):
    S01 = Section("An async def that contains yield makes an asynchronous generator function")
    S02 = Section(
        "Calling it does not run the body, but returns an asynchronous generator object",
        note="The arguments are evaluated and bound at the call.",
    )
    S03 = Section(
        "It combines suspension with non-blocking awaits between the yields",
        note="Whether an await blocks or suspends at all is a matter of the awaited object.",
    )
    S04 = Section(
        "Unlike a coroutine, the object implements __aiter__ and __anext__",
        note="It has asend, athrow and aclose as well.",
    )
    S05 = Section(
        "The parser classifies the function by the presence of yield",
        note="The grammar does not tell them apart: the same syntax tree is classified later, by the compiler, "
        "by a yield in the function's own scope.",
    )
    S06 = Section("yield suspends, emits the value and keeps the local state")
    S07 = Section("__aiter__ returns the object itself")
    S08 = Section(
        "__anext__ returns an awaitable that runs the body to the next yield",
        note="Only when it is awaited; it may also stop at an await, at the end or at an exception.",
    )
    S09 = Section(
        "At the end the awaitable raises StopAsyncIteration",
        note="If the body raises, that exception comes first, and StopAsyncIteration only after it.",
    )
    S10 = Section("It cannot be consumed by for or next()")
    S11 = Section(
        "It must be consumed by async for or anext() in an asynchronous context",
        note="Comprehensions, awaiting __anext__() or asend(), and driving the awaitables by hand "
        "from synchronous code work too.",
    )
    S12 = Section(
        "asend(value) resumes, and the yield evaluates to the value",
        note="Only once started: the first value must be None.",
    )
    S13 = Section(
        "athrow(type, [value, [traceback]]) raises at the point of suspension",
        note="athrow(exception) is the form to use, the other is deprecated since 3.12; an unstarted body never runs.",
    )
    S14 = Section(
        "aclose() raises GeneratorExit at the yield, which ends the generator and runs the pending finally blocks",
        note="Only when it is awaited, and only where there is a suspended yield; "
        "a body that yields again makes it a RuntimeError and is not ended.",
    )
    S15 = Section("Example: start with anext(), exchange with asend(42), end with aclose()")
    S16 = Section(
        "return with a value is a syntax error; a bare return raises StopAsyncIteration",
        note="return None is rejected as well.",
    )
    S17 = Section(
        "Execution is strictly bound to a running event loop",
        note="No event loop is needed or kept: anything that drives the awaitables will do.",
    )
    S18 = Section(
        "yield from is not supported; an async for loop delegates instead",
        note="The loop forwards neither sent values nor thrown exceptions, and does not close the inner generator.",
    )
