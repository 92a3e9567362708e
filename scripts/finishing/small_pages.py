"""Takes out of the pages what only a person who reads their source would see: blank space."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from scripts.content import Guide

KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
"""Elements in which blank space may mean something."""

TEXT = re.compile(r"(?<=>)[^<]+(?=<)")
ICON = re.compile(r'(<link rel="icon" href=")[^"]*?(assets/images/favicon\.svg)(?=">)')


def small_page(html: str) -> str:
    """Give a page with one blank where there were several.

    A blank stays a blank: between two words it parts them, whatever the elements around it are.
    """
    parts = KEPT.split(html)
    # Each element that is kept comes with its name, which the pattern needs for its end.
    for index in range(0, len(parts), 3):
        parts[index] = TEXT.sub(_shorter, f">{parts[index]}<")[1:-1]
    return "".join(part for index, part in enumerate(parts) if index % 3 != 2)


def _shorter(found: re.Match[str]) -> str:
    return re.sub(r"[ \t\r\n]+", lambda blank: "\n" if "\n" in blank[0] else " ", found[0])


def write_small_pages(folder: Path, guide: Guide) -> None:  # noqa: ARG001 - the shape of a step
    """Shorten each page, and put its icon into it, which would else be one more file to fetch."""
    icon = (folder / "assets/images/favicon.svg").read_text(encoding="utf-8")
    address = "data:image/svg+xml," + quote(
        " ".join(icon.split()).replace('"', "'"), safe=" ='/:,;()!*"
    )
    for page in sorted(folder.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        html = ICON.sub(lambda found: found[1] + address, html)
        page.write_text(small_page(html), encoding="utf-8", newline="\n")
