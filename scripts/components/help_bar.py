"""A bar at the top of every page that links to help."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext


class HelpBar(Component):
    """A bar that links to help, on screen and on paper, and names the clinic."""

    macro = "help_bar"
    not_searched = ("crs-help-bar", "crs-clinic")

    def html(self, page: PageContext) -> Markup:
        """Render the bar; the page for help itself has no link to help."""
        return page.render("help-bar.html", here=page.page.meta.role == "help")
