"""The content security policy: what the pages of a built folder need, and nothing more."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

SCRIPT_TYPES = {"", "module", "text/javascript", "application/javascript"}
"""What a browser runs; a script of any other type is a block of data."""


@dataclass
class Inline:
    """What stands in the pages themselves rather than in a file.

    Attributes:
        scripts: Scripts that a browser runs.
        styles: Style sheets.
        attributes: Values of ``style`` attributes.
        handlers: Attributes that run script; no policy of ours lets them.
    """

    scripts: set[str] = field(default_factory=set)
    styles: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    handlers: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self, found: Inline) -> None:
        super().__init__(convert_charrefs=True)
        self.found = found
        self.into: set[str] | None = None
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.found.handlers |= {f"<{tag} {name}>" for name in named if name.startswith("on")}
        if "style" in named:
            self.found.attributes.add(named["style"])
        self.text = []
        runs = named.get("type", "").strip().lower() in SCRIPT_TYPES and "src" not in named
        if tag == "script" and runs:
            self.into = self.found.scripts
        elif tag == "style":
            self.into = self.found.styles

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self.into is not None and tag in ("script", "style"):
            self.into.add("".join(self.text))
            self.into = None


def inline_of(*pages: str) -> Inline:
    """Gather what stands in the HTML of pages."""
    found = Inline()
    for html in pages:
        reader = _Reader(found)
        reader.feed(html)
        reader.close()
    return found


def inline_of_folder(folder: Path) -> Inline:
    """Gather what stands in all pages of a built folder."""
    return inline_of(*(file.read_text("utf-8") for file in sorted(folder.rglob("*.html"))))


def hash_of(text: str) -> str:
    """Give the hash by which a policy lets an inline script or style through."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def content_security_policy(found: Inline, *, in_page: bool = False) -> str:
    """Give the policy for what stands in one page, or in all of them.

    It is as strict as the pages allow: nothing is fetched from elsewhere, no script runs that the
    build did not see, no form is sent, no other site shows the guide in a frame.

    Args:
        found: What the policy lets through.
        in_page: Whether a page carries it itself, where browsers do not heed ``frame-ancestors``.
    """

    def hashes(texts: set[str]) -> list[str]:
        return sorted(map(hash_of, texts))

    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *hashes(found.scripts)],
        "style-src": ["'self'", *hashes(found.styles)],
        "style-src-attr": ["'unsafe-hashes'", *hashes(found.attributes)],
        # The icon stands in the page: one request less.
        "img-src": ["'self'", "data:"],
        "manifest-src": ["'self'"],
        # The service worker, and what it and search fetch.
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'"],
    }
    if not found.attributes:
        directives["style-src-attr"] = ["'none'"]
    if in_page:
        del directives["frame-ancestors"]
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())
