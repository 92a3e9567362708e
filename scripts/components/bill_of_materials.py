"""The link to the list of all parts of this build."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.downloads import BILL


class BillOfMaterials(Component):
    """The list of all parts that this build was made with."""

    macro = "bill_of_materials"

    def html(self, page: PageContext) -> Markup:
        """Link to the list, in a build that wrote it."""
        file = BILL if page.downloads.folder else None
        return page.render("bill-of-materials.html", file=file)
