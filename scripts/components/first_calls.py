"""The two phone calls of a crisis, short enough for the first screen."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Review, Row
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.pages import Call, Heading


class FirstCalls(Component):
    """The two phone calls of a crisis."""

    macro = "first_calls"
    not_searched = ("crs-first-calls",)

    def html(self, page: PageContext) -> Markup:
        """Render the two calls, short enough for the first screen."""
        return page.render("first-calls.html", cards=page.guide.care_cards)

    def carried(self, call: Call, guide: Guide) -> Carried:  # noqa: ARG002 - the call takes no name
        """Return the facts and the sources of the fever level."""
        fever = guide.temperatures["fever"]
        return fever.facts, fever.sources

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield a row for each of the two calls."""
        fever = review.guide.temperatures["fever"]
        for name in ("emergency", "call-now"):
            card = review.guide.care_cards[name]
            words = f"{review.say(card.first_line or card.in_short)}: {review.say(card.heading)}"
            yield review.row(section, "care-card", words, fever.facts, fever.sources)
