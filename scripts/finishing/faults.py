"""Stop the build when a finishing step does not find what it must change."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from scripts.guide.pages import url_of

Found = TypeVar("Found")

STUB = "data-crs-stub"
"""Attribute of a redirect page. Such a page lacks the guide's layout, so most steps skip it."""


class FinishingError(Exception):
    """A step did not find what it must change, so the built folder must not be published."""

    def __init__(self, step: str, place: str, fault: str, remedy: str) -> None:
        """Store which step stopped, at which page or file, why, and what to do.

        Args:
            step: Name of the function that stopped, such as ``write_app``.
            place: Path of the page or file in the built folder.
            fault: What is wrong, without a full stop.
            remedy: What to do, as a whole sentence.
        """
        # Exception gets all four, because an error from another process is recreated from them.
        super().__init__(step, place, fault, remedy)
        self.step, self.place, self.fault, self.remedy = step, place, fault, remedy

    def __str__(self) -> str:
        """Return the error message as one line."""
        return f"finishing stopped in {self.step}: {self.place}: {self.fault}. {self.remedy}"


def needed(found: Found | None, step: str, place: str, fault: str, remedy: str) -> Found:
    """Return what a step found, or stop the build if it found nothing.

    Args:
        found: Result of the search. Any empty value counts as not found.
        step: Name of the function that searched.
        place: Path of the page or file in the built folder.
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
        FinishingError: The page has not been built.
    """
    file = folder / url_of(path) / "index.html"
    fault, remedy = f"the built folder has no page {path}", "Build the pages first, all of them."
    needed(file.is_file(), step, f"{url_of(path)}index.html", fault, remedy)
    return file


def put_before(mark: str, block: str, html: str, step: str, place: str) -> str:
    """Return a page with a block inserted before the last occurrence of a mark.

    Raises:
        FinishingError: The page does not contain the mark.
    """
    before, found, after = html.rpartition(mark)
    remedy = f"Add it to overrides/main.html again, or change the mark in {step}."
    fault = f"there is no {mark}, before which the step inserts its lines"
    needed(found, step, place, fault, remedy)
    return f"{before}{block}{found}{after}"
