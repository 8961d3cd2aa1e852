"""``explain``: one failure as Markdown, and one line where there is nothing to explain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from conformance.catalogue import load as load_catalogue
from conformance.hashes import every
from conformance.sources import REFERENCE
from reports.__main__ import main as reports
from reports.explain import CannotExplain, explain, named
from reports.model import Result
from runners.record.found import Causes, Found
from runners.record.revision import Python
from tests.reports.samples import EVIL, changed, evil_result, recorded, result, run_command, some_cause, text_of

NONE = Found([])


def explained(name: str, about: Result, *others: Result, found: Found = NONE) -> str:
    """The Markdown about a case."""
    return explain(name, named(name), about, others, found)


def known(*cases: str, **values: object) -> Found:
    """One cause of CPython that names these cases."""
    return Found([Causes("some", "Some", "", (some_cause(*cases, **values),))])


def test_everything_that_a_maintainer_asks_for() -> None:
    """The sentence, the words with their address, the program, expected and seen, the others, the versions."""
    about = changed(result({"SND-001": "fail"}), "SND-001", message="assert a == 1", line=2, locals={"a": "2"})
    others = [result(slug="other-1", interpreter={"title": "Other 1", "implementation": "other"})]
    text = explained("SND-001", about, *others, found=known("SND-001"))

    assert text.startswith("# CPython 3.13.0: it does not hold\n")
    for part in (
        f"> {load_catalogue()['SND-001'].sentence}",
        f"]({REFERENCE.AGEN_ASEND.url}):",
        "```python\nprint(1)\n```\n\nIt should print:\n\n```\n1\n```\n\nOn CPython 3.13.0 it prints:\n\n```\n2\n```",
        "SND-001 failed: assert a == 1\nconformance/bidirection/test_asend.py:",
        "    a = 2\n",
        "* It holds on Other 1.",
        "| platform | Linux on x86\\_64 |",
        "| suite | asyncgen-conformance 0.1.0, abc |",
    ):
        assert part in text


def test_what_the_makers_know_comes_first() -> None:
    """An address upstream, its state, the answer and the note stand before everything else."""
    found = known("SND-001", upstream="https://example.org/1", answer="Soon.", note="An __old__ one.")
    text = explained("SND-001", result({"SND-001": "fail"}), found=found)

    assert text.splitlines()[2:6] == [
        "This is known to the makers (open): <https://example.org/1>.",
        "Their answer: Soon.",
        "",
        "An \\_\\_old\\_\\_ one.",
    ]


def test_without_a_cause_the_case_is_the_program() -> None:
    """Where no cause is known, the stand-alone program of the case is printed, with what it would say."""
    text = explained("SND-012[42]", result({"SND-012[42]": "crash"}))

    assert text.startswith("# CPython 3.13.0: SND-012 does not hold\n")
    assert "With `value = 42`." in text
    assert "def test_" in text
    assert "It should print `PASS SND-012[42]`." in text
    assert "FAIL SND-012[42]: because of SND-012[42]\n" in text
    assert "SND-012[42] crashed" in text


def test_quoted_words_stand_for_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words of the section are quoted where the suite has them; our reading is marked as such."""
    about = result({"SND-001": "fail"})
    before = explained("SND-001", about)
    monkeypatch.setattr(REFERENCE.AGEN_ASEND, "quote", {"SND-001": "Words of the page.", "SND-005": "Other words."})
    after = explained("SND-001", about)

    assert "> Words of the page.\n" in after
    assert "Other words." not in after
    assert before.count("The suite reads it as: ") + before.count("The suite's reading of it") >= 1


def test_an_id_stands_for_its_first_failing_case() -> None:
    """An ID or a number is explained by the first case that fails, and the others are named."""
    about = result({"SND-012[42]": "fail", "SND-012[False]": "fail"})
    text = explained("SND-012", about)

    assert "The same behaviour fails in 1 more: `SND-012[" in text


def test_versions_of_a_compiler_name_its_host() -> None:
    """The host of a compiler is among the versions, and what came before a case is told."""
    about = result({"SND-001": "fail"}, interpreter={"host": Python("CPython", "3.12.1"), "build": ("debug",)})
    text = explained("SND-001", changed(about, "SND-001", after="SND-002", output="out", stderr="err"))

    assert "| runs on | CPython 3.12.1 |" in text
    assert "| build | debug |" in text
    assert "It fails only after `SND-002` in the same process." in text
    assert "printed: out\nlast words: err\n" in text


def test_the_others_are_told_apart() -> None:
    """Others hold, fail or were not judged; another text of the case, and the same interpreter, say nothing."""
    about = result({"SND-001": "fail"})
    others = [
        result(slug=slug, interpreter={"title": f"{slug} 1", "implementation": slug})
        for slug in ("aa", "bb", "cc", "dd")
    ]
    others[1] = changed(others[1], "SND-001", verdict="fail", known="because")
    others[2] = changed(others[2], "SND-001", verdict="unmet")
    others[3] = recorded(others[3], changed=frozenset({"SND-001"}))
    text = explained("SND-001", about, about, *others)

    assert "* It holds on aa 1.\n* It fails on bb 1.\n* It was not judged on cc 1.\n" in text
    assert "dd 1" not in text


