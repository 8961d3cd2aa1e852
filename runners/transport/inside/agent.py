"""The agent: runs inside the interpreter under test, reads cases from its standard input and writes its answers.

The host sends this text, after ``conformance/driver.py`` and ``who.py``, as the first line of standard input. It uses
only what Python 3.6 and MicroPython share. It must also compile on Python 2.7, so that a Python 2.7 can report its
version. ``docs/protocol.md`` describes the conversation.
"""

# ruff: noqa: F821 - describe() and judge() are in driver.py, who() is in who.py, whose texts come before this one

import json
import sys

try:
    import os
    import time
    import warnings  # noqa: F401 - so that snapshot() can keep its filters from the start
except ImportError:
    pass

MARK = "\x1e"
LONGEST_OUTPUT = 2000


class Channel:
    """The pipes to the host. Where descriptors can be duplicated, cases do not see them as stdin and stdout."""

    def __init__(self):
        self.reader = sys.stdin
        self.writer = sys.stdout
        self.errors = None
        try:
            incoming, outgoing, errors = os.dup(0), os.dup(1), os.dup(2)
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, 0)
            os.dup2(2, 1)
            os.close(nothing)
        except (NameError, AttributeError):
            return
        self.reader = os.fdopen(incoming, "r")
        self.writer = os.fdopen(outgoing, "w")
        self.errors = errors

    def mark(self, nonce=""):
        """Say on stderr which case begins, so that the host knows whose text follows there; "" is between cases."""
        if self.errors is not None:
            try:
                os.write(self.errors, (MARK + nonce + "\n").encode())
            except Exception:
                self.errors = None

    def send(self, *messages):
        for message in messages:
            if message is not None:
                self.writer.write("\n" + MARK + json.dumps(message) + "\n")
        if hasattr(self.writer, "flush"):
            self.writer.flush()


