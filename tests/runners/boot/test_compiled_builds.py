"""Builds with fake compilers: the right module is blamed, outcomes are cached, and no module is lost."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from runners.boot import commands, extensions
from runners.boot.builds import Built, Sources, Store, Tick, cache_folder
from runners.boot.commands import Command, how_it_ended, run
from runners.boot.extensions import Cython
from runners.boot.packages import MOST_BUILDS, Mypyc, Nuitka, _Packages


def silent(done: int) -> None:
    """Ignore the progress."""


def python(folder: Path, program: str, limit: float = 60) -> Command:
    """A command that runs ``program``."""
    return Command([sys.executable, "-c", program], limit, folder)


# --- commands ---------------------------------------------------------------------------------------------------------


def test_commands_are_heard_to_the_end(tmp_path: Path) -> None:
    """Each command keeps its status and output, with paths relative to the folder, in whatever order they end."""
    said = python(tmp_path, "import os, sys; print(os.getcwd() + '/x.py'); sys.exit(3)")
    quiet = python(tmp_path, "pass")

    run([said, quiet], silent, at_once=1)

    assert (said.status, said.output) == (3, "x.py")
    assert (quiet.status, quiet.output) == (0, "")


def test_command_that_does_not_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command is killed after its time limit, and progress is reported while it runs."""
    monkeypatch.setattr(commands, "TICK", 0)
    monkeypatch.setattr(commands, "GLANCE", 0.001)
    ticks: list[int] = []
    command = python(tmp_path, "import signal; signal.pause()", limit=0.05)

    run([command], ticks.append)

    assert command.status is None
    assert how_it_ended(command) == "did not end within 0.05 s"
    assert ticks[0] == 0


def test_commands_end_with_an_interrupted_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the wait is interrupted, no command keeps running."""
    monkeypatch.setattr(commands, "TICK", 0)
    command = python(tmp_path, "import os, signal; print(os.getpid(), flush=True); signal.pause()")

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([command], stop)

    for pid in command.output.split():  # empty if it was killed before it printed its process id
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


# --- the cache --------------------------------------------------------------------------------------------------------


class Plain:
    """A compiler that builds nothing and returns the given outcomes."""

    kind, title, version, many = "plain", "Plain", "1.0", 10
    flags: tuple[str, ...] = ()

    def __init__(self, **outcomes: Built) -> None:
        self.outcomes = outcomes
        self.given: list[str] = []

    def build(self, sources: Sources, folder: Path, tick: Tick) -> dict[str, Built]:
        self.given += sources.values()
        return {name: self.outcomes.get(source, Built(name)) for name, source in sources.items()}


def test_outcomes_are_kept_by_content(tmp_path: Path) -> None:
    """The next process knows the built and refused modules, and tries again after another error."""
    compiler = Plain(bad=Built(None, "no", 3), lost=Built(None, "disk", verdict="error"))
    Store(compiler, tmp_path).build(["good", "bad", "lost", "good"], lambda text: None)
    later = Store(compiler, tmp_path)

    later.build(["bad", "lost", "good"], lambda text: None)

    assert compiler.given == ["good", "bad", "lost", "lost"]
    assert later.outcome("bad") == Built(None, "no", 3)
    assert later.outcome("new") is None


def test_what_a_killed_build_left_is_removed(tmp_path: Path) -> None:
    """An old working folder of a build is removed, and a new one, which may be in use, is not."""
    folder = Store(Plain(), tmp_path).folder
    (folder / "work-old").mkdir()
    (folder / "work-new").mkdir()
    os.utime(folder / "work-old", (0, 0))

    Store(Plain(), tmp_path)

    assert [path.name for path in folder.glob("work-*")] == ["work-new"]


def test_another_version_of_a_compiler_builds_anew(tmp_path: Path) -> None:
    """The name of a module depends on the version and the flags of the compiler."""
    first, newer, other = Plain(), Plain(), Plain()
    newer.version = "1.1"
    other.flags = ("-O2",)

    names = {Store(compiler, tmp_path).module_name("source") for compiler in (first, newer, other)}

    assert len(names) == 3


def test_damaged_outcome_is_built_again(tmp_path: Path) -> None:
    """A file of the cache that cannot be read is ignored."""
    store = Store(Plain(), tmp_path)
    (store.folder / f"{store.module_name('source')}.json").write_text("{")

    store.build(["source"], lambda text: None)

    assert store.outcome("source") == Built(store.module_name("source"))


@pytest.mark.parametrize(
    ("environment", "platform", "folder"),
    [
        ({"HOME": "/h"}, "linux", "/h/.cache/asyncgen-conformance"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "linux", "/x/asyncgen-conformance"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Caches/asyncgen-conformance"),
        ({"USERPROFILE": "/u"}, "win32", "/u/AppData/Local/asyncgen-conformance/Cache"),
        ({"HOME": "/h", "CONFORMANCE_CACHE": "/mine"}, "linux", "/mine"),
    ],
    ids=["home", "xdg", "macos", "windows", "told"],
)
def test_where_the_cache_is(environment: Mapping[str, str], platform: str, folder: str) -> None:
    """The folder is the one that ``python -m runners install`` uses, found without a library."""
    assert cache_folder(environment, platform) == Path(folder)


# --- Cython -----------------------------------------------------------------------------------------------------------

#: Replaces Cython: it translates, refuses, raises or dies, as the source says.
FAKE_CYTHON = """
import os, sys
from types import SimpleNamespace

