"""Remove white space from the pages that only readers of their source code would see."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from scripts.finishing.faults import STUB, needed
from scripts.guide.guide import Guide

KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
"""Elements in which white space may be significant."""

TEXT = re.compile(r"(?<=>)[^<]+(?=<)")
LINES = re.compile(r"(?<=>)\s*\n\s*(?=<)")
ENDS = re.compile(
    r" (</(?:article|div|dl|footer|header|li|main|nav|ol|p|section|table|td|th|tr|ul)>)"
)
"""End tags of blocks: white space before them is never visible."""

ICON = re.compile(r'(<link rel="icon" href=")[^"]*?(assets/images/favicon\.svg)(?=">)')


def small_page(html: str) -> str:
    """Return a page with single spaces instead of longer white space, and none at block ends.

    Any other space is kept: it separates words, whatever elements are around it.
    """
    # Other steps match lines of the head, so keep its line breaks.
    head, end, body = html.rpartition("</head>")
    parts = KEPT.split(body)
    # KEPT has two groups, so the name of each kept element follows it in the list.
    for index in range(0, len(parts), 3):
        shorter = TEXT.sub(_one_blank, f">{parts[index]}<")[1:-1]
        parts[index] = ENDS.sub(r"\1", shorter)
    kept = (part for index, part in enumerate(parts) if index % 3 != 2)
    return LINES.sub("\n", head) + end + "".join(kept)


def _one_blank(found: re.Match[str]) -> str:
    return re.sub(r"[ \t\r\n]+", " ", found[0])


def write_small_pages(folder: Path, guide: Guide) -> None:  # noqa: ARG001 - the shape of a step
    """Shorten each page, and inline its icon to save a request.

    Raises:
        FinishingError: A page has no icon link, or no head.
    """
    icon = (folder / "assets/images/favicon.svg").read_text(encoding="utf-8")
    address = "data:image/svg+xml," + quote(
        " ".join(icon.split()).replace('"', "'"), safe="='/:,;()!*"
    )
    for page in sorted(folder.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        step, place = "write_small_pages", page.relative_to(folder).as_posix()
        remedy = "Add it to overrides/main.html again, or change what small_pages.py looks for."
        needed("</head>" in html, step, place, "it has no </head>", remedy)
        html, icons = ICON.subn(lambda found: found[1] + address, html)
        fault = 'it has no <link rel="icon"> with our favicon.svg'
        needed(icons or STUB in html, step, place, fault, remedy)
        page.write_text(small_page(html), encoding="utf-8", newline="\n")
