"""A link to the bill of materials of this build."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.downloads import BILL


class BillOfMaterials(Component):
    """A link to the bill of materials, which lists all parts of this build."""

    macro = "bill_of_materials"

    def html(self, page: PageContext) -> Markup:
        """Render the link, or a note if this build has not written the file."""
        file = BILL if page.downloads.folder else None
        return page.render("bill-of-materials.html", file=file)
