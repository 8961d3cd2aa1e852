"""THR: the traceback and the context of the exception."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises, tidy
from conformance.sources import CPYTHON, ISSUE, PEP525, REFERENCE


@behaviour(
    "THR-020",
    source=[REFERENCE.AGEN_ATHROW, REFERENCE.TRACEBACK_OBJECTS],
    since="3.6",
    needs=["tracebacks", "warnings"],
)
async def test_given_traceback():
    """A traceback given to ``athrow()`` comes last in the traceback of the exception, after the frames that the
    exception passes.
    """
    import warnings

    def failed():
        try:
            raise OSError
        except OSError as error:
            return error.__traceback__

    async def agen():
        yield 1

    given = failed()
    caught = raises(KeyError)
    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with caught:
            await g.athrow(KeyError, KeyError("thrown"), given)
    names = []
    traceback = caught.value.__traceback__
    while traceback is not None:
        names.append(traceback.tb_frame.f_code.co_name.rpartition(".")[2])
        traceback = traceback.tb_next

    assert names[-1] == "failed"
    assert "agen" in names


@behaviour("THR-021", source=[REFERENCE.AGEN_ATHROW, REFERENCE.TRACEBACK_OBJECTS], since="3.6")
async def test_traceback_has_the_yield():
    """The traceback of an exception that was thrown and propagated contains the body at the line of its yield."""

    async def agen():
        before = 1
        yield before
        yield 2

    failure = KeyError("thrown")
    g = agen()
    await g.__anext__()
    with raises(KeyError):
        await g.athrow(failure)
    lines = []
    traceback = failure.__traceback__
    while traceback is not None:
        # A compiler may give its code the qualified name.
        if traceback.tb_frame.f_code.co_name.rpartition(".")[2] == "agen":
            lines.append(traceback.tb_lineno - agen.__code__.co_firstlineno)
        traceback = traceback.tb_next

    assert lines != []
    assert set(lines) == {2}


@behaviour("THR-030b", source=[ISSUE.BPO_29587], since="3.6")
async def test_context_in_a_handler():
    """An exception thrown into an ``except`` clause of the body gets the handled exception as its context, and gets no
    context elsewhere.
    """
    contexts = []
    handled = OSError("handled")

    async def agen():
        try:
            raise handled
        except OSError:
            try:
                yield 1
            except KeyError as error:
                contexts.append(error.__context__)
                yield 2
        try:
            yield 3
        except KeyError as error:
            contexts.append(error.__context__)
            yield 4

    g = agen()
    items = [await g.__anext__(), await g.athrow(KeyError()), await g.__anext__(), await g.athrow(KeyError())]

    assert items == [1, 2, 3, 4]
    assert contexts == [handled, None]


@behaviour("THR-031", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_context_of_the_consumer_is_not_taken():
    """An exception thrown while the consumer handles another exception does not get that other exception as its
    context.
    """
    contexts = []

    async def agen():
        try:
            yield 1
        except KeyError as error:
            contexts.append(error.__context__)
            raise

    g = agen()
    await g.__anext__()
    try:
        raise OSError("consumer")
    except OSError:
        with raises(KeyError) as caught:
            await g.athrow(KeyError("thrown"))

    assert contexts == [None]
    assert caught.value.__context__ is None


@behaviour("THR-040", source=[REFERENCE.AGEN_ATHROW], since="3.6")
async def test_same_instance_again():
    """An exception that is thrown several times is the same object each time."""
    failure = KeyError("thrown")
    seen = []

    async def agen():
        while True:
            try:
                yield
            except KeyError as error:
                seen.append(error is failure)

    g = agen()
    await g.__anext__()
    for _ in range(3):
        await g.athrow(failure)
    await tidy(g)

    assert seen == [True, True, True]


@behaviour("THR-044", source=[REFERENCE.AGEN_ATHROW, REFERENCE.TRACEBACK_OBJECTS], since="3.6", needs=["tracebacks"])
async def test_exception_that_has_a_traceback():
    """An exception that already has a traceback keeps it, and the frames that it passes are put before that
    traceback.
    """

    def failed():
        try:
            raise KeyError
        except KeyError as error:
            return error

    async def agen():
        yield 1

    failure = failed()
    caught = raises(KeyError)
    g = agen()
    await g.__anext__()
    with caught:
        await g.athrow(failure)
    names = []
    traceback = caught.value.__traceback__
    while traceback is not None:
        names.append(traceback.tb_frame.f_code.co_name.rpartition(".")[2])
        traceback = traceback.tb_next

    assert caught.value is failure
    assert names[-1] == "failed"
    assert "agen" in names


@behaviour(
    "THR-049", source=[PEP525.AGEN_OBJECT, REFERENCE.GENERATOR_METHODS], since="3.6", needs=["tracebacks", "warnings"]
)
@pytest.mark.parametrize("state", ["suspended", "unstarted"], ids=["suspended", "unstarted"])
async def test_given_traceback_replaces_that_of_the_exception(state):
    """A traceback given to ``athrow()`` with a class and an instance replaces the traceback of the instance."""
    import warnings

    def failed_before():
        try:
            raise KeyError
        except KeyError as error:
            return error

    def failed_elsewhere():
        try:
            raise OSError
        except OSError as error:
            return error.__traceback__

    async def agen():
        yield 1

    thrown, given = failed_before(), failed_elsewhere()
    caught = raises(KeyError)
    g = agen()
    if state == "suspended":
        await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with caught:
            await g.athrow(KeyError, thrown, given)
    names = []
    traceback = caught.value.__traceback__
    while traceback is not None:
        names.append(traceback.tb_frame.f_code.co_name.rpartition(".")[2])
        traceback = traceback.tb_next

    assert caught.value is thrown
    assert names[-1] == "failed_elsewhere"
    assert "failed_before" not in names


@behaviour(
    "THR-050",
    source=[PEP525.AGEN_OBJECT, REFERENCE.GENERATOR_METHODS],
    since="3.6",
    needs=["tracebacks", "warnings"],
    allowed=["kept", "cleared"],
)
@pytest.mark.parametrize("form", ["omitted", "None"], ids=["omitted", "None"])
async def test_traceback_of_the_instance_beside_its_class(form):
    """An instance that ``athrow()`` gets after its class, without a traceback, keeps its own traceback or loses it."""
    import warnings

    def failed():
        try:
            raise KeyError
        except KeyError as error:
            return error

    async def agen():
        yield 1

    thrown = failed()
    caught = raises(KeyError)
    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with caught:
            await g.athrow(*[KeyError, thrown, None][: 2 if form == "omitted" else 3])
    names = []
    traceback = caught.value.__traceback__
    while traceback is not None:
        names.append(traceback.tb_frame.f_code.co_name.rpartition(".")[2])
        traceback = traceback.tb_next

    assert caught.value is thrown
    assert traceback is None
    return "kept" if "failed" in names else "cleared"
