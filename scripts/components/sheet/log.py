"""The block for a table to fill in day by day."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field

from scripts.components.sheet.block import SheetBlock, SheetWords
from scripts.components.units import UNIT_SIGNS
from scripts.guide.models.base import Some, Text
from scripts.guide.models.checklist import Days, FirstDay


class Log(SheetBlock):
    """A table to fill in, one row a day.

    Attributes:
        days: Number of rows.
        first_day: Number of the first day.
        readings_per_day: Number of cells for a time and a temperature in each row.
        reading_heading: Heading over those cells.
        columns: Headings of the other columns.
        day_heading: Heading of the first column.
    """

    kind: Literal["log"]
    days: Days
    first_day: FirstDay = 1
    readings_per_day: Annotated[int, Field(ge=1, le=6)]
    reading_heading: Text
    columns: Some[Text]
    day_heading: Text

    def for_days(self, first_day: int, days: int) -> Self:
        """Return the same block for other days."""
        return self.model_copy(update={"first_day": first_day, "days": days})

    @property
    def next_day(self) -> int:
        """Number of the day after the last one."""
        return self.first_day + self.days

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the days and the headings, with the edition's unit."""
        unit = UNIT_SIGNS[sheet.guide.edition.leading_unit]
        return {
            "days": list(range(self.first_day, self.next_day)),
            "readings": self.readings_per_day,
            "day_heading": sheet.say(self.day_heading),
            "reading_heading": sheet.say(self.reading_heading),
            "unit_heading": sheet.say(f"{sheet.guide.strings.time}, {unit}"),
            "columns": sheet.all(self.columns),
        }
