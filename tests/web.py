"""The JavaScript and the CSS under Biome, which comes from npm: ``python -m tests.web``.

What Biome reads, and by which rules, is in ``.biome.jsonc``. Nothing of it is installed in this folder.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from conformance.program import ROOT

#: Another version may have other rules, so this one is exact.
BIOME = "2.6.8"


def main() -> int:
    """Run Biome, whose exit status is returned: not 0 if it finds anything. Without npm: one line, and 0."""
    npm = shutil.which("npm")
    if npm is None:
        print("skipped: npm is not on PATH; install Node.js, and Biome reads the JavaScript and the CSS")
        return 0
    command = [npm, "exec", "--yes", f"--package=@biomejs/biome@{BIOME}", "--", "biome", "lint", "--error-on-warnings"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
