"""Cython, Nuitka or mypyc as an interpreter under test: ``PYTHON compiled.py cython -c PROGRAM``.

PYTHON has the compiler installed. PROGRAM does not run: it would only run our agent, whose text is the first line of
standard input. This program executes the text itself, and replaces the functions of the agent that make a function from
a body, so that the body is compiled and imported. The prelude and the driver stay interpreted.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import os
import re
import shlex
import shutil
import sys
import sysconfig
import textwrap
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = str(Path(__file__).resolve().parents[2])
if __name__ == "__main__":
    sys.path[0] = ROOT  # instead of the folder of this file; main() removes it before any case runs

from conformance.needs import FEATURES  # noqa: E402
from runners.boot.builds import Built, Compiler, Store, Unusable, cache_folder  # noqa: E402
from runners.boot.extensions import Cython  # noqa: E402
from runners.boot.packages import Mypyc, Nuitka  # noqa: E402

#: Kind → (its package on PyPI, function from its version to the compiler).
COMPILERS: dict[str, tuple[str, Callable[[str], Compiler]]] = {
    "cython": ("Cython", Cython),
    "nuitka": ("Nuitka", Nuitka),
    "mypyc": ("mypy", Mypyc),
}
#: The module from which a body imports the names of the prelude; it exists only while the body's module is imported.
PRELUDE = "conformance_prelude"
#: Needs that the host's interpreter meets, whose cases would say nothing about the compiler.
NOT_COMPILED = {
    "compile": "the case compiles source at run time, which tests the host's compiler",
    "subprocess": "the case runs a program in another process, where the host's compiler compiles it",
}
#: Needs that are about functions, whose probes say something about compiled functions only if they are compiled.
OF_FUNCTIONS = ("frames", "tracebacks")
_GENERATOR = "async def agen():\n    yield 1\n"
_PLAIN = "def function():\n    return 1\n"


class Rejected(Exception):
    """The module of a case was not built."""

    def __init__(self, message: str, outcome: Built, line: int | None) -> None:
        super().__init__(message)
        self.verdict = outcome.verdict
        self.lineno = line


class Agent:
    """Our agent, with other functions that turn a source into a function. ``parts`` is its namespace."""

    def __init__(self, parts: dict[str, Any], store: Store) -> None:
        self._parts = parts
        self._store = store
        self._hello = parts["hello"]
        self._probe = parts["probe"]
        self._case = parts["case"]
        self._channel: Any = None
        #: Name of a module → its namespace after the import.
        self._fresh: dict[str, dict[str, Any]] = {}
        self._module, self._offset = "", 0
        parts["case"] = self.case
        parts["function_of"] = self.function_of
        parts["place"] = self.place
        parts["ANSWERS"].update(hello=self.hello, probe=self.probe, prepare=self.prepare)
        opened = parts["Channel"]

        def channel() -> Any:
            self._channel = opened()
            return self._channel

        parts["Channel"] = channel

    def say(self, text: str) -> None:
        """Tell the host that a compiler is at work."""
        self._channel.send({"op": "busy", "pid": self._parts["process_id"](), "text": text})

    def hello(self, request: dict[str, Any]) -> dict[str, Any]:
        """The hello of the compiler. It is absent if it refuses the smallest asynchronous generator."""
        answer: dict[str, Any] = self._hello(request)
        compiler = self._store.compiler
        host = {"implementation": answer["implementation"], "version": answer["implementation_version"]}
        answer.update(implementation=compiler.kind, implementation_version=compiler.version, prepares=True, host=host)
        if answer["absent"] is None:
            answer["absent"] = self._refuses(_GENERATOR)
        if answer["absent"] is not None and self._refuses(_PLAIN):
            print(f"{compiler.title} cannot build even a plain function: {answer['absent']}", file=sys.stderr)
            raise SystemExit(4)
        return answer

    def _refuses(self, source: str) -> str | None:
        self._store.build([source], self.say)
        outcome = self._store.outcome(source)
        return None if outcome is None or outcome.module is not None else outcome.message

    def probe(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return why compiled code does not meet a need or have a feature, or None in ``why``."""
        name = request.get("need", "")
        if name in FEATURES:
            return {"why": self._refuses(FEATURES[name].source)}
        if name in NOT_COMPILED:
            return {"why": NOT_COMPILED[name]}
        if name in OF_FUNCTIONS:
            return {"why": self._compiled_probe(request["probe"])}
        answer: dict[str, Any] = self._probe(request)
        return answer

    def _compiled_probe(self, probe: str) -> str | None:
        """The reason why a probe fails when it is compiled as the body of a function, or None."""
        source = "\ndef probe():\n" + textwrap.indent(probe, "    ")
        self._store.build([source], self.say)
        outcome = self._store.outcome(source)
        assert outcome is not None
        if outcome.module is None:
            return f"{self._store.compiler.title} did not build its probe: {outcome.message}"
        why: str | None = None
        try:
            vars(self._load(outcome.module, {}))["probe"]()
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
        return why

    def prepare(self, request: dict[str, Any]) -> dict[str, Any]:
        """Build the bodies of all these cases."""
        names = self._parts["PRELUDE"]
        sources = [_source(self._parts["source_of"](case), names) for case in request["cases"]]
        self._store.build(sources, self.say, request["after"])
        return {}

    def case(self, request: dict[str, Any]) -> dict[str, Any]:
        """The reply to a case, with ``__main__`` instead of the name of the compiled module."""
        self._module = ""
        reply: dict[str, Any] = self._case(request)
        if self._module:
            for key in ("message", "observed", "output"):
                reply[key] = reply.get(key) and reply[key].replace(self._module, "__main__")
            shown = reply.get("locals") or {}
            reply["locals"] = {name: text.replace(self._module, "__main__") for name, text in shown.items()} or None
        return reply

    def function_of(self, request: dict[str, Any], namespace: dict[str, Any]) -> Any:
        """The compiled function of a case. Its globals are as after the import, with this case's prelude."""
        source = _source(self._parts["source_of"](request), namespace)
        self._store.build([source], self.say)
        outcome = self._store.outcome(source)
        assert outcome is not None
        self._offset = request["line"] - 2
        if outcome.module is None:
            line = None if outcome.line is None else outcome.line + self._offset
            raise Rejected(f"{self._store.compiler.title}: {outcome.message}", outcome, line)
        module = self._load(outcome.module, namespace)
        self._module = outcome.module
        held, fresh = vars(module), self._fresh[outcome.module]
        for name in [name for name in held if name not in fresh]:
            del held[name]
        held.update(fresh)
        held.update((name, value) for name, value in namespace.items() if name in fresh and not name.startswith("__"))
        return held[request["function"]]

    def _load(self, name: str, namespace: dict[str, Any]) -> ModuleType:
        if name not in self._fresh:
            sys.modules[PRELUDE] = ModuleType(PRELUDE)
            vars(sys.modules[PRELUDE]).update(namespace)
            sys.path.insert(0, str(self._store.folder))
            try:
                self._fresh[name] = dict(vars(importlib.import_module(name)))
            finally:
                sys.path.remove(str(self._store.folder))
                del sys.modules[PRELUDE]
        return sys.modules[name]

    def place(self, error: BaseException, function: Any) -> tuple[int | None, dict[str, str] | None]:
        """Like the driver's ``place``, but a compiled frame has another code object, and may have no locals."""
        step = error.__traceback__
        file = f"{self._module.rpartition('.')[2]}.py"
        while step is not None:
            code = step.tb_frame.f_code
            if code.co_name.rpartition(".")[2] == function.__name__ and code.co_filename.endswith(file):
                variables = step.tb_frame.f_locals
                shown = {name: self._parts["show"](variables[name]) for name in sorted(variables)}
                return step.tb_lineno + self._offset, dict(list(shown.items())[: self._parts["MOST_LOCALS"]]) or None
            step = step.tb_next
        return None, None


