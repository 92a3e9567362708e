"""Writes the settings that Netlify and Cloudflare Pages read from the folder itself.

The last step: it counts the inline scripts of every page as it will be served.
"""

from __future__ import annotations

from pathlib import Path

from scripts.guide.guide import Guide
from scripts.hosting.settings import headers_file, moved_addresses, redirects_file


def write_headers(folder: Path, guide: Guide) -> None:
    """Write ``_headers``, and ``_redirects`` where an address has moved."""
    (folder / "_headers").write_text(headers_file(folder), encoding="utf-8", newline="\n")
    if moved := moved_addresses(guide):
        text = redirects_file(moved)
        (folder / "_redirects").write_text(text, encoding="utf-8", newline="\n")
