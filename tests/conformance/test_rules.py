"""The rules that every behaviour must follow, checked on all behaviours."""

from __future__ import annotations

import ast
import builtins
import json
import re
import shutil
import subprocess
import symtable
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from conformance.behaviour import LEVELS, NEWEST, OLDEST, Behaviour, Version, parse_version
from conformance.catalogue import AREAS, load
from conformance.program import ROOT, body, cases, find_case, script, travelling
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525EXAMPLES, REFERENCE, WHATSNEW, Section, documents

BEHAVIOURS = list(load().values())
#: Prefix → its module, or its folder of modules. Look here for the place of a behaviour.
HOUSE = {
    "PRO": "protocol/test_object",
    "AWT": "protocol/awaitables",
    "FOR": "consumption/test_async_for",
    "CMP": "consumption/comprehensions",
    "BLT": "consumption/builtins",
    "REJ": "consumption/test_rejections",
    "LIB": "consumption/test_library",
    "SND": "bidirection/test_asend",
    "THR": "bidirection/athrow",
    "CLS": "bidirection/test_aclose",
    "EXC": "bidirection/test_exceptions",
    "RUN": "bidirection/test_concurrency",
    "EQV": "bidirection/test_equivalence",
    "SYN": "constraints/syntax",
    "LPB": "constraints/test_event_loop",
    "YFR": "delegation/yield_from",
    "YFT": "delegation/test_throwing",
    "YFC": "delegation/closing",
    "RTV": "delegation/test_returns",
    "SAI": "delegation/test_stop_value",
    "YFX": "delegation/test_context",
    "HOK": "lifecycle/hooks",
    "GCF": "lifecycle/collection",
    "SHD": "lifecycle/test_shutdown",
    "WRN": "lifecycle/test_warnings",
    "TYP": "introspection/test_type",
    "ATR": "introspection/test_attributes",
    "ABC": "introspection/test_abc",
    "INS": "introspection/test_inspect",
    "TPG": "introspection/test_typing",
    "TRB": "introspection/test_tracebacks",
    "CVR": "context/test_contextvars",
    "XIN": "context/test_exc_info",
    "TRC": "context/test_tracing",
    "NST": "context/test_nesting",
    "FRM": "context/test_forms",
}
#: Built-in names that only newer Pythons have.
NEWER_BUILTINS = {
    "aiter",
    "anext",
    "BaseExceptionGroup",
    "ExceptionGroup",
    "EncodingWarning",
    "PythonFinalizationError",
}
PRELUDE_NAMES = {
    node.name
    for node in ast.parse(travelling("prelude")).body
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
}

#: Name → source of each module of the agent: every file in the folder ``inside``.
INSIDE = {
    path.stem: path.read_text(encoding="utf-8")
    for path in ROOT.glob("runners/**/inside/*.py")
    if path.stem != "__init__"
}


def _travelling() -> dict[str, str]:
    """Name → source of all modules sent into interpreters: the agent, and the arguments of :func:`travelling`."""
    sources = [path.read_text("utf-8") for path in (*ROOT.glob("conformance/*.py"), *ROOT.glob("runners/**/*.py"))]
    trees = [ast.parse(source) for source in sources if f"{travelling.__name__}(" in source]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {ast.literal_eval(call.args[0]) for call in calls if ast.unparse(call.func) == travelling.__name__}
    return {**{name: travelling(name) for name in sorted(names)}, **INSIDE}


TRAVELLING = _travelling()


@cache
def _tree(entry: Behaviour) -> ast.FunctionDef | ast.AsyncFunctionDef:
    """The function of a behaviour. It is parsed when a test needs it: each worker imports this module."""
    tree = ast.parse(body(entry).original).body[0]
    assert isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef)
    return tree


def _names(entry: Behaviour) -> set[str]:
    """The names that a body reads or writes."""
    return {node.id for node in ast.walk(_tree(entry)) if isinstance(node, ast.Name)}


def _of_asyncio(entry: Behaviour) -> set[str]:
    """The names of ``asyncio`` that a body uses as its attributes."""
    attributes = [node for node in ast.walk(_tree(entry)) if isinstance(node, ast.Attribute)]
    return {node.attr for node in attributes if isinstance(node.value, ast.Name) and node.value.id == "asyncio"}


