"""The wrappers in ``runners/boot``, with fake packages and a fake browser."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from conformance.program import ROOT
from tests.runners.samples import shell_script

NODE = shutil.which(os.environ.get("CONFORMANCE_NODE", "node"))
pytestmark = pytest.mark.skipif(NODE is None, reason="there is no Node")

#: Seconds: enough for a busy machine, and less than each time limit of a wrapper.
SOON = 20

#: Wrapper → (the variable that names its package, the file that makes a folder that package).
PACKAGES = {
    "pyodide": ("CONFORMANCE_PYODIDE", "pyodide.js"),
    "pyodide-chromium": ("CONFORMANCE_PYODIDE", "pyodide.mjs"),
    "brython": ("CONFORMANCE_BRYTHON", "brython_stdlib.js"),
    "brython-chromium": ("CONFORMANCE_BRYTHON", "brython_stdlib.js"),
    "micropython-wasm": ("CONFORMANCE_MICROPYTHON_WASM", "micropython.mjs"),
}

#: The text of the program names the thing that it does.
PYODIDE = """
exports.loadPyodide = async (options) => ({
  version: "1.2.3",
  setStdin(stream) { this.stdin = stream; },
  setStdout(stream) { this.stdout = stream; },
  setStderr() {},
  toPy: (value) => value,
  runPython(source) { this.build = /= "(.*)"/.exec(source)[1]; },
  globals: {
    get: (name) => name === "compile" ? (source) => source : (code) => {
      if (code === "raises") throw Object.assign(new Error("Traceback\\nValueError: no"), { type: "ValueError" });
      if (code === "exits") throw Object.assign(new Error("Traceback\\nSystemExit: 3"), { type: "SystemExit" });
      if (code === "leaves") throw Object.assign(new Error("Program terminated with exit(7)"), { name: "Exit" });
      if (code === "dies") throw new RangeError("Maximum call stack size exceeded");
      options.stdout(code);
    },
  },
});
"""

MICROPYTHON = """
export async function loadMicroPython({ stdout }) {
  return {
    registerJsModule() {},
    runPython(source) {
      if (source === "raises") throw new Error("ValueError: no");
      if (!source.includes("import _streams")) stdout(Buffer.from(source + "\\n"));
    },
  };
}
"""

#: Replaces Brython: it takes the agent, and defines the functions that the session calls.
BRYTHON = """
exports.__BRYTHON__ = {
  frame_obj: "of the agent",
  runPythonSource() {
    globalThis.conformance_inside();
    exports.__BRYTHON__.frame_obj = null;
    globalThis.conformance_load = (text, build) => { globalThis.build = build; };
    globalThis.conformance_ask = () => JSON.stringify({ build });
    globalThis.conformance_begin = (request, answer) => {
      const { function: name } = JSON.parse(request);
      if (name === "breaks") throw new Error("the stack is broken");
      if (exports.__BRYTHON__.frame_obj !== "of the agent") throw new Error("a stack that another left");
      exports.__BRYTHON__.frame_obj = undefined;
      const say = (verdict) => answer(JSON.stringify({ verdict }));
      if (name === "passes") Promise.resolve().then(() => say("pass"));
      return () => say("fail");
    };
  },
};
globalThis.document = {};
"""


def start(wrapper: str, environment: Mapping[str, str | Path], text: str = "print(1)") -> subprocess.Popen[bytes]:
    """Start a wrapper with ``-c text``."""
    assert NODE is not None
    words = [NODE, str(ROOT / "runners" / "boot" / f"{wrapper}.mjs"), "-c", text]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONFORMANCE_")}
    return subprocess.Popen(
        words,
        env={**kept, **{name: str(value) for name, value in environment.items()}},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(ROOT.anchor),  # no node_modules here or above
    )


def ended(
    wrapper: str, environment: Mapping[str, str | Path], text: str = "print(1)", given: bytes = b""
) -> tuple[int, str, str]:
    """Exit status, output and errors of a wrapper that ends by itself, with ``given`` as its input."""
    with start(wrapper, environment, text) as process:
        try:
            output, errors = process.communicate(given, timeout=SOON)
        finally:
            process.kill()
    return process.returncode, output.decode(), errors.decode()


def package(folder: Path, **files: str) -> Path:
    """A folder with these files, in whose names ``_`` before the suffix is a dot."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        stem, _, suffix = name.rpartition("_")
        (folder / f"{stem}.{suffix}").write_text(text)
    return folder


