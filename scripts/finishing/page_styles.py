"""Puts into each page the styles that it can use, so that it shows itself from its first bytes.

Why not a file of styles for all pages: decisions/0011-words-first.md.
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
"""A style sheet as the engine writes it into a page."""

ANY = re.compile(rf"<link\b[^>]*\b{FOLDER}/{NAME}")
"""A style sheet of ours in whatever form an engine may write it."""

SCRIPT = re.compile(r'<script data-later="[^"]*?(?P<path>assets/javascripts/[\w.-]+\.js)"')

SEARCH_INDEX = "assets/javascripts/search-index.js"
"""What search shows. Its cards stand in it as elements: they come into whatever page is open."""

SEARCH_STYLE = "search.css"

FLIGHT = 14_600
"""The bytes that a server sends before it waits for an answer."""

ADDED_LATER = 400
"""More than the policy adds to a page, the one step that comes after this."""

PAPER = "print"
"""The folder of pages that are made to be printed: their style for paper stands in them."""


def inline_styles(folder: Path, guide: Guide) -> None:
    """Write the styles into the pages and delete their files.

    The pages of a folder share theirs: the policy of a server holds a hash of each. A sheet that
    would not come in one flight with what its folder shares has its own. Pages that are read on a
    screen get theirs for paper from a file, which comes when they have been shown: one for each
    folder, and one for all pages at the top.

    Raises:
        FinishingError: A page does not name the style sheets that all others do, or names them in a
            form that is not known: it would show itself without them.
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
        remedy = "Let overrides/main.html write it, or change TAG in finishing/page_styles.py."
        fault = "it names no style sheet in the form <link rel=stylesheet href=…>"
        needed(found, step, place, fault, remedy)
        fault = "it names other style sheets than the pages before it, or one in another form"
        needed(found == used and len(ANY.findall(html)) == len(found), step, place, fault, remedy)
        shared[page.relative_to(folder).parts[0]][page] = html
    remedy = "Build the pages first, all of them."
    needed(used, "inline_styles", folder.name, "it holds no page", remedy)
    note = saved_copy_note(guide)  # The service worker puts it into a page that it has kept.
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
    # A quick look settles most pages: at its best it comes out 9 to 20 percent smaller.
    quick = len(brotli.compress(text, quality=5)) + ADDED_LATER
    if quick <= FLIGHT or quick > 1.5 * FLIGHT:
        return quick <= FLIGHT
    return len(brotli.compress(text)) + ADDED_LATER <= FLIGHT


@lru_cache(maxsize=2)
def _read_once(text: str) -> StyleSheet:
    """Read a style sheet; that of all editions is the same."""
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
        # That style reads the properties of the page.
        style = (folder / FOLDER / SEARCH_STYLE).read_text(encoding="utf-8")
        names.properties |= set(re.findall(r"--[\w-]+", style))
    return names


def _write_search_style(folder: Path, sheet: StyleSheet) -> None:
    """Complete the style that search loads by what its cards need on a page that has none."""
    names = Names()
    names.add_parts((folder / SEARCH_INDEX).read_text(encoding="utf-8"))
    file = folder / FOLDER / SEARCH_STYLE
    style = sheet.part_naming(names) + rcssmin.cssmin(file.read_text(encoding="utf-8"))
    file.write_text(style, encoding="utf-8", newline="\n")


def _with(style: str, html: str, paper: str) -> str:
    """Put styles in the place of the links to their files, and name the file for paper, if any."""
    first, *others = TAG.finditer(html)
    for tag in reversed(others):
        html = html[: tag.start()] + html[tag.end() :]
    block = f"\n<style>{style}</style>"
    if paper:
        address = f"{first['up']}{FOLDER}/{paper}"
        link = f'<link rel="stylesheet" media="print" href="{address}">'
        block += f'\n<noscript data-paper="{address}">{link}</noscript>'
    return html[: first.start()] + block + html[first.end() :]
