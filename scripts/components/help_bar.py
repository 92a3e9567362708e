"""The way to help at the top of every page."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext


class HelpBar(Component):
    """Leads to help, on screen and on paper, and says whose guide this is."""

    macro = "help_bar"
    not_searched = ("crs-help-bar", "crs-clinic")

    def html(self, page: PageContext) -> Markup:
        """Show the way to help; the page for help itself needs none."""
        return page.render("help-bar.html", here=page.page.meta.role == "help")