@pytest.mark.parametrize("wrapper", PACKAGES)
def test_package_that_is_not_there_is_one_line(tmp_path: Path, wrapper: str) -> None:
    """A variable that names another folder is an exit status of 4 and one line that names the variable."""
    variable, file = PACKAGES[wrapper]
    status, _, errors = ended(wrapper, {variable: tmp_path})

    assert status == 4
    assert errors.startswith(f"{variable} is {tmp_path}, which is not the folder of the npm package ")
    assert errors.endswith(f": it has no {file}\n")
    assert errors.count("\n") == 1


def test_package_without_a_variable_says_how_to_get_it() -> None:
    """If no variable is set and no node_modules has the package, one line says what to do."""
    status, _, errors = ended("pyodide", {})

    assert status == 4
    assert errors == (
        "the npm package pyodide was not found; "
        "run 'npm install pyodide' here, or set CONFORMANCE_PYODIDE to its folder\n"
    )


@pytest.mark.parametrize(
    ("text", "status", "output", "last"),
    [
        ("said", 0, "said\n", ""),
        ("raises", 1, "", "ValueError: no"),
        ("exits", 3, "", ""),
        ("leaves", 7, "", ""),
        ("dies", 1, "", "RangeError: Maximum call stack size exceeded"),
    ],
)
def test_pyodide_ends_as_its_program_does(tmp_path: Path, text: str, status: int, output: str, last: str) -> None:
    """The exit status is the program's, and the last line of the errors says what ended it."""
    folder = package(tmp_path, pyodide_js=PYODIDE)
    seen, said, errors = ended("pyodide", {"CONFORMANCE_PYODIDE": folder}, text)

    assert (seen, said) == (status, output)
    assert (errors.splitlines() or [""])[-1] == last


def test_micropython_ends_as_its_program_does(tmp_path: Path) -> None:
    """Its output is on stdout; an exception makes the exit status 1 and is on stderr."""
    environment = {"CONFORMANCE_MICROPYTHON_WASM": package(tmp_path, micropython_mjs=MICROPYTHON)}

    assert ended("micropython-wasm", environment, "said") == (0, "said\n", "")
    assert ended("micropython-wasm", environment, "raises") == (1, "", "ValueError: no\n")


def test_brython_case_that_breaks_costs_itself_alone(tmp_path: Path) -> None:
    """A case that never ends or breaks Brython's stack fails, and the next case runs with a clean stack."""
    folder = package(tmp_path, brython_js=BRYTHON, brython_stdlib_js="")
    cases = [{"function": name} for name in ("passes", "never", "breaks", "passes")]
    lines = ['"the agent"', json.dumps({"op": "cases", "nonce": "n", "cases": cases}), '{"op": "exit"}']
    given = "".join(f"{line}\n" for line in lines).encode()
    _, output, errors = ended("brython", {"CONFORMANCE_BRYTHON": folder}, given=given)
    answers = [json.loads(line[1:]) for line in output.split("\n") if line.startswith("\x1e")]
    done = [(each["nonce"], each["verdict"]) for each in answers if each["op"] == "done"]

    assert errors == ""
    assert done == [("n-0", "pass"), ("n-1", "fail"), ("n-2", "fail"), ("n-3", "pass")]
    assert next(each["message"] for each in answers if "message" in each) == (
        "an error of JavaScript: the stack is broken"
    )


@pytest.mark.parametrize("wrapper", ["pyodide-chromium", "brython-chromium"])
@pytest.mark.parametrize("told", [True, False], ids=["variable", "PATH"])
def test_chromium_that_is_not_there_is_one_line(tmp_path: Path, wrapper: str, told: bool) -> None:
    """One line says at once what to do."""
    variable, file = PACKAGES[wrapper]
    (tmp_path / file).touch()
    environment = {"CONFORMANCE_CHROMIUM": tmp_path / "chromium"} if told else {"PATH": tmp_path}
    status, _, errors = ended(wrapper, {variable: tmp_path, **environment})
    missing = (
        f"CONFORMANCE_CHROMIUM is {tmp_path}/chromium, which cannot be run"
        if told
        else "Chromium was not found on PATH"
    )

    assert status == 4
    assert errors == f"{missing}; run 'apt-get install chromium', or set CONFORMANCE_CHROMIUM to its path\n"


