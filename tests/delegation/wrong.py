"""The wrong expansions: each one is the text of the expansion with a small change."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    """A wrong expansion. ``does`` completes the sentence "A Python that ..."; ``changes`` are (old, new) texts."""

    name: str
    does: str
    changes: tuple[tuple[str, str], ...]

    def changed(self, text: str) -> str:
        """The text of the expansion with the changes. Raises ValueError unless each old text occurs exactly once."""
        for old, new in self.changes:
            if text.count(old) != 1:
                raise ValueError(f"{self.name}: {old!r} occurs {text.count(old)} times")
            text = text.replace(old, new)
        return text.replace(_INSTALLATION, f"{_MORE}\n{_INSTALLATION}")


#: What some wrong expansions call, and the line of the expansion that it comes before.
_MORE = """
class Nothing(BaseException):
    pass


def one_step(awaitable):
    try:
        awaitable.__await__().send(None)
    except StopIteration:
        return
    raise RuntimeError("it suspends")


class Apart:
    def __init__(self, awaitable):
        self.awaitable = awaitable

    def __await__(self):
        import contextvars

        async def steps():
            return await self.awaitable

        context, steps = contextvars.copy_context(), steps()
        method, argument = steps.send, None
        while True:
            try:
                item = context.run(method, argument)
            except StopIteration as stop:
                return stop.value
            try:
                method, argument = steps.send, (yield item)
            except BaseException as error:
                method, argument = steps.throw, error


Pep828.Apart = Apart
Pep828.Nothing = Pep828.Returned = Nothing
Pep828.one_step = one_step
Pep828.exact_exit = lambda: GeneratorExit if sys.exc_info()[0] is GeneratorExit else Nothing
"""
_INSTALLATION = "builtins.__pep828__ = Pep828\n"


def _wrong(name: str, does: str, *texts: str) -> Wrong:
    """``texts`` are old, new, old, new and so on."""
    return Wrong(name, does, tuple(zip(texts[::2], texts[1::2], strict=True)))


# Lines of the expansion that stand in it more than once are found by those around them.
_FIRST = """        ITEM = await PEP828.anext(ITERATOR)
    except PEP828.StopAsyncIteration as STOP:
        RESULT = STOP.value
    else:"""
_NEXT = """                    if RECEIVED is None:
                        ITEM = await PEP828.anext(ITERATOR)
"""
_SENT = """                        ITEM = await ITERATOR.asend(RECEIVED)
                except PEP828.StopAsyncIteration as STOP:
                    RESULT = STOP.value
                    break
"""
_CLOSED = """                else:
                    await METHOD()
                raise EXIT
"""
_NO_ACLOSE = """                except PEP828.AttributeError:
                    pass
"""
_THROWN = """                    try:
                        ITEM = await METHOD(ERROR)
                    except PEP828.StopAsyncIteration as STOP:
                        RESULT = STOP.value
                        break
"""
_NO_ATHROW = """                except PEP828.AttributeError:
                    raise ERROR from None
