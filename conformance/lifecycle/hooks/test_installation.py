"""HOK: how hooks are installed and read: arguments, threads and audit events."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, raises, run, tidy
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, REFERENCE


@behaviour("HOK-001", source=[LIBRARY.GET_ASYNCGEN_HOOKS], since="3.6")
def test_nothing_installed():
    """If no hooks are installed, ``sys.get_asyncgen_hooks()`` reports None for both."""
    import sys

    found = list(sys.get_asyncgen_hooks())

    assert found == [None, None]


@behaviour("HOK-002", source=[LIBRARY.GET_ASYNCGEN_HOOKS, PEP525.FINALIZATION], since="3.6")
def test_hooks_read_like_a_named_tuple():
    """``sys.get_asyncgen_hooks()`` returns a pair with the fields ``firstiter`` and ``finalizer``, in this order."""
    import sys

    def first(generator):
        pass

    def last(generator):
        pass

    with hooks(first, last):
        found = sys.get_asyncgen_hooks()
    by_name = [found.firstiter, found.finalizer]
    by_index = [found[0], found[1]]
    unpacked_first, unpacked_last = found
    length = len(found)

    assert by_name == [first, last]
    assert by_index == [first, last]
    assert unpacked_first is first
    assert unpacked_last is last
    assert length == 2


@behaviour("HOK-003", source=[CPYTHON.SYSMODULE], since="3.6")
def test_type_of_the_pair():
    """``sys.get_asyncgen_hooks()`` returns an immutable tuple of a type named ``asyncgen_hooks``."""
    import sys

    found = sys.get_asyncgen_hooks()
    with raises(AttributeError):
        found.firstiter = None
    with raises(AttributeError):
        found.other = None
    with raises(TypeError):
        found[0] = None

    assert type(found).__name__ == "asyncgen_hooks"
    assert isinstance(found, tuple)


@behaviour("HOK-004", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP525.FINALIZATION], since="3.6")
@pytest.mark.parametrize("positional", [0, 1, 2], ids=["keywords", "both", "positional"])
def test_installing_by_position_and_by_name(positional):
    """``sys.set_asyncgen_hooks()`` takes ``firstiter`` and ``finalizer`` by position or by keyword."""
    import sys

    def first(generator):
        pass

    def last(generator):
        pass

    named = {"finalizer": last, "firstiter": first}
    placed = [named.pop(name) for name in ["firstiter", "finalizer"][:positional]]
    with hooks():
        sys.set_asyncgen_hooks(*placed, **named)
        installed = list(sys.get_asyncgen_hooks())

    assert installed == [first, last]


@behaviour("HOK-005", source=[LIBRARY.SET_ASYNCGEN_HOOKS], since="3.6", level="detail")
@pytest.mark.parametrize(
    "name, other", [["firstiter", "finalizer"], ["finalizer", "firstiter"]], ids=["firstiter", "finalizer"]
)
def test_omitted_hook_stays_and_none_clears(name, other):
    """``sys.set_asyncgen_hooks()`` keeps a hook that is not given, and removes a hook that is given as None."""
    import sys

    def old(generator):
        pass

    def new(generator):
        pass

    order = ["firstiter", "finalizer"]
    with hooks(old, old):
        sys.set_asyncgen_hooks()
        untouched = list(sys.get_asyncgen_hooks())
        sys.set_asyncgen_hooks(**{name: new})
        replaced = dict(zip(order, sys.get_asyncgen_hooks()))
        sys.set_asyncgen_hooks(**{name: None})
        cleared = dict(zip(order, sys.get_asyncgen_hooks()))

    assert untouched == [old, old]
    assert replaced == {name: new, other: old}
    assert cleared == {name: None, other: old}


@behaviour("HOK-006", source=[LIBRARY.SET_ASYNCGEN_HOOKS], since="3.6", level="detail")
@pytest.mark.parametrize("name", ["firstiter", "finalizer"], ids=["firstiter", "finalizer"])
@pytest.mark.parametrize("value", [0, "hook", []], ids=["0", "str", "list"])
def test_hook_that_cannot_be_called(value, name):
    """A hook that is neither callable nor None is refused with TypeError, and the installed hooks stay installed."""
    import sys

    def first(generator):
        pass

    def last(generator):
        pass

    with hooks(first, last):
        with raises(TypeError):
            sys.set_asyncgen_hooks(**{name: value})
        installed = list(sys.get_asyncgen_hooks())

    assert installed == [first, last]


@behaviour("HOK-007b", source=[ISSUE.GH_118473], since="3.6")
@pytest.mark.parametrize("wrong", ["firstiter", "finalizer"], ids=["firstiter", "finalizer"])
def test_nothing_of_a_refused_pair(wrong):
    """If one of two given hooks is refused, neither is installed."""
    import sys

    def old(generator):
        pass

    def new(generator):
        pass

    given = {"firstiter": new, "finalizer": new}
    given[wrong] = 1
    with hooks(old, old):
        with raises(TypeError):
            sys.set_asyncgen_hooks(**given)
        installed = list(sys.get_asyncgen_hooks())

    assert installed == [old, old]


@behaviour(
    "HOK-008",
    source=[REFERENCE.CALLS, LIBRARY.SET_ASYNCGEN_HOOKS, LIBRARY.GET_ASYNCGEN_HOOKS],
    since="3.6",
    level="library",
    allowed=["refused", "no hooks"],
)
def test_wrong_arguments():
    """Unknown keywords, a repeated argument, a third argument, and any argument to ``sys.get_asyncgen_hooks()`` raise
    TypeError where there are hooks, and change nothing.
    """
    import sys

    # Where the functions are missing, HOK-001 and HOK-004 fail.
    if not (hasattr(sys, "set_asyncgen_hooks") and hasattr(sys, "get_asyncgen_hooks")):
        return "no hooks"

    def hook(generator):
        pass

    with hooks(hook, hook):
        earlier = list(sys.get_asyncgen_hooks())
        with raises(TypeError):
            sys.set_asyncgen_hooks(other=hook)
        with raises(TypeError):
            sys.set_asyncgen_hooks(None, None, None)
        with raises(TypeError):
            sys.set_asyncgen_hooks(None, firstiter=None)
        with raises(TypeError):
            sys.get_asyncgen_hooks(None)
        left = list(sys.get_asyncgen_hooks())

    assert left == earlier
    return "refused"


@behaviour("HOK-009", source=[PEP525.FINALIZATION], since="3.6")
async def test_restoring_earlier_hooks():
    """Unpacking an earlier ``sys.get_asyncgen_hooks()`` into ``sys.set_asyncgen_hooks()`` installs those
    hooks again.
    """
    import sys

    log = []

    async def agen():
        yield

    def earlier_first(generator):
        log.append("earlier firstiter")

    def earlier_last(generator):
        log.append("earlier finalizer")

    with hooks(earlier_first, earlier_last):
        earlier = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(lambda generator: log.append("firstiter"), None)
        await agen().__anext__()
        before = list(log)
        sys.set_asyncgen_hooks(*earlier)
        restored = list(sys.get_asyncgen_hooks())
        g = agen()
        await g.__anext__()
        after = list(log)

    assert before == ["firstiter"]
    assert restored == [earlier_first, earlier_last]
    assert after == ["firstiter", "earlier firstiter"]


@behaviour("HOK-018", source=[PEP525.FINALIZATION], since="3.6", needs=["threads"])
def test_hooks_belong_to_the_thread():
    """The hooks that a thread installs are in force for that thread only."""
    import sys
    import threading

    log = []

    async def agen():
        yield

    def main(generator):
        log.append("main")

    def other(generator):
        log.append("other")

    def last(generator):
        pass

    def target():
        sys.set_asyncgen_hooks(other, None)
        g = agen()
        run(g.__anext__())
        run(tidy(g))

    with hooks(main, last):
        before = list(sys.get_asyncgen_hooks())
        thread = threading.Thread(target=target)
        thread.start()
        thread.join()
        kept = list(sys.get_asyncgen_hooks())
        g = agen()
        run(g.__anext__())
        run(tidy(g))

    assert kept == before
    assert log == ["other", "main"]


@behaviour(
    "HOK-035",
    source=[LIBRARY.SET_ASYNCGEN_HOOKS, LIBRARY.AUDIT_EVENTS],
    since="3.8",
    level="detail",
    needs=["compile", "subprocess"],
    allowed=["sys.set_asyncgen_hooks_*", "sys.set_asyncgen_hook_*"],
)
def test_audit_events():
    """``sys.set_asyncgen_hooks()`` raises an audit event without arguments for each hook that it is given.

    It runs in a process of its own, because an audit hook cannot be removed.
    """
    import subprocess
    import sys

    source = """
