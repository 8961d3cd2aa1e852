"""The environments of ``tox.ini``, the table of them in CONTRIBUTING, and the workflows that run them agree."""

from __future__ import annotations

import configparser
import re

import yaml

from conformance.program import ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
SETTINGS = configparser.ConfigParser(interpolation=None)
SETTINGS.read(ROOT / "tox.ini", encoding="utf-8")


def matrix() -> list[str]:
    """The environments that ``tox run`` starts: ``env_list``, with its braces expanded."""
    names = []
    for line in SETTINGS["tox"]["env_list"].split():
        before, braces, after = [*re.split(r"[{}]", line), "", ""][:3]
        names += [f"{before}{each}{after}" for each in braces.split(",")]
    return names


def environments() -> dict[str, str]:
    """Environment → its description, for each with a section of its own and each of the matrix."""
    names = [name.partition(":")[2] for name in SETTINGS.sections() if name.startswith("testenv:")]
    ours = SETTINGS["testenv"]["description"]
    return {name: SETTINGS.get(f"testenv:{name}", "description", fallback=ours) for name in [*names, *matrix()]}


def table() -> dict[str, tuple[str, str, str]]:
    """The table in CONTRIBUTING: environment → (purpose, when it runs, needs)."""
    found: dict[str, tuple[str, str, str]] = {}
    for line in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            names, runs, when, needs = (cell.strip() for cell in line.strip("|").split("|"))
            found |= dict.fromkeys(re.findall(r"`([\w-]+)`", names), (runs, when, needs))
    return found


def started_by(workflow: str) -> set[str]:
    """The environments that the jobs of a workflow start; ``tox run`` without a name starts the matrix."""
    found: set[str] = set()
    for job in yaml.safe_load((WORKFLOWS / f"{workflow}.yml").read_text(encoding="utf-8"))["jobs"].values():
        commands = "\n".join(step.get("run", "") for step in job["steps"])
        if ".ci/run" in commands:
            commands += (ROOT / ".ci" / "run").read_text(encoding="utf-8")
        for _, name in re.findall(r'tox"? run($| -e (\S+))', commands, re.MULTILINE):
            if name == '"$ENVIRONMENT"':
                found.update(job["strategy"]["matrix"]["environment"])
            else:
                found.update([name] if name else matrix())
    return found


def test_contributing_names_each_environment() -> None:
    """The table has each environment once, with the description and the needs that ``tox.ini`` gives."""
    shown = {name: f"{runs}; needs {needs}" if needs else runs for name, (runs, _, needs) in table().items()}

    assert shown == environments()


def test_contributing_says_when_each_runs() -> None:
    """The workflow for each push and the one for each night run the environments that the table gives to them."""
    pushed, nightly = started_by("check"), started_by("nightly")
    when = {}
    for name in environments():
        times = [text for text, some in (("each push", pushed), ("each night", nightly)) if name in some]
        when[name] = ", ".join(times) or "by hand"

    assert {name: time for name, (_, time, _) in table().items()} == when
    assert pushed | nightly <= environments().keys()
