"""The files that stand beside the pages, once ``build`` has made them: names, addresses, sizes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PaperName = Literal["letter", "a4"]
PAPERS: tuple[PaperName, ...] = ("letter", "a4")
FOLDER = "print/pdf"
"""Where the files stand in the site. Addresses of files never change."""

PACK = "pack"
"""Stands for all sheets together, where the name of one sheet could."""

PREVIEW_SIZE: dict[PaperName, tuple[int, int]] = {"letter": (170, 220), "a4": (170, 240)}
"""Width and height at which the small picture of a sheet is shown, in CSS pixels."""

BILL = "about/bill-of-materials.json"
"""Where the list of all parts of the guide stands in the site, for machines to read."""

DOWNLOADS = "CRS_DOWNLOADS"
"""Tells the macros, which the engine runs, where the files of this build are."""


@dataclass(frozen=True)
class Download:
    """A sheet, or the whole pack, as a PDF.

    Attributes:
        slug: The sheet; ``PACK`` for all.
        paper: What it is printed on.
        large_print: Whether all main text is 18 pt or more.
        size: Bytes.
    """

    slug: str
    paper: PaperName
    large_print: bool
    size: int

    @property
    def path(self) -> str:
        """Where it stands in the site."""
        return pdf_path(self.slug, self.paper, large_print=self.large_print)

    @property
    def kilobytes(self) -> int:
        """Its size as people read it, 1,000 bytes each, at least 1."""
        return max(1, round(self.size / 1000))


def pdf_path(slug: str, paper: PaperName, *, large_print: bool) -> str:
    """Give the place of a PDF in the site: ``print/pdf/fridge-a4-large.pdf``."""
    return f"{FOLDER}/{slug}-{paper}{'-large' if large_print else ''}.pdf"


def preview_path(slug: str) -> str:
    """Give the place of the small picture of a sheet in the site."""
    return f"{FOLDER}/{slug}.png"


@dataclass(frozen=True)
class Downloads:
    """The files of one build.

    Attributes:
        folder: A folder laid out as the site; none where only pages are built.
    """

    folder: Path | None = None

    def of(self, slug: str) -> list[Download]:
        """List the PDFs of a sheet: both papers, then both again in large print."""
        if self.folder is None:
            return []
        found = []
        for large_print in (False, True):
            for paper in PAPERS:
                file = self.folder / pdf_path(slug, paper, large_print=large_print)
                found.append(Download(slug, paper, large_print, file.stat().st_size))
        return found

    def preview(self, slug: str) -> str | None:
        """Give the place of the small picture of a sheet, if this build has one."""
        return preview_path(slug) if self.folder else None