import sys
log = []
sys.addaudithook(lambda event, arguments: log.append([event, list(arguments)]) if "asyncgen" in event else None)
found = []
for given in [{}, {"firstiter": None}, {"finalizer": None}, {"firstiter": None, "finalizer": None}]:
    del log[:]
    sys.set_asyncgen_hooks(**given)
    found.append(sorted(log))
print(repr(found))
"""
    output = subprocess.check_output([sys.executable, "-S", "-c", source]).decode()
    found = eval(output)
    stem = "sys.set_asyncgen_hooks_" if "hooks_" in output else "sys.set_asyncgen_hook_"
    firstiter, finalizer = [stem + "firstiter", []], [stem + "finalizer", []]

    assert found == [[], [firstiter], [finalizer], [finalizer, firstiter]]
    return stem + "*"


@behaviour("HOK-036b", source=[ISSUE.BPO_38410, ISSUE.GH_118473], since="3.8", needs=["subprocess"])
@pytest.mark.parametrize("vetoed", ["firstiter", "finalizer"], ids=["firstiter", "finalizer"])
def test_veto_of_an_audit_hook(vetoed):
    """If an audit hook raises on the event of one of two hooks, neither is installed, and the call raises that
    exception.

    It runs in a process of its own, because an audit hook cannot be removed.
    """
    import subprocess
    import sys

    source = """
