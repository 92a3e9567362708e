"""What is done to the built folder before it is served: one step a file, in this order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scripts.content import Guide

Step = Callable[[Path, Guide], None]
"""Changes or adds files of a built folder, and nothing else; a second run changes nothing more."""

STEPS: tuple[Step, ...] = ()


def finish(folder: Path, guide: Guide) -> None:
    """Run all steps over a built folder."""
    for step in STEPS:
        step(folder, guide)
