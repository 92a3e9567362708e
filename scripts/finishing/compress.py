"""Writes each text beside itself as servers send it: the best that each method can do, done once.

Netlify, Cloudflare and GitHub Pages compress by themselves and pay no heed to these files.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import brotli
import zstandard

from scripts.finishing.faults import needed
from scripts.guide.guide import Guide
from scripts.hosting.headers import TEXTS

Change = Callable[[bytes], bytes]

LEAST = 1_000
"""Bytes under which a file fits one packet as it is."""


def _zstandard(text: bytes) -> bytes:
    # One for each text: it does not work in two threads at once.
    return zstandard.ZstdCompressor(level=19).compress(text)


METHODS: dict[str, Change] = {
    ".br": lambda text: brotli.compress(text, quality=11),
    ".zst": _zstandard,
    ".gz": lambda text: gzip.compress(text, 9, mtime=0),
}
"""How a file is compressed, by the end of the name that servers ask for."""


def compress(folder: Path, guide: Guide) -> None:  # noqa: ARG001 - the shape of a step
    """Write the compressed files.

    Raises:
        FinishingError: The folder holds no text that is worth it, so it is no guide.
    """
    texts = [
        file
        for file in folder.rglob("*.*")
        if file.suffix.removeprefix(".") in TEXTS and file.stat().st_size >= LEAST
    ]
    fault, remedy = f"it holds no text of {LEAST} bytes", "Build the pages first, all of them."
    needed(texts, "compress", folder.name, fault, remedy)
    texts.sort(key=lambda file: file.stat().st_size, reverse=True)
    # In threads: the methods work outside Python's lock.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(_write, texts))


def _write(file: Path) -> None:
    text = file.read_bytes()
    for kind in METHODS:
        file.with_name(file.name + kind).write_bytes(_packed(text, kind))


@lru_cache(maxsize=1024)
def _packed(text: bytes, kind: str) -> bytes:
    """Compress a text. Files that are the same in many editions are compressed for the first."""
    return METHODS[kind](text)
