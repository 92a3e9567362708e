"""Links to the PDFs of the pack, which contains all sheets."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.downloads import PACK


class PackDownloads(Component):
    """Links to the PDFs of the pack."""

    macro = "pack_downloads"

    def html(self, page: PageContext) -> Markup:
        """Render links to the PDFs of the pack."""
        return page.render("downloads.html", downloads=page.downloads.of(PACK), labelled_by="")
