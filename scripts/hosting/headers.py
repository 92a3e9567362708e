"""What a server says with each file. The one place: every server's settings are made from here."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.hosting.policy import content_security_policy, inline_of_folder

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
    "zst": "application/zstd",
}
"""Content types by the end of a file's name."""

TEXTS = ("css", "csv", "html", "js", "json", "map", "rtf", "svg", "txt", "webmanifest", "xml")
"""Files that get smaller when they are sent compressed."""

HASHED = r"/(page|print)\.[0-9a-f]{8}\.(css|js)$"
"""Names of files that hold a hash of their content: such a file never changes."""

SHORT = "public, max-age=300, must-revalidate"
"""Five minutes: a mended sentence must reach its readers, also where a page is open all day."""

WORKER = "sw.js"
"""The service worker. A browser asks for it at each visit, so that nothing in it can grow old."""

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
    # Not same-origin: a clinic's own site may show a QR code that lies here.
    "Cross-Origin-Resource-Policy": "same-site",
    # Browsers heed it over https only. It binds this host name for a year, not its neighbours.
    "Strict-Transport-Security": "max-age=31536000",
}
"""Headers that are the same for each build and each file."""


def headers_of(folder: Path) -> dict[str, str]:
    """Give the headers that go with every file of a built folder."""
    return {"Content-Security-Policy": content_security_policy(inline_of_folder(folder)), **FIXED}


def hashed_files(folder: Path) -> list[str]:
    """List the files of a built folder that never change, from its root."""
    paths = (file.relative_to(folder).as_posix() for file in folder.rglob("*.*"))
    return sorted(path for path in paths if re.search(HASHED, path))
