"""The block for labels with lines to write on."""

from __future__ import annotations

from typing import Any, Literal

from scripts.components.sheet.block import SheetBlock, SheetWords
from scripts.guide.models.base import Some, Text
from scripts.guide.models.checklist import Columns


class Fields(SheetBlock):
    """Labels, each with a line to write on."""

    kind: Literal["fields"]
    heading: Text | None = None
    items: Some[Text]
    columns: Columns = 1

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the heading and the labels."""
        return {
            "heading": sheet.say(self.heading),
            "columns": self.columns,
            "labels": sheet.all(self.items),
        }
