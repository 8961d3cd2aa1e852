"""Start coverage in the processes of the host only; ``tox run -e coverage`` has this folder on PYTHONPATH.

Coverage can also start in every child. But most children of the self-tests are interpreters under test: there, a trace
function would change the verdicts of the cases about tracing, and would make every start slow.
"""

import itertools
import os
import sys

#: A host is ``python -m NAME``, or a worker of pytest-xdist, which execnet starts.
COMMANDS = ("pytest", "conformance", "runners", "reports")
WORKER = "exec(eval(sys.stdin.readline()))"


def is_host(words: list[str]) -> bool:
    """Whether a command line runs pytest, a worker of it, or a command of this project."""
    for word, following in itertools.pairwise(words[1:]):
        if word == "-m":
            return following.split(".")[0] in COMMANDS
        if word == "-c":
            return WORKER in following
    return False


# The tests of this module import it under its full name.
if __name__ == "sitecustomize" and is_host(sys.orig_argv):
    import coverage

    # Coverage finds its settings in this variable. If the variable stayed, coverage would start in all children.
    os.environ["COVERAGE_PROCESS_START"] = os.environ["MEASURED_SETTINGS"]
    coverage.process_startup()
    del os.environ["COVERAGE_PROCESS_START"]
