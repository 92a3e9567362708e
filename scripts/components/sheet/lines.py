"""The block of lines to read."""

from __future__ import annotations

from typing import Any, Literal

from scripts.components.sheet.block import SheetWords
from scripts.components.sheet.listed import Listed


class Lines(Listed):
    """Lines to read, without boxes.

    Attributes:
        run_on: On paper the lines run on behind the heading, to save room.
    """

    kind: Literal["lines"]
    run_on: bool = False

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the heading and the lines."""
        return super().words(sheet) | {"run_on": self.run_on}