class Sink:
    """Replaces stdout and stderr during a case, and keeps the beginning of the text."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self):
        self.parts = []
        self.room = LONGEST_OUTPUT

    def write(self, text):
        if self.room > 0:
            self.parts.append(text[: self.room])
            self.room -= len(text)
        return len(text)

    def flush(self):
        pass

    def isatty(self):
        return False


def process_id():
    try:
        return os.getpid()
    except (NameError, AttributeError):
        return None


# --- state that a case could leave changed ----------------------------------------------------------------------------


def current_loops():
    """The event loop that is running and the one that is set in this thread, without creating one."""
    events = sys.modules.get("asyncio.events")
    if events is None:
        return None, None
    policy = getattr(events, "_event_loop_policy", None)
    return events._get_running_loop(), getattr(getattr(policy, "_local", None), "_loop", None)


def restore_loops(earlier):
    events = sys.modules["asyncio.events"]
    events._set_running_loop(earlier[0])
    # A policy of another kind, such as Pyodide's, does not say which loop is set.
    if hasattr(getattr(events, "_event_loop_policy", None), "_local"):
        events.set_event_loop(earlier[1])


def filters():
    warnings = sys.modules["warnings"]
    return list(warnings.filters), warnings.showwarning


def restore_filters(earlier):
    warnings = sys.modules["warnings"]
    warnings.filters[:] = earlier[0]
    warnings.showwarning = earlier[1]
    if hasattr(warnings, "_filters_mutated"):
        warnings._filters_mutated()


def tools():
    return [number for number in range(6) if sys.monitoring.get_tool(number) is not None]


def free_tools(earlier):
    for number in tools():
        if number not in earlier:
            sys.monitoring.free_tool_id(number)


def names():
    import builtins

    return dict(vars(builtins))


def restore_names(earlier):
    import builtins

    now = vars(builtins)
    for name in list(now):
        if name not in earlier:
            del now[name]
    now.update(earlier)


#: (name in a reply, how to read it, how to set it back); entries that this interpreter does not have are removed.
KEPT = [
    ("asyncgen hooks", lambda: tuple(sys.get_asyncgen_hooks()), lambda pair: sys.set_asyncgen_hooks(*pair)),
    ("trace function", lambda: sys.gettrace(), lambda function: sys.settrace(function)),
    ("profile function", lambda: sys.getprofile(), lambda function: sys.setprofile(function)),
    ("monitoring tools", tools, free_tools),
    ("unraisable hook", lambda: sys.unraisablehook, lambda hook: setattr(sys, "unraisablehook", hook)),
    ("recursion limit", lambda: sys.getrecursionlimit(), lambda limit: sys.setrecursionlimit(limit)),
    ("stdin", lambda: sys.stdin, lambda stream: setattr(sys, "stdin", stream)),
    ("stdout", lambda: sys.stdout, lambda stream: setattr(sys, "stdout", stream)),
    ("stderr", lambda: sys.stderr, lambda stream: setattr(sys, "stderr", stream)),
    ("warnings filters", filters, restore_filters),
    ("event loop", current_loops, restore_loops),
    ("builtins", names, restore_names),
]


def usable(entries):
    found = []
    for entry in entries:
        try:
            entry[1]()
        except Exception:
            continue
        found.append(entry)
    return found


def snapshot():
    return [read() for _name, read, _write in KEPT]


def restore(before):
    """Restore the state that a case left changed, and return the names of the entries."""
    dirty = []
    for (name, read, write), earlier in zip(KEPT, before):
        try:
            if read() != earlier:
                write(earlier)
                dirty.append(name)
        except Exception as error:
            dirty.append("%s (not restored: %s)" % (name, describe(error)))
    return dirty


# --- the operations ---------------------------------------------------------------------------------------------------


def hello(request):
    """Return the identity of this interpreter, and whether it has asynchronous generators."""
    answer = who()
    answer["absent"] = missing(request["probe"])
    if answer["absent"] is None:
        exec(compile(request["prelude"], "prelude.py", "exec"), PRELUDE)
    KEPT[:] = usable(KEPT)
    settle()
    return answer


def probe(request):
    """Return why a need is not met, or None."""
    before = snapshot()
    why = missing(request["probe"])
    restore(before)
    settle()
    return {"why": why}


def settle():
    """Freeze the objects that exist now, so that later garbage collections skip them and take less time."""
    try:
        import gc

        gc.collect()
        gc.freeze()
    except (ImportError, AttributeError):
        pass


def pause():
    """Turn automatic garbage collection off and return whether it was on, because compiling allocates many objects."""
    gc = sys.modules.get("gc")
    if not hasattr(gc, "isenabled") or not gc.isenabled():
        return False
    gc.disable()
    return True


def missing(probe):
    """The reason why a probe fails, or None."""
    try:
        exec(compile(probe, "<probe>", "exec"), {"__name__": "probe"})
    except BaseException as error:
        return describe(error)
    return None


def now():
    """Seconds on a clock that only runs forward, or None where there is none."""
    try:
        return time.perf_counter()
    except (NameError, AttributeError):
        return None


def capture(sink):
    """Redirect stdout, stderr and unraisable exceptions to ``sink``; return the values before."""
    earlier = sys.stdout, sys.stderr, getattr(sys, "unraisablehook", None)
    try:
        sys.stdout = sys.stderr = sink
        if earlier[2] is not None:
            sys.unraisablehook = lambda seen: sink.write("unraisable: %s\n" % describe(seen.exc_value or seen.exc_type))
    except AttributeError:
        pass  # MicroPython: sys cannot be written to
    return earlier


def release(earlier):
    try:
        sys.stdout, sys.stderr = earlier[:2]
        if earlier[2] is not None:
            sys.unraisablehook = earlier[2]
    except AttributeError:
        pass


def source_of(request):
    """The source of a case. Only the first request for a behaviour contains it."""
    place = request["file"], request["line"]
    if request["source"] is not None:
        SOURCES[place] = request["source"]
    return SOURCES[place]


def function_of(request, namespace):
    """The function of a case, with ``namespace`` as its globals; the cases of one behaviour share the code object."""
    place = request["file"], request["line"]
    source = source_of(request)
    if place not in CODES:
        collects = pause()
        try:
            CODES[place] = compile("\n" * (place[1] - 1) + source, place[0], "exec")
        finally:
            if collects:
                sys.modules["gc"].enable()
    exec(CODES[place], namespace)
    return namespace[request["function"]]


def fresh(request):
    """The globals of a case. They share the objects of the prelude: executing it again would take as long as a case."""
    del PRELUDE["loops"][:]
    return dict(PRELUDE, __name__="__main__", END_OF_CASE=request["end"])


def case(request):
    """Run one case and return the reply."""
    if request["collect"]:
        settle()
    sink = Sink()
    earlier = capture(sink)
    before = snapshot()
    namespace = fresh(request)
    started = now()
    try:
        function = function_of(request, namespace)
    except BaseException as error:
        reply = {"message": describe(error), "line": getattr(error, "lineno", None)}
        # The agent of a compiler sets the verdict if the case is not at fault.
        reply["verdict"] = getattr(error, "verdict", "fail")
    else:
        asynchronous, run, end = request["asynchronous"], namespace["run"], request["end"]
        reply = judge(function, request["arguments"], asynchronous, request["allowed"], run, end)
    reply["seconds"] = None if started is None else now() - started
    reply["loop"] = ", ".join(PRELUDE["loops"]) or None
    reply["dirty"] = restore(before)
    release(earlier)
    reply["output"] = "".join(sink.parts) or None
    return reply


PRELUDE = {}
SOURCES = {}
CODES = {}
#: Operation with one answer → the function that gives the answer.
ANSWERS = {"hello": hello, "probe": probe}


def serve():
    channel = Channel()
    born = process_id()
    channel.send({"op": "ready", "protocol": 2})
    while True:
        line = channel.reader.readline()
        if not line:
            break
        request = json.loads(line)
        nonce = request.get("nonce")
        if request["op"] == "exit":
            break
        if request["op"] in ANSWERS:
            channel.send(start(nonce))
            channel.send(dict(ANSWERS[request["op"]](request), op="done", nonce=nonce, pid=born))
            continue
        said = None
        for number, each in enumerate(request["cases"]):
            name = "%s-%d" % (nonce, number)
            channel.mark(name)  # before the last answer, so that what comes after that answer is never text of its case
            channel.send(said, start(name))
            said = dict(case(each), op="done", nonce=name, pid=process_id())
            if said["pid"] != born:
                os._exit(0)  # a forked child of a case must neither answer nor take the next case
        channel.mark()
        channel.send(said)


def start(nonce):
    return {"op": "start", "nonce": nonce, "pid": process_id()}


if __name__ != "parts":  # runners/boot/compiled.py uses this name to replace functions first
    serve()
