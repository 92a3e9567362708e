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

from scripts.finishing.app import LINKS
from scripts.finishing.faults import STUB, needed
from scripts.finishing.page_metadata import BLOCK
from scripts.finishing.policy import POLICY

FOLDER = "crs-guide"
"""Folder that the zip unpacks to."""

LEFT_OUT = re.compile(
    r"_headers|_redirects|.*\.map|404\.html|(robots|humans)\.txt|sitemap\.xml"
    r"|assets/images/(share|icon-[a-z0-9]+)\.png|sw\.js|manifest\.webmanifest|.*\.(br|gz|zst)"
)
"""Files that only a server, a search engine or an app needs."""

CANONICAL = re.compile(r'\s*<link rel="canonical"[^>]*>')
HREF = re.compile(r'(?<=\shref=")[^"]*(?=")')
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
STEP = "write_offline_copy"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Date of every file in the zip, constant so that the same site gives the same bytes."""


def offline_page(html: str, page: Path, root: Path) -> str:
    """Return a page that works in a folder: links name files, not the site's published address.

    Args:
        html: The page.
        page: File of the page.
        root: The built site.

    Raises:
        FinishingError: The page lacks what finishing should have added to it.
    """
    place = page.relative_to(root).as_posix()

    def without(mark: re.Pattern[str], what: str, html: str, *, times: int = 1) -> str:
        html, count = mark.subn("", html)
        fault, remedy = f"it has no {what} to remove", "Finish the site first, then make the copy."
        needed(
            count == times or (STUB in html and mark is not CANONICAL), STEP, place, fault, remedy
        )
        return html

    html = without(LINKS, "links to the app's files", html)
    html = without(BLOCK, "pair of schema.org and Open Graph blocks", html, times=2)
    html = without(CANONICAL, "canonical link", html)
    # Browsers disagree on whether two local files have the same origin.
    html, policies = POLICY.subn(lambda found: found[0].replace("'self'", "file:"), html)
    fault = "it has no security policy to adapt to files that load each other"
    needed(policies, STEP, place, fault, "Finish the site first, then make the copy.")
    return HREF.sub(lambda found: _file_named(found, page, root), html)


def _file_named(found: re.Match[str], page: Path, root: Path) -> str:
    """Return a link's address, changed to name a file if it leads to a folder of the site."""
    path, mark, fragment = unescape(found[0]).partition("#")
    target = page.parent / unquote(path)
    if not path or SCHEME.match(path) or not (target / "index.html").is_file():
        return found[0]
    if not target.resolve().is_relative_to(root.resolve()):
        return found[0]
    return escape(f"{path.rstrip('/')}/index.html{mark}{fragment}")


def write_offline_copy(site: Path, target: Path) -> None:
    """Write the zip.

    Args:
        site: The finished site.
        target: Path of the zip, outside the site. An existing file is replaced.
    """
    made = target.with_name(f"{target.name}.part")
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        files = {path.relative_to(site).as_posix(): path for path in site.rglob("*.*")}
        for name, file in sorted(files.items()):
            if LEFT_OUT.fullmatch(name) or not file.is_file():
                continue
            content = file.read_bytes()
            if file.suffix == ".html":
                content = offline_page(content.decode(), file, site).encode()
            entry = ZipInfo(f"{FOLDER}/{name}", EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # Unix on every system, so that the bytes are the same.
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    made.replace(target)
