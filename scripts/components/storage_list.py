"""A list of everything that the scripts store in a browser."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext


class StorageList(Component):
    """A list of everything that the scripts store in a browser."""

    macro = "storage_list"

    def html(self, page: PageContext) -> Markup:
        """Render what is stored, where and until when."""
        return page.render("storage-list.html", items=page.guide.stored_items)
