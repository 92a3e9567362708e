"""Write the files that programs read first: a sitemap with real dates, and robots.txt."""

from __future__ import annotations

import gzip
from xml.sax.saxutils import escape

from scripts.finishing.schema_org import LICENSE, guide_name, page_address
from scripts.finishing.site import Site
from scripts.guide.guide import Guide


def sitemap(guide: Guide) -> str:
    """Return a sitemap of all pages, each with the day on which it was last checked."""
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
    """Return a robots.txt that allows everything and names the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {guide.edition.site_address}sitemap.xml\n"


def humans(guide: Guide) -> str:
    """Return a humans.txt that says where to read how the pages were made."""
    path = guide.page_for("method")
    return (
        f"{guide_name(guide)}\n{guide.edition.site_address}\n\n"
        f"{guide.pages[path].meta.title}: {page_address(guide, path)}\n{LICENSE}\n"
    )


def write_sitemap(site: Site) -> None:
    """Replace the sitemap of MkDocs, which gives every page the day of the build; add the rest."""
    folder, guide = site.folder, site.guide
    text = sitemap(guide).encode()
    (folder / "sitemap.xml").write_bytes(text)
    (folder / "sitemap.xml.gz").write_bytes(gzip.compress(text, mtime=0))
    (folder / "robots.txt").write_bytes(robots(guide).encode())
    (folder / "humans.txt").write_bytes(humans(guide).encode())
