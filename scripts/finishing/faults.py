"""Stop the build when a finishing step does not find what it must change."""

from __future__ import annotations

from typing import TypeVar

Found = TypeVar("Found")


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
