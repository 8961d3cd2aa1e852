"""Installation with fake installers: it is complete, or nothing is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from runners.__main__ import main
from runners.machine.install import CannotInstall, install
from runners.machine.machine import Machine
from runners.machine.pythons import NotFound
from runners.machine.registry import read
from tests.runners.samples import shell_script

SOME = """
[tool.npm]
find = ["npm"]
get = "apt-get install npm"
[tool.cargo]
find = ["cargo"]
get = "apt-get install cargo"
[tool.maven]
find = ["mvn"]
get = "apt-get install maven"

[implementation.script]
title = "Script"
about = "A Python."
homepage = "https://example.org"
find = ["{home}/node_modules/script"]
start = ["{found}"]
install = { kind = "npm", packages = ["script@1.0"] }
verified = "not verified"

[implementation.script-twice]
title = "Script"
about = "A Python."
homepage = "https://example.org"
shares = "script"
start = ["{found}", "twice"]
verified = "not verified"

[implementation.rust]
title = "Rust"
about = "A Python."
homepage = "https://example.org"
find = ["{home}/bin/rust"]
start = ["{found}"]
install = { kind = "cargo", packages = ["rust@1.0"], options = ["--locked"] }
verified = "not verified"

[implementation.java]
title = "Java"
about = "A Python."
homepage = "https://example.org"
find = ["{home}/lib"]
start = ["{found}"]
install = { kind = "maven", packages = ["g.h:java:1.0", "g.h:all:pom:1.0"] }
verified = "not verified"

[implementation.compiler]
title = "Compiler"
about = "A Python."
homepage = "https://example.org"
find = ["{home}/bin/python"]
start = ["{found}"]
install = { kind = "pip", python = ">=99", packages = ["compiler==1.0"] }
verified = "not verified"

[implementation.root]
title = "Root"
about = "A Python."
homepage = "https://example.org"
find = ["rooted"]
start = ["{found}"]
install = { kind = "print", command = "debootstrap sid" }
verified = "not verified"
"""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with nothing on it."""
    (tmp_path / "some.toml").write_text(SOME)
    environment = {"PATH": str(tmp_path / "bin"), "CONFORMANCE_CACHE": str(tmp_path / "cache")}
    return Machine(read(tmp_path / "some.toml"), environment, [])


def test_npm(machine: Machine, tmp_path: Path) -> None:
    """npm fills the folder, the implementation and one that shares its files can start, and npm runs only once."""
    shell_script(tmp_path / "bin/npm", 'mkdir -p "$3/node_modules/script"; echo "$@" >> "$3/../calls"')
    first = install("script-twice", machine, print)
    again = install("script", machine, print)
    home = tmp_path / "cache/npm/script"

    assert first == f"script-twice is installed: {home}"
    assert again == f"script is already installed: {home}"
    assert machine.start("script-twice").words == (f"{home}/node_modules/script", "twice")
    assert (home / "../calls").read_text().splitlines() == [
        f"install --prefix {home} --no-audit --no-fund --no-update-notifier --ignore-scripts script@1.0"
    ]


def test_cargo(machine: Machine, tmp_path: Path) -> None:
    """cargo is called with the root, the options and the package."""
    shell_script(
        tmp_path / "bin/cargo", 'test "$*" = "install --root $3 --locked rust@1.0" && mkdir $3/bin && : > $3/bin/rust'
    )
    install("rust", machine, print)

    assert machine.start("rust").words == (f"{tmp_path}/cache/cargo/rust/bin/rust",)


def test_maven(machine: Machine, tmp_path: Path) -> None:
    """Maven is called with a project that has the artifacts with their types."""
    shell_script(tmp_path / "bin/mvn", 'mkdir "${5#-DoutputDirectory=}"')
    install("java", machine, print)
    pom = (tmp_path / "cache/maven/java/pom.xml").read_text()

    assert "<artifactId>java</artifactId><version>1.0</version><type>jar</type>" in pom
    assert "<artifactId>all</artifactId><version>1.0</version><type>pom</type>" in pom
    assert machine.start("java").words == (f"{tmp_path}/cache/maven/java/lib",)


