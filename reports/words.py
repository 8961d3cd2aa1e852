"""Everyday words for what the suite says in the terms of the language reference.

The search of the site finds a behaviour by these words too. A row gives the words that people type, and a pattern: the
behaviours whose sentence, name or code has it get the words. ``in_code`` is for what stands in the code alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from conformance.behaviour import Behaviour
from conformance.program import body


@dataclass(frozen=True)
class Everyday:
    """Words that people type, and the patterns of the sentences and of the code that they stand for."""

    words: str
    sentence: str = ""
    in_code: str = ""

    def fits(self, behaviour: Behaviour) -> bool:
        """Whether the words stand for what the behaviour is about."""
        told = f"{behaviour.sentence} {behaviour.function.__name__.replace('_', ' ')}"
        if self.sentence and re.search(self.sentence, told, re.IGNORECASE):
            return True
        return bool(self.in_code) and re.search(self.in_code, body(behaviour).text) is not None


EVERYDAY = (
    Everyday("cancel cancelled cancellation abort kill task", r"cancel", r"CancelledError|\.cancel\(\)"),
    Everyday("timeout wait_for deadline", r"timeout|wait_for|cancel", r"wait_for|timeout\("),
    Everyday("default fallback second argument", r"default", r"anext\([^)]*,"),
    Everyday("close while running busy concurrent in use twice at once", r"(aclose|close).*(running|suspended|while)"),
    Everyday(
        "already running concurrently simultaneous parallel two tasks workers",
        r"already running|while another|in flight|second operation|overlap",
    ),
    Everyday(
        "leak garbage collected gc del forgotten never closed abandoned not finished",
        r"collect|finalizer|garbage|unreachable|dropped",
        r"gc\.collect",
    ),
    Everyday("cleanup clean up tear down resource finally executed runs", r"finally|aclose|finalizer"),
    Everyday(
        "event loop shutdown exit end of program asyncio.run",
        r"shutdown|asyncio\.run|loop (is )?clos",
        r"shutdown_asyncgens|asyncio\.run",
    ),
    Everyday(
        "break early exit stop leave loop half consumed partially",
        r"break|leav(es|ing)|before its end|half",
        r"\bbreak\b",
    ),
    Everyday(
        "exhausted finished completed done ended after the end used up",
        r"finished|exhausted|closed|ended|StopAsyncIteration",
    ),
    Everyday(
        "never started fresh unstarted new not iterated first",
        r"unstarted|never started|not started|before its start|has not begun|created",
    ),
    Everyday("send value into push pass data receive prime", r"asend"),
    Everyday("throw raise inject exception into", r"athrow"),
    Everyday(
        "ignore swallow suppress catch GeneratorExit yield in finally",
        r"ignor|yields? (again )?(after|while)|catches GeneratorExit|swallow",
        r"except GeneratorExit",
    ),
    Everyday(
        "deprecated old signature three arguments type value traceback",
        r"deprecat|three arguments|type, value|old form",
    ),
    Everyday("list set dict comprehension inside nested", r"comprehension"),
    Everyday("generator expression", r"generator expression"),
    Everyday(
        "not iterable cannot iterate plain for loop unpack star list()",
        r"synchronous|not iterable|unpack|plain|for loop|TypeError",
        r"rejects|raises\(TypeError\)",
    ),
    Everyday(
        "cannot await the generator itself can't be used in await expression object",
        r"await(ed|ing)? .*generator|not awaitable|cannot be awaited",
    ),
    Everyday("yield from delegate delegation sub-generator inner forward emulate", r"yield from|delegat"),
    Everyday("return a value result from generator", r"return"),
    Everyday("if False yield unreachable dead code make empty generator", r"unreachable|never reached|yield .*makes"),
    Everyday(
        "coroutine without yield returns instead remove the yield",
        r"without (a )?yield|no yield|yield in its own scope",
    ),
    Everyday("copy pickle deepcopy serialize", r"pickle|cop(y|ied)"),
    Everyday(
        "type hint annotation typing mypy pyright AsyncIterator AsyncGenerator",
        r"typing|annotation|generic|collections\.abc",
    ),
    Everyday("inspect state is it running suspended check introspect", r"inspect|ag_running|ag_await|ag_frame|state"),
    Everyday("detect recognise isasyncgenfunction wrapper decorator partial", r"isasyncgen|partial|decorat"),
    Everyday(
        "debugger trace profile coverage line events breakpoint monitoring", r"trace|profil|monitoring|line event"
    ),
    Everyday("traceback stack trace frame line number", r"traceback|frame"),
    Everyday("warning never awaited unawaited forgot await", r"never awaited|warning|RuntimeWarning"),
    Everyday(
        "context variable contextvar ContextVar reset token different context", r"context", r"contextvars|ContextVar"
    ),
    Everyday(
        "contextmanager asynccontextmanager with statement decorator didn't yield didn't stop",
        r"contextmanager",
        r"asynccontextmanager",
    ),
    Everyday("aclosing close automatically with", r"aclosing", r"aclosing"),
    Everyday("exception lost chained cause context during handling", r"__context__|__cause__|chain"),
    Everyday("hook set_asyncgen_hooks firstiter finalizer install", r"hook"),
    Everyday("thread another thread multithreading", r"thread"),
    Everyday(
        "syntax error not allowed illegal outside async function forbidden",
        r"SyntaxError|refuse|not allowed|forbidden|outside",
    ),
    Everyday("lambda class body module level scope", r"lambda|class|module"),
    Everyday("__aiter__ must be plain not async requires coroutine", r"__aiter__"),
    Everyday(
        "reuse the awaitable twice await again cannot reuse", r"awaited again|already awaited|reuse|second (time|await)"
    ),
    Everyday("create_task ensure_future gather schedule wrap", r"task|gather", r"create_task|ensure_future|gather"),
    Everyday("crash segfault memory deep recursion", r"recursion|deep|memory"),
    Everyday("free-threaded nogil no-GIL", r"thread"),
    Everyday("stop iteration StopIteration RuntimeError raised inside body", r"StopIteration|StopAsyncIteration"),
    Everyday("order sequence which first", r"order|sequence"),
    Everyday("name __name__ __qualname__ rename repr", r"__name__|__qualname__|repr"),
)


def everyday(behaviour: Behaviour) -> str:
    """The everyday words for a behaviour, with spaces between."""
    return " ".join(row.words for row in EVERYDAY if row.fits(behaviour))
