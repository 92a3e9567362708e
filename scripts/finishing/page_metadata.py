"""Add metadata for other programs to each page: a little to its head, the rest at its end."""

from __future__ import annotations

from scripts.finishing.schema_org import data_block, page_data, share_lines
from scripts.finishing.site import Site

STEP = "add_metadata"


def add_metadata(site: Site) -> None:
    """Write Open Graph lines into every page, and schema.org data into all but lean ones.

    The data is at the end of the page, because data for programs must not delay the first screen.
    """
    for path, source in site.guide.pages.items():
        page = site.page(path, STEP)
        page.add_to_head(share_lines(site.guide, source))
        if not source.meta.lean:
            page.add_to_end(f"{data_block(page_data(site.guide, source))} ", STEP)