class CompilationOptions:
    def __init__(self, **options): pass

def compile(path, options):
    source = open(path).read()
    if "dies" in source:
        os._exit(9)
    if "raises" in source:
        raise RuntimeError("in the compiler")
    if "wrong" in source:
        sys.stderr.write("Error compiling:\\n...\\n%s:1:4: warning: unused\\n%s:2:0: it is wrong\\n" % (path, path))
        return SimpleNamespace(num_errors=1)
    open(path[:-2] + "c", "w").write(source)
    return SimpleNamespace(num_errors=0)
"""
#: Replaces the C compiler.
FAKE_CC = """
import sys
text = open(sys.argv[1]).read()
if "bad C" in text:
    sys.exit("x.c:1: error: no")
open(sys.argv[2], "w").write(text)
"""


@pytest.fixture
def cython(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cython:
    """The real driver of Cython, with a fake Cython and a fake C compiler."""
    package = tmp_path / "path/Cython/Compiler"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "Main.py").write_text(FAKE_CYTHON)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "path"))
    monkeypatch.setattr(
        extensions,
        "_c_compiler",
        lambda name: [sys.executable, "-c", FAKE_CC, f"{name}.c", extensions._file_name(name)],
    )
    return Cython("9.9")


def test_each_module_has_its_own_outcome(cython: Cython, tmp_path: Path) -> None:
    """A module that is refused, one that crashes the compiler and one that is bad C do not affect the others."""
    sources = {
        "case_a": "good",
        "case_b": "wrong",
        "case_c": "dies",
        "case_d": "raises",
        "case_e": "bad C",
        "case_f": "good too",
    }

    outcomes = cython.build(sources, tmp_path, silent)

    assert outcomes == {
        "case_a": Built("case_a"),
        "case_b": Built(None, "it is wrong", 2),
        "case_c": Built(None, "the compiler ended with status 9: "),
        "case_d": Built(None, "the compiler raised RuntimeError: in the compiler"),
        "case_e": Built(None, "the C compiler ended with status 1: x.c:1: error: no"),
        "case_f": Built("case_f"),
    }
    assert (tmp_path / extensions._file_name("case_f")).read_text() == "good too"
    assert list(tmp_path.glob("work-*")) == []


def test_compiler_that_writes_half_a_line(tmp_path: Path) -> None:
    """A line that a crashing compiler did not finish is ignored."""
    (tmp_path / "results").write_text(json.dumps(["case_a", None]) + '\n["case_b", "hal')

    assert list(extensions._results(tmp_path)) == [("case_a", None)]


# --- Nuitka and mypyc -------------------------------------------------------------------------------------------------


class Splitting(_Packages):
    """A compiler that refuses each build with ``bad`` in a source, and does not name the module."""

    def __init__(self) -> None:
        self.builds: list[int] = []

    def _attempt(self, sources: Sources, work: Path, folder: Path, tick: Tick) -> dict[str, Built]:
        self.builds.append(len(sources))
        if not any("bad" in source for source in sources.values()):
            return {name: Built(name) for name in sources}
        return {name: Built(None, "bad") for name in sources} if len(sources) == 1 else {}


def test_package_that_does_not_build_is_split(tmp_path: Path) -> None:
    """The bad module is found and the others are built; a source with a syntax error is not given to the compiler."""
    compiler = Splitting()
    sources = {f"case_{number}": "bad" if number == 5 else "good" for number in range(8)}

    outcomes = compiler.build({**sources, "case_8": "\nno python"}, tmp_path, silent)

    assert compiler.builds == [8, 4, 4, 2, 2, 1, 1]
    assert [name for name, outcome in outcomes.items() if outcome.module is None] == ["case_8", "case_5"]
    assert outcomes["case_8"] == Built(None, "invalid syntax (case_8.py, line 2)", 2)


def test_two_modules_among_many_are_found(tmp_path: Path) -> None:
    """The limit on the builds is high enough to find two bad modules that are far apart."""
    sources = {f"case_{number}": "bad" if number in (0, 63) else "good" for number in range(64)}

    outcomes = Splitting().build(sources, tmp_path, silent)

    assert [name for name, outcome in outcomes.items() if outcome.module is None] == ["case_0", "case_63"]


def test_number_of_builds_is_bounded(tmp_path: Path) -> None:
    """If the limit on the builds is reached, the remaining modules are errors and not failures."""
    compiler = Splitting()

    outcomes = compiler.build({f"case_{number}": "bad" for number in range(64)}, tmp_path, silent)

    assert len(compiler.builds) == MOST_BUILDS
    assert len(outcomes) == 64
    assert {outcome.verdict for outcome in outcomes.values()} == {"error"}
    assert next(iter(outcomes.values())).message.startswith("not built: its package cannot be built, and 24 builds")


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for modules that replace those of the compilers."""
    folder = tmp_path / "path"
    folder.mkdir()
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return folder


