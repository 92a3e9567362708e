"""How a finishing step stops the build when it does not find what it must change."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from scripts.guide.pages import url_of

Found = TypeVar("Found")

STUB = "data-crs-stub"
"""Marks a page that only leads on to another. It has no frame of the guide, so most steps pass."""


class FinishingError(Exception):
    """A built folder that must not be published: a step did not find what it must change."""

    def __init__(self, step: str, place: str, fault: str, remedy: str) -> None:
        """Say which step stopped, at which page or file, why, and what to do.

        Args:
            step: The function that stopped, such as ``write_app``.
            place: The page or file, below the built folder.
            fault: What is wrong, without a full stop.
            remedy: What to do, as a whole sentence.
        """
        # All four go to Exception: an error that comes from another process is made anew of them.
        super().__init__(step, place, fault, remedy)
        self.step, self.place, self.fault, self.remedy = step, place, fault, remedy

    def __str__(self) -> str:
        """Return the one line that a person reads."""
        return f"finishing stopped in {self.step}: {self.place}: {self.fault}. {self.remedy}"


def needed(found: Found | None, step: str, place: str, fault: str, remedy: str) -> Found:
    """Return what a step found, or stop the build where it found nothing.

    Args:
        found: What the step looked for; anything empty counts as not found.
        step: The function that looked.
        place: The page or file, below the built folder.
        fault: What is wrong, without a full stop.
        remedy: What to do, as a whole sentence.

    Raises:
        FinishingError: Nothing was found.
    """
    if not found:
        raise FinishingError(step, place, fault, remedy)
    return found


def file_of(folder: Path, path: str, step: str) -> Path:
    """Return the built file of a page of the guide, such as ``about/index.md``.

    Raises:
        FinishingError: The engine has not built it.
    """
    file = folder / url_of(path) / "index.html"
    fault, remedy = f"the built folder has no page {path}", "Build the pages first, all of them."
    needed(file.is_file(), step, f"{url_of(path)}index.html", fault, remedy)
    return file


def put_before(mark: str, block: str, html: str, step: str, place: str) -> str:
    """Return a page with a block before the last place where a mark stands.

    Raises:
        FinishingError: The page does not hold the mark.
    """
    before, found, after = html.rpartition(mark)
    remedy = f"Let overrides/main.html write it again, or change the mark in {step}."
    needed(found, step, place, f"there is no {mark} to put the step's lines before", remedy)
    return f"{before}{block}{found}{after}"
