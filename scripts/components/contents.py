"""The parts of a page as links."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext


class Contents(Component):
    """The parts of the page, each a link."""

    macro = "contents"
    not_searched = ("toc",)

    def html(self, page: PageContext) -> Markup:
        """List the headings of the second level."""
        parts = [heading for heading in page.page.headings if heading.level == 2]
        return page.render("contents.html", parts=parts)