def test_hostile_words_stay_text() -> None:
    """Nothing that an interpreter says becomes markup, or ends a block of code."""
    about = evil_result()
    made = changed(about, "SND-001", message=f"```\n{EVIL}", locals={"a": "````\n# heading"})
    html = MarkdownIt("commonmark").enable("table").render(explained("SND-001", made))

    assert "<script>" not in html.replace("&lt;script&gt;", "")
    assert "<h1>heading" not in html
    assert html.count("<h2>") == 4


BAD = [
    ("SND-999", {}, "no behaviour or case 'SND-999'"),
    ("SND-001", {}, "SND-001 passes on CPython 3.13.0"),
    ("SND-001", {"SND-001": "unmet"}, "SND-001 did not fail on CPython 3.13.0 (r.json): it was not run"),
    ("SND-013", {"SND-013": "fail"}, "SND-013 is a detail of CPython that no document demands"),
    ("RUN-001", {}, "RUN-001["),
]


@pytest.mark.parametrize(("name", "verdicts", "words"), BAD)
def test_nothing_to_explain_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, verdicts: dict[str, str], words: str
) -> None:
    """An unknown case, and a case that does not fail or does not count, end the command with 2 and one line."""
    monkeypatch.chdir(tmp_path)
    Path("r.json").write_text(text_of(result(verdicts)))
    answer = run_command(reports, "explain", name, "r.json")
    (line,) = answer.stderr.splitlines()

    assert (answer.exit_code, answer.stdout) == (2, "")
    assert line.startswith("error: ")
    assert words in line


def test_a_case_that_did_not_run_or_changed_or_does_not_apply() -> None:
    """A case without an outcome, of another text, or of another version cannot be explained."""
    failing = result({"SND-001": "fail", "EQV-006[in-await-anext]": "fail"}, judged_as="3.7")
    stale = recorded(failing, changed=frozenset({"SND-001"}))
    less = recorded(failing, outcomes={})
    for about, name, words in (
        (stale, "SND-001", "is another text now than the one that ran"),
        (less, "SND-001", "was not run on"),
        (failing, "EQV-006[in-await-anext]", "is about Python"),
    ):
        with pytest.raises(CannotExplain, match=words):
            explained(name, about)


def test_the_files_beside_the_result_are_the_others(tmp_path: Path) -> None:
    """Without OTHERS the folder of RESULT is read; a file that cannot be used is in nobody's way; OTHERS replace it."""
    for slug in ("bad", "good"):
        made = result({"SND-001": "fail"} if slug == "bad" else {}, slug=slug, interpreter={"title": f"{slug} 1"})
        (tmp_path / f"{slug}.json").write_text(text_of(made))
    (tmp_path / "broken.json").write_text("{")
    beside = run_command(reports, "explain", "SND-001", tmp_path / "bad.json")
    alone = run_command(reports, "explain", "SND-001", tmp_path / "bad.json", tmp_path / "bad.json")
    wrong = run_command(reports, "explain", "SND-001", tmp_path / "bad.json", tmp_path / "broken.json")

    assert "* It holds on good 1." in beside.stdout
    assert (beside.exit_code, beside.stderr) == (0, "")
    assert "Other interpreters" not in alone.stdout
    assert wrong.stderr.startswith(f"left out: {tmp_path / 'broken.json'}: ")


def test_only_the_cases_that_are_needed_are_read(tmp_path: Path) -> None:
    """What is wrong with other cases of a file does not matter, and what is wrong with the file does."""
    text = text_of(result({"SND-001": "fail"}))
    (tmp_path / "a.json").write_text(text.replace('"case": "THR-002", "id": "THR-002"', '"case": "THR-002", "id": 1'))
    (tmp_path / "b.json").write_text(text.replace('"outcomes": [', '"outcomes": [1, '))
    fine = run_command(reports, "explain", "SND-001", tmp_path / "a.json", tmp_path / "a.json")
    wrong = run_command(reports, "explain", "SND-001", tmp_path / "b.json", tmp_path / "a.json")

    assert fine.exit_code == 0, fine.output
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith(f"error: {tmp_path / 'b.json'}: outcomes/0: ")


def test_each_behaviour_can_be_explained() -> None:
    """No sentence, source or argument of the suite breaks the Markdown: each counted case has all its headings."""
    failing = result(dict.fromkeys(every(), "fail"), judged_as="3.15")
    parser = MarkdownIt("commonmark").enable("table")
    for behaviour in list(load_catalogue().values())[::40]:
        if behaviour.level != "detail" and behaviour.applies_to((3, 15)):
            tokens = parser.parse(explained(behaviour.id, failing))
            headings = [tokens[place + 1].content for place, each in enumerate(tokens) if each.type == "heading_open"]

            assert headings[1:] == ["Where it is said", "The smallest program", "What the suite saw", "Versions"]


def test_an_error_of_the_harness_is_not_a_failure() -> None:
    """A case that the harness could not judge accuses nobody."""
    with pytest.raises(CannotExplain, match="did not fail"):
        explained("SND-001", result({"SND-001": "error"}))


def test_a_message_that_is_missing() -> None:
    """A failure without a message says so."""
    about = changed(result({"SND-001": "fail"}), "SND-001", message=None)

    assert "SND-001 failed: no message" in explained("SND-001", about)
    assert replace(about, path=Path("x.json")).slug == about.slug
