"""A table of all PDFs."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.downloads import PACK


class DownloadTable(Component):
    """A table of all PDFs: each sheet and the pack, in both paper and print sizes."""

    macro = "download_table"
    own_ids = "download-table"

    def html(self, page: PageContext) -> Markup:
        """Render the table, or a note that there are no PDFs if only pages are built."""
        guide = page.guide
        names = {PACK: guide.strings.pack_title} | {
            slug: guide.checklists[slug].title for slug in guide.sheet_pack.sheets
        }
        rows = [
            {"name": page.formatter.rich(name), "downloads": page.downloads.of(slug)}
            for slug, name in names.items()
        ]
        return page.render("download-table.html", rows=rows if rows[0]["downloads"] else [])
