"""Run Biome, which npm fetches, on the JavaScript and the CSS: ``python -m tests.web``.

``.biome.jsonc`` has the files and the rules. Nothing is installed in this folder.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from conformance.program import ROOT

#: Another version may have other rules, so this one is exact.
BIOME = "2.6.8"


def main() -> int:
    """Run Biome, and return its exit status, not 0 if it finds anything. Without npm, print a line and return 0."""
    npm = shutil.which("npm")
    if npm is None:
        print("skipped: npm is not on PATH; install Node.js to run Biome on the JavaScript and the CSS")
        return 0
    command = [npm, "exec", "--yes", f"--package=@biomejs/biome@{BIOME}", "--", "biome", "lint", "--error-on-warnings"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
