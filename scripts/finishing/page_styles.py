"""Inline the styles that each page uses, so that it renders from its first bytes.

See decisions/0011-words-first.md for why the pages do not share one stylesheet file.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import brotli
import rcssmin
from lxml.html import HtmlElement, document_fromstring

from scripts.finishing.faults import needed
from scripts.finishing.service_worker import saved_copy_note
from scripts.finishing.site import REMEDY, Page, Site
from scripts.finishing.used_css import Names, StyleSheet

FOLDER = "assets/stylesheets"
SEARCH_INDEX = "assets/javascripts/search-index.js"
"""Data of search. Its care cards are trees of elements that can be added to any open page."""

SEARCH_STYLE = "search.css"

FLIGHT = 14_430
"""Bytes of a page that a server sends before it waits for an acknowledgement: ten packets of 1,460
bytes, less 170 for the headers of the answer."""

ADDED_LATER = 200
"""Upper bound in bytes for the policy, which the one later step adds to a page."""

PAPER = "print"
"""Folder of the pages made for printing. Their print styles are inlined too."""

ALIKE = 8
"""Most classes by which two pages differ that share their styles. Hosts allow a header of 2,000
characters, which is room for the hashes of 32 styles."""

THEME = re.compile(r"\.min\.css$|^material\.css$")
"""Names of Material's own files, and of ours that fits its look to our colors."""

STEP = "inline_styles"


def inline_styles(site: Site) -> None:
    """Write the styles into the pages and delete the stylesheet files.

    The pages of a folder share the same styles, as do pages that use nearly the same classes,
    because the server's policy contains a hash of each inline style. A sheet whose page would not
    fit one flight with the shared styles gets its own. A page to read that fits one flight only
    without its print styles has them in a file that a script requests after the page is shown, and
    so has a lean page. Until then, what is in the page keeps it legible on paper.

    Raises:
        FinishingError: A page links no stylesheet, or other ones than all other pages of its kind,
            lean or not: it would be shown without them.
    """
    shared: dict[str, list[Page]] = defaultdict(list)
    links: dict[bool, tuple[str, ...]] = {}
    for page in site.full_pages:
        needed(_links(page), STEP, page.place, "its head links no stylesheet of ours", REMEDY)
        linked = tuple(map(_name, _links(page)))
        alike = links.setdefault(page.place in site.lean, linked) == linked
        fault = "it links other stylesheets than the pages before it"
        needed(alike, STEP, page.place, fault, REMEDY)
        shared[page.place.partition("/")[0]].append(page)
    needed(shared, STEP, site.folder.name, "it contains no page", "Build all pages first.")
    home = site.folder / FOLDER
    sheets = {linked: StyleSheet("") for linked in links.values()}
    files = {name: home / name for names in sheets for name in names}
    texts = {name: file.read_text(encoding="utf-8") for name, file in files.items()}
    for linked in sheets:
        theme = [name for name in linked if THEME.search(name)]
        own = [name for name in linked if name not in theme]
        sheets[linked] = _read_once(
            *("\n".join(texts[name] for name in part) for part in (own, theme))
        )
    for file in files.values():
        file.unlink()
    for empty in {file.parent for file in files.values() if not any(file.parent.iterdir())}:
        empty.rmdir()
    _write_search_style(site, sheets[max(sheets, key=len)])
    for lean, linked in links.items():
        of_kind = [page for page in site.full_pages if (page.place in site.lean) == lean]
        sheets[linked] = sheets[linked].of_site(_names(site, of_kind))
    whole = sheets[max(sheets, key=len)]
    groups: list[list[Page]] = []
    for part, pages in shared.items():
        sheet, names = sheets[links[pages[0].place in site.lean]], _names(site, pages)
        used = sheet.part_for(names)
        style = used.text()
        for page in pages:
            _put(style, page)
            fits = page.place not in site.lean and _is_one_flight(page.html)
            if len(pages) == 1 and fits:
                _add_to_group(page, groups)
            elif len(pages) == 1:
                text = used.text("print")
                name = f"print.{hashlib.sha256(text.encode()).hexdigest()[:8]}.css"
                _put(used.text("screen"), page)
                if page.place in site.lean or _is_one_flight(page.html):
                    (home / name).write_text(text, encoding="utf-8", newline="\n")
                    _link_paper(page, name)
                else:
                    _put(style, page)
            elif part == PAPER and not fits:
                _put(sheet.part_for(_names(site, [page])).text(), page)
                if not _is_one_flight(page.html):
                    _put(style, page)
    for group in groups:
        style = whole.part_for(_names(site, group)).text()
        for page in group if len(group) > 1 else ():
            _put(style, page)


def _add_to_group(page: Page, groups: list[list[Page]]) -> None:
    """Add a page to the first group of pages that use nearly the same classes, or to a new one."""
    for group in groups:
        if all(len(page.names.classes ^ one.names.classes) <= ALIKE for one in group):
            group.append(page)
            return
    groups.append([page])


def _name(link: HtmlElement) -> str:
    name: str = link.get("href").rpartition(f"{FOLDER}/")[2]
    return name


def _links(page: Page) -> list[HtmlElement]:
    links = page.head.findall("link[@rel='stylesheet']")
    return [link for link in links if f"{FOLDER}/" in link.get("href")]


def _is_one_flight(html: str) -> bool:
    text = html.encode()
    # A fast compression decides for most pages: the best one is 9 to 14 percent smaller.
    quick = len(brotli.compress(text, quality=5)) + ADDED_LATER
    if quick <= 1.09 * FLIGHT or quick > 1.17 * FLIGHT:
        return quick <= FLIGHT * 1.09
    return len(brotli.compress(text)) + ADDED_LATER <= FLIGHT


@lru_cache(maxsize=4)
def _read_once(own: str, theme: str) -> StyleSheet:
    """Return a parsed stylesheet. The cache serves the editions, which all have the same ones."""
    return StyleSheet(own, theme)


def _names(site: Site, pages: Iterable[Page]) -> Names:
    names = Names()
    # The service worker inserts this note into a saved page.
    names.add_elements(document_fromstring(saved_copy_note(site.guide)), moved=True)
    for page in pages:
        names.add(page.names)
    if "data-search" in names.attributes:
        # The search stylesheet uses custom properties of the page.
        style = (site.folder / FOLDER / SEARCH_STYLE).read_text(encoding="utf-8")
        names.properties |= set(re.findall(r"--[\w-]+", style))
    return names


def _write_search_style(site: Site, sheet: StyleSheet) -> None:
    """Add to the search stylesheet what its care cards need on a page that has no card."""
    names = Names()
    names.add_parts((site.folder / SEARCH_INDEX).read_text(encoding="utf-8"))
    file = site.folder / FOLDER / SEARCH_STYLE
    style = sheet.part_naming(names) + rcssmin.cssmin(file.read_text(encoding="utf-8"))
    file.write_text(style, encoding="utf-8", newline="\n")


def _link_paper(page: Page, name: str) -> None:
    """Name the file of print styles that ``paper.js``, or a page without scripts, loads."""
    address = f"{'../' * page.place.count('/')}{FOLDER}/{name}"
    link = f'<link rel="stylesheet" media="print" href="{address}">'
    page.add_to_head(f"<noscript>{link}</noscript>", page.head.find("script"))


def _put(style: str, page: Page) -> None:
    """Replace a page's stylesheet links by inline styles."""
    old = page.head.findall("style") or _links(page)
    page.add_to_head(f"<style>{style}</style>", old[0])
    for element in old:
        page.head.remove(element)
