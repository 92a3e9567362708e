"""A temperature inside a sentence."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Review, Said, plain
from scripts.guide.guide import Guide
from scripts.guide.pages import Call


class TemperatureInText(Component):
    """A temperature of ``temperatures.yml`` in both units."""

    macro = "temperature"
    block = False
    listed_in = "docs/data/temperatures.yml"

    def names(self, guide: Guide) -> Collection[str]:
        """Return the names of the temperatures."""
        return guide.temperatures

    def html(self, page: PageContext, name: str) -> Markup:
        """Render a temperature in both units, the edition's first."""
        return page.formatter.temperature(page.guide.temperatures[name])

    def said(self, call: Call, review: Review, line: Said) -> str:
        """Return the temperature, and record its fact, which has no mark on the page."""
        level = review.guide.temperatures[call.first]
        words = plain(self.html(review.page, call.first))
        return f"{words}\ue004temperature\ue005" + line.note(
            level.fact, level.sources, marked=False
        )