"""

#: What is wrong with the subiterator, its items and its end.
ITEMS = (
    _wrong("operand-itself", "does not call aiter()", "PEP828.aiter(OPERAND)", "OPERAND"),
    _wrong("aiter-again", "calls aiter() of the subiterator too", "aiter(OPERAND)", "aiter(PEP828.aiter(OPERAND))"),
    _wrong("aiter-of-instance", "looks __aiter__ up on the instance", "PEP828.aiter(OPERAND)", "OPERAND.__aiter__()"),
    _wrong(
        "aiter-ends",
        "takes a StopAsyncIteration of aiter() for the end of the subiterator",
        "    ITERATOR = PEP828.aiter(OPERAND)\n    try:\n",
        "    try:\n        ITERATOR = PEP828.aiter(OPERAND)\n",
    ),
    _wrong("anext-of-instance", "looks __anext__ up on the instance", _FIRST, _FIRST.replace("PEP828.anext(ITERATOR)", "ITERATOR.__anext__()")),
    _wrong("anext-not-awaited", "takes the first awaitable for an item", _FIRST, _FIRST.replace("await ", "")),
    _wrong("next-not-awaited", "takes a later awaitable for an item", _NEXT, _NEXT.replace("await ", "")),
    _wrong("falsy-items", "yields None in place of an item that is false", "yield ITEM", "yield ITEM or None"),
    _wrong("yields-at-the-end", "yields once more at the end of a delegation", "RESULT = STOP.value\n    else:", "RESULT = STOP.value\n        yield None\n    else:"),
    _wrong("first-result-lost", "loses the result of a subiterator without items", _FIRST, _FIRST.replace("STOP.value", "None")),
    _wrong("last-result-lost", "loses the result after an item", _SENT, _SENT.replace("STOP.value", "None")),
    _wrong("falsy-result", "gives None in place of a result that is false", _SENT, _SENT.replace("STOP.value", "STOP.value or None")),
    _wrong("result-of-arguments", "takes the first argument for the result", _FIRST, _FIRST.replace("STOP.value", "STOP.args[0] if STOP.args else None")),
    _wrong("result-is-the-stop", "gives the StopAsyncIteration as the result", _SENT, _SENT.replace("STOP.value", "STOP")),
    _wrong("exact-stop", "ends only by the class StopAsyncIteration itself", _FIRST, _FIRST.replace("RESULT =", "if type(STOP) is not PEP828.StopAsyncIteration: raise\n        RESULT =")),
    _wrong("all-ends", "takes any exception of the first __anext__() for the end", _FIRST, _FIRST.replace("StopAsyncIteration as STOP", "BaseException").replace("STOP.value", "None")),
    _wrong("asks-again", "asks a subiterator that has ended once more", _SENT, _SENT.replace("RESULT =", "try: await PEP828.anext(ITERATOR)\n                    except PEP828.BaseException: pass\n                    RESULT =")),
    _wrong("closes-at-the-end", "closes the subiterator when it has ended", "finally:\n    ITERATOR =", "finally:\n    try: FINISHED = ITERATOR\n    except PEP828.Exception: FINISHED = None\n    if hasattr(FINISHED, 'aclose'): await FINISHED.aclose()\n    ITERATOR ="),
    _wrong("kept", "keeps the subiterator until the generator ends", "ITERATOR = ITEM = RECEIVED = METHOD = None", "ITEM = RECEIVED = None"),
)  # fmt: skip
#: What is wrong with values that are sent.
SENDING = (
    _wrong("equal-to-none", "compares the sent value with == None", "RECEIVED is None", "RECEIVED == None"),
    _wrong("falsy-not-sent", "sends nothing that is false", "if RECEIVED is None", "if not RECEIVED"),
    _wrong("always-asend", "calls asend(None) in place of __anext__()", "if RECEIVED is None", "if False"),
    _wrong("never-asend", "calls __anext__() in place of asend()", "if RECEIVED is None", "if True"),
    _wrong("none-is-sent", "sends None in place of the value", "asend(RECEIVED)", "asend(None)"),
    _wrong("tuple-is-spread", "sends a tuple as several arguments", "asend(RECEIVED)", "asend(*(RECEIVED if type(RECEIVED) is tuple else [RECEIVED]))"),
    _wrong("sent-not-awaited", "takes the awaitable of asend() for an item", _SENT, _SENT.replace("await ", "")),
    _wrong("asend-of-type", "looks asend up on the type", "ITERATOR.asend(RECEIVED)", "type(ITERATOR).asend(ITERATOR, RECEIVED)"),
    _wrong("without-asend-next", "drops a value that a subiterator without asend is sent", "if RECEIVED is None", "if RECEIVED is None or not hasattr(ITERATOR, 'asend')"),
    _wrong("without-asend-closes", "closes a subiterator without asend that is sent a value", "                    else:\n                        ITEM = await ITERATOR.asend", "                    else:\n                        if not hasattr(ITERATOR, 'asend') and hasattr(ITERATOR, 'aclose'): await ITERATOR.aclose()\n                        ITEM = await ITERATOR.asend"),
    _wrong("asend-ends-nothing", "lets a StopAsyncIteration of asend() out", _SENT, _SENT.replace("RESULT =", "if RECEIVED is not None: raise\n                    RESULT =")),
    _wrong("send-then-next", "asks for another item after each sent value", _SENT, _SENT.replace("asend(RECEIVED)\n", "asend(RECEIVED)\n                        ITEM = await PEP828.anext(ITERATOR)\n")),
    _wrong("value-kept", "gives the value that ended the subiterator to the next yield", _SENT, _SENT.replace("break", "yield RECEIVED\n                    break")),
    _wrong("value-twice", "passes a value on until another one is sent", "RECEIVED = yield ITEM", "RECEIVED = (yield ITEM) or locals().get('RECEIVED_BEFORE'); RECEIVED_BEFORE = RECEIVED"),
)  # fmt: skip
#: What is wrong with exceptions that are thrown.
THROWING = (
    _wrong("only-exceptions", "delegates only what is an Exception", "except PEP828.BaseException as ERROR", "except PEP828.Exception as ERROR"),
    _wrong("athrow-class", "throws the class in place of the instance", "METHOD(ERROR)", "METHOD(type(ERROR))"),
    _wrong("athrow-three", "throws with three arguments", "METHOD(ERROR)", "METHOD(type(ERROR), ERROR, ERROR.__traceback__)"),
    _wrong("athrow-copy", "throws another instance", "METHOD(ERROR)", "METHOD(type(ERROR)(*ERROR.args))"),
    _wrong("athrow-not-awaited", "takes the awaitable of athrow() for an item", _THROWN, _THROWN.replace("await ", "")),
    _wrong("athrow-then-next", "drops the answer to an exception", _THROWN, _THROWN.replace("METHOD(ERROR)\n", "METHOD(ERROR)\n                        ITEM = await PEP828.anext(ITERATOR)\n")),
    _wrong("athrow-result-lost", "loses the result if athrow() ends the subiterator", _THROWN, _THROWN.replace("STOP.value", "None")),
    _wrong("athrow-ends-nothing", "lets a StopAsyncIteration of athrow() out", _THROWN, _THROWN.replace("RESULT = STOP.value", "raise")),
    _wrong("athrow-ends-all", "takes any exception of athrow() for the end", _THROWN, _THROWN.replace("StopAsyncIteration as STOP", "Exception as STOP").replace("STOP.value", "None")),
    _wrong("athrow-of-type", "looks athrow up on the type", "METHOD = ITERATOR.athrow", "METHOD = type(ITERATOR).athrow.__get__(ITERATOR)"),
    _wrong("never-athrow", "never calls athrow()", "METHOD = ITERATOR.athrow", "raise PEP828.AttributeError"),
    _wrong("throw", "calls throw() of the subiterator", "METHOD = ITERATOR.athrow", "METHOD = ITERATOR.throw"),
    _wrong("throw-too", "calls throw() of a subiterator without athrow", "METHOD = ITERATOR.athrow", "METHOD = getattr(ITERATOR, 'athrow', None) or ITERATOR.throw"),
    _wrong("athrow-error-lost", "takes any error of the look-up of athrow for a missing one", _NO_ATHROW, _NO_ATHROW.replace("AttributeError", "BaseException")),
    _wrong("athrow-attribute-error", "takes an AttributeError of athrow() for a missing athrow", _THROWN, _THROWN.replace("                    except", "                    except PEP828.AttributeError:\n                        raise ERROR\n                    except", 1)),
    _wrong("without-athrow-attribute-error", "raises AttributeError if athrow is missing", "raise ERROR from None", "raise"),
    _wrong("without-athrow-closes", "closes a subiterator without athrow", "raise ERROR from None", "if hasattr(ITERATOR, 'aclose'): await ITERATOR.aclose()\n                    raise ERROR from None"),
    _wrong("without-athrow-lost", "loses the exception if athrow is missing", "raise ERROR from None", "continue"),
    _wrong("thrown-stop-ends", "takes a thrown StopAsyncIteration for the end if athrow is missing", "raise ERROR from None", "if isinstance(ERROR, PEP828.StopAsyncIteration):\n                        RESULT = ERROR.value\n                        break\n                    raise ERROR from None"),
    _wrong("closes-and-throws", "closes the subiterator before it throws", "                    try:\n                        ITEM = await METHOD(ERROR)", "                    try:\n                        await ITERATOR.aclose()\n                        ITEM = await METHOD(ERROR)"),
    _wrong("thrown-context", "leaves the failed look-up of throw() as the context of what is thrown", _THROWN, _THROWN.replace("                    try:\n", "                    if not hasattr(ITERATOR, 'throw'): ERROR.__context__ = PEP828.AttributeError('throw')\n                    try:\n", 1)),
    _wrong("look-up-without-context", "loses the thrown exception if the look-up of athrow raises another one", "METHOD = ITERATOR.athrow", "try: METHOD = ITERATOR.athrow\n                    except PEP828.AttributeError: raise\n                    except PEP828.Exception as FAILED:\n                        FAILED.__context__ = None\n                        raise"),
    _wrong("exit-as-answer-closes", "closes a subiterator that answers with GeneratorExit", _THROWN, _THROWN + "                    except PEP828.GeneratorExit:\n                        if hasattr(ITERATOR, 'aclose'): await ITERATOR.aclose()\n                        raise\n"),
)  # fmt: skip
#: What is wrong with closing.
CLOSING = (
    _wrong("never-aclose", "never calls aclose()", "METHOD = ITERATOR.aclose", "raise PEP828.AttributeError"),
    _wrong("close", "calls close() of the subiterator", "METHOD = ITERATOR.aclose", "METHOD = ITERATOR.close"),
    _wrong("close-too", "calls close() of a subiterator without aclose", _NO_ACLOSE, _NO_ACLOSE.replace("pass", "if hasattr(ITERATOR, 'close'): ITERATOR.close()")),
    _wrong("aclose-not-awaited", "does not await aclose()", _CLOSED, _CLOSED.replace("await METHOD()", "METHOD()")),
    _wrong("aclose-synchronous", "runs aclose() only until its first suspension", _CLOSED, _CLOSED.replace("await METHOD()", "PEP828.one_step(METHOD())")),
    _wrong("aclose-argument", "calls aclose() with the exception", _CLOSED, _CLOSED.replace("METHOD()", "METHOD(EXIT)")),
    _wrong("aclose-twice", "calls aclose() twice", _CLOSED, _CLOSED.replace("await METHOD()", "await METHOD()\n                    await METHOD()")),
    _wrong("aclose-gives-result", "takes the result of aclose() for the result", _CLOSED, _CLOSED.replace("await METHOD()", "RESULT = await METHOD()\n                    break")),
    _wrong("aclose-ends", "takes a StopAsyncIteration of aclose() for the end", _CLOSED, _CLOSED.replace("await METHOD()", "try: await METHOD()\n                    except PEP828.StopAsyncIteration as STOP:\n                        RESULT = STOP.value\n                        break")),
    _wrong("aclose-error-lost", "loses an exception of aclose()", _CLOSED, _CLOSED.replace("await METHOD()", "try: await METHOD()\n                    except PEP828.Exception: pass")),
    _wrong("aclose-attribute-error", "loses an AttributeError of aclose()", _CLOSED, _CLOSED.replace("await METHOD()", "try: await METHOD()\n                    except PEP828.AttributeError: pass")),
    _wrong("aclose-look-up-lost", "takes any error of the look-up of aclose for a missing one", _NO_ACLOSE, _NO_ACLOSE.replace("AttributeError", "BaseException")),
    _wrong("without-aclose-error", "raises AttributeError if aclose is missing", _NO_ACLOSE, _NO_ACLOSE.replace("pass", "raise")),
    _wrong("without-aclose-athrow", "throws GeneratorExit into a subiterator without aclose", _NO_ACLOSE, _NO_ACLOSE.replace("pass", "if hasattr(ITERATOR, 'athrow'): await ITERATOR.athrow(EXIT)")),
    _wrong("exit-lost", "goes on after the subiterator is closed", "                raise EXIT\n", "                RESULT = None\n                break\n"),
    _wrong("exit-copy", "raises another GeneratorExit after the subiterator is closed", "raise EXIT\n", "raise PEP828.GeneratorExit\n"),
    _wrong("exit-is-thrown", "throws GeneratorExit by athrow()", "except PEP828.GeneratorExit as EXIT", "except PEP828.Nothing as EXIT"),
    _wrong("exit-exactly", "throws what is derived from GeneratorExit by athrow()", "            except PEP828.GeneratorExit as EXIT", "            except PEP828.exact_exit() as EXIT"),
    _wrong("all-close", "closes the subiterator for every exception", "except PEP828.GeneratorExit as EXIT", "except PEP828.BaseException as EXIT"),
    _wrong("aclose-of-type", "looks aclose up on the type", "METHOD = ITERATOR.aclose", "METHOD = type(ITERATOR).aclose.__get__(ITERATOR)"),
    _wrong("exit-shared", "throws its own GeneratorExit into an asynchronous generator", _CLOSED, _CLOSED.replace("await METHOD()", "if not hasattr(ITERATOR, 'ag_frame'): await METHOD()\n                    else:\n                        try: await ITERATOR.athrow(EXIT)\n                        except (PEP828.StopAsyncIteration, PEP828.GeneratorExit): pass\n                        await METHOD()")),
    _wrong("await-closes", "calls aclose() for a GeneratorExit that arrives while it awaits an item", _NEXT, _NEXT.replace("ITEM = await PEP828.anext(ITERATOR)", "try: ITEM = await PEP828.anext(ITERATOR)\n                        except PEP828.GeneratorExit:\n                            if hasattr(ITERATOR, 'aclose'): await ITERATOR.aclose()\n                            raise")),
)  # fmt: skip
_NOTE = "ENDING[thread] = id(sys._getframe(1).f_back), value"
#: What is wrong with return values.
RETURNING = (
    _wrong("return-lost", "returns None from every asynchronous generator", "    PEP828.leave(RETURNED)", "    PEP828.leave(None)"),
    _wrong("return-falsy-lost", "loses a returned value that is false", "    if value is not None:\n        ENDING", "    if value:\n        ENDING"),
    _wrong("return-tuple-spread", "spreads a returned tuple over the arguments", "    return (value,)", "    return value if type(value) is tuple else (value,)"),
    _wrong("return-stop-raised", "raises a StopAsyncIteration that is returned", "    PEP828.leave(RETURNED)", "    if isinstance(RETURNED, PEP828.StopAsyncIteration): raise RETURNED\n    PEP828.leave(RETURNED)"),
    _wrong("return-called", "calls a returned class", _NOTE, _NOTE.replace(", value", ", value() if isinstance(value, type) else value")),
    _wrong("return-raised", "lets handlers and managers of the body see a return", "    BODY\n", "    try:\n        BODY\n    except PEP828.Returned:\n        return\n", "            node.value = None\n            return self.placed([*before, noted, node], node)", "            node.value = None\n            node = statements('raise __pep828__.Returned')[0]\n            return self.placed([*before, noted, node], node)"),
    _wrong("return-again", "delivers a returned value more than once", "    del ENDING[thread]\n", ""),
    _wrong("return-not-replaced", "keeps a returned value that a bare return of finally replaces", "noted = store(\"_pep828_returned\", node.value or ast.Constant(None))", "noted = store(\"_pep828_returned\", node.value or load(\"_pep828_returned\"))"),
    _wrong("return-not-discarded", "keeps a returned value that break in finally discards", "    BODY\n    RETURNED = None\n", "    BODY\n"),
    _wrong("stop-of-body-ends", "takes a StopAsyncIteration that the body raises for its end", "except PEP828.BaseException:\n    RETURNED = None\n    raise", "except PEP828.StopAsyncIteration as STOP_OF_BODY:\n    RETURNED = STOP_OF_BODY.value\nexcept PEP828.BaseException:\n    RETURNED = None\n    raise", "        return sys.version_info < (3, 12) or any", "        return True or any"),
)  # fmt: skip
_VALUE = "    self.__dict__[VALUE] = arguments[0] if arguments else None"
_PROPERTY = "value=property(get_value, set_value, delete_value)"
_SHORTCUT = "    pointer(StopAsyncIteration, SHORTCUT).value = None\n"
#: Where a type has the pointer to its ``__str__()``: one that is defined in Python calls that of the type.
_SHOWN = """    Model.__str__ = lambda self: ""
    pointer(StopAsyncIteration, 136).value = pointer(Model, 136).value