import sys
def hook(event, arguments):
    if event.endswith("_" + sys.argv[1]):
        raise PermissionError
sys.addaudithook(hook)
try:
    sys.set_asyncgen_hooks(firstiter=print, finalizer=repr)
except PermissionError:
    print("refused", list(sys.get_asyncgen_hooks()))
"""
    output = subprocess.check_output([sys.executable, "-S", "-c", source, vetoed]).decode().strip()

    assert output == "refused [None, None]"


@behaviour(
    "HOK-053",
    source=[LIBRARY.SET_ASYNCGEN_HOOKS],
    since="3.6",
    needs=["gc", "weakref"],
    allowed=["both called", "not collected"],
)
@pytest.mark.parametrize(
    "kind",
    ["class", "instance", "method", "builtin", "partial"],
    ids=["class", "instance", "method", "builtin", "partial"],
)
async def test_any_callable_is_a_hook(kind):
    """Any callable can be a hook, and ``sys.get_asyncgen_hooks()`` returns that very object."""
    import functools
    import sys
    import weakref

    calls = []

    class Hook:
        def __init__(self, generator=None):
            if generator is not None:
                calls.append(id(generator))

        def __call__(self, generator):
            calls.append(id(generator))

        def method(self, generator):
            calls.append(id(generator))

    async def agen():
        try:
            yield
        finally:
            pass

    def record(identities, generator):
        identities.append(id(generator))

    def make():
        if kind == "class":
            return Hook
        if kind == "instance":
            return Hook()
        if kind == "method":
            return Hook().method
        if kind == "builtin":
            return calls.append
        return functools.partial(record, calls)

    first, last = make(), make()
    with hooks(first, last):
        installed = list(sys.get_asyncgen_hooks())
        g = agen()
        alive = weakref.ref(g)
        identity = id(g)
        await g.__anext__()
        iterated = len(calls)
        if kind == "builtin":
            calls[0] = id(calls[0])
        del g
        collect()
        identities = [call if isinstance(call, int) else id(call) for call in calls]

    assert installed[0] is first
    assert installed[1] is last
    assert iterated == 1
    if len(identities) == 1 and alive() is not None:
        return "not collected"
    assert identities == [identity, identity]
    return "both called"


@behaviour("HOK-055", source=[ISSUE.BPO_38410], since="3.8", needs=["subprocess"])
@pytest.mark.parametrize("name", ["firstiter", "finalizer"], ids=["firstiter", "finalizer"])
def test_veto_of_one_hook(name):
    """If an audit hook raises on the event of the only given hook, it is not installed, and the call raises that
    exception.

    It runs in a process of its own, because an audit hook cannot be removed.
    """
    import subprocess
    import sys

    source = """
import sys
sys.set_asyncgen_hooks(len, repr)
def hook(event, arguments):
    if event.endswith("_" + sys.argv[1]):
        raise PermissionError("vetoed")
sys.addaudithook(hook)
try:
    sys.set_asyncgen_hooks(**{sys.argv[1]: print})
except PermissionError as error:
    print("refused", error, sys.get_asyncgen_hooks() == (len, repr))
sys.set_asyncgen_hooks(**{"firstiter" if sys.argv[1] == "finalizer" else "finalizer": print})
print(sys.get_asyncgen_hooks().index(print))
"""
    output = subprocess.check_output([sys.executable, "-S", "-c", source, name]).decode().split()

    assert output == ["refused", "vetoed", "True", "1" if name == "firstiter" else "0"]


@behaviour("HOK-058", source=[CPYTHON.GENOBJECT], since="3.6", needs=["threads", "stepping"])
def test_new_thread_has_no_hooks():
    """A new thread starts without hooks, whatever hooks the thread that starts it has installed."""
    import sys
    import threading

    calls, seen = [], []

    async def agen():
        yield

    def target():
        seen.append(list(sys.get_asyncgen_hooks()))
        g = agen()
        run(g.__anext__())
        run(tidy(g))

    with hooks(calls.append, calls.append):
        thread = threading.Thread(target=target)
        thread.start()
        thread.join()
        g = agen()
        run(g.__anext__())
        run(tidy(g))

    assert seen == [[None, None]]
    assert calls == [g]
