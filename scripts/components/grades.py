"""Tables of grades, as hospitals use them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Annotated, Self

from markupsafe import Markup
from pydantic import Field, model_validator

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Review, Row, ended
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.models.base import Model, Plain, Some, SourcedByMany, Text, fault
from scripts.guide.pages import Call, Heading
from scripts.guide.store import Store


class GradeRow(Model):
    """One grade.

    Attributes:
        grade: 1 to 5.
        cells: One text for each column.
    """

    grade: Annotated[int, Field(ge=1, le=5)]
    cells: Some[Text]


class GradeTable(SourcedByMany):
    """Grades and what each means.

    Attributes:
        caption: Caption of the table.
        row_heading: Heading of the first column.
        columns: Headings of the other columns.
        rows: One grade each, in rising order.
        note: What a reader must know to read the table correctly.
    """

    caption: Text
    row_heading: Plain
    columns: Some[Plain]
    rows: Some[GradeRow]
    note: Text | None = None

    @property
    def across(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The table transposed: each column heading, with its texts from the lowest grade up."""
        return tuple(
            (heading, tuple(row.cells[index] for row in self.rows))
            for index, heading in enumerate(self.columns)
        )

    @model_validator(mode="after")
    def _rows_fit(self) -> Self:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            what = "a row has more or fewer cells than there are columns"
            raise fault("cells", what, "Write one cell for each column.")
        grades = [row.grade for row in self.rows]
        if grades != sorted(set(grades)):
            what = "grades repeat or do not rise"
            raise fault("grades", what, "List each grade once, from low to high.")
        return self


GRADES = Store("grades", lambda reader: reader.mapping(GradeTable, reader.data / "grades.yml"))


class GradesOnPage(Component):
    """A table of grades."""

    macro = "grades"
    listed_in = "docs/data/grades.yml"
    stores = (GRADES,)
    own_ids = "grades-.*"

    def names(self, guide: Guide) -> Collection[str]:
        """Return the names of the tables."""
        return guide.data(GRADES)

    def html(self, page: PageContext, name: str) -> Markup:
        """Render a table of grades, with a column for each grade, as hospitals print it."""
        table = page.guide.data(GRADES)[name]
        return page.render("grades.html", name=name, table=table, mark=page.mark)

    def carried(self, call: Call, guide: Guide) -> Carried:
        """Return the facts and the sources of the table."""
        table = guide.data(GRADES)[call.first]
        return table.facts, table.sources

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:
        """Yield the rows of the table."""
        yield from grade_rows(str(call.first), review, section)


def grade_rows(name: str, review: Review, section: Heading | None) -> Iterator[Row]:
    """Yield the words around a table of grades, and a row for each grade."""
    table, key, say = review.guide.data(GRADES)[name], f"grades:{name}", review.say
    if not review.first(key):
        yield Row(section, "again", ended(say(table.caption)), see=(key,))
        return
    words = f"{ended(say(table.caption))} {say(table.note)}".strip()
    yield review.row(section, "grades", words, table.facts, table.sources, key)
    for row in table.rows:
        cells = zip(table.columns, row.cells, strict=True)
        said = ". ".join(f"{column}: {say(cell)}" for column, cell in cells)
        yield Row(section, "grades-row", f"{table.row_heading} {row.grade}. {said}.", see=(key,))
