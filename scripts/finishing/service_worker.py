"""Write the service worker, which caches the guide on a device for use without a network.

It lists the existing files, so it runs after every step that changes a page or names a file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection
from pathlib import Path
from posixpath import normpath
from typing import Any

from lxml.html import document_fromstring
from rjsmin import jsmin

from scripts.components.render import Formatter, render
from scripts.finishing.app import IMAGES
from scripts.finishing.faults import needed
from scripts.finishing.schema_org import SHARE_IMAGE, guide_name
from scripts.finishing.site import Site
from scripts.guide.addresses import CODES, address_of, home_of, redirects
from scripts.guide.downloads import FOLDER
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.hosting.headers import WORKER
from scripts.hosting.policy import hash_of

TEMPLATES = Path(__file__).parent
ON, OFF = "service-worker.js", "service-worker-off.js"
PLACE = "const BUILD = {};"
"""Line of the template that receives the data of the build."""

EMERGENCY = 9
"""Last rank of pages for an emergency: cached before all else, and even in data-saving mode."""

EMERGENCY_FILES, FILES, PICTURES = 10, 40, 80
"""Ranks of assets: those that emergency pages load, those of other pages, pictures of sheets."""

CARDS = (("emergency", "emergency"), ("call-now", "line_24h"))
"""Care cards of the page shown when a page is not cached, and the number that each one dials."""

LOADED = {".css", ".js", ".json", ".svg", ".png", ".woff2"}
"""File types to cache. PDFs would need twice the space of the rest; sheets print without them."""

NOT_LOADED = re.compile(rf"{re.escape(SHARE_IMAGE)}|{IMAGES}/icon-[a-z0-9]+\.png")
"""Pictures for other sites, and icons for the phone itself."""

MOST_BYTES = 1_400_000
"""Bytes cached by a browser that cannot compress; with headers and names, 1.5 MB at most."""

REFERENCES = ("href", "src", "data-later")
"""Attributes that name a file."""


def cached_files(site: Site) -> list[str]:
    """Return the addresses of all cached files in the site, the most important first."""
    ranked = _ranked(site)
    return sorted(ranked, key=lambda address: (ranked[address], address))


def first_pages(guide: Guide) -> list[str]:
    """Return the pages for an emergency, in order."""
    found = [(page.meta.offline_rank, path) for path, page in guide.pages.items()]
    return [path for rank, path in sorted(found) if rank <= EMERGENCY]


def _ranked(site: Site) -> dict[str, int]:
    folder, guide = site.folder, site.guide
    files = {
        file.relative_to(folder).as_posix()
        for part in ("assets", FOLDER)
        for file in (folder / part).rglob("*")
        if file.suffix in LOADED
    }
    files = {path for path in files if not NOT_LOADED.fullmatch(path)}
    emergency = {file for path in first_pages(guide) for file in _loaded(site, path, files)}
    ranked = {url_of(path): page.meta.offline_rank for path, page in guide.pages.items()}
    for file in files:
        others = PICTURES if file.startswith(f"{FOLDER}/") else FILES
        ranked[file] = EMERGENCY_FILES if file in emergency else others
    return ranked


def _loaded(site: Site, path: str, files: Collection[str]) -> set[str]:
    """Return the files that a page loads.

    Raises:
        FinishingError: No script is among them, so the worker would not cache what the page needs.
    """
    page, url = site.page(path, "write_service_worker"), url_of(path)
    # Parsed anew, because steps before this one have changed the page.
    parts = document_fromstring(page.html).iter("*")
    named = {part.get(name) for part in parts for name in REFERENCES}
    found = {normpath(url + re.split("[?#]", name)[0]) for name in named if name}
    found = found.intersection(files)
    needed(
        any(file.endswith(".js") for file in found),
        *("write_service_worker", page.place),
        "no known attribute has the address of a script, so the worker would cache none for it",
        "Add the attribute with that address to REFERENCES in service_worker.py.",
    )
    return found


def _file(folder: Path, address: str) -> Path:
    page = not address or address.endswith("/")
    file = folder / address / "index.html" if page else folder / address
    fault = "the built folder has no such page"
    place, remedy = file.relative_to(folder).as_posix(), "Build the pages first, all of them."
    needed(file.is_file(), "write_service_worker", place, fault, remedy)
    return file


def saved_copy_note(guide: Guide) -> str:
    """Return the note on a saved copy. The worker fills in its dates."""
    formatter = Formatter(guide)
    return render(
        "saved-copy.html", strings=guide.strings, edition=guide.edition, formatter=formatter
    )


def help_page(guide: Guide) -> str:
    """Return the page shown if none is cached: who to call, and for which signs."""
    return render(
        "offline-page.html",
        name=guide_name(guide),
        cards=[(guide.care_cards[card], guide.groups_of(card), which) for card, which in CARDS],
        pages=[
            {"url": url_of(path), "title": guide.pages[path].meta.title}
            for path in (*first_pages(guide), guide.page_for("sheets"))
        ],
        strings=guide.strings,
        edition=guide.edition,
        formatter=Formatter(guide),
    )


def moved(guide: Guide) -> dict[str, str]:
    """Return the redirects that also work without a network: short forms and moved pages."""
    return {
        f"{home}{redirect.address}": f"{home}{address_of(redirect.target)}"
        for home in (home_of(language, guide) for language in guide.edition.languages)
        for redirect in redirects(guide)
        if not redirect.address.startswith(CODES)
    }


def build_data(site: Site) -> dict[str, Any]:
    """Return what the worker must know about this build.

    Returns:
        files: Files to cache, with the start of each hash. The ``first`` of them are the most
            important, and ``unpacked`` of them fit a browser that cannot compress. moved:
            redirects. months, note, overdue: the note on a saved copy. help, policy: the page
            shown if none is cached, and its security policy. version: changes with any of these.
    """
    guide, ranked = site.guide, _ranked(site)
    contents = {path: _file(site.folder, path).read_bytes() for path in cached_files(site)}
    help_html = help_page(guide)
    styles = needed(
        re.findall(r"<style>(.*?)</style>", help_html, re.DOTALL),
        *("write_service_worker", "overrides/components/offline-page.html"),
        "it has no <style> that the worker's security policy could allow",
        "Put its styles into a <style> element without attributes.",
    )
    style_hashes = " ".join(map(hash_of, styles))
    room, unpacked = MOST_BYTES, 0
    for content in contents.values():
        room -= len(content)
        if room < 0:
            break
        unpacked += 1
    known: dict[str, Any] = {
        "files": {path: _sum(content) for path, content in contents.items()},
        "first": sum(rank <= EMERGENCY_FILES for rank in ranked.values()),
        "unpacked": unpacked,
        "moved": moved(guide),
        "months": guide.strings.months,
        "note": saved_copy_note(guide),
        "overdue": guide.strings.saved_overdue,
        "help": help_html,
        "policy": f"default-src 'none'; style-src {style_hashes}; img-src data:; base-uri 'none'",
    }
    return {"version": _sum((jsmin(_template(ON)) + _json(known)).encode()), **known}


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def service_worker(site: Site) -> str:
    """Return the worker that caches the guide, or the one that erases an existing cache."""
    if not site.guide.edition.offline:
        return f"{jsmin(_template(OFF))}\n"
    before, place, after = _template(ON).partition(PLACE)
    remedy = "Add that line at the beginning of the worker."
    needed(place, "write_service_worker", ON, f"it has no line {PLACE}", remedy)
    data = place.replace("{}", _json(build_data(site)))
    return f"{jsmin(before)}\n{data}\n{jsmin(after)}\n"


def write_service_worker(site: Site) -> None:
    """Write the worker that caches the guide, or the one that erases an existing cache."""
    text = service_worker(site)
    (site.folder / WORKER).write_text(text, encoding="utf-8", newline="\n")
