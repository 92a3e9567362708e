"""What is done to the built folder before it is served: one step a file, in this order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scripts.content import Guide
from scripts.finishing.addresses import write_stubs
from scripts.finishing.connect import write_directory

Step = Callable[[Path, Guide], None]
"""Changes or adds files of a built folder, and nothing else; a second run changes nothing more."""

STEPS: tuple[Step, ...] = (write_stubs, write_directory)


def finish(folder: Path, guide: Guide) -> None:
    """Run all steps over a built folder."""
    for step in STEPS:
        step(folder, guide)
