"""The block for the conversion table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from scripts.components.review import Review, Row
from scripts.components.sheet.block import SheetBlock, SheetWords
from scripts.components.temperature_table import conversion, table_rows_of_review
from scripts.guide.citations import Carried
from scripts.guide.guide import LEVELS, Guide
from scripts.guide.pages import Heading


class TableBlock(SheetBlock):
    """The conversion table."""

    kind: Literal["temperature-table"]

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the table in two halves."""
        return conversion(sheet.guide, sheet.say)

    def carried(self, guide: Guide) -> Carried:
        """Return the facts and the sources of the levels that the table marks."""
        levels = [guide.temperatures[name] for name in LEVELS]
        return (
            [fact for level in levels for fact in level.facts],
            [source for level in levels for source in level.sources],
        )

    def rows(self, review: Review, section: Heading) -> Iterator[Row]:
        """Yield the words of the table and a row for each level."""
        yield from table_rows_of_review(review, section)
