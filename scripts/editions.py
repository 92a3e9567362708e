"""A clinic's own edition: the file that it starts from, and what is wrong with one."""

from __future__ import annotations

from pathlib import Path

from scripts.content import ROOT, Guide, load_guide

TEMPLATE = ROOT / "docs" / "data" / "editions" / "template.yml"
"""What ``edition new`` writes: every setting, with what it means."""


def new_edition(path: Path) -> None:
    """Write a file to fill in.

    Raises:
        FileExistsError: It is there already, perhaps filled in.
    """
    with path.open("x", encoding="utf-8") as file:
        file.write(TEMPLATE.read_text(encoding="utf-8"))


def load_edition(path: Path) -> Guide:
    """Read the guide as a clinic's file changes it.

    Raises:
        ContentError: The file holds faults; the text lists them all.
    """
    return load_guide(clinic=path.resolve())
