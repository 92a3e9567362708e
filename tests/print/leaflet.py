"""Read leaflets as a PDF reader does: positions, reading order and structure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
from PIL import Image

from scripts.guide.downloads import PACK, PaperName, pdf_path, preview_path
from scripts.guide.guide import Guide
from scripts.leaflets.writer import Writer

MM = 72 / 25.4
MARGIN = 14 * MM
WORD_JOINER = "\u2060"


@dataclass(frozen=True)
class Line:
    """A line to write on or an edge, in points from the top left of the page.

    Attributes:
        left: Where it starts.
        right: Where it ends.
        y: Its distance from the top.
    """

    left: float
    right: float
    y: float

    @property
    def length(self) -> float:
        """The length from end to end."""
        return self.right - self.left


class Leaflet:
    """An open PDF.

    Attributes:
        slug: The sheet, or ``PACK``.
        paper: The paper it is printed on.
        large: Whether it is in large print.
        content: The bytes of the file.
    """

    def __init__(self, slug: str, paper: PaperName, large: bool, content: bytes) -> None:
        """Keep the file. Parts of it are parsed when a test first needs them."""
        self.slug, self.paper, self.large, self.content = slug, paper, large, content

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        """The objects of the PDF."""
        return pikepdf.open(BytesIO(self.content))

    @cached_property
    def pages(self) -> list[Any]:
        """The drawn content of each side."""
        return list(pdfplumber.open(BytesIO(self.content)).pages)

    @cached_property
    def bookmarks(self) -> list[tuple[int, str]]:
        """Each bookmark with its level, which starts at 1."""

        def below(items: Any, level: int) -> Iterator[tuple[int, str]]:
            for item in items:
                yield level, item.title
                yield from below(item.children, level + 1)

        with self.pdf.open_outline() as outline:
            return list(below(outline.root, 1))

    @cached_property
    def elements(self) -> list[tuple[str, Any]]:
        """Each element of the structure with its kind, in reading order."""

        def below(element: Any) -> Iterator[tuple[str, Any]]:
            if "/S" in element:
                yield str(element.S), element
            for kid in children_of(element):
                if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != "/MCR":
                    yield from below(kid)

        return list(below(self.pdf.Root.StructTreeRoot))

    @cached_property
    def read(self) -> list[dict[str, Any]]:
        """All characters in the order in which a screen reader reads them, without decoration."""
        marked: dict[tuple[int, int], list[dict[str, Any]]] = {}
        for number, page in enumerate(self.pages):
            for char in page.chars:
                if char["mcid"] is not None:
                    marked.setdefault((number, char["mcid"]), []).append(char)
        numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}

        def below(element: Any, page: Any) -> Iterator[tuple[int, int]]:
            page = element.get("/Pg", page)
            for kid in children_of(element):
                if isinstance(kid, int):
                    yield numbers[page.objgen], kid
                elif kid.get("/Type") == "/MCR":
                    yield numbers[kid.get("/Pg", page).objgen], int(kid.MCID)
                else:
                    yield from below(kid, page)

        order = list(below(self.pdf.Root.StructTreeRoot, None))
        assert len(order) == len(set(order)), "a part is read twice"
        assert set(marked) <= set(order), "a part is not read"
        return [char for part in order for char in marked.get(part, [])]

    @cached_property
    def spoken(self) -> str:
        """The text that is read aloud, without white space."""
        return packed("".join(char["text"] for char in self.read))

    def text_on(self, side: int) -> str:
        """Return all characters on a side without white space, including decoration."""
        # PDFium returns U+FFFE for a hyphen at the end of a line.
        return packed(self._drawn[side].get_textpage().get_text_range().replace("\ufffe", "-"))

    @cached_property
    def _drawn(self) -> Any:
        return pypdfium2.PdfDocument(self.content)

    @cached_property
    def lines_to_write_on(self) -> list[Line]:
        """Thin filled bars on all sides; pieces that touch count as one."""
        found: list[Line] = []
        for page in self.pages:
            bars = [r for r in page.rects if r["fill"] and 0.5 < r["height"] < 0.9]
            on_side: list[Line] = []
            for bar in sorted(bars, key=lambda bar: (round(bar["top"], 1), bar["x0"])):
                last = on_side[-1] if on_side else None
                if last and abs(last.y - bar["top"]) < 0.3 and bar["x0"] - last.right < 0.3:
                    on_side[-1] = Line(last.left, max(last.right, bar["x1"]), last.y)
                else:
                    on_side.append(Line(bar["x0"], bar["x1"], bar["top"]))
            found += on_side
        return [line for line in found if line.length > 1]

    @cached_property
    def boxes(self) -> list[dict[str, Any]]:
        """Squares to tick."""
        rects = [rect for page in self.pages for rect in page.rects if rect["stroke"]]
        return [r for r in rects if abs(r["width"] - r["height"]) < 0.1 and r["width"] < 30]

    def picture(self, side: int, *, dots_per_inch: int = 100) -> Image.Image:
        """Return a rendered side in shades of gray, as an office printer prints it."""
        drawn: Image.Image = (
            self._drawn[side].render(scale=dots_per_inch / 72, grayscale=True).to_pil()
        )
        return drawn


def children_of(element: Any) -> list[Any]:
    """Return the children of an element of the structure."""
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, (pikepdf.Array, list)) else [kids]


def packed(text: str) -> str:
    """Return a text without white space and word joiners."""
    return re.sub(r"\s+", "", text.replace(WORD_JOINER, ""))


def plain(runs: list[dict[str, str]]) -> str:
    """Return the text of some runs; a blank has none."""
    parts = (
        f"{run['lead']} ({run['other']})" if run["kind"] == "temperature" else run.get("text", "")
        for run in runs
    )
    return "".join(parts)


class Leaflets:
    """All leaflets of an edition.

    Attributes:
        guide: The content, with its edition.
        folder: The folder of the PDF files.
        papers: The papers that are looked at.
    """

    def __init__(self, guide: Guide, folder: Path, papers: tuple[PaperName, ...]) -> None:
        """Keep the guide, the folder and the papers."""
        self.guide, self.folder, self.papers = guide, folder, papers
        self.writer = Writer(guide)
        self._opened: dict[tuple[str, PaperName, bool], Leaflet] = {}

    def __call__(self, slug: str, paper: PaperName, *, large: bool = False) -> Leaflet:
        """Return a leaflet, opened once."""
        key = slug, paper, large
        if key not in self._opened:
            path = self.folder / pdf_path(slug, paper, large_print=large)
            self._opened[key] = Leaflet(slug, paper, large, path.read_bytes())
        return self._opened[key]

    @property
    def slugs(self) -> tuple[str, ...]:
        """The slugs of all sheets."""
        return self.guide.sheet_pack.sheets

    @property
    def pack(self) -> tuple[str, ...]:
        """The slugs of the sheets in the whole pack."""
        pack = self.guide.sheet_pack
        return tuple(slug for slug in pack.sheets if slug not in pack.on_request)

    @property
    def standard(self) -> Iterator[Leaflet]:
        """Each sheet on each paper, in standard print."""
        return (self(slug, paper) for slug in self.slugs for paper in self.papers)

    @property
    def large(self) -> Iterator[Leaflet]:
        """Each sheet on each paper, in large print."""
        return (self(slug, paper, large=True) for slug in self.slugs for paper in self.papers)

    @property
    def sheets(self) -> Iterator[Leaflet]:
        """Each sheet on each paper, in both sizes of print."""
        yield from self.standard
        yield from self.large

    @property
    def packs(self) -> Iterator[Leaflet]:
        """The whole pack on each paper, in both sizes of print."""
        return (self(PACK, paper, large=large) for large in (False, True) for paper in self.papers)

    def preview(self, slug: str) -> Image.Image:
        """Return the preview image of a sheet."""
        return Image.open(self.folder / preview_path(slug))

    def is_short(self, slug: str, *, large: bool) -> bool:
        """Return whether a leaflet has its cards in short, and nothing else."""
        return large and self.guide.checklists[slug].short_if_large

    def blocks(self, slug: str, *, large: bool) -> list[dict[str, Any]]:
        """Return the words of the blocks that a leaflet has."""
        blocks: list[dict[str, Any]] = self.writer.document(slug)["blocks"]
        if self.is_short(slug, large=large):
            return [block for block in blocks if block["kind"] == "signs"]
        return blocks

    def texts(self, slug: str, *, large: bool) -> list[str]:
        """Return all texts of a sheet, in reading order."""
        document, edition = self.writer.document(slug), self.guide.edition
        numbers = {
            "line_24h_label": [edition.line_24h] if edition.line_24h else [],
            "emergency_label": [edition.emergency_number],
        }
        found: list[str] = []
        for name, value in document.items():
            if name == "blocks":
                blocks = self.blocks(slug, large=large)
                found += [text for block in blocks for text in texts_of_block(block, large)]
            elif name == "address":
                found.append(value)
            elif name not in {"qr", "qr_label", "line_24h", "emergency_number"}:
                found += texts_in(value) + numbers.get(name, [])
        return [text for text in found if text]


def texts_of_block(block: dict[str, Any], large: bool) -> list[str]:
    """Return the texts of a block, in reading order."""
    said = dict(block)
    if said["kind"] == "signs" and not said["actions"]:
        said.pop("actions_label")
    if said["kind"] == "signs":
        said.pop("groups" if large and said["short"] else "short")
    said.pop("qr_label", None)
    if said["kind"] == "log":
        across = (said["readings"] + 1) // 2 if large else said["readings"]
        first = ("day_heading", "reading_heading", "notes", "called")
        pairs = ("time_heading", "unit_heading") * across
        return [text for name in (*first, *pairs) for text in texts_in(said[name])]
    if said["kind"] == "card":
        said = {name: said[name] for name in ("alert", "front", "scan", "back")}
    return texts_in(said)


def texts_in(value: Any) -> list[str]:
    """Return the texts in a part of the data, in order; a text is a list of runs."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts_in(part)]
    if isinstance(value, list):
        if value and all(isinstance(run, dict) and is_run(run) for run in value):
            return [plain(value)]
        return [text for part in value for text in texts_in(part)]
    return []


def is_run(record: dict[str, Any]) -> bool:
    """Return whether a record is a run of a text and not a part of a sheet."""
    return record.get("kind") in {"text", "temperature", "blank", "phone"} and set(record) <= {
        *("kind", "text", "lead", "other"),
    }


def runs_in(value: Any) -> Iterator[dict[str, str]]:
    """Yield all runs in a part of the data."""
    if isinstance(value, dict):
        if is_run(value):
            yield value
        else:
            for part in value.values():
                yield from runs_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from runs_in(part)
