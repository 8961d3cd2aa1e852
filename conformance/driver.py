"""Call one case and return the outcome as data. This module is shipped with every case to the interpreter under test.

It uses the syntax that Python 3.6 and MicroPython share. Python 2.7 must be able to compile it too, so that the suite
can say that the interpreter is a Python 2.7.
"""

import sys

LONGEST_REPR = 300
LONGEST_TEXT = 2000
MOST_LOCALS = 20


def show(value):
    """``repr(value)``, cut to ``LONGEST_REPR`` characters; if it raises, a text that says so."""
    try:
        text = repr(value)
    except BaseException as error:
        text = "<repr() raised %s>" % type(error).__name__
    if len(text) > LONGEST_REPR:
        text = text[:LONGEST_REPR] + "..."
    return text


def describe(error):
    """One line about an exception, cut to ``LONGEST_TEXT`` characters; for a failed assertion, only its condition."""
    try:
        text = cut(str(error))
    except BaseException as failed:
        text = "<str() raised %s>" % cut(type(failed).__name__)
    if type(error) is AssertionError and text:
        return text
    name = cut(type(error).__name__)
    return cut("%s: %s" % (name, text)) if text else name


def cut(text):
    """The text, cut to ``LONGEST_TEXT`` characters: the host does not read longer lines than it needs."""
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "..."


def place(error, function):
    """Where in the body of ``function`` the error was raised: (line, texts of locals), or (None, None) if unknown."""
    code = getattr(function, "__code__", None)
    step = getattr(error, "__traceback__", None)
    while code is not None and step is not None:
        if step.tb_frame.f_code == code:  # not "is": Brython makes a new code object at each access
            variables = step.tb_frame.f_locals
            shown = {}
            for name in sorted(variables)[:MOST_LOCALS]:
                text = show(variables[name])
                if not text.startswith("<module "):  # a module that the case imported does not help a reader
                    shown[name] = text
            return step.tb_lineno, shown
        step = step.tb_next
    return None, None


def last_line(function, call):
    """The last line of the body of ``function`` that one more ``call`` reaches, or None if that cannot be seen."""
    code = getattr(function, "__code__", None)
    lines = []

    def trace(frame, event, argument):
        if frame.f_code == code:
            lines.append(frame.f_lineno)
            return trace

    try:
        earlier = sys.gettrace()
        sys.settrace(trace)
    except AttributeError:
        return None
    try:
        call()
    except BaseException:
        pass
    sys.settrace(earlier)
    return lines[-1] if lines else None


def judge(function, arguments, asynchronous, allowed, run, end):
    """Call the case, and drive it with ``run`` if it is a coroutine function. Returns the outcome as a dictionary.

    A case that came to its end returns ``end`` and what its body returns. Whatever else it returns is no pass.
    """
    report = {"verdict": "pass", "message": None, "line": None, "locals": None, "observed": None, "end": None}

    def call():
        result = function(**arguments)
        return run(result) if asynchronous else result

    try:
        result = call()
        if type(result) is not tuple or len(result) != 2 or result[0] != end:
            report["verdict"] = "fail"
            report["message"] = "ended before its end"
            report["line"] = last_line(function, call)
            return report
        report["end"], result = result
        if allowed:
            report["observed"] = result if isinstance(result, str) else show(result)
            if result not in allowed:
                report["observed"] = cut(report["observed"])
                report["verdict"] = "fail"
                report["message"] = cut("an outcome that no document allows: " + report["observed"])
    except BaseException as error:
        report["verdict"] = "fail"
        report["message"] = describe(error)
        report["line"], report["locals"] = place(error, function)
    return report
