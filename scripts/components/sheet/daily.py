"""The block for a table with one row a day and boxes to tick."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from scripts.components.sheet.block import SheetBlock, SheetWords
from scripts.guide.models.base import Some, Text
from scripts.guide.models.checklist import Days


class Daily(SheetBlock):
    """A table with one row a day: a box for each check, and space to write a sentence by hand.

    Attributes:
        days: Number of rows. They have no day numbers, because a reader may start on any day.
        day_heading: Heading of the first column.
        columns: Headings of the checks.
        sample: Heading of the first row, for the sentence as the person writes it when well.
    """

    kind: Literal["daily"]
    days: Days
    day_heading: Text
    columns: Annotated[Some[Text], Field(max_length=3)]
    sample: Text

    @property
    def has_boxes(self) -> bool:
        """Whether the block has boxes: one for each check of each day."""
        return True

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the number of rows and the headings."""
        return {
            "days": self.days,
            "day_heading": sheet.say(self.day_heading),
            "columns": sheet.all(self.columns),
            "sample": sheet.say(self.sample),
        }
