"""Write the header and redirect files that Netlify and Cloudflare Pages read from the folder."""

from __future__ import annotations

from scripts.finishing.site import Site
from scripts.hosting.policy import inline_of
from scripts.hosting.settings import headers_file, moved_addresses, redirects_file


def write_headers(site: Site) -> None:
    """Write ``_headers``, and ``_redirects`` if any address has moved."""
    inline = inline_of(*(page.tree for page in site.pages.values()))
    text = headers_file(site.folder, inline)
    (site.folder / "_headers").write_text(text, encoding="utf-8", newline="\n")
    if moved := moved_addresses(site.guide):
        text = redirects_file(moved)
        (site.folder / "_redirects").write_text(text, encoding="utf-8", newline="\n")