def _imports(entry: Behaviour) -> set[str]:
    """The packages that a body imports from."""
    found = set()
    for node in ast.walk(_tree(entry)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def test_each_stands_in_the_module_of_its_prefix() -> None:
    """Each behaviour is in the module, or in the folder of modules, that ``HOUSE`` gives for its prefix."""
    wrong = {entry.id: entry.module for entry in BEHAVIOURS if HOUSE[entry.prefix] not in _places(Path(entry.module))}

    assert wrong == {}


def test_modules_and_areas_are_those_of_the_house() -> None:
    """Each module of behaviours belongs to one prefix, each place in ``HOUSE`` exists, and each area is a folder."""
    modules = [path.relative_to(ROOT) for path in sorted(ROOT.glob("conformance/**/test_*.py"))]
    owned = [[place for place in HOUSE.values() if place in _places(module)] for module in modules]

    assert [module for module, places in zip(modules, owned, strict=True) if len(places) != 1] == []
    assert {place for places in owned for place in places} == set(HOUSE.values())
    assert {module.parts[1] for module in modules} == set(AREAS)


def _places(module: Path) -> tuple[str, str]:
    """The two values that ``HOUSE`` may have for the prefix of a module: the module itself, or its folder."""
    inside = module.relative_to("conformance")
    return inside.with_suffix("").as_posix(), inside.parent.as_posix()


def test_no_module_is_too_long_to_be_read() -> None:
    """No Python file of the project has more than 1500 lines."""
    files = [
        path for folder in ("conformance", "runners", "reports", "tests") for path in ROOT.glob(f"{folder}/**/*.py")
    ]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}

    assert {name: length for name, length in lengths.items() if length > 1500} == {}


def test_versions_are_in_order() -> None:
    """``since`` is not later than ``until``, and both are versions that the suite knows."""
    wrong = [entry.id for entry in BEHAVIOURS if not OLDEST <= entry.since <= (entry.until or NEWEST) <= NEWEST]

    assert wrong == []


def test_eras_have_letters_and_follow_each_other() -> None:
    """The eras of a behaviour have letters in the order of their versions, without gaps between the versions.

    Only a letter that ``docs/not-tested.md`` explains may be left out.
    """
    for number in sorted({entry.number for entry in BEHAVIOURS if entry.id[7:]}):
        eras = sorted((entry for entry in BEHAVIOURS if entry.number == number), key=lambda entry: entry.since)

        assert [entry.id for entry in eras] == sorted(entry.id for entry in eras)
        assert number not in [entry.id for entry in eras]
        for earlier, later in pairwise(eras):
            assert earlier.until is not None
            assert later.since == _after(earlier.until)


def _after(version: Version) -> Version:
    return (version[0], version[1] + 1)


def _unannounced(entries: Iterable[Behaviour]) -> list[str]:
    """The behaviours that end with a version although no source announces a change in the next one.

    The source may be one of the behaviour that takes its place.
    """
    eras = {(entry.number, entry.since): entry for entry in entries}
    found = []
    for entry in eras.values():
        if entry.until is not None:
            later = eras.get((entry.number, _after(entry.until)), entry)
            announced = " ".join(section.announces for section in (*entry.sources, *later.sources)).split()
            if "{}.{}".format(*_after(entry.until)) not in announced:
                found.append(entry.id)
    return found


def test_a_change_is_an_era_only_if_a_document_announces_it() -> None:
    """Where a behaviour ends with a version, a section that it cites announces the change.

    A change that no document announces is the mending of a defect: one behaviour, which the older releases fail.
    """
    assert _unannounced(BEHAVIOURS) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [(WHATSNEW.V38, ["ZZZ-001a"]), (WHATSNEW.V39, []), (ISSUE.BPO_30773, ["ZZZ-001a"])],
    ids=["another version", "that version", "an issue"],
)
@pytest.mark.parametrize("cited_by", ["earlier", "later"])
def test_an_unannounced_change_is_found(source: Section, found: list[str], cited_by: str) -> None:
    """An era is found if neither it nor the next one cites an announcement of the version of the change."""
    entry = replace(BEHAVIOURS[0], id="ZZZ-001a", sources=(), since=(3, 6), until=(3, 8))
    eras = {"earlier": entry, "later": replace(entry, id="ZZZ-001b", since=(3, 9), until=None)}
    eras[cited_by] = replace(eras[cited_by], sources=(source,))

    assert _unannounced(eras.values()) == found


