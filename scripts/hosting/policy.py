"""Build the Content Security Policy: what the pages of a built folder need, and nothing more."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from lxml.html import HtmlElement, document_fromstring

SCRIPT_TYPES = {"", "module", "text/javascript", "application/javascript"}
"""Types of scripts that a browser runs. A script of any other type is a data block."""


@dataclass
class Inline:
    """Content that is in the pages themselves rather than in a file.

    Attributes:
        scripts: Scripts that a browser runs.
        styles: Inline stylesheets.
        attributes: Values of ``style`` attributes.
        handlers: Attributes that run a script. The policy never allows them.
    """

    scripts: set[str] = field(default_factory=set)
    styles: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    handlers: set[str] = field(default_factory=set)


def inline_of(*trees: HtmlElement) -> Inline:
    """Return the inline content of parsed pages."""
    found = Inline()
    for element in chain.from_iterable(tree.iter("*") for tree in trees):
        kind = element.get("type", "").strip().lower()
        if "style" in element.attrib:
            found.attributes.add(element.get("style"))
        if element.tag == "style":
            found.styles.add(element.text or "")
        elif element.tag == "script" and kind in SCRIPT_TYPES and "src" not in element.attrib:
            found.scripts.add(element.text or "")
        on = (name for name in element.attrib if name.startswith("on"))
        found.handlers.update(f"<{element.tag} {name}>" for name in on)
    return found


def inline_of_folder(folder: Path) -> Inline:
    """Return the inline content of all pages of a built folder."""
    files = sorted(folder.rglob("*.html"))
    return inline_of(*(document_fromstring(file.read_text("utf-8")) for file in files))


def hash_of(text: str) -> str:
    """Return the hash that allows an inline script or style in a policy."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def content_security_policy(found: Inline, *, in_page: bool = False) -> str:
    """Return the policy for the inline content of one page, or of all pages.

    It is as strict as the pages allow: no request goes to another host, no script runs that was
    not in the build, no form is sent, and no other site can show the guide in a frame.

    Args:
        found: Inline content to allow.
        in_page: Whether the policy is in the page, where browsers ignore ``frame-ancestors``.
    """

    def hashes(texts: set[str]) -> list[str]:
        return sorted(map(hash_of, texts))

    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *hashes(found.scripts)],
        "style-src": ["'self'", *hashes(found.styles)],
        "style-src-attr": ["'unsafe-hashes'", *hashes(found.attributes)],
        # The icon is inlined in the page, which saves a request.
        "img-src": ["'self'", "data:"],
        "manifest-src": ["'self'"],
        # Requests of the service worker and of search.
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