"""
#: What is wrong with StopAsyncIteration.
STOP = (
    _wrong("last-argument", "takes the last argument for the value", _VALUE, _VALUE.replace("[0]", "[-1]")),
    _wrong("all-arguments", "takes several arguments together for the value", _VALUE, _VALUE.replace("arguments[0] if arguments", "(arguments[0] if len(arguments) == 1 else arguments) if arguments")),
    _wrong("arguments-as-value", "has the arguments as the value", _VALUE, _VALUE.replace("arguments[0]", "arguments")),
    _wrong("no-value-without-argument", "has no value without an argument", "    return self.__dict__.get(VALUE)", "    if not self.args: raise AttributeError('value')\n    return self.__dict__.get(VALUE)"),
    _wrong("value-of-args", "computes the value from args each time", "    return self.__dict__.get(VALUE)", "    return self.__dict__.get(VALUE) if self.__dict__.get(VALUE) is None else (self.args or [None])[0]"),
    _wrong("value-read-only", "does not let the value be assigned", _PROPERTY, "value=property(get_value)"),
    _wrong("value-sets-args", "changes args with the value", "def set_value(self, value):\n", "def set_value(self, value):\n    self.args = (value,)\n"),
    _wrong("value-not-deleted", "does not let the value be deleted", _PROPERTY, "value=property(get_value, set_value)"),
    _wrong("value-shown", "shows the value in str()", _PROPERTY, _PROPERTY + ", __str__=lambda self: 'value: %r' % (self.value,)", _SHORTCUT, _SHORTCUT + _SHOWN),
    _wrong("value-once", "does not set the value again", _VALUE, _VALUE.replace("self.__dict__[VALUE] = arguments[0] if arguments else None", "self.__dict__.setdefault(VALUE, arguments[0] if arguments else None)")),
    _wrong("value-pickled", "pickles a value that was assigned", "if name != VALUE} for", "} for"),
    _wrong("value-by-name", "takes the value as a keyword argument", "    arguments = arguments or ending()\n", "    arguments = arguments or tuple(named.values()) or ending()\n    named = {}\n"),
)  # fmt: skip
_FIRST_ANEXT = _FIRST.replace("await PEP828.anext(ITERATOR)", "await PEP828.Apart(PEP828.anext(ITERATOR))")
_PLACED = "                        ast.copy_location(inner, node)"
#: What is wrong with what is seen of a delegation from outside.
SEEN = (
    _wrong("context-apart", "runs the inner body in a context of its own", _FIRST, _FIRST_ANEXT),
    _wrong("other-line", "has the statement before on the line of the delegation", _PLACED, _PLACED + "\n                        inner.lineno = max(1, node.lineno - 1)"),
)  # fmt: skip
_PARSED = '    elif isinstance(source, str) and "async" in source:\n'
_TREE = "        tree = copy.deepcopy(source)\n"
_EXPANDED = "    return Rewriter().tree(tree) if concerns(tree) else source\n"
#: What is wrong with the syntax.
SYNTAX = (
    _wrong("async-yield-from", "takes async yield from, too", _PARSED, _PARSED + "        source = source.replace('async yield from', 'yield from')\n"),
    _wrong("not-from-a-tree", "refuses a tree with the syntax", _TREE, "        return source\n"),
    _wrong("warns", "warns about the syntax", _EXPANDED, "    if concerns(tree): __import__('warnings').warn_explicit('it is new', SyntaxWarning, filename, 1)\n" + _EXPANDED),
)  # fmt: skip
WRONG = (*ITEMS, *SENDING, *THROWING, *CLOSING, *RETURNING, *STOP, *SEEN, *SYNTAX)
