"""Bundle for each page the scripts that it needs into one file.

The file loads after the first screen is shown: the inline script ``later.js`` requests it.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import rjsmin

from scripts.finishing.faults import STUB, needed
from scripts.finishing.used_css import Names
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.root import ROOT

FOLDER = "assets/javascripts"
OURS = ROOT / "overrides" / FOLDER
TAG = re.compile(rf'\s*<script src="(?P<up>[^"]*?){FOLDER}/(?P<name>[\w-]+\.js)" defer></script>')
"""A script element as MkDocs writes it into a page."""

ANY = re.compile(rf'<script\b[^>]*\ssrc="?[^"\s>]*?{FOLDER}/(?P<name>[\w-]+\.js)\b')
"""A script element of ours in any form that a site generator may write."""

LATER = Path(__file__).with_name("later.js")

MOMENT, WAIT = 100, 3_000
"""Milliseconds from first paint until a page requests its scripts: the paint takes a few of them
to reach the screen. A lean page keeps the network free for longer.
"""

WORKS_ON = re.compile(r"Only for pages with ([\w.\[\]-]+)\.")
"""Pattern of the first comment of a script that only some pages need. Others are for all pages."""


def needs_of(script: str) -> str:
    """Return the selector of the elements that a script needs; empty if all pages get it."""
    found = WORKS_ON.search(script)
    return found[1] if found else ""


def bundle_scripts(folder: Path, guide: Guide) -> None:
    """Make each page load one file, named by a hash of its content, instead of many.

    A script that another script names is kept, because that one loads it on demand, as in search.

    Raises:
        FinishingError: A page links no script of ours, or links one in an unknown form.
    """
    home = folder / FOLDER
    bundled: set[str] = set()
    texts = [file.read_text(encoding="utf-8") for file in OURS.glob("*.js")]
    later = rjsmin.jsmin(LATER.read_text(encoding="utf-8"))
    lean = {
        folder / url_of(path) / "index.html" for path in guide.pages if guide.pages[path].meta.lean
    }
    for page in sorted(folder.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        if STUB in html:
            continue
        tags = [tag for tag in TAG.finditer(html) if (OURS / tag["name"]).is_file()]
        named = [name for name in ANY.findall(html) if (OURS / name).is_file()]
        other = [name for name in named if name not in {tag["name"] for tag in tags}]
        needed(
            tags and not other,
            *("bundle_scripts", page.relative_to(folder).as_posix()),
            f"{other[0]} is not loaded in the form <script src=… defer>"
            if other
            else "it loads no script of ours in the form <script src=… defer>",
            "Use that form in overrides/main.html, or change TAG in finishing/scripts.py.",
        )
        bundled |= {tag["name"] for tag in tags}
        names = Names()
        names.add_page(html)
        scripts = [(home / tag["name"]).read_text(encoding="utf-8") for tag in tags]
        parts = [rjsmin.jsmin(script) for script in scripts if names.have(needs_of(script))]
        name = _write(home, "".join(f"{part};\n" for part in parts)) if parts else ""
        address, wait = f"{tags[0]['up']}{FOLDER}/{name}", WAIT if page in lean else MOMENT
        mark = f'<script data-later="{address}" data-wait="{wait}">{later}</script>'
        tag = mark if name else ""
        for old in reversed(tags):
            html = html[: old.start()] + (tag if old is tags[0] else "") + html[old.end() :]
        page.write_text(html, encoding="utf-8", newline="\n")
    for done in bundled:
        if not any(f'"javascripts/{done}"' in text for text in texts):
            (home / done).unlink()
    for file in home.glob("*.js"):
        if (OURS / file.name).is_file():
            text = rjsmin.jsmin(file.read_text(encoding="utf-8"))
            file.write_text(text, encoding="utf-8", newline="\n")


def _write(home: Path, text: str) -> str:
    name = f"page.{hashlib.sha256(text.encode()).hexdigest()[:8]}.js"
    (home / name).write_text(text, encoding="utf-8", newline="\n")
    return name
