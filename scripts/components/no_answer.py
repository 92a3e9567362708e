"""What to do when nobody answers or calls back."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Review, Row
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.models.base import Some, SourcedByMany, Text
from scripts.guide.pages import Call, Heading
from scripts.guide.store import Store


class NoAnswer(SourcedByMany):
    """The rule for a call that nobody answers or returns.

    Attributes:
        lines: One step each, in order. ``[[call-back]]`` is the time limit that the clinic sets.
    """

    lines: Some[Text]


NO_ANSWER = Store("no-answer", lambda reader: reader.one(NoAnswer, "no-answer.yml"))


class NoAnswerOnPage(Component):
    """What to do when nobody answers or calls back."""

    macro = "no_answer"
    stores = (NO_ANSWER,)

    def html(self, page: PageContext) -> Markup:
        """Render the steps."""
        rule = page.guide.data(NO_ANSWER)
        lines = [page.formatter.rich(line) for line in rule.lines]
        return page.render("no-answer.html", lines=lines, mark=page.mark(tuple(rule.sources)))

    def carried(self, call: Call, guide: Guide) -> Carried:  # noqa: ARG002 - the call takes no name
        """Return the facts and the sources of the rule."""
        rule = guide.data(NO_ANSWER)
        return rule.facts, rule.sources

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield one row with all steps."""
        rule = review.guide.data(NO_ANSWER)
        words = " ".join(map(review.say, rule.lines))
        yield review.row(section, "no-answer", words, rule.facts, rule.sources)
