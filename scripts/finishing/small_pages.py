"""Takes out of the pages what only a person who reads their source would see: blank space."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from scripts.finishing.faults import STUB, needed
from scripts.guide.guide import Guide

KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
"""Elements in which blank space may mean something."""

TEXT = re.compile(r"(?<=>)[^<]+(?=<)")
LINES = re.compile(r"(?<=>)\s*\n\s*(?=<)")
ENDS = re.compile(
    r" (</(?:article|div|dl|footer|header|li|main|nav|ol|p|section|table|td|th|tr|ul)>)"
)
"""Where a line ends in any case, so that no blank before it is ever seen."""

ICON = re.compile(r'(<link rel="icon" href=")[^"]*?(assets/images/favicon\.svg)(?=">)')


def small_page(html: str) -> str:
    """Give a page with one blank where there were several, and none at the end of a block.

    Elsewhere a blank stays a blank: between two words it parts them, whatever stands around it.
    """
    # Other steps know the lines of the head, so that it keeps them.
    head, end, body = html.rpartition("</head>")
    parts = KEPT.split(body)
    # Each element that is kept comes with its name, which the pattern needs for its end.
    for index in range(0, len(parts), 3):
        shorter = TEXT.sub(_one_blank, f">{parts[index]}<")[1:-1]
        parts[index] = ENDS.sub(r"\1", shorter)
    kept = (part for index, part in enumerate(parts) if index % 3 != 2)
    return LINES.sub("\n", head) + end + "".join(kept)


def _one_blank(found: re.Match[str]) -> str:
    return re.sub(r"[ \t\r\n]+", " ", found[0])


def write_small_pages(folder: Path, guide: Guide) -> None:  # noqa: ARG001 - the shape of a step
    """Shorten each page, and put its icon into it, which would else be one more file to fetch.

    Raises:
        FinishingError: A page names no icon, or has no head whose lines must stay.
    """
    icon = (folder / "assets/images/favicon.svg").read_text(encoding="utf-8")
    address = "data:image/svg+xml," + quote(
        " ".join(icon.split()).replace('"', "'"), safe="='/:,;()!*"
    )
    for page in sorted(folder.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        step, place = "write_small_pages", page.relative_to(folder).as_posix()
        remedy = "Let overrides/main.html write it again, or change what small_pages.py looks for."
        needed("</head>" in html, step, place, "it has no </head>", remedy)
        html, icons = ICON.subn(lambda found: found[1] + address, html)
        fault = 'it has no <link rel="icon"> with our favicon.svg'
        needed(icons or STUB in html, step, place, fault, remedy)
        page.write_text(small_page(html), encoding="utf-8", newline="\n")
