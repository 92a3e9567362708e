"""Faults in content: where they are, what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 300
"""Letters of a fault that are shown; more would hide the way out."""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault that stops the build.

    Attributes:
        file: Path below the repository root, with forward slashes.
        line: Line in that file, counted from 1.
        field: The key, macro or part of the page that is at fault.
        fault: What is wrong, without a full stop.
        remedy: What to do, as a whole sentence.
    """

    file: str
    line: int
    field: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        """Give the one-line form that editors and people can follow."""
        field, fault = _harmless(self.field).strip() or "“ ”", _harmless(self.fault)
        return f"{self.file}:{self.line}: {field}: {fault}. {self.remedy}"


def _harmless(text: str) -> str:
    """Give what a fault says back of a file so that no terminal obeys it or drowns in it."""
    seen = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return seen if len(seen) <= LONGEST else f"{seen[: LONGEST // 2]} … {seen[-LONGEST // 2 :]}"


class ContentError(Exception):
    """Content that must not be published. Its text lists every fault, a line each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the faults in the order of file and line."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
