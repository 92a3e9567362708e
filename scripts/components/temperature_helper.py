"""The temperature converter and its table."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.render import render
from scripts.components.review import Review, Row, ended
from scripts.components.temperature_table import conversion, table_rows_of_review
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.models.base import Model
from scripts.guide.pages import Call, Heading


class Helper(Component):
    """The converter, which needs JavaScript, and the table, which does not."""

    macro = "temperature_helper"
    own_ids = "temperature-helper-(fahrenheit|celsius)"

    def html(self, page: PageContext) -> Markup:
        """Render the converter and the table."""
        guide = page.guide
        levels = {"fever": guide.temperatures["fever"], "low": guide.temperatures["low"]}
        helper = render(
            "temperature-helper.html",
            helper=page.formatter.filled(guide.temperature_helper),
            id_prefix="temperature-helper",
            leading_unit=guide.edition.leading_unit,
            **levels,
        )
        return helper + render(
            "temperature-table.html", table=conversion(guide, page.formatter.rich)
        )

    def carried(self, call: Call, guide: Guide) -> Carried:  # noqa: ARG002 - the call takes no name
        """Return the facts and the sources of the answers and of the levels in the table."""
        helper = guide.temperature_helper
        facts, sources = list(helper.facts), list(helper.sources)
        for name in ("fever", "low", "some-places-say"):
            facts += guide.temperatures[name].facts
            sources += guide.temperatures[name].sources
        return facts, sources

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield a row with the answers of the converter, then the rows of the table."""
        helper = review.guide.temperature_helper
        parts: list[Model] = [
            helper.at_or_above,
            helper.below,
            helper.low,
            helper.outside,
            helper.search,
        ]
        words = " ".join([*map(review.flat, parts), ended(review.say(helper.always))])
        yield review.row(section, "helper", words, helper.facts, helper.sources)
        yield from table_rows_of_review(review, section)
