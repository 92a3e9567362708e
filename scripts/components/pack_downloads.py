"""Links to the PDFs that hold all sheets."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.downloads import PACK


class PackDownloads(Component):
    """The PDFs that hold all sheets."""

    macro = "pack_downloads"

    def html(self, page: PageContext) -> Markup:
        """Link to the PDFs that hold all sheets."""
        return page.render("downloads.html", downloads=page.downloads.of(PACK), labelled_by="")