def test_another_version_is_installed_anew(machine: Machine, tmp_path: Path) -> None:
    """An installation that does not agree with the registry is replaced."""
    shell_script(tmp_path / "bin/npm", 'mkdir -p "$3/node_modules/script"')
    install("script", machine, print)
    (tmp_path / "some.toml").write_text(SOME.replace("script@1.0", "script@2.0"))
    newer = Machine(read(tmp_path / "some.toml"), machine._environment, [])

    with pytest.raises(NotFound):
        newer.start("script")
    assert install("script", newer, print).startswith("script is installed: ")
    kept = json.loads((tmp_path / "cache/npm/script/installed.json").read_text())
    assert kept["packages"] == ["script@2.0"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("script", "script: npm is not on this machine: apt-get install npm"),
        ("java", "java: maven is not on this machine: apt-get install maven"),
        ("compiler", "compiler: no CPython >=99 was found for its environment; install one"),
        ("root", "root cannot be installed automatically; run: debootstrap sid"),
        ("scirpt", "scirpt: no implementation is called 'scirpt' (did you mean script?)"),
    ],
)
def test_what_cannot_be_installed_is_one_line(machine: Machine, tmp_path: Path, name: str, message: str) -> None:
    """A missing installer, a command that needs root and an unknown name are refused, and leave nothing."""
    with pytest.raises(CannotInstall) as caught:
        install(name, machine, print)

    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.glob("cache/*/*/*"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "echo npm error code E404 >&2; echo npm error not there >&2; exit 1",
            "npm error code E404; npm error not there",
        ),
        ("echo one; echo two; exit 1", "two"),
        ("exit 1", "it printed nothing"),
    ],
)
def test_failed_download_leaves_nothing(machine: Machine, tmp_path: Path, text: str, message: str) -> None:
    """A failed installer gives one line with the path of its log, and its files are removed."""
    shell_script(tmp_path / "bin/npm", f'mkdir -p "$3/node_modules/script"; {text}')
    with pytest.raises(CannotInstall) as caught:
        install("script", machine, print)
    log = tmp_path / "cache/logs/script.log"

    assert str(caught.value) == f"script: npm ended with exit status 1: {message}; see {log}"
    assert log.read_text().startswith("$ ")
    assert not (tmp_path / "cache/npm/script").exists()
    with pytest.raises(NotFound):
        machine.start("script")


def test_what_was_cut_short_is_not_there(machine: Machine, tmp_path: Path) -> None:
    """A folder without the marker, for example after a power failure, is not an installation."""
    (tmp_path / "cache/npm/script/node_modules/script").mkdir(parents=True)
    with pytest.raises(NotFound, match="script is not on this machine: python -m runners install script"):
        machine.start("script")


def test_cache_that_cannot_be_written(machine: Machine, tmp_path: Path) -> None:
    """A cache that cannot be written gives one line."""
    shell_script(tmp_path / "bin/npm")
    (tmp_path / "cache").write_text("no folder")
    with pytest.raises(CannotInstall, match=r"script: .+: Not a directory"):
        install("script", machine, print)


def test_command_ends_with_4(monkeypatch: pytest.MonkeyPatch, machine: Machine, tmp_path: Path) -> None:
    """``install`` goes on after a failure, and its exit status is 4."""
    shell_script(tmp_path / "bin/npm", 'mkdir -p "$3/node_modules/script"')
    monkeypatch.setattr("runners.__main__.Machine", lambda: machine)
    answer = CliRunner().invoke(main, ["install", "root", "script"])

    assert answer.exit_code == 4
    assert "ERROR: root cannot be installed automatically; run: debootstrap sid" in answer.stderr
    assert "script is installed: " in answer.stdout
