"""A zip of the built site that opens by double click: for an intranet's drive or a USB stick.

It is made from the finished site, not by a second run of the engine: the words are the same by
construction, and either engine will do. Links name files, since a folder has no server to do so.
"""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from scripts.finishing.trust_marks import BLOCK

FOLDER = "crs-guide"
"""What the zip unpacks to."""

LEFT_OUT = re.compile(
    r"_headers|_redirects|.*\.map|404\.html|(robots|humans)\.txt|sitemap\.xml|search/.*"
    r"|assets/images/share\.png|.*\.(br|gz|zst)"
)
"""Files that only a server, a search engine or the theme's search needs."""

CANONICAL = re.compile(r'\s*<link rel="canonical"[^>]*>')
HREF = re.compile(r'(?<=\shref=")[^"]*(?=")')
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip, so that the same site gives the same bytes."""


class _Search(HTMLParser):
    """Finds the theme's search in a page. It needs a server: a folder may start no worker."""

    NAMES = frozenset(("crs-header__search", "md-search"))

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.spans: list[tuple[int, int]] = []
        self.starts = [0]
        for line in html.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.tag, self.depth, self.start = "", 0, 0
        self.feed(html)

    @property
    def at(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if self.depth:
            self.depth += tag == self.tag
        elif self.NAMES.intersection(classes):
            self.tag, self.depth, self.start = tag, 1, self.at

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag == self.tag:
            self.depth -= 1
            if self.depth == 0:
                self.spans.append((self.start, self.at + len(f"</{tag}>")))


def offline_page(html: str, page: Path, root: Path) -> str:
    """Change a page so that it works in a folder: no search, no address of its own on the web.

    Args:
        html: The page.
        page: Its file.
        root: The built site.
    """
    html = CANONICAL.sub("", BLOCK.sub("", html))
    for start, end in reversed(_Search(html).spans):
        html = html[:start] + html[end:]

    def named(found: re.Match[str]) -> str:
        path, mark, fragment = unescape(found[0]).partition("#")
        target = page.parent / unquote(path)
        if not path or SCHEME.match(path) or not (target / "index.html").is_file():
            return found[0]
        if not target.resolve().is_relative_to(root.resolve()):
            return found[0]
        return escape(f"{path.rstrip('/')}/index.html{mark}{fragment}")

    return HREF.sub(named, html)


def write_offline_copy(site: Path, target: Path) -> None:
    """Write the zip.

    Args:
        site: The finished site.
        target: The zip, outside the site; replaced if it is there.
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
