"""A case as text: the body that is shipped, and the stand-alone program."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from conformance.__main__ import main
from conformance.behaviour import CATALOGUE
from conformance.catalogue import load
from conformance.program import Case, body, cases, file_names, find_case, script
from tests.conformance.samples import sample


def run_script(case: Case, *flags: str) -> subprocess.CompletedProcess[str]:
    """Run a case as a stand-alone program in the interpreter that runs this test."""
    return subprocess.run([sys.executable, *flags, "-c", script(case)], capture_output=True, text=True, timeout=30)


def test_asserts_become_explicit_on_their_own_lines() -> None:
    """Each assert becomes a raise on the same lines, also over several lines, in inner functions and with non-ASCII."""
    text = body(sample("several_asserts"))

    assert text.explicit.splitlines() == [
        "async def several_asserts():",
        "    value = 1",
        '    if not (value == 1): raise AssertionError("assert value == 1")',
        "",
        "    async def inner():",
        "        if not ((value ==",
        '            1)): raise AssertionError("assert (value == 1)")',
        "        yield value",
        "",
        r"""    if not ("ä€" == 'ä€'): raise AssertionError("assert \"\u00e4\u20ac\" == '\u00e4\u20ac'")""",
        "    if not (not [",
        "        each",
        "        async for each in inner()",
        "        if each == 2",
        '    ]): raise AssertionError("assert not [ each async for each in inner() if each == 2 ]")',
        "    return END_OF_CASE, None",
    ]
    assert len(text.original.splitlines()) + 1 == len(text.explicit.splitlines())


def test_each_end_of_the_body_has_a_token() -> None:
    """Each ``return`` of the body itself, also over several lines, and the end of the body return the token."""
    text = body(sample("returns_in_many_ways"))

    assert text.explicit.splitlines() == [
        "def returns_in_many_ways(way):",
        "    def inner():",
        "        return way",
        "",
        "    if way:",
        "        return END_OF_CASE, None",
        "    for number in range(3):",
        "        if number == way: return END_OF_CASE, ('ä', number)",
        "    try:",
        "        return END_OF_CASE, (inner(",
        "            # the only argument",
        "        ))",
        "    except TypeError:",
        "        return END_OF_CASE, ((",
        "            1",
        "        ))",
        "    return END_OF_CASE, None",
    ]


def test_strings_that_hold_asserts_are_left_alone() -> None:
    """Source text in a string of a body, even at column 0, is not changed and does not end the body."""
    text = body(sample("text_at_column_0"))

    assert "\nassert text\n" in text.explicit
    assert text.explicit.rstrip().endswith(
        'raise AssertionError("assert len(source) > 1")\n    return END_OF_CASE, None'
    )


def test_script_fails_before_its_end() -> None:
    """A stand-alone program whose body returns without the token prints FAIL with the last line, and exits with 1."""
    case = Case(sample("ends_too_early"), None, {"way": "early"})
    text = script(case).replace("return END_OF_CASE, (value)", "return value")
    answer = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, timeout=30)
    number = text.splitlines().index("        return value") + 1

    assert answer.returncode == 1
    assert answer.stdout == f"FAIL ZZZ-001: ended before its end\n  at line {number} of this program\n"


@pytest.mark.parametrize("flags", [[], ["-O"], ["-OO"]], ids=["plain", "O", "OO"])
def test_script_fails_with_the_reason(flags: list[str]) -> None:
    """A stand-alone program prints FAIL, the condition, the line and the locals without imports, and exits with 1."""
    answer = run_script(Case(sample("fails"), None, {}), *flags)

    assert answer.returncode == 1
    assert answer.stdout.splitlines()[0] == "FAIL ZZZ-001: assert resumed_with == 42"
    assert "  resumed_with = 41" in answer.stdout
    assert "sys = " not in answer.stdout
    assert answer.stderr == ""


def test_script_passes() -> None:
    """A stand-alone program prints PASS and exits with 0."""
    answer = run_script(find_case(load(), "SND-001"))

    assert (answer.returncode, answer.stdout) == (0, "PASS SND-001\n")


def test_script_takes_arguments() -> None:
    """A case with parameters is called with its own values, which need not be ASCII."""
    case = Case(sample("takes"), "text-1", {"text": 'ä"\n', "number": 1, "nothing": None})

    assert run_script(case).stdout == "PASS ZZZ-001[text-1]\n"


def test_script_shows_which_allowed_outcome_it_saw() -> None:
    """The program prints which of the allowed outcomes it saw; any other outcome is a failure."""
    allowed = run_script(Case(sample("returns_a", allowed=("a", "b")), None, {}))
    other = run_script(Case(sample("returns_a", allowed=("b", "c")), None, {}))

    assert (allowed.returncode, allowed.stdout) == (0, "PASS ZZZ-001: a\n")
    assert other.returncode == 1
    assert "an outcome that no document allows: a" in other.stdout


def test_script_survives_a_sentence_with_quotes() -> None:
    """A sentence with quotes, braces and backslashes stays inside the comment of the program."""
    compile(script(Case(sample("quotes"), None, {})), "case.py", "exec")


def test_cases_are_pytests_own(tmp_path: Path) -> None:
    """The cases of the whole catalogue have the ids that pytest gives them."""
    command = [sys.executable, "-m", "pytest", "conformance", "--collect-only", "-q", "-p", "no:cacheprovider"]
    lines = subprocess.run(command, capture_output=True, text=True, timeout=60).stdout.splitlines()
    collected = [line for line in lines if "::" in line]
    expected = [
        f"{entry.module}::{body(entry).name}" + ("" if case.param is None else f"[{case.param}]")
        for entry in CATALOGUE.values()
        for case in cases(entry)
    ]

    assert sorted(collected) == sorted(expected)
    assert len(collected) == len(expected)


def test_stacked_parametrization_is_pytests_own() -> None:
    """Two parametrize marks give the same ids as in pytest: the nearest mark first."""
    entry = sample("stacked")

    assert [case.name for case in cases(entry)] == [
        "ZZZ-001[x-1]",
        "ZZZ-001[x-2]",
        "ZZZ-001[y-1]",
        "ZZZ-001[y-2]",
    ]
    assert cases(entry)[1].arguments == {"letter": "x", "number": 2}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("QQQ-001", "no behaviour QQQ-001"),
        ("SND-012", "SND-012 has several cases"),
        ("SND-012[nope]", "no case SND-012\\[nope\\]"),
        ("", "no behaviour"),
    ],
)
def test_find_case_says_what_there_is(name: str, message: str) -> None:
    """The error for an unknown name lists the known names."""
    with pytest.raises(KeyError, match=message):
        find_case(load(), name)


def test_json_carries_what_is_shipped() -> None:
    """Every body of the catalogue is the same after it has been encoded as JSON and decoded."""
    for entry in load().values():
        assert json.loads(json.dumps(body(entry).explicit)) == body(entry).explicit


def test_files_of_programs_are_safe_on_every_file_system() -> None:
    """Every case has its own file name: ASCII, short, and unique even if the file system ignores case."""
    everything = [case for entry in load().values() for case in cases(entry)]
    names = file_names(everything)

    assert list(names) == [case.name for case in everything]
    assert len({name.lower() for name in names.values()}) == len(everything)
    assert all(re.fullmatch(r"[A-Z]{3}-\d{3}[A-Za-z0-9_~-]{0,110}\.py", name) for name in names.values())


def test_equal_names_get_a_number() -> None:
    """Cases whose names differ only in characters that a file name cannot contain have different files."""
    behaviour = sample("takes")
    names = file_names(Case(behaviour, param, {}) for param in ("a b", "a+b", "A*b"))

    assert list(names.values()) == ["ZZZ-001_a_b.py", "ZZZ-001_a_b~2.py", "ZZZ-001_A_b~3.py"]


@pytest.mark.slow
def test_index_is_a_table_for_a_shell(tmp_path: Path) -> None:
    """``script --all`` writes every case, and a table with which a shell can run the cases that apply."""
    folder = tmp_path / "cases"
    answer = CliRunner().invoke(main, ["script", "--all", str(folder)])
    header, *rows = [line.split("\t") for line in (folder / "index.tsv").read_text().splitlines()]
    loop = f"""
cd {shlex.quote(str(folder))}
tab=$(printf '\\t')
while IFS=$tab read -r file since until level case; do
    case $case in SND-00[12]*) {shlex.quote(sys.executable)} "$file" >/dev/null 2>&1 && echo "$case";; esac
done < index.tsv
"""
    shown = subprocess.run(["sh", "-c", loop], capture_output=True, text=True, timeout=60).stdout.split()

    assert answer.exit_code == 0
    assert header == ["file", "since", "until", "level", "case"]
    assert {row[0] for row in rows} == {path.name for path in folder.glob("*.py")}
    assert {row[2] for row in rows} >= {"-", "3.7"}
    assert shown == [row[4] for row in rows if row[4].startswith(("SND-001", "SND-002"))]
