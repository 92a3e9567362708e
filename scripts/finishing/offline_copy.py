"""Write a zip of the site that opens by double click, for an intranet drive or a USB stick.

It is made from the finished site, not by another build: so it has the same words, and works with
either site generator. Its links name files, because no server resolves folder addresses.
"""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from scripts.finishing.faults import needed
from scripts.finishing.site import Page, Site

FOLDER = "crs-guide"
"""Folder that the zip unpacks to."""

LEFT_OUT = re.compile(
    r"_headers|_redirects|.*\.map|404\.html|(robots|humans)\.txt|sitemap\.xml"
    r"|assets/images/(share|icon-[a-z0-9]+)\.png|sw\.js|manifest\.webmanifest|.*\.(br|gz)"
)
"""Files that only a server, a search engine or an app needs."""

OWN_ADDRESS = "link[@rel='canonical']"
APP = ("meta[@name='crs-app']", "meta[@name='theme-color']", "link[@rel='apple-touch-icon']")
OTHERS = ("meta[@property]", "meta[@name='twitter:card']")
"""Elements of a head that have no use in a copy: for the app, and for other programs."""

NOT_LEAN = "meta[@name='twitter:card']"
"""What a lean page does not have, besides the data of schema.org."""

DATA = re.compile(r'<script type="application/ld\+json">.*?</script>\s?', re.DOTALL)
HREF = re.compile(r'(?<=\shref=")[^"]*(?=")')
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
STEP = "write_offline_copy"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Date of every file in the zip, constant so that the same site gives the same bytes."""


def offline_page(page: Page, root: Path, *, lean: bool = False) -> str:
    """Return a page that works in a folder: links name files, not the site's published address.

    Args:
        page: The finished page.
        root: The built site.
        lean: Whether it is a lean page, which has no data for other programs.

    Raises:
        FinishingError: The page lacks what finishing should have added to it.
    """
    remedy = "Finish the site first, then make the copy."
    for path in (OWN_ADDRESS,) if page.is_stub else (OWN_ADDRESS, *APP, *OTHERS):
        found = page.head.findall(path)
        missing = f"it has no {path} to remove"
        needed(found or (lean and path == NOT_LEAN), STEP, page.place, missing, remedy)
        for element in found:
            page.head.remove(element)
    page.body, blocks = DATA.subn("", page.body)
    fault = "it has no schema.org block to remove"
    needed(blocks == 1 or page.is_stub or lean, STEP, page.place, fault, remedy)
    policy = page.head.find("meta[@http-equiv='Content-Security-Policy']")
    fault = "it has no security policy to adapt to files that load each other"
    needed(policy is not None, STEP, page.place, fault, remedy)
    # Browsers disagree on whether two local files have the same origin.
    policy.set("content", policy.get("content").replace("'self'", "file:"))
    return HREF.sub(lambda found: _file_named(found, root / page.place, root), page.html)


def _file_named(found: re.Match[str], page: Path, root: Path) -> str:
    """Return a link's address, changed to name a file if it leads to a folder of the site."""
    path, mark, fragment = unescape(found[0]).partition("#")
    target = page.parent / unquote(path)
    if not path or SCHEME.match(path) or not (target / "index.html").is_file():
        return found[0]
    if not target.resolve().is_relative_to(root.resolve()):
        return found[0]
    return escape(f"{path.rstrip('/')}/index.html{mark}{fragment}")


def write_offline_copy(site: Site, target: Path) -> None:
    """Write the zip.

    Args:
        site: The finished site.
        target: Path of the zip, outside the site. An existing file is replaced.
    """
    made = target.with_name(f"{target.name}.part")
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        files = {
            file.relative_to(site.folder).as_posix(): file for file in site.folder.rglob("*.*")
        }
        for name, file in sorted(files.items()):
            if LEFT_OUT.fullmatch(name) or not file.is_file():
                continue
            page = site.pages.get(name)
            if page:
                content = offline_page(page, site.folder, lean=name in site.lean).encode()
            else:
                content = file.read_bytes()
            entry = ZipInfo(f"{FOLDER}/{name}", EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # Unix on every system, so that the bytes are the same.
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    made.replace(target)