def _source(body: str, names: dict[str, Any]) -> str:
    """A body as a module: one line that imports the names of the prelude that the body uses, and then the body."""
    words = set(re.findall(r"\w+", body))
    used = sorted(name for name in {*names, "END_OF_CASE"} if name in words and not name.startswith("__"))
    return (f"from {PRELUDE} import {', '.join(used)}" if used else "") + "\n" + body


def find(kind: str) -> Compiler:
    """The compiler of this Python. Raises Unusable."""
    if kind not in COMPILERS:
        raise Unusable(f"{kind!r} is not a known compiler; give one of {', '.join(COMPILERS)}")
    package, make = COMPILERS[kind]
    try:
        version = importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        raise Unusable(
            f"{package} is not installed in {sys.executable}; run: python -m runners install {kind}"
        ) from None
    compiler = shlex.split(str(sysconfig.get_config_var("LDSHARED") or "cc"))[0]
    if shutil.which(compiler) is None:
        raise Unusable(
            f"{package} needs a C compiler, but {compiler} is not on PATH; install it, for example: apt-get install gcc"
        )
    if not os.path.exists(os.path.join(sysconfig.get_paths()["include"], "Python.h")):
        raise Unusable(
            f"{package} needs the headers of {sys.executable}; install them, for example: apt-get install python3-dev"
        )
    return make(version)


def main(arguments: list[str]) -> int:
    """Serve the host; return 4 if the compiler cannot be used."""
    if len(arguments) != 3 or arguments[1] != "-c":
        print(f"usage: compiled.py {'|'.join(COMPILERS)} -c PROGRAM", file=sys.stderr)
        return 4
    try:
        store = Store(find(arguments[0]), cache_folder())
    except Unusable as error:
        print(error, file=sys.stderr)
        return 4
    if ROOT in sys.path:
        sys.path.remove(ROOT)
    parts: dict[str, Any] = {"__name__": "parts"}
    exec(compile(json.loads(sys.stdin.readline()), "agent.py", "exec"), parts)
    Agent(parts, store)
    parts["serve"]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