def test_announced_versions_are_versions() -> None:
    """What a section announces are language versions, in order, and an issue or a source file announces nothing."""
    for document in documents():
        for section in document.sections:
            versions = [parse_version(text) for text in section.announces.split()]

            assert versions == sorted(set(versions)), section.id
            assert not versions or document not in (CPYTHON, ISSUE), section.id


def test_an_id_without_a_behaviour_is_explained() -> None:
    """``docs/not-tested.md`` explains exactly the numbers that a prefix leaves out, and the letters of a number."""
    numbers: dict[str, set[int]] = {}
    letters: dict[str, set[str]] = {}
    for entry in BEHAVIOURS:
        numbers.setdefault(entry.prefix, set()).add(int(entry.id[4:7]))
        letters.setdefault(entry.number, set()).add(entry.id[7:])
    gaps = {
        f"{prefix}-{number:03}"
        for prefix, used in numbers.items()
        for number in range(1, max(used) + 1)
        if number not in used
    }
    gaps |= {
        number + letter
        for number, used in letters.items()
        for letter in "abcdef"
        if letter < max(used) and letter not in used
    }
    id = r"[A-Z]{3}-\d{3}[a-z]?"
    rows = re.findall(rf"^\| ({id}(?:, {id})*) \| (.+) \|$", _document("not-tested"), re.MULTILINE)
    explained = [each for ids, _ in rows for each in ids.split(", ")]
    named = {each for _, reason in rows for each in re.findall(id, reason)}

    assert sorted(explained) == sorted(gaps)
    assert sorted(named - {entry.id for entry in BEHAVIOURS}) == []


@pytest.mark.parametrize("name", ["adding-a-behaviour", "baselines", "contested"])
def test_documents_name_behaviours_that_exist(name: str) -> None:
    """An ID in the documentation is in the catalogue, with the letter of its era if it has one."""
    ids = {entry.id for entry in BEHAVIOURS}
    named = set(re.findall(r"\b[A-Z]{3}-\d{3}[a-z]?\b", _document(name))) - {"CLS-021a", "CLS-021b"}

    assert sorted(named - ids) == []


def _document(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def test_every_section_is_cited() -> None:
    """Every section is cited by a behaviour, or names those that show it, and has a unique id, a title and a URL."""
    cited = {section.id for entry in BEHAVIOURS for section in entry.sources}
    sections = [section for document in documents() for section in document.sections]
    uncited = sorted(section.id for section in sections if section.id not in cited and not section.shown_by)

    assert uncited == [PEP525EXAMPLES.S11.id]  # it is about speed
    assert len({section.id for section in sections}) == len(sections)
    assert [s for s in sections if not s.title or not s.url.startswith("https://")] == []


def test_sources_are_known_and_the_first_one_binds() -> None:
    """Every source is a section of ``conformance/sources``, cited once, and the first source is not a tutorial."""
    known = {id(section) for document in documents() for section in document.sections}
    for entry in BEHAVIOURS:
        assert {id(section) for section in entry.sources} <= known, entry.id
        assert entry.sources[0].level is not None, entry.id
        assert len(set(entry.sources)) == len(entry.sources), entry.id


def test_what_counts_is_demanded_by_a_section() -> None:
    """No behaviour has a stronger level than its strongest section: the details of one implementation bind nobody."""
    wrong = []
    for entry in BEHAVIOURS:
        levels = [section.level for section in entry.sources if section.level is not None]
        if LEVELS.index(entry.level) < min(map(LEVELS.index, levels)):
            wrong.append(f"{entry.id} is {entry.level}, and its sections are {sorted(set(levels))}")

    assert wrong == []


def test_what_counts_is_driven_by_a_coroutine() -> None:
    """A behaviour that counts calls no ``send()``, ``throw()`` or ``close()`` of what an operation returned.

    The documents promise an awaitable there, and these methods of coroutines only: ``awaiting()`` makes one.
    """
    wrong = [
        f"{entry.id}: line {line} of its function calls a method of an awaitable; call it of awaiting(…)"
        for entry in BEHAVIOURS
        if entry.level != "detail"
        for line in _drives_an_awaitable(_tree(entry))
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("g.__anext__().send(None)", [1]),
        ("step(g.aclose().throw, KeyError())", [1]),
        ("awaitable = operate(g, operation)\nawaitable.send(None)", [2]),
        ("steps = (g.__anext__() if first else g.asend(1)).__await__()\nsteps.close()", [2]),
        ("consumer = awaiting(g.__anext__())\nconsumer.send(None)", []),
        ("next(g.__anext__().__await__())", []),
        ("waiting.send(None)", []),
    ],
)
def test_a_driven_awaitable_is_found(statement: str, found: list[int]) -> None:
    """A method of an awaitable is found, by its call or by its name, and one of a coroutine is not."""
    assert _drives_an_awaitable(ast.parse(statement)) == found


