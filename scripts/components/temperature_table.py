"""The conversion table, for pages, sheets and the review pack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from scripts.components.review import Review, Row
from scripts.guide.guide import LEVELS, Guide
from scripts.guide.pages import Heading
from scripts.guide.temperature import TableRow, table_rows

T = TypeVar("T")


def conversion(guide: Guide, say: Callable[[str | None], T]) -> dict[str, Any]:
    """Return the conversion table in two halves: below the fever level, and from it up."""
    words = guide.temperature_helper.table
    levels = {name.replace("-", "_"): guide.temperatures[name].celsius for name in LEVELS}
    celsius_leads = guide.edition.leading_unit == "celsius"

    def row_of(row: TableRow) -> dict[str, Any]:
        pair = [say(f"{row.fahrenheit}\u00a0°F"), say(f"{row.celsius}\u00a0°C")]
        lead, other = pair[::-1] if celsius_leads else pair
        return {
            "lead": lead,
            "other": other,
            "mark": say(getattr(words.marks, row.mark)) if row.mark else None,
        }

    rows = table_rows(**levels)
    heads = [say(words.fahrenheit), say(words.celsius)]
    return {
        "halves": [
            {
                "call_now": call_now,
                "caption": say(caption),
                "heads": heads[::-1] if celsius_leads else heads,
                "rows": [row_of(row) for row in rows if row.call_now is call_now],
            }
            for caption, call_now in ((words.under_caption, False), (words.from_caption, True))
        ],
        "note": say(words.lower_number),
    }


def table_rows_of_review(review: Review, section: Heading | None) -> Iterator[Row]:
    """Yield the words of the table, and a row for each level that the table marks."""
    key, guide = "temperature-table", review.guide
    words = guide.temperature_helper.table
    if not review.first(key):
        yield Row(section, "again", review.say(words.under_caption), see=(key,))
        return
    halves = f"{review.say(words.under_caption)} {review.say(words.from_caption)}"
    yield Row(section, "unsourced", f"{halves} {review.say(words.lower_number)}")
    for name in LEVELS:
        level = guide.temperatures[name]
        mark = review.say(getattr(words.marks, name.replace("-", "_")))
        shown = review.say(f"[[{name}]]")
        text = f"{shown}: {mark}" if level.celsius_text not in mark else mark
        yield review.row(section, "temperature-row", text, level.facts, level.sources, key)
