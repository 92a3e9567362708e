"""A note with the date and the reviewer of the last review of a page."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext


class ReviewNote(Component):
    """A note with the date and the reviewer of the last review, and the date of the next one."""

    macro = "review_note"

    def html(self, page: PageContext) -> Markup:
        """Render the review dates of the page and its reviewer."""
        return page.render("review-note.html", meta=page.page.meta)
