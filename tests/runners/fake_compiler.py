"""A fake compiler, ``python fake_compiler.py fake -c PROGRAM``: the module that it "builds" is the source itself.

It refuses a source with ``refused`` in it, and a source with ``lost`` in it raises an OSError. For each source it
writes the number of sources of the build into the file ``built``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from runners.boot import compiled
from runners.boot.builds import Built, Compiler, Sources, Tick


class Fake:
    kind = "fake"
    title = "Fake"
    version = "1.0"
    flags: tuple[str, ...] = ()
    many = 2

    def build(self, sources: Sources, folder: Path, tick: Tick) -> dict[str, Built]:
        outcomes = {}
        for name, source in sources.items():
            with open(folder / "built", "a", encoding="utf-8") as built:
                built.write(f"{len(sources)}\n")
            if os.environ.get("FAKE_REFUSES", "refused") in source:
                lines = source.splitlines()
                number = next((n for n, line in enumerate(lines, 1) if "refused =" in line), None)
                outcomes[name] = Built(None, "it is refused", number)
            elif "lost" in source:
                raise OSError("the disk is full")
            else:
                (folder / f"{name}.py").write_text(source, encoding="utf-8")
                outcomes[name] = Built(name)
        tick(len(outcomes))
        return outcomes


def find(kind: str) -> Compiler:
    return Fake()


if __name__ == "__main__":
    compiled.find = find
    sys.exit(compiled.main(sys.argv[1:]))
