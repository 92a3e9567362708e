"""Base class of lists of lines, with boxes to tick and without."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from scripts.components.review import Review, Row, ended, said_together
from scripts.components.sheet.block import SheetBlock, SheetWords
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.models.base import Some, Text
from scripts.guide.models.checklist import ChecklistItem, Columns
from scripts.guide.pages import Heading


class Listed(SheetBlock):
    """Lines in one or two columns.

    Attributes:
        heading: Heading of the list.
        items: Lines, in order.
        columns: Number of columns.
    """

    heading: Text | None = None
    items: Some[ChecklistItem]
    columns: Columns = 1

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the heading and the lines."""
        return {
            "heading": sheet.say(self.heading),
            "columns": self.columns,
            "run_on": False,
            "entries": [
                {"text": sheet.say(text), "write_in": item.write_in}
                for item in self.items
                if (text := item.answered if sheet.answers(item.question) else item.text)
            ],
        }

    def carried(self, guide: Guide) -> Carried:  # noqa: ARG002 - the lines themselves name them
        """Return the facts and the sources of the lines."""
        return (
            [fact for item in self.items for fact in item.facts],
            [source for item in self.items for source in item.sources],
        )

    def rows(self, review: Review, section: Heading) -> Iterator[Row]:
        """Yield a row for each line with a fact; adjacent lines without a fact share a row."""
        heading = review.say(self.heading)
        lead = heading and f"{heading} – "
        for stated, items in groupby(self.items, lambda item: bool(item.facts)):
            if not stated:
                said = said_together(review.say(item.text) for item in items)
                yield Row(section, "unsourced", ended(lead + said))
                continue
            for item in items:
                for text in filter(None, (item.text, item.answered)):
                    words = ended(lead + review.say(text))
                    yield review.row(section, "sheet-item", words, item.facts, item.sources)
