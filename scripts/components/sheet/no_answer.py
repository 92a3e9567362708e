"""The block for what to do when nobody answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from scripts.components.no_answer import NO_ANSWER
from scripts.components.review import Review, Row
from scripts.components.sheet.block import SheetBlock, SheetWords
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.models.base import Text
from scripts.guide.pages import Heading


class NoAnswerBlock(SheetBlock):
    """What to do when nobody answers or calls back, from ``no-answer.yml``."""

    kind: Literal["no-answer"]
    heading: Text

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the heading and the steps."""
        rule = sheet.guide.data(NO_ANSWER)
        return {"heading": sheet.say(self.heading), "lines": sheet.all(rule.lines)}

    def carried(self, guide: Guide) -> Carried:
        """Return the facts and the sources of the rule."""
        rule = guide.data(NO_ANSWER)
        return rule.facts, rule.sources

    def rows(self, review: Review, section: Heading) -> Iterator[Row]:
        """Yield one row with all steps."""
        rule = review.guide.data(NO_ANSWER)
        words = " ".join(map(review.say, (self.heading, *rule.lines)))
        yield review.row(section, "no-answer", words, rule.facts, rule.sources)
