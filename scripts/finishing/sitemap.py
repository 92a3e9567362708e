"""Writes what programs read first of a site: its map with real dates, and who may read it."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.sax.saxutils import escape

from scripts.finishing.schema_org import LICENSE, guide_name, page_address
from scripts.guide.guide import Guide


def sitemap(guide: Guide) -> str:
    """List every page with the day on which it was last checked."""
    rows = [
        f"  <url><loc>{escape(page_address(guide, path))}</loc>"
        f"<lastmod>{page.meta.reviewed.isoformat()}</lastmod></url>\n"
        for path, page in guide.pages.items()
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{''.join(sorted(rows))}</urlset>\n"
    )


def robots(guide: Guide) -> str:
    """Let every program read everything, and name the map."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {guide.edition.site_address}sitemap.xml\n"


def humans(guide: Guide) -> str:
    """Tell a person who looks behind the pages where they find how these were made."""
    path = guide.page_for("method")
    return (
        f"{guide_name(guide)}\n{guide.edition.site_address}\n\n"
        f"{guide.pages[path].meta.title}: {page_address(guide, path)}\n{LICENSE}\n"
    )


def write_sitemap(folder: Path, guide: Guide) -> None:
    """Take the place of the engine's map, which gives every page the day of the build."""
    text = sitemap(guide).encode()
    (folder / "sitemap.xml").write_bytes(text)
    (folder / "sitemap.xml.gz").write_bytes(gzip.compress(text, mtime=0))
    (folder / "robots.txt").write_bytes(robots(guide).encode())
    (folder / "humans.txt").write_bytes(humans(guide).encode())
