"""The block of lines to tick."""

from __future__ import annotations

from typing import Literal

from scripts.components.sheet.listed import Listed
from scripts.guide.models.base import Text


class Ticks(Listed):
    """Lines with a box to tick. They always have a heading."""

    kind: Literal["ticks"]
    heading: Text

    @property
    def has_boxes(self) -> bool:
        """Whether it has boxes: always."""
        return True
