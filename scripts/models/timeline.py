"""When CRS usually starts, by product."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scripts.models.base import Model, Plain, Some, Sourced, SourcedByMany, Text

Day = Annotated[int, Field(ge=0, le=365)]

FIRST_X, DAY_WIDTH, LAST_DAY = 24, 11, 30


def x_of(day: int) -> int:
    """Give where a day stands on the drawing; later days stand at its end."""
    return FIRST_X + DAY_WIDTH * min(day, LAST_DAY)


class TimelineLabels(Model):
    """Words of the drawing and heads of the table's columns."""

    product: Plain
    cancer: Plain
    typical_start: Plain
    range: Plain
    typical_length: Plain
    day: Plain
    axis: Plain
    later: Plain
    not_given: Plain


class TimelineRow(Sourced):
    """One product for one cancer.

    Attributes:
        product: Brand name.
        medicine: Short generic name.
        cancer: What it treats.
        median_start_day: Day after infusion on which half had started.
        first_day: Earliest start seen, where known.
        last_day: Latest start seen, where known.
        length: How long CRS typically lasted, in words.
    """

    product: Plain
    medicine: Plain
    cancer: Plain
    median_start_day: Day
    first_day: Day | None = None
    last_day: Day | None = None
    length: Plain | None = None

    @property
    def median_x(self) -> int:
        """Where the typical start is drawn."""
        return x_of(self.median_start_day)

    @property
    def first_x(self) -> int:
        """Where the range begins."""
        return x_of(self.median_start_day if self.first_day is None else self.first_day)

    @property
    def last_x(self) -> int:
        """Where the range ends, at most the edge of the drawing."""
        return x_of(self.median_start_day if self.last_day is None else self.last_day)

    @property
    def goes_on(self) -> bool:
        """Whether the range ends after the last day drawn."""
        return self.last_day is not None and self.last_day > LAST_DAY


class Timeline(SourcedByMany):
    """Typical and seen starts of CRS, for a drawing and a table.

    Attributes:
        title: Name of the drawing.
        description: What a person who cannot see it needs to know.
        caption: Caption of the table.
        note: What the numbers cannot say; shown under both.
        labels: Words of the drawing and the column heads.
        rows: One product each.
    """

    title: Plain
    description: Plain
    caption: Text
    note: Text
    labels: TimelineLabels
    rows: Some[TimelineRow]

    @property
    def ticks(self) -> tuple[tuple[int, int], ...]:
        """Days with a number under the axis, and where they stand."""
        return tuple((day, x_of(day)) for day in (0, 7, 14, 21, 28))
