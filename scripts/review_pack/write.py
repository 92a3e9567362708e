"""Writes the review pack into the files that were asked for."""

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
"""The forms of the pack by the ending of the file."""


def files_for(out: Path) -> list[Path]:
    """Give the files to write.

    Args:
        out: A file, a folder that is there, or a name without an ending, which means all forms.

    Raises:
        ValueError: The name has an ending that stands for no form.
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
    """Write the pack into files; an older one of the same name is replaced.

    Raises:
        OSError: A file cannot be written.
    """
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(WRITERS[file.suffix.lower()](pack))
