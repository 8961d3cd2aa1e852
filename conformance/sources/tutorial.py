"""A tutorial that binds nobody: its sentences, the accuracy of each, and corrections."""

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
        note="The awaited object decides whether an await blocks, and an await need not suspend at all.",
    )
    S04 = Section(
        "Unlike a coroutine, the object implements __aiter__ and __anext__",
        accuracy="accurate",
        note="It has asend, athrow and aclose as well.",
    )
    S05 = Section(
        "The parser classifies the function by the presence of yield",
        accuracy="inaccurate",
        note="The grammar does not distinguish them: the syntax tree is that of an async def with and without a yield, "
        "and the parser accepts statements that an asynchronous generator must not contain. "
        "The compiler classifies later, by a yield in the function's own scope; a yield in a nested function does not count.",
    )
    S06 = Section("yield suspends, emits the value and keeps the local state", accuracy="accurate")
    S07 = Section("__aiter__ returns the object itself", accuracy="accurate")
    S08 = Section(
        "__anext__ returns an awaitable that runs the body to the next yield",
        accuracy="imprecise",
        note="The body runs only when the awaitable is awaited, and can also stop at an await, at its end or at an exception. "
        "The call itself already uses the hooks of sys.set_asyncgen_hooks.",
    )
    S09 = Section(
        "At the end the awaitable raises StopAsyncIteration",
        accuracy="imprecise",
        note="It is raised when the awaitable is awaited, not when __anext__ is called. "
        "If the body raises, that exception comes first, and StopAsyncIteration only at later calls.",
    )
    S10 = Section("It cannot be consumed by for or next()", accuracy="accurate")
    S11 = Section(
        "It must be consumed by async for or anext() in an asynchronous context",
        accuracy="inaccurate",
        note="Asynchronous comprehensions and awaiting __anext__() or asend() work too, and are older than anext(), "
        "which is new in 3.10. Synchronous code can also drive the awaitables by hand.",
    )
    S12 = Section(
        "asend(value) resumes, and the yield evaluates to the value",
        accuracy="accurate",
        note="This holds once the generator has started: the first value must be None.",
    )
    S13 = Section(
        "athrow(type, [value, [traceback]]) raises at the point of suspension",
        accuracy="inaccurate",
        note="athrow(exception) is the current form; the form with more arguments still works, and is deprecated since 3.12. "
        "There need not be a point of suspension: an unstarted body never runs and the exception propagates at once, "
        "and the documents do not say what a finished generator does.",
    )
    S14 = Section(
        "aclose() raises GeneratorExit at the yield, which ends the generator and runs the pending finally blocks",
        accuracy="inaccurate",
        note="It does so only when it is awaited and the body is suspended at a yield: in an unstarted or finished generator "
        "nothing is raised. If the body yields again, aclose() raises RuntimeError and the generator does not end. "
        "Since 3.8 it is refused while another operation is running.",
    )
    S15 = Section("Example: start with anext(), exchange with asend(42), end with aclose()", accuracy="accurate")
    S16 = Section(
        "return with a value is a syntax error; a bare return raises StopAsyncIteration",
        accuracy="accurate",
        later={"3.16": "inaccurate"},
        note="Up to 3.15 return None is rejected as well. Since 3.16 a return may have a value, which is that of the "
        "StopAsyncIteration.",
        shown_by="SYN-093 RTV-001",
    )
    S17 = Section(
        "Execution is strictly bound to a running event loop",
        accuracy="inaccurate",
        note="No event loop is needed, and a generator is not bound to one: any code can drive the awaitables. "
        "A program needs an async def around async for and await, the driver that the awaited objects expect, "
        "and for finalization the hooks that were installed when the generator was first iterated.",
    )
    S18 = Section(
        "yield from is not supported; an async for loop delegates instead",
        accuracy="imprecise",
        later={"3.16": "inaccurate"},
        note="The loop forwards neither sent values nor thrown exceptions, and does not close the inner generator. "
        "Since 3.16 yield from is supported, and does all three.",
        shown_by="SYN-094 YFR-001 YFR-023 YFT-001 YFC-001",
    )
