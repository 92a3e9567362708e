"""Check scripts and stylesheets: faults with Biome, and what the oldest browsers do not know."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scripts.root import ROOT
from scripts.tools.browser_floor import problems
from scripts.tools.npm_tools import ensure_tools, node


def check_assets(root: Path = ROOT) -> bool:
    """Print each problem in the scripts and stylesheets of a project; return whether none exists.

    Args:
        root: Folder of the project, with ``.biome.jsonc``.

    Raises:
        SetupError: The checkers could not be installed.
    """
    modules = ensure_tools("checkers")
    biome = [str(node()), str(modules / "@biomejs" / "biome" / "bin" / "biome"), "lint"]
    options = ("--error-on-warnings", "--max-diagnostics=none")
    done = subprocess.run(
        [*biome, *options], cwd=root, capture_output=True, check=False, encoding="utf-8"
    )
    found = problems(modules, root)
    for text in (*([done.stdout, done.stderr] if done.returncode else ()), *found):
        print(text)
    return not done.returncode and not found


if __name__ == "__main__":
    sys.exit(not check_assets())
