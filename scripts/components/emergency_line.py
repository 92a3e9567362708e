"""A short list of the signs of an emergency."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext


class EmergencyLine(Component):
    """A short list of the signs of an emergency, for a page that does not show the card."""

    macro = "emergency_line"
    not_searched = ("crs-emergency-line",)

    def html(self, page: PageContext) -> Markup:
        """Render the short list of the signs of an emergency."""
        return page.render("emergency-line.html", card=page.guide.care_cards["emergency"])
