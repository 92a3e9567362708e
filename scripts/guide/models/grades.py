"""Tables of grades, as hospitals use them."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from scripts.guide.models.base import Model, Plain, Some, SourcedByMany, Text, fault


class GradeRow(Model):
    """One grade.

    Attributes:
        grade: 1 to 5.
        cells: One text per column.
    """

    grade: Annotated[int, Field(ge=1, le=5)]
    cells: Some[Text]


class GradeTable(SourcedByMany):
    """Grades and what each means.

    Attributes:
        caption: Names the table.
        row_heading: Heading of the first column.
        columns: Headings of the others.
        rows: One grade each, rising.
        note: What a reader must know to read it rightly.
    """

    caption: Text
    row_heading: Plain
    columns: Some[Plain]
    rows: Some[GradeRow]
    note: Text | None = None

    @property
    def across(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The table turned: each column's heading, with its texts from the lowest grade up."""
        return tuple(
            (heading, tuple(row.cells[index] for row in self.rows))
            for index, heading in enumerate(self.columns)
        )

    @model_validator(mode="after")
    def _rows_fit(self) -> Self:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            what = "a row has more or fewer cells than there are columns"
            raise fault("cells", what, "Give one cell a column.")
        grades = [row.grade for row in self.rows]
        if grades != sorted(set(grades)):
            what = "grades repeat or do not rise"
            raise fault("grades", what, "List each grade once, from low to high.")
        return self
