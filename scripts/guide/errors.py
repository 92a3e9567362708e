"""Errors in content: where they are, what is wrong, and how to correct it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 300
"""Number of characters shown of an error message. A longer one would hide the remedy."""


@dataclass(frozen=True, order=True)
class Problem:
    """One error in the content. It stops the build.

    Attributes:
        file: Path below the repository root, with forward slashes.
        line: Line in that file, counted from 1.
        field: The key, macro or part of the page that is wrong.
        fault: What is wrong, without a full stop.
        remedy: How to correct it, as a whole sentence.
    """

    file: str
    line: int
    field: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        """Return the one-line form, which editors can parse and people can read."""
        field, fault = _harmless(self.field).strip() or "“ ”", _harmless(self.fault)
        return f"{self.file}:{self.line}: {field}: {fault}. {self.remedy}"


def _harmless(text: str) -> str:
    """Return text quoted from a file, safe to print.

    Control characters are escaped so that a terminal does not obey them, and a long text is
    shortened.
    """
    seen = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return seen if len(seen) <= LONGEST else f"{seen[: LONGEST // 2]} … {seen[-LONGEST // 2 :]}"


class ContentError(Exception):
    """Content that must not be published. The message lists every problem, one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Store the problems, sorted by file and line."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
