"""The block of a row a day with boxes to tick."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from scripts.components.sheet.block import SheetBlock, SheetWords
from scripts.guide.models.base import Some, Text
from scripts.guide.models.checklist import Days


class Daily(SheetBlock):
    """One row a day: for each check a box, and room to write a sentence by hand.

    Attributes:
        days: Rows. They have no numbers: a reader begins at any day and takes a new sheet.
        day_heading: Heading of the first column.
        columns: Headings of the checks of a day.
    """

    kind: Literal["daily"]
    days: Days
    day_heading: Text
    columns: Annotated[Some[Text], Field(max_length=3)]

    @property
    def has_boxes(self) -> bool:
        """Whether it has boxes: one for each check of each day."""
        return True

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the number of rows and the headings."""
        return {
            "days": self.days,
            "day_heading": sheet.say(self.day_heading),
            "columns": sheet.all(self.columns),
        }
