"""Write compressed copies of each text file for servers, at the highest level of each method.

Netlify, Cloudflare and GitHub Pages compress files themselves and ignore these copies.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import brotli

from scripts.finishing.faults import needed
from scripts.finishing.site import Site
from scripts.hosting.headers import TEXTS

Change = Callable[[bytes], bytes]

LEAST = 1_000
"""Size in bytes below which a file fits one packet uncompressed."""


METHODS: dict[str, Change] = {
    ".br": lambda text: brotli.compress(text, quality=11),
    ".gz": lambda text: gzip.compress(text, 9, mtime=0),
}
"""Compression methods by the file extension that servers look for."""


def compress(site: Site) -> None:
    """Write the compressed files.

    Raises:
        FinishingError: The folder has no text file large enough, so it is not a built guide.
    """
    texts = [
        file
        for file in site.folder.rglob("*.*")
        if file.suffix.removeprefix(".") in TEXTS and file.stat().st_size >= LEAST
    ]
    fault = f"it contains no text file of at least {LEAST} bytes"
    needed(texts, "compress", site.folder.name, fault, "Build the pages first, all of them.")
    texts.sort(key=lambda file: file.stat().st_size, reverse=True)
    # Threads run in parallel here, because the methods release Python's global lock.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(_write, texts))


def _write(file: Path) -> None:
    text = file.read_bytes()
    for kind in METHODS:
        file.with_name(file.name + kind).write_bytes(_packed(text, kind))


@lru_cache(maxsize=1024)
def _packed(text: bytes, kind: str) -> bytes:
    """Return a compressed text. The cache serves files that are the same in many editions."""
    return METHODS[kind](text)
