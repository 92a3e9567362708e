"""All that our scripts keep in a browser."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext


class KeptList(Component):
    """All that our scripts keep in a browser."""

    macro = "kept_list"

    def html(self, page: PageContext) -> Markup:
        """List what is kept, where and until when."""
        return page.render("kept-list.html", kept=page.guide.kept)
