"""A note of when a page was reviewed and by whom."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext


class ReviewNote(Component):
    """A note of when the page was reviewed, by whom, and when the next review is due."""

    macro = "review_note"

    def html(self, page: PageContext) -> Markup:
        """Render the review dates of the page and its reviewer."""
        return page.render("review-note.html", meta=page.page.meta)
