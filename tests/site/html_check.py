"""A small checker of built HTML: unclosed tags, ids, and the targets of addresses.

It uses only the standard library and shares nothing with the code that it checks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
BLOCK = re.compile(
    "article|aside|blockquote|div|dl|fieldset|figure|footer|form|h[1-6]|header|main|nav|ol|p|pre"
    "|section|table|ul"
)
LOADING = re.compile(
    "(script|img|iframe|audio|video|source|track|embed|input) src|(img|source) srcset"
    "|object data|video poster|(image|use) href"
)
"""Tags and attributes whose address a browser fetches by itself."""

LOADING_REL = re.compile(
    r"\b(stylesheet|icon|preload|modulepreload|prefetch|manifest|dns-prefetch|preconnect)\b"
)
"""Values of ``rel`` on a ``<link>`` whose address a browser fetches by itself."""


@dataclass(frozen=True)
class Link:
    """An address in a page.

    Attributes:
        tag: The name of the element.
        address: The address as written.
        line: The line that contains it.
        loads: Whether a browser fetches it by itself.
        attributes: All attributes of the element.
    """

    tag: str
    address: str
    line: int
    loads: bool
    attributes: dict[str, str]


@dataclass
class Html:
    """The parsed content of a page.

    Attributes:
        ids: Each id with the lines that contain it.
        links: All addresses.
        faults: Errors in the tags.
        handlers: Attributes inside ``.crs-page`` that run a script or set a style.
        references: Ids that labels and descriptions refer to, with lines.
    """

    ids: dict[str, list[int]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    references: list[tuple[str, int]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.html = Html()
        self.open: list[tuple[str, int, bool]] = []

    @property
    def ours(self) -> bool:
        """Whether the parser is inside our own part of the page."""
        return bool(self.open) and self.open[-1][2]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        names = [name for name, _ in attrs]
        attributes = {name: value or "" for name, value in attrs}
        ours = self.ours or "crs-page" in attributes.get("class", "").split()
        if ours:
            self._ours(tag, names, line)
        if "id" in attributes:
            self.html.ids.setdefault(attributes["id"], []).append(line)
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"):
            for target in attributes.get(name, "").split():
                self.html.references.append((target, line))
        for name in ("href", "src", "srcset", "data", "poster", "action"):
            if name in attributes:
                rel = LOADING_REL.search(attributes.get("rel", "")) if tag == "link" else None
                loads = bool(rel or LOADING.fullmatch(f"{tag} {name}"))
                self.html.links.append(Link(tag, attributes[name], line, loads, attributes))
        if not VOID.fullmatch(tag):
            self.open.append((tag, line, ours))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if not VOID.fullmatch(tag):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if VOID.fullmatch(tag):
            return
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        elif self.ours:
            opened, line, _ = self.open[-1]
            self.html.faults.append(
                f"line {self.getpos()[0]}: </{tag}> closes <{opened}> of line {line}"
            )

    def _ours(self, tag: str, names: list[str], line: int) -> None:
        if len(set(names)) != len(names):
            self.html.faults.append(f"line {line}: <{tag}> has an attribute twice")
        if BLOCK.fullmatch(tag) and any(opened == "p" for opened, _, _ in self.open):
            self.html.faults.append(f"line {line}: <{tag}> is in a <p>")
        self.html.handlers += [
            f"line {line}: <{tag} {name}>"
            for name in names
            if name == "style" or name.startswith("on")
        ]


def read_html(text: str) -> Html:
    """Return the parsed content of a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.html.faults += [f"<{tag}> of line {line} stays open" for tag, line, _ in reader.open]
    return reader.html


def is_external(address: str) -> bool:
    """Return whether an address leads away from the site."""
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme in {"http", "https"}


def target_of(page: Path, address: str, root: Path) -> tuple[Path, str]:
    """Return the file and the fragment to which an address in a page leads.

    Raises:
        ValueError: The address leads out of the site.
    """
    parts = urlsplit(address)
    path = unquote(parts.path)
    target = root / path.lstrip("/") if path.startswith("/") else page.parent / path
    target = page if not path else target.resolve()
    if not target.is_relative_to(root):
        raise ValueError(f"{address} leads out of the site")
    if target.is_dir() or path.endswith("/"):
        target /= "index.html"
    return target, unquote(parts.fragment)


def broken_links(root: Path) -> list[str]:
    """Return every address below a folder that leads to no file or to no id."""
    root = root.resolve()
    pages = {file: read_html(file.read_text(encoding="utf-8")) for file in root.rglob("*.html")}
    found = []
    for file, html in pages.items():
        for link in html.links:
            if is_external(link.address) or link.address.startswith(("tel:", "data:")):
                continue
            where = f"{file.relative_to(root)}:{link.line}: {link.address}"
            try:
                target, fragment = target_of(file, link.address, root)
            except ValueError as error:
                found.append(f"{where}: {error}")
                continue
            if not target.is_file():
                found.append(f"{where}: there is no such file")
            elif fragment and target in pages and fragment not in pages[target].ids:
                found.append(f"{where}: there is no such id")
    return found