def test_nuitka_builds_a_package(tool: Path, tmp_path: Path) -> None:
    """The modules are imported from the package that was built, in a folder where no source lies beside it."""
    (tool / "nuitka.py").write_text("import os; os.mkdir('built'); open('built/pack.so', 'w').close()")

    outcomes = Nuitka("9.9").build({"case_a": "pass"}, tmp_path, silent)

    assert outcomes["case_a"].module is not None
    assert outcomes["case_a"].module.startswith("pack_")
    assert (tmp_path / "pack.so").exists()
    assert list(tmp_path.glob("**/case_a.py")) == []


def test_nuitka_that_fails(tool: Path, tmp_path: Path) -> None:
    """The most informative line of the output is the message."""
    (tool / "nuitka.py").write_text(
        "print('Nuitka: working'); print('FATAL: no way'); print('bye'); raise SystemExit(1)"
    )

    outcomes = Nuitka("9.9").build({"case_a": "pass"}, tmp_path, silent)

    assert outcomes == {"case_a": Built(None, "the compiler ended with status 1: FATAL: no way")}


def test_mypyc_names_whom_it_refuses(tool: Path, tmp_path: Path) -> None:
    """The modules that mypyc names are refused at once, and the others are built."""
    (tool / "mypyc.py").write_text(
        "import sys\n"
        "if 'case_b.py' in sys.argv: sys.exit('case_b.py:3: error: async generators are unimplemented')\n"
        "for name in sys.argv[2:]: open(name[:-2] + 'so', 'w').close()\n"
    )

    outcomes = Mypyc("9.9").build({"case_a": "pass", "case_b": "pass", "case_c": "pass"}, tmp_path, silent)

    assert outcomes == {
        "case_a": Built("case_a"),
        "case_b": Built(None, "async generators are unimplemented", 3),
        "case_c": Built("case_c"),
    }
    assert (tmp_path / "case_c.so").exists()
