"""QR codes for sheets and pages, and as files for a clinic's own documents."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import segno

FOLDER = "clinics/qr"
"""Folder of the QR code files in the site."""

PNG_SCALE = 20
"""Pixels per module: sharp at 25 mm on a 600 dpi printer."""


def qr_path(name: str, kind: str) -> str:
    """Return the path of a QR code file in the site: ``clinics/qr/discharge-paper.svg``."""
    return f"{FOLDER}/{name}.{kind}"


def save_qr_code(address: str, name: str, folder: Path) -> None:
    """Write the QR code of an address as SVG and PNG.

    Args:
        address: Address that the code opens.
        name: File name without extension.
        folder: Folder laid out like the site.
    """
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    code = _code(address)
    code.save(str(folder / qr_path(name, "svg")), border=4, scale=4, nl=False)
    code.save(str(folder / qr_path(name, "png")), border=4, scale=PNG_SCALE)


@lru_cache(maxsize=256)
def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False, boost_error=False)


def qr_code(address: str) -> dict[str, Any]:
    """Return the QR code of an address as an SVG path, error correction level M.

    Returns:
        ``size``: modules per side, including a quiet zone of 4 modules on each side.
        ``path``: SVG path of the dark modules.
    """
    code = _code(address)
    path = ""
    for y, line in enumerate(code.matrix_iter(border=4)):
        x = 0
        for dark, run in groupby(line):
            length = len(list(run))
            path += f"M{x} {y}h{length}v1h-{length}z" if dark else ""
            x += length
    return {"size": code.symbol_size(border=4)[0], "path": path}
