"""Puts into each page the styles that it can use, so that it shows itself from its first bytes.

Why not a file of styles for all pages: decisions/0010-styles-in-each-page.md.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import brotli
import rcssmin

from scripts.content import Guide
from scripts.finishing.service_worker import saved_copy_note
from scripts.styles import Names, StyleSheet

FOLDER = "assets/stylesheets"
TAG = re.compile(rf'\s*<link rel="stylesheet" href="(?P<up>[^"]*?){FOLDER}/(?P<name>[\w-]+\.css)">')
"""A style sheet as the engine writes it into a page."""

SCRIPT = re.compile(r'<script src="[^"]*?(?P<path>assets/javascripts/[\w.-]+\.js)"')

SEARCH_INDEX = "assets/javascripts/search-index.js"
"""What search shows. Its cards stand in it as elements: they come into whatever page is open."""

SEARCH_STYLE = "search.css"

FLIGHT = 14_600
"""The bytes that a server sends before it waits for an answer: ten packets."""

LATER = 500
"""The bytes of it that are left to the steps after this one."""


def inline_styles(folder: Path, guide: Guide) -> None:
    """Write the styles into the pages and delete their files.

    The pages of a folder share theirs: the policy of a server holds a hash of each. A page that
    comes in the first flight only without the rules for paper gets these from a file.
    """
    shared: dict[str, dict[Path, str]] = defaultdict(dict)
    used: list[str] = []
    for page in sorted(folder.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        if found := [tag["name"] for tag in TAG.finditer(html)]:
            shared[page.relative_to(folder).parts[0]][page] = html
            used = used or found
    if not used:
        return
    note = saved_copy_note(guide)  # The service worker puts it into a page that it has kept.
    files = [folder / FOLDER / name for name in used]
    sheet = _read_once("\n".join(file.read_text(encoding="utf-8") for file in files))
    for file in files:
        file.unlink()
    _write_search_style(folder, sheet)
    styled: list[tuple[Path, str, str, str]] = []
    for htmls in shared.values():
        names = _names((note, *htmls.values()), folder)
        style, part = (
            f"\n<style>{sheet.part_for(names, medium)}</style>" for medium in ("all", "screen")
        )
        styled += [(page, html, style, part) for page, html in htmls.items()]
    # In threads: the method that tells their size works outside Python's lock.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        long_pages = list(pool.map(lambda one: _is_long(*one[1:]), styled))
    for (page, html, style, part), is_long in zip(styled, long_pages, strict=True):
        if not is_long:
            page.write_text(_with(style, html), encoding="utf-8", newline="\n")
            continue
        paper = sheet.part_for(_names((note, html), folder), "print")
        name = f"print.{hashlib.sha256(paper.encode()).hexdigest()[:8]}.css"
        (folder / FOLDER / name).write_text(paper, encoding="utf-8", newline="\n")
        up = next(TAG.finditer(html))["up"]
        link = f'\n<link rel="stylesheet" media="print" href="{up}{FOLDER}/{name}">'
        page.write_text(_with(part + link, html), encoding="utf-8", newline="\n")


@lru_cache(maxsize=2)
def _read_once(text: str) -> StyleSheet:
    """Read a style sheet; that of all editions is the same."""
    return StyleSheet(text)


def _is_long(html: str, style: str, part: str) -> bool:
    """Tell whether a page comes in the first flight only without the rules for paper."""
    return _size(_with(style, html)) > FLIGHT - LATER and _size(_with(part, html)) <= FLIGHT


def _size(html: str) -> int:
    text = html.encode()
    quickly = len(brotli.compress(text, quality=6))
    # The best takes twenty times as long, and is never a seventh smaller than this.
    return quickly if not FLIGHT - LATER < quickly < FLIGHT * 7 / 6 else len(brotli.compress(text))


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


def _with(style: str, html: str) -> str:
    """Put styles in the place of the links to their files."""
    first, *others = TAG.finditer(html)
    for tag in reversed(others):
        html = html[: tag.start()] + html[tag.end() :]
    return html[: first.start()] + style + html[first.end() :]