def _drives_an_awaitable(tree: ast.AST) -> list[int]:
    """The lines that name ``send``, ``throw`` or ``close`` of what an operation of a generator returned."""
    names: set[str] = set()

    def returned(node: ast.AST) -> bool:
        if isinstance(node, ast.IfExp):
            return returned(node.body) or returned(node.orelse)
        if isinstance(node, ast.Name):
            return node.id in names
        if not isinstance(node, ast.Call):
            return False
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr == "__await__":
            return returned(called.value)
        if isinstance(called, ast.Attribute):
            return called.attr in ("__anext__", "asend", "athrow", "aclose")
        return isinstance(called, ast.Name) and called.id == "operate"

    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and returned(node.value):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("send", "throw", "close") and returned(node.value)
    )


def test_docstrings_are_one_sentence() -> None:
    """The first paragraph is one sentence: it begins with a capital or code, and its only full stop is at the end."""
    wrong = []
    for entry in BEHAVIOURS:
        plain = re.sub(r"``.+?``", "code", entry.sentence)
        begins = plain[:1].isupper() or entry.sentence.startswith("``")
        if not begins or not plain.endswith(".") or re.search(r"[.!?]\s+[A-Z]", plain) or len(entry.sentence) > 200:
            wrong.append(f"{entry.id}: {entry.sentence}")

    assert wrong == []


def test_sentences_are_distinct() -> None:
    """No two behaviours have the same sentence."""
    sentences = [entry.sentence for entry in BEHAVIOURS]

    assert sorted({sentence for sentence in sentences if sentences.count(sentence) > 1}) == []


def test_asserts_stand_alone() -> None:
    """Each assert is alone on its lines and has no message, so that it can be made explicit on the same lines."""
    wrong = []
    for entry in BEHAVIOURS:
        lines = body(entry).original.splitlines()
        for found in ast.walk(_tree(entry)):
            if isinstance(found, ast.Assert):
                assert found.end_lineno is not None
                before = lines[found.lineno - 1].encode()[: found.col_offset]
                after = lines[found.end_lineno - 1].encode()[found.end_col_offset :]
                if before.strip() or after.split(b"#")[0].strip() or found.msg is not None:
                    wrong.append(f"{entry.id}: {lines[found.lineno - 1].strip()}")

    assert wrong == []


def test_each_can_fail() -> None:
    """A body has an assert or expects an exception outside of its inner functions, or returns an allowed outcome."""
    wrong = []
    for entry in BEHAVIOURS:
        own = list(_outside_functions(_tree(entry)))
        asserts = any(isinstance(node, ast.Assert) for node in own)
        expects = any(isinstance(node, ast.Call) and ast.unparse(node.func) == "raises" for node in own)
        returns = entry.allowed and any(isinstance(node, ast.Return) for node in own)
        if not (asserts or expects or returns):
            wrong.append(entry.id)

    assert wrong == []


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield child
            yield from _outside_functions(child)


