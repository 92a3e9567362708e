"""The block for lines to read."""

from __future__ import annotations

from typing import Any, Literal

from scripts.components.sheet.block import SheetWords
from scripts.components.sheet.listed import Listed


class Lines(Listed):
    """Lines to read, without boxes.

    Attributes:
        run_on: Whether the PDF prints the lines as one paragraph after the heading, to save space.
    """

    kind: Literal["lines"]
    run_on: bool = False

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the heading and the lines."""
        return super().words(sheet) | {"run_on": self.run_on}
