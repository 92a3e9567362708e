"""When a page was checked and by whom."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext


class ReviewNote(Component):
    """When the page was checked, when it is due and who reviewed it."""

    macro = "review_note"

    def html(self, page: PageContext) -> Markup:
        """Show the dates of the page and its reviewer."""
        return page.render("review-note.html", meta=page.page.meta)
