"""A list of all sheets by occasion, with preview images."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.downloads import PREVIEW_SIZE


class SheetList(Component):
    """A list of all sheets by occasion."""

    macro = "sheet_list"
    own_ids = "sheets-[0-9]+"

    def html(self, page: PageContext) -> Markup:
        """Render all sheets by occasion, with their preview images."""
        size = PREVIEW_SIZE[page.guide.edition.paper]
        return page.render("sheet-list.html", groups=groups_of_sheets(page), preview_size=size)


def groups_of_sheets(page: PageContext) -> list[dict[str, Any]]:
    """Return the sheets of the pack in groups, with the values that a page shows."""
    guide, pack = page.guide, page.guide.sheet_pack

    def sheet_of(slug: str) -> dict[str, Any]:
        path = guide.page_of_sheet(slug)
        return {
            "slug": slug,
            "page": path,
            "title": page.formatter.rich(guide.checklists[slug].title),
            "about": guide.pages[path].meta.description,
            "preview": page.downloads.preview(slug),
            "landscape": guide.checklists[slug].landscape,
            "chosen": slug not in pack.on_request,
        }

    return [
        {"heading": group.heading, "sheets": [sheet_of(slug) for slug in group.sheets]}
        for group in pack.groups
    ]