def _unseen(node: ast.AST) -> Iterator[int]:
    """The lines of a nested function in which something is demanded, and after which nothing shows that it was."""
    for function in ast.walk(node):
        if function is node or not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        demands = [
            each.lineno
            for each in ast.walk(function)
            if isinstance(each, ast.Assert)
            or (isinstance(each, ast.With) and any("raises(" in ast.unparse(item) for item in each.items))
        ]
        shown = [
            each.lineno
            for each in ast.walk(function)
            if isinstance(each, ast.Yield)
            or (isinstance(each, ast.Return) and each.value is not None)
            or (isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "append")
        ]
        if demands and max(demands) > max(shown, default=0):
            yield max(demands)


def test_what_a_nested_function_demands_is_seen_by_the_body() -> None:
    """After an assert or ``with raises`` in a nested function, the function tells the body that it came so far."""
    unseen = [
        f"{behaviour.id}: line {line} of the body"
        for behaviour in BEHAVIOURS
        for line in _unseen(ast.parse(body(behaviour).original).body[0])
    ]

    assert unseen == []


@pytest.mark.parametrize(
    ("last", "found"),
    [("pass", [4]), ("log.append(1)", []), ("return 1", []), ("return", [4]), ("yield 1", [])],
)
def test_an_unseen_demand_is_found(last: str, found: list[int]) -> None:
    """A nested function that ends after its demand is found, unless it tells the body."""
    text = f"async def body():\n    async def main():\n        x()\n        with raises(E): x()\n        {last}"

    assert list(_unseen(ast.parse(text).body[0])) == found


