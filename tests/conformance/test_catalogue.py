"""The catalogue: its order, and how a behaviour is found and described."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from conformance.__main__ import main
from conformance.catalogue import AREAS, describe, find, load
from conformance.program import find_case

CATALOGUE = load()


def test_order_is_that_of_a_report() -> None:
    """Behaviours are sorted by area, then by prefix, then by module, and in a module by ID."""
    entries = list(CATALOGUE.values())
    modules = list(dict.fromkeys(entry.module for entry in entries))
    prefixes = [prefix for prefix, _ in dict.fromkeys((entry.prefix, entry.area) for entry in entries)]
    in_prefix = [[entry.id for entry in entries if entry.module == module] for module in modules]

    assert list(dict.fromkeys(entry.area for entry in entries)) == list(AREAS)
    assert len(prefixes) == len(set(prefixes))
    assert [entry.id for entry in entries] == [id for ids in in_prefix for id in ids]
    assert all(ids == sorted(ids) for ids in in_prefix)


def test_modules_of_a_folder_are_in_the_order_of_their_lowest_ids() -> None:
    """In the folder of a prefix, modules are sorted by their lowest ID."""
    modules = list(dict.fromkeys(entry.module for entry in CATALOGUE.values() if entry.prefix == "AWT"))
    lowest = [min(entry.id for entry in CATALOGUE.values() if entry.module == module) for module in modules]

    assert len(modules) > 1
    assert lowest == sorted(lowest)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("SND-001", ["SND-001"]),
        ("CLS-021a", ["CLS-021a"]),
        ("CLS-021", ["CLS-021a", "CLS-021b"]),
        ("SND-012[42]", ["SND-012"]),
    ],
)
def test_find_takes_an_id_a_case_or_a_number(name: str, ids: list[str]) -> None:
    """A name is an ID, a case, or a number without the letter of an era, which stands for all eras."""
    assert [entry.id for entry in find(CATALOGUE, name)] == ids


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("snd-001", "SND-001"),
        ("AWT-61", "AWT-061"),
        ("SND-012[4]", r"SND-012\[42\]"),
        ("snd-012[empty]", r"SND-012\[empty-"),
        ("AWT-061[anext-new-close]", r"AWT-061b\[anext-new-close\]"),
        ("nothing like it", "'python -m conformance list' shows all names"),
        ("", "'python -m conformance list' shows all names"),
    ],
)
def test_find_names_what_is_close(name: str, hint: str) -> None:
    """The error for an unknown name is one line, with the most similar names, or with the command that lists them."""
    with pytest.raises(KeyError, match=hint) as caught:
        find(CATALOGUE, name)

    assert caught.value.args[0].startswith(f"no behaviour or case {name!r}; ")
    assert len(caught.value.args[0].splitlines()) == 1


def test_show_has_every_era_of_a_number() -> None:
    """``show CLS-021`` shows both eras, each with its versions and its code."""
    answer = CliRunner().invoke(main, ["show", "CLS-021"])

    assert answer.exit_code == 0
    for entry in find(CATALOGUE, "CLS-021"):
        assert f"{entry.id}: {entry.sentence}\n" in answer.stdout
        assert f"holds in: {entry.versions} " in answer.stdout
        assert f"def {entry.function.__name__}(" in answer.stdout


def test_show_has_the_arguments_of_a_case() -> None:
    """``show 'SND-012[42]'`` shows the behaviour and the arguments of this case."""
    answer = CliRunner().invoke(main, ["show", "SND-012[42]"])
    ((key, value),) = find_case(CATALOGUE, "SND-012[42]").arguments.items()

    assert answer.exit_code == 0
    assert answer.stdout.startswith("SND-012: ")
    assert f"\n  SND-012[42] has {key} = {value!r}\n" in answer.stdout


def test_show_says_in_one_line_what_is_unknown() -> None:
    """For an unknown name the output is one line, and the exit status is 1."""
    answer = CliRunner().invoke(main, ["show", "SND-0001"])

    assert answer.exit_code == 1
    assert re.fullmatch(r"Error: no behaviour or case 'SND-0001'; similar names: SND-001, .+\n", answer.stderr)


def test_description_is_json_of_the_whole_behaviour() -> None:
    """The description has versions as text, sources with their documents, and the names of the cases."""
    described = describe(CATALOGUE["RUN-030a"])

    assert (described["id"], described["since"], described["until"]) == ("RUN-030a", "3.6", "3.8")
    assert described["module"] == "conformance/bidirection/test_concurrency.py"
    assert "RUN-030a[send-athrow]" in described["cases"]
    assert {"id", "document", "title", "url"} == set(described["sources"][0])
