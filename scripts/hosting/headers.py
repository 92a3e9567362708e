"""HTTP headers for each file. The configuration of every server is generated from here."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.hosting.policy import Inline, content_security_policy

TYPES = {
    "avif": "image/avif",
    "br": "application/x-brotli",
    "css": "text/css",
    "csv": "text/csv",
    "gz": "application/gzip",
    "html": "text/html",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "map": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "rtf": "application/rtf",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "zip": "application/zip",
}
"""Content types by file extension."""

TEXTS = ("css", "csv", "html", "js", "json", "map", "rtf", "svg", "txt", "webmanifest", "xml")
"""Extensions of files that get smaller when compressed."""

HASHED = r"/(page|print)\.[0-9a-f]{8}\.(css|js)$"
"""Regular expression of file names with a content hash: such a file never changes."""

SHORT = "public, max-age=300, must-revalidate"
"""Cache for five minutes: a correction must reach readers even if a page stays open all day."""

WORKER = "sw.js"
"""The service worker. Browsers request it at each visit, so it is never out of date."""

ALWAYS_ASK = "no-cache"

LONG = "public, max-age=31536000, immutable"

FIXED = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(),"
        " microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    # Not same-origin, because a clinic's own site may show a QR code from the guide.
    "Cross-Origin-Resource-Policy": "same-site",
    # Browsers obey it over https only. It applies to this host for a year, not to subdomains.
    "Strict-Transport-Security": "max-age=31536000",
}
"""Headers that are the same for every build and every file."""


def headers_of(inline: Inline) -> dict[str, str]:
    """Return the headers for every file of a site, given the inline content of its pages."""
    return {"Content-Security-Policy": content_security_policy(inline), **FIXED}


def hashed_files(folder: Path) -> list[str]:
    """Return the files of a built folder that never change, relative to it."""
    paths = (file.relative_to(folder).as_posix() for file in folder.rglob("*.*"))
    return sorted(path for path in paths if re.search(HASHED, path))
