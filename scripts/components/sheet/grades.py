"""The block for a table of grades."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from scripts.components.grades import GRADES, grade_rows
from scripts.components.review import Review, Row
from scripts.components.sheet.block import SheetBlock, SheetWords
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.models.base import Slug
from scripts.guide.pages import Heading
from scripts.guide.yaml_source import Location


class GradesBlock(SheetBlock):
    """A table of grades as hospitals print it: one row for each sign, one column for each grade.

    Attributes:
        table: Name of the table in ``grades.yml``.
    """

    kind: Literal["grades"]
    table: Slug

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the table transposed: one column for each grade."""
        table, say = sheet.guide.data(GRADES)[self.table], sheet.say
        return {
            "caption": say(table.caption),
            "row_heading": say(table.row_heading),
            "grades": [say(str(row.grade)) for row in table.rows],
            "rows": [
                {"heading": say(heading), "cells": sheet.all(cells)}
                for heading, cells in table.across
            ],
            "note": say(table.note),
        }

    def carried(self, guide: Guide) -> Carried:
        """Return the facts and the sources of the table."""
        table = guide.data(GRADES)[self.table]
        return table.facts, table.sources

    def faults(self, guide: Guide) -> Iterator[tuple[Location, str, str]]:
        """Check that the table exists."""
        if self.table not in (tables := guide.data(GRADES)):
            fault = f"there is no table of grades “{self.table}”"
            yield ("table",), fault, f"Use one of: {', '.join(tables)}."

    def rows(self, review: Review, section: Heading) -> Iterator[Row]:
        """Yield the rows of the table."""
        yield from grade_rows(self.table, review, section)
