"""Bundle for each page the scripts that it needs into one file.

The file loads after the first screen is shown: the inline script ``later.js`` requests it.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

import rjsmin

from scripts.finishing.faults import needed
from scripts.finishing.site import Site
from scripts.finishing.used_css import Names
from scripts.root import ROOT

FOLDER = "assets/javascripts"
OURS = ROOT / "overrides" / FOLDER
LATER = Path(__file__).with_name("later.js")

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
        text = "".join(f"{_small(part)};\n" for part in parts)
        name = f"page.{hashlib.sha256(text.encode()).hexdigest()[:8]}.js"
        if text:
            (home / name).write_text(text, encoding="utf-8", newline="\n")
            wait = WAIT if page.place in site.lean else MOMENT
            mark = f'<script data-later="{found[0][1]}/{name}" data-wait="{wait}">'
            later = _small(LATER.read_text(encoding="utf-8"))
            page.add_to_head(f"{mark}{later}</script>", found[0][0])
            page.names.add(_names_in(text))
        for element, *_ in found:
            page.head.remove(element)
    loaded = "".join(file.read_text(encoding="utf-8") for file in OURS.glob("*.js"))
    for name, text in texts.items():
        if name in bundled and f'"javascripts/{name}"' not in loaded:
            (home / name).unlink()
        elif (OURS / name).is_file():
            (home / name).write_text(_small(text), encoding="utf-8", newline="\n")
