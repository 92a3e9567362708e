"""The theme's own scripts and styles go: no page of ours loads them (decision 0007)."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.content import ROOT, Guide
from scripts.hosting.headers import HASHED

OURS = ROOT / "overrides"
FOLDERS = ("assets/javascripts", "assets/stylesheets")


def remove_theme_files(folder: Path, guide: Guide) -> None:  # noqa: ARG001 - the shape of a step
    """Delete scripts and styles that are not in ``overrides/``, and the theme's favicon.

    What our own steps have written in an earlier run stays.
    """
    for name in FOLDERS:
        for path in sorted((folder / name).rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif not (OURS / path.relative_to(folder)).is_file() and not re.search(
                HASHED, path.as_posix()
            ):
                path.unlink()
    (folder / "assets/images/favicon.png").unlink(missing_ok=True)
