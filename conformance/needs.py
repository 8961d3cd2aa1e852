"""The closed table of needs: the features beyond the language that a case may use, and a probe for each.

A probe is a program. It runs once in each interpreter under test, and raises if the need is not met. A need is a
feature that a case only *uses*. A feature that the specification requires is never a need: without
``sys.set_asyncgen_hooks``, for example, the cases about it fail. The table of features, below, is about what a version
adds: a feature is probed and recorded as a need is, and excuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

#: The probe for asynchronous generators. An interpreter in which it raises is ``absent`` as a whole.
ASYNC_GENERATORS = """
namespace = {}
exec("async def agen():\\n    yield 1\\n", namespace)
iterator = namespace["agen"]()
iterator.__anext__
if iterator.__aiter__() is not iterator:
    raise TypeError("__aiter__() of an asynchronous generator does not return it")
"""

#: Need → probe.
NEEDS: dict[str, str] = {
    "asyncio": """
import asyncio
async def probe():
    await asyncio.sleep(0)
    return 1
loop = asyncio.new_event_loop()
try:
    if loop.run_until_complete(probe()) != 1:
        raise RuntimeError("the event loop lost a result")
finally:
    loop.close()
""",
    "compile": """
compile("1", "<probe>", "exec")
try:
    compile("1 +", "<probe>", "exec")
except SyntaxError:
    pass
else:
    raise RuntimeError("compile() accepts broken source")
""",
    "contexts": """
import contextvars
variable = contextvars.ContextVar("variable", default=0)
context = contextvars.copy_context()
context.run(variable.set, 1)
if context[variable] != 1 or context.run(variable.get) != 1 or variable.get() != 0:
    raise RuntimeError("run() of a copied context does not run in that context")
""",
    # The documentation says that -OO removes docstrings.
    "docstrings": """
def documented():
    "What it does."
if documented.__doc__ is None:
    raise RuntimeError("docstrings are left out here, as -OO does")
""",
    # The documentation of inspect.currentframe() says that frames are not guaranteed to exist in all implementations.
    "frames": """
import inspect
def running():
    return inspect.currentframe()
frame = running()
if frame is None or frame.f_code.co_name != "running":
    raise RuntimeError("inspect.currentframe() does not return the frame of the running function")
""",
    "gc": """
import gc, weakref
class Node:
    pass
node = Node()
node.itself = node
alive = weakref.ref(node)
del node
for attempt in range(10):
    gc.collect()
if alive() is not None:
    raise RuntimeError("gc.collect() does not collect a cycle")
""",
    # The documentation says that asyncio.run() and Runner.run() cannot be called while a loop runs in the same thread.
    "no-loop": """
import asyncio
try:
    around = asyncio.get_running_loop()
except (AttributeError, RuntimeError):
    # Python 3.6 does not have the function.
    around = None
if around is not None:
    raise RuntimeError("every case runs inside of an event loop here")
""",
    # A body whose sentence is not about driving may still be one that has to stop in the middle of an await.
    "stepping": """
class Waiting:
    def __await__(self):
        yield "waiting"
        return 1
async def probe():
    return await Waiting()
steps = probe()
if steps.send(None) != "waiting":
    raise RuntimeError("send() of a coroutine does not hand out what it waits for")
try:
    steps.send(None)
    raise RuntimeError("send() of a coroutine that ends does not raise StopIteration")
except StopIteration as end:
    if end.value != 1:
        raise RuntimeError("send() of a coroutine that ends loses its result")
""",
    "subprocess": """
import subprocess, sys
if not sys.executable:
    raise RuntimeError("sys.executable is empty")
if subprocess.check_output([sys.executable, "-S", "-c", "print(6 * 7)"]).split() != [b"42"]:
    raise RuntimeError("sys.executable does not start")
""",
    "threads": """
import threading
seen = []
thread = threading.Thread(target=seen.append, args=(1,))
thread.start()
thread.join()
if seen != [1]:
    raise RuntimeError("a thread did not run")
""",
    "tracebacks": """
def raising():
    raise KeyError
def names_of(traceback):
    names = []
    while traceback is not None:
        # Cython puts the name of the module and of the function around it before the name.
        names.append(traceback.tb_frame.f_code.co_name.rpartition(".")[2])
        traceback = traceback.tb_next
    return names
try:
    raising()
except KeyError as error:
    names = names_of(error.__traceback__)
if names[-1:] != ["raising"]:
    raise RuntimeError("a traceback does not end with the name of the function that raised the exception")
""",
    "tracing": """
import sys
sys.settrace(None)
sys.gettrace()
""",
    "warnings": """
import warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("probe")
if len(caught) != 1:
    raise RuntimeError("a warning was not recorded")
""",
    "weakref": """
import weakref
class Node:
    pass
node = Node()
if weakref.ref(node)() is not node:
    raise RuntimeError("a weak reference has lost its object")
""",
}


@dataclass(frozen=True)
class Feature:
    """A part of the language that the version ``since`` adds.

    A feature is no need and excuses nothing. The behaviours that begin with ``since`` and cite a section of the class
    ``document`` are about it: where the feature is not there, their failures have one cause. ``source`` has the new
    syntax, and ``check`` uses what it defines in ``namespace``.
    """

    title: str
    since: tuple[int, int]
    document: str
    source: str
    check: str

    @property
    def probe(self) -> str:
        """A program that raises where the feature is not there."""
        return f"namespace = {{}}\nexec({self.source!r}, namespace)\n{self.check}"


#: Name of a feature, as a result records it beside the needs → the feature.
FEATURES: dict[str, Feature] = {
    "yield-from": Feature(
        title="yield from and return values in asynchronous generators (PEP 828)",
        since=(3, 16),
        document="PEP828",
        source="""
async def inner():
    yield 1
    return 2
async def outer():
    yield (yield from inner())
""",
        check="""
iterator = namespace["outer"]()
for expected in (1, 2):
    try:
        iterator.__anext__().send(None)
    except StopIteration as item:
        if item.value != expected:
            raise RuntimeError("yield from lost an item or the result")
""",
    ),
}
#: Need or feature → probe.
PROBES: dict[str, str] = {**NEEDS, **{name: feature.probe for name, feature in FEATURES.items()}}
