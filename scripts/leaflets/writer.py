"""Writes the leaflets: each sheet as an accessible PDF, for two papers and two sizes of print."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import typst

from scripts.content import Guide
from scripts.errors import ContentError, Problem
from scripts.leaflets.document import Leaflet

HERE = Path(__file__).resolve().parent
PAPERS = {"letter": "us-letter", "a4": "a4"}
PAPER_NAMES = {"letter": "Letter", "a4": "A4"}
Print = Literal["standard", "large"]
MARGIN_MM = 14
"""Left free on each side of the paper, as most printers need."""


@dataclass(frozen=True)
class Download:
    """One PDF.

    Attributes:
        slug: The sheet.
        paper: ``letter`` or ``a4``.
        size: ``standard`` print, or ``large`` print of 18 pt or more.
        content: The file.
    """

    slug: str
    paper: str
    size: Print
    content: bytes

    @property
    def name(self) -> str:
        """The file's name: ``fridge-a4-large.pdf``."""
        large = "-large" if self.size == "large" else ""
        return f"{self.slug}-{self.paper}{large}.pdf"

    @property
    def kilobytes(self) -> int:
        """Its size as a reader is told it, at least 1."""
        return max(1, round(len(self.content) / 1000))


class Writer:
    """Writes the leaflets of one edition."""

    def __init__(self, guide: Guide) -> None:
        """Keep the edition."""
        self.guide = guide

    @cached_property
    def compiler(self) -> typst.Compiler:
        """The compiler, with our fonts only, so that every machine gives the same bytes."""
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])
        return typst.Compiler(root=str(HERE), font_paths=fonts)

    def write(self, slug: str, paper: str, size: Print) -> Download:
        """Write one leaflet.

        Raises:
            ContentError: In standard print it needs more than one side.
        """
        sheet = self.guide.checklists[slug]
        data = Leaflet(self.guide, slug).document() | {
            "paper": PAPERS[paper],
            "size": point_size(sheet.large, sheet.for_clinicians, size),
            "large": size == "large",
            "lang": "en",
        }
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        content = self.compiler.compile(
            str(HERE / "sheet.typ"),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards="ua-1",
            timestamp=0,
        )
        download = Download(slug, paper, size, content)
        if size == "standard":
            self._refuse_overflow(download, inputs)
        return download

    def _refuse_overflow(self, download: Download, inputs: dict[str, str]) -> None:
        found = typst.query(
            str(HERE / "sheet.typ"),
            "<end>",
            field="value",
            one=True,
            root=str(HERE),
            font_paths=[str(HERE / "fonts")],
            ignore_system_fonts=True,
            sys_inputs=inputs,
        )
        end: dict[str, Any] = json.loads(found)
        if end["page"] == 1:
            return
        room = end["height"] - 2 * MARGIN_MM
        over = (end["page"] - 2) * room + end["y"] - MARGIN_MM
        paper = PAPER_NAMES[download.paper]
        fault = f"the sheet is about {over:.0f} mm too long for one side of {paper}"
        file = f"docs/data/checklists/{download.slug}.yml"
        remedy = "Cut words or lines, or set fewer rows."
        raise ContentError([Problem(file, 1, "blocks", fault, remedy)])

    def all(self) -> Iterator[Download]:
        """Write every leaflet: each sheet, on each paper, in each size of print."""
        for slug in self.guide.checklists:
            for paper in PAPERS:
                yield self.write(slug, paper, "standard")
                yield self.write(slug, paper, "large")


def point_size(large: bool, for_clinicians: bool, size: Print) -> str:
    """Give the size of the main text, with its unit."""
    if size == "large":
        return "22pt" if large else "18pt"
    if large:
        return "18pt"
    return "10.5pt" if for_clinicians else "12pt"
