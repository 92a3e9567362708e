"""Names, addresses and sizes of the PDFs and other files that ``build`` adds to the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PaperName = Literal["letter", "a4"]
PAPERS: tuple[PaperName, ...] = ("letter", "a4")
FOLDER = "print/pdf"
"""Folder of the PDFs in the site. The addresses of files never change."""

PACK = "pack"
"""Slug for all sheets together, used in place of the slug of one sheet."""

PREVIEW_SIZE: dict[PaperName, tuple[int, int]] = {"letter": (170, 220), "a4": (170, 240)}
"""Width and height at which a sheet's preview image is shown, in CSS pixels."""

BILL = "about/bill-of-materials.json"
"""Path of the bill of materials in the site, for machines to read."""

DOWNLOADS = "CRS_DOWNLOADS"
"""Environment variable that tells the macros, which MkDocs runs, where this build's files are."""


@dataclass(frozen=True)
class Download:
    """A sheet or the whole pack as a PDF.

    Attributes:
        slug: Slug of the sheet, or ``PACK`` for all sheets.
        paper: Paper size.
        large_print: Whether all main text is 18 pt or more.
        size: File size in bytes.
    """

    slug: str
    paper: PaperName
    large_print: bool
    size: int

    @property
    def path(self) -> str:
        """Path in the site."""
        return pdf_path(self.slug, self.paper, large_print=self.large_print)

    @property
    def kilobytes(self) -> int:
        """File size in kilobytes of 1,000 bytes, at least 1."""
        return max(1, round(self.size / 1000))


def pdf_path(slug: str, paper: PaperName, *, large_print: bool) -> str:
    """Return the path of a PDF in the site, such as ``fridge-a4-large.pdf`` in ``FOLDER``."""
    return f"{FOLDER}/{slug}-{paper}{'-large' if large_print else ''}.pdf"


def preview_path(slug: str) -> str:
    """Return the path of a sheet's preview image in the site."""
    return f"{FOLDER}/{slug}.png"


@dataclass(frozen=True)
class Downloads:
    """The files of one build.

    Attributes:
        folder: Folder laid out like the site; None if only pages are built.
        wait: Returns when all files are written.
    """

    folder: Path | None = None
    wait: Callable[[], object] = bool

    def of(self, slug: str) -> list[Download]:
        """Return the PDFs of a sheet: one for each paper size, then the same in large print."""
        if self.folder is None:
            return []
        self.wait()
        found = []
        for large_print in (False, True):
            for paper in PAPERS:
                file = self.folder / pdf_path(slug, paper, large_print=large_print)
                found.append(Download(slug, paper, large_print, file.stat().st_size))
        return found

    def preview(self, slug: str) -> str | None:
        """Return the path of a sheet's preview image in the site; None if this build has none."""
        return preview_path(slug) if self.folder else None