#: A fake browser: it opens its page, and then does what the variable WAY says.
BROWSER = """
import os, sys, time, urllib.request
url = sys.argv[-1]
folder = next(word.split("=", 1)[1] for word in sys.argv if word.startswith("--user-data-dir="))
os.mkdir(os.path.join(folder, "profile"))
way = os.environ["WAY"]
if way == "browser dies":
    sys.stderr.write("a last word\\n")
    sys.exit(5)
alive = urllib.request.urlopen(url + "alive")
alive.read(1)
def post(path, body):
    return urllib.request.urlopen(urllib.request.Request(url + path, body, method="POST")).read()
if way == "exits":
    post("exit/3", b"the page is done")
if way == "echoes":
    post("write/1", post("read", b"100"))
    post("exit/0", b"")
if way == "page dies":
    alive.close()
if os.fork() == 0:  # a browser has children
    pass
elif way == "stays":
    post("write/1", ("%s %d\\n" % (folder, os.getppid())).encode())
with open(os.environ["HELD"], "w"):
    while True:
        time.sleep(1000)
"""


@pytest.fixture
def browser(tmp_path: Path) -> dict[str, str | Path]:
    """The environment of a wrapper with the fake browser, each process of which holds the pipe HELD open."""
    package(tmp_path, pyodide_mjs="", browser_py=BROWSER)
    profiles = tmp_path / "profiles"
    profiles.mkdir()
    os.mkfifo(tmp_path / "held")
    path = shell_script(tmp_path / "chromium", f'exec "{sys.executable}" "{tmp_path}/browser.py" "$@"')
    return {
        "CONFORMANCE_PYODIDE": tmp_path,
        "CONFORMANCE_CHROMIUM": path,
        "TMPDIR": profiles,
        "HELD": tmp_path / "held",
    }


@pytest.mark.parametrize(
    ("way", "status", "words"),
    [
        ("exits", 3, "the page is done"),
        ("page dies", 1, "the page died"),
        ("browser dies", 1, "chromium ended with status 5: a last word"),
    ],
)
def test_end_of_a_page_is_told(
    tmp_path: Path, browser: dict[str, str | Path], way: str, status: int, words: str
) -> None:
    """However a page ends, the wrapper ends at once, its last line says why, and no profile is left."""
    seen, _, errors = ended("pyodide-chromium", {"WAY": way, **browser})

    assert seen == status
    assert errors.splitlines()[-1].endswith(words)
    assert list((tmp_path / "profiles").iterdir()) == []


def test_page_has_the_standard_streams(browser: dict[str, str | Path]) -> None:
    """The page reads the standard input of the wrapper and writes to its standard output."""
    answer = ended("pyodide-chromium", {"WAY": "echoes", **browser}, given=b"a line\n")

    assert answer == (0, "a line\n", "")


@pytest.mark.skipif(
    not hasattr(os, "pidfd_open"), reason="this system has no pidfd_open() to wait for a process that is not a child"
)
def test_wrapper_that_is_killed_leaves_nothing(tmp_path: Path, browser: dict[str, str | Path]) -> None:
    """After a SIGKILL the browser, its children and its profile are gone."""
    process = start("pyodide-chromium", {"WAY": "stays", **browser})
    with process, (tmp_path / "held").open("rb") as held:
        assert process.stdout is not None
        folder, keeper = os.fsdecode(process.stdout.readline()).split()
        there = Path(folder, "profile").is_dir()
        end_of_keeper = os.pidfd_open(int(keeper))
        process.send_signal(signal.SIGKILL)
        ready, _, _ = select.select([end_of_keeper], [], [], SOON)
        os.close(end_of_keeper)

        assert there
        assert ready
        assert held.read() == b""  # the end of the file comes when all processes of the browser have ended

    assert list((tmp_path / "profiles").iterdir()) == []
