"""The agent in Brython: its coroutines are promises of JavaScript, so each case is begun here and ended by a callback.

brython-session.mjs runs this, and calls what it leaves behind in the global scope. All but the driving is done by the
functions of ``runners/transport/inside/agent.py``, whose text comes with the first line from the host.
"""

# mypy: ignore-errors
# Brython rejects annotations in what it executes as text, and only it has these modules.

import sys

import browser.aio
from browser import self as scope
from javascript import JSON

agent = {"__name__": "parts"}


def load(text, build):
    """Make the functions of the agent out of its text. ``build`` are words for the hello."""
    # The agent imports json for a channel that is not used here, and that takes seconds.
    sys.modules["json"] = sys
    try:
        exec(compile(text, "agent.py", "exec"), agent)
    finally:
        del sys.modules["json"]
    agent["build_flags"] = lambda: build.split()


def ask(request):
    """Answer a hello or a probe."""
    request = JSON.parse(request)
    answer = agent["ANSWERS"][request["op"]](request)
    if request["op"] == "hello":
        answer["implementation"] = answer["implementation"].lower()
        # The text tells the engine from others, over two lines.
        answer["version_text"] = " ".join(answer["version_text"].split())
    return JSON.stringify(answer)


def case(request, answer):
    """Begin one case. ``answer`` is called once with what came of it, now or later."""
    request = JSON.parse(request)
    sink = agent["Sink"]()
    earlier = agent["capture"](sink)
    before = agent["snapshot"]()
    namespace = agent["fresh"]()
    function = None
    settled = []

    def settle(outcome, error=None):
        """``outcome`` does again what the case did: it returns the result or raises ``error``."""
        if settled:
            return  # it was given up before
        report = agent["judge"](outcome, {}, False, request["allowed"], None)
        if error is not None:
            report["line"], report["locals"] = agent["place"](error, function)
        report["dirty"] = agent["restore"](before)
        agent["release"](earlier)
        report["output"] = "".join(sink.parts) or None
        settled.append(True)  # not before: what fails on the way here can still be given up
        answer(JSON.stringify(report))

    def returned(value):
        settle(lambda: value)

    def failed(error):
        def again():
            raise error

        settle(again, error)

    try:
        function = agent["function_of"](request, namespace)
        result = function(**request["arguments"])
    except BaseException as error:
        failed(error)
        return failed
    if not request["asynchronous"]:
        returned(result)
        return failed
    try:
        browser.aio.run(result, returned, failed)
    except BaseException as error:
        failed(error)
    return failed


def begin(request, answer):
    """As ``case``; what is returned gives the case up, with a reason."""
    give_up = case(request, answer)
    return lambda why: give_up(RuntimeError(why))


scope.conformance_load = load
scope.conformance_ask = ask
scope.conformance_begin = begin
scope.conformance_inside()
