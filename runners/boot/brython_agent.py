"""The agent in Brython, whose coroutines are promises of JavaScript: a case begins here and ends in a callback.

brython-session.mjs runs this module, and calls the functions that it puts into the global scope. The functions of
``runners/transport/inside/agent.py``, whose text is the first line from the host, do everything but drive the case.
"""

# mypy: ignore-errors
# Brython rejects annotations in text that it executes, and only Brython has these modules.

import sys

import browser.aio
from browser import self as scope
from javascript import JSON

agent = {"__name__": "parts"}


def load(text, build):
    """Execute the text of the agent. ``build`` has words for the hello, separated by spaces."""
    # The agent imports json for a channel that is not used here, and the import would take seconds.
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
        # The text names the engine, and has two lines.
        answer["version_text"] = " ".join(answer["version_text"].split())
    return JSON.stringify(answer)


def case(request, answer):
    """Begin one case. ``answer`` is called once with the reply, now or later."""
    request = JSON.parse(request)
    sink = agent["Sink"]()
    earlier = agent["capture"](sink)
    before = agent["snapshot"]()
    namespace = agent["fresh"](request)
    function = None
    settled = []

    def settle(outcome, error=None):
        """``outcome`` returns the result of the case or raises ``error``."""
        if settled:
            return  # the case was given up before
        reply = agent["judge"](outcome, {}, False, request["allowed"], None, request["end"])
        if error is not None:
            reply["line"], reply["locals"] = agent["place"](error, function)
        reply["dirty"] = agent["restore"](before)
        agent["release"](earlier)
        reply["output"] = "".join(sink.parts) or None
        settled.append(True)  # not earlier: if the code above fails, the case can still be given up
        answer(JSON.stringify(reply))

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
    """Like ``case``; return a function that gives the case up, with a reason."""
    give_up = case(request, answer)
    return lambda why: give_up(RuntimeError(why))


scope.conformance_load = load
scope.conformance_ask = ask
scope.conformance_begin = begin
scope.conformance_inside()
