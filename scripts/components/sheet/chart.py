"""The block for a grid to mark readings on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import model_validator

from scripts.components.sheet.block import SheetBlock, SheetWords
from scripts.components.units import UNIT_SIGNS
from scripts.guide.guide import Guide
from scripts.guide.models.base import Celsius, Text, fault
from scripts.guide.models.checklist import Days, FirstDay
from scripts.guide.temperature import chart_levels
from scripts.guide.yaml_source import Location


class Chart(SheetBlock):
    """A grid to mark readings on by pen, with a line at the fever level.

    Attributes:
        heading: Heading of the grid.
        days: Number of columns, one a day.
        first_day: Number of the first day.
        lowest: Lowest value of the grid, degrees Celsius.
        highest: Highest value of the grid, degrees Celsius.
        action_label: Label of the line at the fever level.
        caption: Meaning of a mark on, above or below that line.
    """

    kind: Literal["chart"]
    heading: Text
    days: Days
    first_day: FirstDay = 1
    lowest: Celsius
    highest: Celsius
    action_label: Text
    caption: Text

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.lowest >= self.highest:
            raise fault("chart", "lowest is not below highest", "Write the limits of the grid.")
        return self

    def for_days(self, first_day: int, days: int) -> Self:
        """Return the same block for other days."""
        return self.model_copy(update={"first_day": first_day, "days": days})

    @property
    def next_day(self) -> int:
        """Number of the day after the last one."""
        return self.first_day + self.days

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the days and the lines of the grid, including the fever level."""
        edition, say = sheet.guide.edition, sheet.say
        unit = edition.leading_unit
        lines = chart_levels(
            lowest=self.lowest, highest=self.highest, fever=edition.fever_level.celsius, unit=unit
        )
        return {
            "heading": say(self.heading),
            "days": list(range(self.first_day, self.next_day)),
            "day_word": say(sheet.guide.strings.day),
            "levels": [
                {
                    "height": float(line.height),
                    "action": line.is_fever,
                    "label": say(
                        self.action_label
                        if line.is_fever
                        else f"{line.label}\u00a0{UNIT_SIGNS[unit]}"
                    ),
                }
                for line in lines
            ],
            "caption": say(self.caption),
        }

    def faults(self, guide: Guide) -> Iterator[tuple[Location, str, str]]:
        """Check that the edition's fever level is within the grid."""
        fever = guide.edition.fever_level.celsius
        if not self.lowest < fever < self.highest:
            field = "lowest" if fever <= self.lowest else "highest"
            fault = f"the fever level {fever} °C is not on the chart"
            yield (field,), fault, "Set lowest below it and highest above it."
