"""Hold the built pages while they are finished: each is read and parsed once, and written once.

lxml parses a page. Steps read the whole tree, but change only the head of it: the body stays text,
as the site generator wrote it, because any parser would write it with other bytes.
See decisions/0016-parse-each-page-once.md.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from lxml.etree import tostring
from lxml.html import HtmlElement, document_fromstring, fragments_fromstring

from scripts.finishing.faults import needed
from scripts.finishing.used_css import Names
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of

STUB = "data-crs-stub"
"""Attribute of a redirect page. Such a page lacks the guide's layout, so most steps skip it."""

PARTS = re.compile(r"(.*<head>).*</head>(.*)", re.DOTALL)
UNUSED = re.compile(
    r'<input class="md-toggle".*?>|<label class="md-overlay".*?</label>'
    r'|<div class="md-dialog".*?</div>\s*</div>'
    r'| data-md-component="(?:container|main|content|top)"'
    r'|<div data-md-component="announce">\s*</div>'
    r'|(?<=md-path__link">)\s*<span class="md-ellipsis">\s*(?P<words>[^<]*?)\s*</span>\s*',
    re.DOTALL,
)
"""What the theme's document holds for the theme's script, which no page loads, and what would cut a
path short. The words of a path stay."""

LINES = re.compile(r"(?<=>)\s*\n\s*(?=<)")
REMEDY = "Add it to overrides/main.html again, or change what the step looks for."


class Page:
    """A built page.

    Two pages are equal if the site generator wrote the same text for both.

    Attributes:
        place: Path in the site, such as ``faq/index.html``.
        source: The page as the site generator wrote it.
        body: All that follows the head, as text.
        is_stub: Whether it is a redirect page.
    """

    def __init__(self, place: str, html: str) -> None:
        """Store a page. It is parsed when a step first needs its tree.

        Raises:
            FinishingError: The page has no head.
        """
        html = UNUSED.sub(lambda part: part["words"] or "", html)
        found = needed(PARTS.fullmatch(html), "Site", place, "it has no <head> and </head>", REMEDY)
        self.place, self.source, self.body = place, html, found[2]
        self._start = LINES.sub("\n", found[1])
        self.is_stub = STUB in self._start

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Page) and self.source == other.source

    def __hash__(self) -> int:
        return hash(self.source)

    @cached_property
    def tree(self) -> HtmlElement:
        """The parsed page. Changes to its head are written; its body is only read."""
        return document_fromstring(self.source)

    @property
    def head(self) -> HtmlElement:
        """The head of the tree."""
        return self.tree.find("head")

    @cached_property
    def names(self) -> Names:
        """The names in the page, or ever put into it, that rules of a stylesheet can match."""
        names = Names()
        names.add_elements(self.tree)
        return names

    @property
    def html(self) -> str:
        """The page as text, with one line for each element of its head."""
        elements = (
            tostring(element, method="html", encoding="unicode", with_tail=False)
            for element in self.head
        )
        return "\n".join((self._start, *elements, "</head>")) + self.body

    def add_to_head(self, html: str, before: HtmlElement = None) -> None:
        """Add elements to the head: before one of its elements, or at its end."""
        place = len(self.head) if before is None else self.head.index(before)
        self.head[place:place] = fragments_fromstring(html)
        for element in self.head[place:]:
            self.names.add_elements(element)

    def add_to_end(self, html: str, step: str) -> None:
        """Add text at the end of the body.

        Raises:
            FinishingError: The body has no end.
        """
        before, found, after = self.body.rpartition("</body>")
        fault = "there is no </body>, before which the step inserts its lines"
        needed(found, step, self.place, fault, REMEDY)
        self.body = before + html + found + after


class Site:
    """A built folder whose pages are being finished.

    Attributes:
        folder: The folder.
        guide: Content that it was built from.
    """

    def __init__(self, folder: Path, guide: Guide) -> None:
        """Store the folder and its content. The pages are read when the first step needs them."""
        self.folder, self.guide = folder, guide

    @cached_property
    def pages(self) -> dict[str, Page]:
        """All pages by their path in the site."""
        files = sorted(self.folder.rglob("*.html"))
        places = {file.relative_to(self.folder).as_posix(): file for file in files}
        return {place: Page(place, file.read_text("utf-8")) for place, file in places.items()}

    @property
    def full_pages(self) -> list[Page]:
        """The pages that have the guide's layout."""
        return [page for page in self.pages.values() if not page.is_stub]

    @cached_property
    def lean(self) -> set[str]:
        """The paths in the site of its lean pages."""
        pages = self.guide.pages.items()
        return {f"{url_of(path)}index.html" for path, page in pages if page.meta.lean}

    def page(self, path: str, step: str) -> Page:
        """Return the built page of a page of the guide, such as ``about/index.md``.

        Raises:
            FinishingError: The page has not been built.
        """
        place = f"{url_of(path)}index.html"
        fault, remedy = (
            f"the built folder has no page {path}",
            "Build the pages first, all of them.",
        )
        return needed(self.pages.get(place), step, place, fault, remedy)

    def write(self) -> None:
        """Write all pages into the folder."""
        for place, page in self.pages.items():
            file = self.folder / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page.html, encoding="utf-8", newline="\n")
