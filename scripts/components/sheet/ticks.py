"""The block for lines to tick."""

from __future__ import annotations

from typing import Literal

from scripts.components.sheet.listed import Listed
from scripts.guide.models.base import Text


class Ticks(Listed):
    """Lines with a box to tick. A heading is required."""

    kind: Literal["ticks"]
    heading: Text

    @property
    def has_boxes(self) -> bool:
        """Whether the block has boxes: always."""
        return True
