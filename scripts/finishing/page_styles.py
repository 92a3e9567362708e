"""Inline the styles that each page uses, so that it renders from its first bytes.

See decisions/0011-words-first.md for why the pages do not share one stylesheet file.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import brotli
import rcssmin

from scripts.finishing.faults import STUB, needed
from scripts.finishing.service_worker import saved_copy_note
from scripts.finishing.used_css import Names, StyleSheet
from scripts.guide.guide import Guide

FOLDER = "assets/stylesheets"
NAME = r"(?:[\w-]+/)?[\w-]+\.css"
TAG = re.compile(rf'\s*<link rel="stylesheet" href="(?P<up>[^"]*?){FOLDER}/(?P<name>{NAME})">')
"""The link to a stylesheet as MkDocs writes it into a page."""

ANY = re.compile(rf"<link\b[^>]*\b{FOLDER}/{NAME}")
"""The link to a stylesheet of ours in any form that a site generator may write."""

SCRIPT = re.compile(r'<script data-later="[^"]*?(?P<path>assets/javascripts/[\w.-]+\.js)"')

SEARCH_INDEX = "assets/javascripts/search-index.js"
"""Data of search. Its care cards are trees of elements that can be added to any open page."""

SEARCH_STYLE = "search.css"

FLIGHT = 14_600
"""Number of bytes that a server sends before it waits for an acknowledgement."""

ADDED_LATER = 400
"""Upper bound in bytes for the policy, which the one later step adds to a page."""

PAPER = "print"
"""Folder of the pages made for printing. Their print styles are inlined too."""


def inline_styles(folder: Path, guide: Guide) -> None:
    """Write the styles into the pages and delete the stylesheet files.

    The pages of a folder share the same styles, because the server's policy contains a hash of
    each inline style. A sheet whose page would not fit one flight with the shared styles gets its
    own. For pages read on a screen, the print styles are in a file that loads after the page is
    shown: one file for each folder, and one for all top-level pages.

    Raises:
        FinishingError: A page does not link the same stylesheets as all others, or links them in an
            unknown form: it would be shown without them.
    """
    shared: dict[str, dict[Path, str]] = defaultdict(dict)
    used: list[str] = []
    for page in sorted(folder.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        if STUB in html:
            continue
        found = [tag["name"] for tag in TAG.finditer(html)]
        used = used or found
        step, place = "inline_styles", page.relative_to(folder).as_posix()
        remedy = "Correct it in overrides/main.html, or change TAG in finishing/page_styles.py."
        fault = "it links no stylesheet in the form <link rel=stylesheet href=…>"
        needed(found, step, place, fault, remedy)
        fault = "it links other stylesheets than the pages before it, or one in another form"
        needed(found == used and len(ANY.findall(html)) == len(found), step, place, fault, remedy)
        shared[page.relative_to(folder).parts[0]][page] = html
    remedy = "Build the pages first, all of them."
    needed(used, "inline_styles", folder.name, "it contains no page", remedy)
    note = saved_copy_note(guide)  # The service worker inserts this note into a saved page.
    files = [folder / FOLDER / name for name in used]
    sheet = _read_once("\n".join(file.read_text(encoding="utf-8") for file in files))
    for file in files:
        file.unlink()
    for empty in {file.parent for file in files if not any(file.parent.iterdir())}:
        empty.rmdir()
    _write_search_style(folder, sheet)
    alone = [html for htmls in shared.values() if len(htmls) == 1 for html in htmls.values()]
    paper_of_these = _write_paper(folder, sheet, _names((note, *alone), folder))
    for part, htmls in shared.items():
        names = _names((note, *htmls.values()), folder)
        style = sheet.part_for(names, "all" if part == PAPER else "screen")
        paper = "" if part == PAPER else paper_of_these
        if part != PAPER and len(htmls) > 1:
            paper = _write_paper(folder, sheet, names)
        for page, html in htmls.items():
            text = _with(style, html, paper)
            if part == PAPER and not _is_one_flight(text):
                own = sheet.part_for(_names((note, html), folder), "all")
                alone_in_style = _with(own, html, paper)
                text = alone_in_style if _is_one_flight(alone_in_style) else text
            page.write_text(text, encoding="utf-8", newline="\n")


def _is_one_flight(html: str) -> bool:
    text = html.encode()
    # A fast compression decides for most pages: the best one is 9 to 20 percent smaller.
    quick = len(brotli.compress(text, quality=5)) + ADDED_LATER
    if quick <= FLIGHT or quick > 1.5 * FLIGHT:
        return quick <= FLIGHT
    return len(brotli.compress(text)) + ADDED_LATER <= FLIGHT


@lru_cache(maxsize=2)
def _read_once(text: str) -> StyleSheet:
    """Return a parsed stylesheet. The cache serves the editions, which all have the same one."""
    return StyleSheet(text)


def _write_paper(folder: Path, sheet: StyleSheet, names: Names) -> str:
    text = sheet.part_for(names, "print")
    name = f"print.{hashlib.sha256(text.encode()).hexdigest()[:8]}.css"
    (folder / FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    return name


def _names(htmls: Iterable[str], folder: Path) -> Names:
    names = Names()
    for html in htmls:
        names.add_page(html)
        for script in SCRIPT.finditer(html):
            names.add_script((folder / script["path"]).read_text(encoding="utf-8"))
    if "data-search" in names.attributes:
        # The search stylesheet uses custom properties of the page.
        style = (folder / FOLDER / SEARCH_STYLE).read_text(encoding="utf-8")
        names.properties |= set(re.findall(r"--[\w-]+", style))
    return names


def _write_search_style(folder: Path, sheet: StyleSheet) -> None:
    """Add to the search stylesheet what its care cards need on a page that has no card."""
    names = Names()
    names.add_parts((folder / SEARCH_INDEX).read_text(encoding="utf-8"))
    file = folder / FOLDER / SEARCH_STYLE
    style = sheet.part_naming(names) + rcssmin.cssmin(file.read_text(encoding="utf-8"))
    file.write_text(style, encoding="utf-8", newline="\n")


def _with(style: str, html: str, paper: str) -> str:
    """Replace a page's stylesheet links by inline styles, and link the print file, if any."""
    first, *others = TAG.finditer(html)
    for tag in reversed(others):
        html = html[: tag.start()] + html[tag.end() :]
    block = f"\n<style>{style}</style>"
    if paper:
        address = f"{first['up']}{FOLDER}/{paper}"
        link = f'<link rel="stylesheet" media="print" href="{address}">'
        block += f'\n<noscript data-paper="{address}">{link}</noscript>'
    return html[: first.start()] + block + html[first.end() :]
