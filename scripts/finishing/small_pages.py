"""Remove white space from the pages that only readers of their source code would see."""

from __future__ import annotations

import re
from urllib.parse import quote

from scripts.finishing.faults import needed
from scripts.finishing.site import REMEDY, Site

KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
"""Elements in which white space may be significant."""

TEXT = re.compile(r"(?<=>)[^<]+(?=<)")
BLOCK = (
    "article|details|div|dl|figcaption|figure|footer|form|h[1-6]|header|li|main|nav|ol|p|section"
    "|summary|table|td|th|tr|ul"
)
ENDS = re.compile(rf" (</?(?:{BLOCK})\b)")
"""Tags of blocks: white space before them is never visible."""

ICON = "assets/images/favicon.svg"


def small_body(html: str) -> str:
    """Return a body with single spaces for longer white space, and none where blocks begin or end.

    Any other space is kept: it separates words, whatever elements are around it.
    """
    parts = KEPT.split(html)
    # KEPT has two groups, so the name of each kept element follows it in the list.
    for index in range(0, len(parts), 3):
        shorter = TEXT.sub(_one_blank, f">{parts[index]}<")[1:-1]
        parts[index] = ENDS.sub(r"\1", shorter)
    return "".join(part for index, part in enumerate(parts) if index % 3 != 2)


def _one_blank(found: re.Match[str]) -> str:
    return re.sub(r"[ \t\r\n]+", " ", found[0])


def write_small_pages(site: Site) -> None:
    """Shorten each page, and inline its icon to save a request.

    Raises:
        FinishingError: A page has no icon link.
    """
    icon = (site.folder / ICON).read_text(encoding="utf-8")
    address = "data:image/svg+xml," + quote(
        " ".join(icon.split()).replace('"', "'"), safe="='/:,;()!*"
    )
    for page in site.pages.values():
        page.body = small_body(page.body)
        links = [e for e in page.head.findall("link[@rel='icon']") if e.get("href").endswith(ICON)]
        fault = 'it has no <link rel="icon"> with our favicon.svg'
        needed(links or page.is_stub, "write_small_pages", page.place, fault, REMEDY)
        for link in links:
            link.set("href", address)
