"""A table of contents."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext


class Contents(Component):
    """A table of contents of the page."""

    macro = "contents"
    not_searched = ("toc",)

    def html(self, page: PageContext) -> Markup:
        """Render links to the headings of level 2."""
        parts = [heading for heading in page.page.headings if heading.level == 2]
        return page.render("contents.html", parts=parts)
