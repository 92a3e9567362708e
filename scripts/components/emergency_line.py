"""The signs of an emergency in short."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext


class EmergencyLine(Component):
    """The signs of an emergency in short, on a page that does not show the card."""

    macro = "emergency_line"

    def html(self, page: PageContext) -> Markup:
        """Show the signs of an emergency in short."""
        return page.render("emergency-line.html", card=page.guide.care_cards["emergency"])
