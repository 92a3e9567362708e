"""Write the header and redirect files that Netlify and Cloudflare Pages read from the folder.

This step hashes the inline scripts of every page, so it runs after all steps that change pages.
"""

from __future__ import annotations

from pathlib import Path

from scripts.guide.guide import Guide
from scripts.hosting.settings import headers_file, moved_addresses, redirects_file


def write_headers(folder: Path, guide: Guide) -> None:
    """Write ``_headers``, and ``_redirects`` if any address has moved."""
    (folder / "_headers").write_text(headers_file(folder), encoding="utf-8", newline="\n")
    if moved := moved_addresses(guide):
        text = redirects_file(moved)
        (folder / "_redirects").write_text(text, encoding="utf-8", newline="\n")