def _idle_closings(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[int]:
    """The lines of a body that only close a generator: nothing looks at the result, but the case can fail there.

    Only asserts and returned names come after such a line. No assert asks the closed generator for anything, and no
    name that is asserted or returned is in an asynchronous generator function that would notice that it is closed.
    """
    asserts = [each for each in ast.walk(function) if isinstance(each, ast.Assert)]
    results = [*asserts, *(each for each in ast.walk(function) if isinstance(each, ast.Return))]
    asked = [each for found in asserts for each in ast.walk(found) if isinstance(each, ast.Attribute | ast.Call)]
    noticing = [each for each in ast.walk(function) if each is not function and _notices_closing(each)]
    if _read(results) & _read(noticing) - set(dir(builtins)):
        return []
    closings = _last_closings(function.body)
    return sorted(each.lineno for each in closings if not _read(asked) & _read([each]) - PRELUDE_NAMES)


def _read(nodes: Iterable[ast.AST]) -> set[str]:
    return {each.id for node in nodes for each in ast.walk(node) if isinstance(each, ast.Name)}


def _notices_closing(node: ast.AST) -> bool:
    """Whether it is an asynchronous generator function with a yield in a block that runs something on GeneratorExit."""
    return isinstance(node, ast.AsyncFunctionDef) and any(
        isinstance(inner, ast.Yield)
        for block in ast.walk(node)
        if isinstance(block, ast.With | ast.AsyncWith)
        or (isinstance(block, ast.Try) and (block.finalbody or any(map(_catches_closing, block.handlers))))
        for inner in ast.walk(block)
    )


def _catches_closing(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or bool(_read([handler.type]) & {"BaseException", "GeneratorExit"})


def _last_closings(block: list[ast.stmt], last: bool = True) -> Iterator[ast.stmt]:
    """The statements that only close a generator, and after which their function only asserts and returns names.

    ``last`` is whether nothing else comes after the block.
    """
    for statement in reversed(block):
        if _only_closes(statement):
            if last:
                yield statement
            continue
        apart = isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        managers = getattr(statement, "items", [])
        looked_at = isinstance(statement, ast.Try) or any("raises(" in ast.unparse(each) for each in managers)
        for field, inner in ast.iter_fields(statement):
            if isinstance(inner, list) and inner and isinstance(inner[0], ast.stmt):
                yield from _last_closings(inner, apart or (last and (field == "finalbody" or not looked_at)))
        last = last and (apart or _shows_nothing(statement))


def _only_closes(statement: ast.stmt) -> bool:
    """Whether it is ``await g.aclose()``, ``run(g.aclose())``, ``step(g.aclose().send, None)`` or ``g.aclose()``."""
    value = getattr(statement, "value", None) if isinstance(statement, ast.Expr) else None
    call = value.value if isinstance(value, ast.Await) else value
    called = ast.unparse(call.func) if isinstance(call, ast.Call) else ""
    return called.endswith(".aclose") or (called in ("run", "step") and ".aclose(" in ast.unparse(statement))


def _shows_nothing(statement: ast.stmt) -> bool:
    """Whether it is an assert, or a return of what is known already."""
    shows = any(isinstance(each, ast.Call | ast.Await | ast.Attribute) for each in ast.walk(statement))
    return isinstance(statement, ast.Assert | ast.Pass) or (isinstance(statement, ast.Return) and not shows)


def test_no_case_fails_only_because_it_closes_a_generator() -> None:
    """A body that closes a generator when it has seen everything does so with ``tidy()``, which cannot fail it."""
    idle = [f"{entry.id}: line {line} of the body" for entry in BEHAVIOURS for line in _idle_closings(_tree(entry))]

    assert idle == []


@pytest.mark.parametrize(
    ("end", "found"),
    [
        ("await g.aclose()\nassert item == 1", [7]),
        ("run(g.aclose())\nassert item == 1", [7]),
        ("step(g.aclose().send, None)\nassert item == 1", [7]),
        ("for each in [g]:\n await each.aclose()\nassert item == 1", [8]),
        ("await g.aclose()\nawait other.aclose()\nassert item == 1\nassert g is not other", [7, 8]),
        ("async def main():\n await g.aclose()\n return item\nitem = in_loop(main())\nassert item == 1", [8]),
        ("try:\n pass\nfinally:\n await g.aclose()\nassert item == 1", [10]),
        ("await tidy(g)\nassert item == 1", []),
        ("await g.aclose()\nassert log == []", []),
        ("await g.aclose()\nassert g.ag_frame is None", []),
        ("await g.aclose()\nlater = list(caught)\nassert later == []", []),
        ("closed = await g.aclose()\nassert closed is None", []),
        ("with raises(KeyError):\n await g.aclose()\nassert item == 1", []),
        ("try:\n await g.aclose()\nexcept KeyError:\n item = 1\nassert item == 1", []),
    ],
)
def test_an_idle_closing_is_found(end: str, found: list[int]) -> None:
    """A body that closes a generator after it has seen everything is found, unless something looks at the closing."""
    lines = [
        "async def agen():",
        " try: yield 1",
        " finally: log.append(2)",
        "g = agen()",
        "item = await g.__anext__()",
    ]
    body = ast.parse("async def test():\n" + textwrap.indent("\n".join([*lines, end]), " ")).body[0]
    assert isinstance(body, ast.AsyncFunctionDef)

    assert _idle_closings(body) == found


@pytest.mark.parametrize(
    ("block", "notices"),
    [
        ("log.append((yield 1))", False),
        ("try: yield 1\n  except KeyError: log.append(1)", False),
        ("try: yield 1\n  except: log.append(1)", True),
        ("try: yield 1\n  except (KeyError, GeneratorExit): log.append(1)", True),
        ("with logged(log):\n   yield 1", True),
    ],
)
def test_a_log_shows_a_closing_only_if_the_generator_notices_it(block: str, notices: bool) -> None:
    """An asserted log shows that a generator was closed only if GeneratorExit runs something in its body."""
    text = f"async def test(g):\n async def agen():\n  {block}\n await g.aclose()\n assert log == []"
    body = ast.parse(text).body[0]
    assert isinstance(body, ast.AsyncFunctionDef)

    assert bool(_idle_closings(body)) == (not notices)


def test_bodies_are_self_contained() -> None:
    """A body uses only builtins, its parameters, its own imports and the names of the prelude."""
    wrong = {}
    for entry in BEHAVIOURS:
        module = symtable.symtable(body(entry).original, entry.id, "exec")
        foreign = {
            symbol.get_name()
            for table in _tables(module.get_children()[0])
            for symbol in table.get_symbols()
            if symbol.is_global() and symbol.is_referenced() and not symbol.is_declared_global()
        }
        foreign -= set(dir(builtins)) | NEWER_BUILTINS | PRELUDE_NAMES | {body(entry).name}
        if foreign:
            wrong[entry.id] = sorted(foreign)

    assert wrong == {}


def _tables(table: symtable.SymbolTable) -> list[symtable.SymbolTable]:
    return [table, *(inner for child in table.get_children() for inner in _tables(child))]


def test_bodies_keep_to_the_oldest_grammar() -> None:
    """A body uses the syntax of Python 3.6, or of its `since` up to 3.10; newer syntax is in strings."""
    for entry in BEHAVIOURS:
        version = min(max(entry.since, (3, 6)), (3, 10))

        ast.parse(body(entry).original, entry.id, feature_version=version)
        ast.parse(body(entry).explicit, entry.id, feature_version=version)


def test_verdicts_depend_on_nothing_but_the_interpreter() -> None:
    """No body imports a clock, random numbers, the network, or a module of the host."""
    refused = {"time", "datetime", "random", "secrets", "socket", "urllib", "http", "conformance", "pytest"}
    wrong = {entry.id: sorted(_imports(entry) & refused) for entry in BEHAVIOURS if _imports(entry) & refused}

    assert wrong == {}


def test_needs_are_declared() -> None:
    """A body declares the need for each module of the table of needs that it uses."""
    wrong = {}
    for entry in BEHAVIOURS:
        used, imported = _names(entry), _imports(entry)
        wanted = {
            "gc": "collect" in used or "gc" in imported,
            "asyncio": "in_loop" in used or "asyncio" in imported,
            "compile": bool(used & {"compile", "define", "eval", "exec", "rejects"}),
            "threads": "threading" in imported,
            "subprocess": "subprocess" in imported,
            "no-loop": bool(_of_asyncio(entry) & {"run", "Runner"}),
            "weakref": "weakref" in imported and LIBRARY.WEAKREF not in entry.sources,
        }
        missing = [need for need, is_wanted in wanted.items() if is_wanted and need not in entry.needs]
        if missing:
            wrong[entry.id] = missing

    assert wrong == {}


#: Need → (the attributes and functions that use it, a pattern of the sentences that are about it, sections about it).
UNDER_THE_HOOD = {
    "frames": (
        {"ag_frame", "cr_frame", "currentframe", "f_back", "f_builtins", "f_code", "f_generator", "f_globals"}
        | {"f_lineno", "f_locals", "f_trace", "gi_frame", "_getframe"},
        r"\bframes?\b|``f_\w+``|``ag_frame``",
        {REFERENCE.FRAME_OBJECTS, LIBRARY.INSPECT_STATE},
    ),
    "tracebacks": (
        {
            "capture_call_graph",
            "extract_stack",
            "extract_tb",
            "format_exc",
            "format_exception",
            "format_stack",
            "format_tb",
            "get_stack",
        }
        | {"print_exc", "print_stack", "tb_frame", "tb_lasti", "tb_lineno", "walk_stack", "walk_tb"},
        r"[Tt]raceback .*contains|\b[Ss]tack\b|``\w*stack\(\)``|capture_call_graph",
        {LIBRARY.TRACEBACK},
    ),
}


def _under_the_hood(entry: Behaviour, tree: ast.AST) -> list[str]:
    """The needs of frames and of tracebacks that a body uses, does not declare, and that its sentence is not about."""
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    of_tracebacks = bool(used & UNDER_THE_HOOD["tracebacks"][0])
    found = []
    for need, (names, sentence, sections) in UNDER_THE_HOOD.items():
        # The name of a function is read from the frame of an entry of a traceback or of a call graph.
        reads = used & names - ({"f_code"} if of_tracebacks and need == "frames" else set())
        if reads and not (need in entry.needs or re.search(sentence, entry.sentence) or sections & set(entry.sources)):
            found.append(need)
    return found


def test_frames_and_tracebacks_are_the_subject_or_a_need() -> None:
    """A body that reads a frame, or the entries of a traceback, declares the need, or its sentence is about them."""
    wrong = {entry.id: found for entry in BEHAVIOURS if (found := _under_the_hood(entry, _tree(entry)))}

    assert wrong == {}


@pytest.mark.parametrize(
    ("id", "source", "found"),
    [
        ("PRO-001", "assert g.ag_frame is None", ["frames"]),
        ("PRO-001", "traceback.tb_frame.f_code.co_name", ["tracebacks"]),
        ("PRO-001", "error.__traceback__.tb_next", []),
        ("ATR-010", "assert g.ag_frame is None", []),
        ("TRC-001", "frame.f_code", []),
        ("TRB-001", "traceback.extract_tb(error.__traceback__)", []),
    ],
)
def test_a_frame_under_the_hood_is_found(id: str, source: str, found: list[str]) -> None:
    """Frames and entries of tracebacks are found, unless the need is declared or the behaviour is about them."""
    (entry,) = [each for each in BEHAVIOURS if each.id == id]

    assert _under_the_hood(entry, ast.parse(source)) == found


def test_parameters_survive_json() -> None:
    """The arguments of a case are the same after a way through JSON, and cases have distinct names."""
    for entry in BEHAVIOURS:
        found = cases(entry)

        assert [json.loads(json.dumps(dict(case.arguments))) for case in found] == [dict(c.arguments) for c in found]
        assert len({case.name for case in found}) == len(found)


def test_allowed_outcomes_are_several() -> None:
    """A behaviour that lists allowed outcomes lists more than one."""
    assert [entry.id for entry in BEHAVIOURS if len(entry.allowed) == 1] == []


def test_the_guide_lists_the_prelude() -> None:
    """``docs/adding-a-behaviour.md`` lists each name of the prelude."""
    (listed,) = re.findall(r"the names of `conformance/prelude.py` \((.*?)\)", _document("adding-a-behaviour"))

    assert set(re.findall(r"\w+", listed)) == PRELUDE_NAMES


def test_prelude_is_small() -> None:
    """The prelude has fewer than 105 lines, so that an author can know it by heart."""
    assert len([line for line in travelling("prelude").splitlines() if line.strip()]) < 105


def test_the_files_that_travel_are_found() -> None:
    """The four modules that are known to be sent into interpreters are among those that are found."""
    assert {"agent", "driver", "prelude", "who"} <= set(TRAVELLING)


@pytest.mark.parametrize("name", sorted(TRAVELLING))
def test_what_travels_keeps_to_the_oldest_grammar(name: str) -> None:
    """Modules that run inside the interpreter under test use Python 3.6 syntax without annotations and f-strings."""
    assert _too_new(TRAVELLING[name]) == []


def test_a_program_of_a_case_keeps_to_the_oldest_grammar() -> None:
    """A stand-alone program uses the same syntax around its body."""
    assert _too_new(script(find_case(load(), "SND-001"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "x: int = 1",
        "f'{x}'",
        "def f():\n    nonlocal x",
        "def f(x: int): pass",
        "def f() -> int: pass",
        "raise x from y",
    ],
)
def test_newer_grammar_in_what_travels_is_seen(source: str) -> None:
    """The check finds each kind of syntax that it refuses, on the right line."""
    assert _too_new(f"pass\n{source}\n")[0].startswith(f"{source.count(chr(10)) + 2}: ")


def _too_new(source: str) -> list[str]:
    """The lines of a source that Python 3.6 or MicroPython cannot parse: ``"12: Nonlocal"``. Raises SyntaxError."""
    found = []
    for node in ast.walk(ast.parse(source, feature_version=(3, 6))):
        if (
            isinstance(node, ast.AnnAssign | ast.JoinedStr | ast.Nonlocal)
            or (isinstance(node, ast.arg) and node.annotation)
            or (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns)
            or (isinstance(node, ast.Raise) and node.cause)
        ):
            found.append(f"{node.lineno}: {type(node).__name__}")
    return found


@pytest.mark.parametrize("name", ["python2.7", "python3.6", "micropython"])
def test_what_travels_compiles_on(name: str) -> None:
    """The modules sent into interpreters compile on the oldest ones; Python 2.7 need not compile the prelude."""
    command = _old_interpreter(name)
    if command is None:
        pytest.skip(f"{name} is not on this machine")
    sources = [text for part, text in TRAVELLING.items() if part != "prelude" or name != "python2.7"]
    program = "import sys, json\nfor source in json.loads(sys.stdin.readline()): compile(source, 'agent', 'exec')\n"

    subprocess.run([command, "-c", program], input=json.dumps(sources).encode() + b"\n", check=True, timeout=30)


def _old_interpreter(name: str) -> str | None:
    version = name.removeprefix("python")
    for path in sorted(Path.home().glob(f".pyenv/versions/{version}*/bin/python")):
        return str(path)
    return shutil.which(name)
