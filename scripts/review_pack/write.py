"""Write the review pack into the requested files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scripts.review_pack.pack import Pack
from scripts.review_pack.write_csv import csv_of
from scripts.review_pack.write_html import html_of
from scripts.review_pack.write_pdf import pdf_of

NAME = "review-pack"
WRITERS: dict[str, Callable[[Pack], bytes]] = {
    ".html": lambda pack: html_of(pack).encode("utf-8"),
    ".pdf": pdf_of,
    ".csv": csv_of,
}
"""The formats of the pack by file extension."""


def files_for(out: Path) -> list[Path]:
    """Return the files to write.

    Args:
        out: File, existing folder, or name without an extension, which means all formats.

    Raises:
        ValueError: The extension is not that of a format.
    """
    if out.is_dir():
        return [out / f"{NAME}{suffix}" for suffix in WRITERS]
    if not out.suffix:
        return [out.with_name(f"{out.name}{suffix}") for suffix in WRITERS]
    if out.suffix.lower() not in WRITERS:
        raise ValueError(
            f"{out.name} ends in {out.suffix}. End it in {', '.join(WRITERS)},"
            " or in nothing to get all of them."
        )
    return [out]


def write(pack: Pack, files: list[Path]) -> None:
    """Write the pack into files, replacing existing ones.

    Raises:
        OSError: A file cannot be written.
    """
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(WRITERS[file.suffix.lower()](pack))
