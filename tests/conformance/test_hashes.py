"""The hash of a case: another text has another hash, and only that has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conformance import hashes
from conformance.catalogue import load
from conformance.hashes import case_hash, current
from conformance.program import ROOT, Body, Case, _parse, body

SOURCE = '''
@decorated
async def test_one(outcome):
    """A sentence.

    More of it.
    """
    with raises(TypeError):
        await suspend()

    assert outcome == 1
'''


def parsed(tmp_path: Path, source: str) -> Body:
    """The body of a module with one function."""
    path = tmp_path / "test_x.py"
    path.write_text(source)
    (found,) = _parse(path, "conformance/area/test_x.py").values()
    return found


def hash_of(monkeypatch: pytest.MonkeyPatch, text: Body, **arguments: object) -> str:
    """The hash of SND-001 with another body."""
    monkeypatch.setattr(hashes, "body", lambda behaviour: text)
    hashes._of_behaviour.cache_clear()
    try:
        return case_hash(Case(load()["SND-001"], None, arguments))
    finally:
        hashes._of_behaviour.cache_clear()


def test_text_is_what_follows_the_docstring(tmp_path: Path) -> None:
    """Lines count from the first one after the docstring, in the text and in the file."""
    found = parsed(tmp_path, SOURCE)

    assert found.text.startswith("with raises(TypeError):\n    await suspend()")
    assert (found.counted(8), found.in_file(1), found.line_text(4)) == (1, 8, "assert outcome == 1")
    assert [found.counted(line) for line in (None, 3, 7, 99)] == [None] * 4
    assert found.in_file(None) == found.line


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("A sentence.", "Another sentence of it,\n    on two lines.", True),
        ("\n@decorated", "\n\n\n# A comment before it.\n@decorated", True),
        ("test_one", "test_another", True),
        ("outcome == 1", "outcome == 2", False),
        ("async def", "def", False),
        ("TypeError", "ValueError", False),
    ],
)
def test_hash_changes_with_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, same: bool
) -> None:
    """A new sentence, place or name leaves the hash as it was; another body does not."""
    before = hash_of(monkeypatch, parsed(tmp_path, SOURCE))
    after = hash_of(monkeypatch, parsed(tmp_path, SOURCE.replace(old, new)))

    assert (before == after) is same


def test_hash_changes_with_the_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cases of a behaviour have two hashes; the order in which arguments are written does not count."""
    text = parsed(tmp_path, SOURCE)
    one, two = hash_of(monkeypatch, text, a=1, b=2), hash_of(monkeypatch, text, a=1, b=3)

    assert one != two
    assert one == hash_of(monkeypatch, text, b=2, a=1)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("steps.send(None)", "steps.send(0)", True),
        ("class suspend:", "class suspend(object):", False),
        ("self.expected = expected", "self.expected = list(expected)", False),
        ("hands ``x`` to whoever drives", "hands x out", True),
    ],
)
def test_hash_changes_with_the_prelude_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, same: bool
) -> None:
    """Only the definitions of the prelude that the body uses count, without their docstrings."""
    text = parsed(tmp_path, SOURCE)
    before = hash_of(monkeypatch, text)
    prelude = (ROOT / "conformance/prelude.py").read_text(encoding="utf-8")
    assert same or old in prelude
    monkeypatch.setattr(hashes, "travelling", lambda module: prelude.replace(old, new))
    hashes._prelude.cache_clear()
    hashes._of_prelude.cache_clear()
    try:
        after = hash_of(monkeypatch, text)
    finally:
        hashes._prelude.cache_clear()
        hashes._of_prelude.cache_clear()

    assert (before == after) is same


def test_definitions_that_are_used_in_turn_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A helper of the prelude that another helper uses is a part of both."""
    found = hashes._of_prelude(("in_loop",))

    assert any(text.startswith("def in_loop") for text in found)
    assert any(text.startswith("loops = ") for text in found)


#: Prints one digest of all hashes.
_DIGEST = """
import hashlib, json
from conformance.hashes import current
print(hashlib.sha256(json.dumps(current(), sort_keys=True).encode()).hexdigest())
"""


def _pythons() -> list[Path]:
    """The other Pythons that may be a host, in pyenv's folder."""
    found = sorted(Path.home().glob(".pyenv/versions/3.1[0-9]*/bin/python"))
    return [path for path in found if "/3.1." not in str(path)]


def _rows() -> list[Any]:
    """These Pythons. Each takes a second or more, so ``check`` runs one only."""
    oldest, *others = _pythons() or [Path("no/other/Python")]
    rows = [(oldest, ()), *((path, (pytest.mark.slow,)) for path in others)]
    return [pytest.param(path, id=path.parts[-3], marks=marks) for path, marks in rows if path.exists()]


@pytest.mark.parametrize("python", _rows())
def test_hashes_are_the_same_on_every_host(python: Path) -> None:
    """Each version of Python that can be the host computes the same hashes, from pytest's marks on."""
    # The packages of this environment, as far as another version can import them: all that is needed is pure Python.
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    answer = subprocess.run(
        [python, "-c", f"import sys; sys.path.append({packages!r})\n{_DIGEST}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if "ModuleNotFoundError" in answer.stderr:
        pytest.skip(f"this environment's packages are not enough for it: {answer.stderr.splitlines()[-1]}")
    own = subprocess.run([sys.executable, "-c", _DIGEST], cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert answer.stdout == own.stdout != "", answer.stderr


def test_every_case_has_a_hash_of_its_own() -> None:
    """No two cases are the same text with the same arguments, unless the suite says the same thing twice."""
    found = current()

    assert all(len(digest) == hashes.DIGITS and set(digest) <= set("0123456789abcdef") for digest in found.values())
    assert body(load()["SND-001"]).text
