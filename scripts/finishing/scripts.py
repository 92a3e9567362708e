"""Bundle for each page the scripts that it needs into one file.

The file loads after the first screen is shown: the inline script ``later.js`` requests it.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import rjsmin

from scripts.finishing.faults import needed
from scripts.finishing.site import Page, Site
from scripts.finishing.trees import tree_of
from scripts.finishing.used_css import Names
from scripts.root import ROOT

FOLDER = "assets/javascripts"
OURS = ROOT / "overrides" / FOLDER
LATER, ADDED = (Path(__file__).with_name(name) for name in ("later.js", "added.js"))
BUILD = OURS / "build.js"

ONLY_WITH_SCRIPTS = re.compile(
    r'<button type="button" class="md-top.*?</button>|<fieldset class="crs-scheme".*?</fieldset>'
    r'|<dialog class="crs-search".*?</dialog>',
    re.DOTALL,
)
"""Parts of a page that stay hidden until a script works with them. They come with the scripts."""

HREF = re.compile('(?<=href=")[^"]*')

MOMENT, WAIT = 100, 3_000
"""Milliseconds from first paint until a page requests its scripts: the paint takes a few of them
to reach the screen. A lean page keeps the network free for longer.
"""

WORKS_ON = re.compile(r"Only for pages with (\S+)(?: or (\S+))?\.")
"""Pattern of the first comment of a script that only some pages need. Others are for all pages."""


def needs_of(script: str) -> str:
    """Return the selector of the elements that a script needs; empty if all pages get it."""
    found = WORKS_ON.search(script)
    if not found:
        return ""
    return f":is({found[1]},{found[2]})" if found[2] else found[1]


@cache
def _small(script: str) -> str:
    return str(rjsmin.jsmin(script))


@cache
def _names_in(script: str) -> Names:
    names = Names()
    names.add_script(script)
    return names


def _take_out(page: Page) -> str:
    """Take the parts that only scripts show out of a page. Return the script that adds them."""
    if not page.place.endswith("index.html"):  # Links of the page for wrong addresses are absolute.
        return ""
    taken: list[list[Any]] = []
    root = "../" * page.place.count("/")

    def mark(part: re.Match[str]) -> str:
        html = HREF.sub(lambda link: urljoin(f"/{page.place}", link[0])[1:], part[0])
        taken.append(tree_of(html))
        return f'<template data-added="{root}"></template>'

    has_search = page.names.have("[data-search]")  # All names are read before parts are taken out.
    page.body = ONLY_WITH_SCRIPTS.sub(mark, page.body)
    fault = "search is not where the step looks for it"
    found = not has_search or any("data-search" in attributes for _, attributes, *_ in taken)
    needed(found, "bundle_scripts", page.place, fault, "See ONLY_WITH_SCRIPTS.")
    parts = json.dumps(taken, ensure_ascii=False, separators=(",", ":"))
    script = BUILD.read_text("utf-8") + ADDED.read_text("utf-8").replace("([])", f"({parts})")
    return script if taken else ""


def bundle_scripts(site: Site) -> None:
    """Make each page load one file, named by a hash of its content, instead of many.

    A script that another script names is kept, because that one loads it on demand, as in search.

    Raises:
        FinishingError: The head of a page links no script of ours.
    """
    home, bundled = site.folder / FOLDER, set[str]()
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(home.glob("*.js"))}
    for page in site.full_pages:
        found = [
            (element, *element.get("src").rpartition("/")[::2])
            for element in page.head.findall("script[@src]")
            if (OURS / Path(element.get("src")).name).is_file()
        ]
        fault, remedy = "its head loads no script of ours", "Load them in overrides/main.html."
        needed(found, "bundle_scripts", page.place, fault, remedy)
        names = [name for *_, name in found]
        bundled.update(names)
        parts = [texts[name] for name in names if page.names.have(needs_of(texts[name]))]
        added = [_take_out(page)] if parts else []  # Without scripts, nothing would add them.
        text = "".join(f"{_small(part)};\n" for part in added + parts if part)
        name = f"page.{hashlib.sha256(text.encode()).hexdigest()[:8]}.js"
        if text:
            (home / name).write_text(text, encoding="utf-8", newline="\n")
            wait = WAIT if page.place in site.lean else MOMENT
            mark = f'<script data-later="{found[0][1]}/{name}" data-wait="{wait}">'
            later = _small(LATER.read_text(encoding="utf-8"))
            page.add_to_head(f"{mark}{later}</script>", found[0][0])
            for part in [later, *map(_small, parts)]:  # the names in what was removed are known
                page.names.add(_names_in(part))
        for element, *_ in found:
            page.head.remove(element)
    loaded = "".join(file.read_text(encoding="utf-8") for file in OURS.glob("*.js"))
    for name, text in texts.items():
        if name in bundled and f'"javascripts/{name}"' not in loaded:
            (home / name).unlink()
        elif (OURS / name).is_file():
            (home / name).write_text(_small(text), encoding="utf-8", newline="\n")
