"""The block for a table to fill in day by day."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from scripts.components.sheet.block import SheetBlock, SheetWords
from scripts.components.units import UNIT_SIGNS
from scripts.guide.models.base import Text, fault
from scripts.guide.models.checklist import Days, FirstDay


class Log(SheetBlock):
    """A table to fill in, one row a day. A copy of the sheet serves for each round of days.

    Attributes:
        days: Number of rows.
        first_day: Number of the first day.
        last_day: Number of the last day of the last copy. A row lists each day that it may be.
        readings_per_day: Number of readings in each row: a box for the time, one for the degrees.
        reading_heading: Heading over those boxes.
        notes: Heading of the wide column.
        called: Heading of the last column, whose box is ticked after a call.
        day_heading: Heading of the first column.
    """

    kind: Literal["log"]
    days: Days
    first_day: FirstDay = 1
    last_day: FirstDay
    readings_per_day: Annotated[int, Field(ge=1, le=4)]
    reading_heading: Text
    notes: Text
    called: Text
    day_heading: Text

    @model_validator(mode="after")
    def _last_day_has_a_row(self) -> Self:
        if self.last_day < self.first_day + self.days - 1:
            raise fault("log", "last_day is before the day of the last row", "Set a later day.")
        return self

    @property
    def has_boxes(self) -> bool:
        """Whether the block has boxes: one for a call each day."""
        return True

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the days and the headings, with the edition's unit."""
        last = self.last_day + 1
        return {
            "days": [
                list(range(first, last, self.days))
                for first in range(self.first_day, self.first_day + self.days)
            ],
            "readings": self.readings_per_day,
            "day_heading": sheet.say(self.day_heading),
            "reading_heading": sheet.say(self.reading_heading),
            "notes": sheet.say(self.notes),
            "called": sheet.say(self.called),
            "time_heading": sheet.say(sheet.guide.strings.time),
            "unit_heading": sheet.say(UNIT_SIGNS[sheet.guide.edition.leading_unit]),
        }
