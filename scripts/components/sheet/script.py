"""The block for a script of a phone call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from scripts.components.call_script import CALL_SCRIPT, script_rows
from scripts.components.review import Review, Row
from scripts.components.sheet.block import SheetBlock, SheetWords
from scripts.guide.models.base import Text
from scripts.guide.pages import Heading


class Script(SheetBlock):
    """What to say when you call, from ``call-script.yml``."""

    kind: Literal["script"]
    heading: Text | None = None

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the heading and the sentences."""
        script = sheet.guide.data(CALL_SCRIPT)
        return {
            "heading": sheet.say(self.heading),
            "lines": sheet.all(script.lines),
            "note": sheet.say(script.note),
        }

    def rows(self, review: Review, section: Heading) -> Iterator[Row]:
        """Yield one row with all sentences."""
        yield from script_rows(review, section)
