"""Write the leaflets: each sheet and the whole pack as accessible PDFs, and preview images."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from io import BytesIO
from itertools import product
from pathlib import Path
from threading import local
from typing import Any, cast, get_args

import typst
from PIL import Image

from scripts.components.render import COMPONENTS, Formatter, curly
from scripts.components.sheet.block import SheetWords
from scripts.guide.downloads import PACK, PAPERS, PaperName, pdf_path, preview_path
from scripts.guide.errors import ContentError, Problem
from scripts.guide.guide import URGENCIES, Guide
from scripts.guide.models.base import PLACEHOLDER
from scripts.guide.models.care_card import SignIcon

HERE = Path(__file__).resolve().parent
PAPER_OF_TYPST = {"letter": "us-letter", "a4": "a4"}
ICONS = COMPONENTS / "icons"
MAIN_POINTS = {False: 12, True: 18}
"""Font size of the main text in points, by large print."""
FOOT_POINTS = {False: 8.5, True: 11}
PREVIEW_PPI = 40
"""Two pixels for each CSS pixel of ``PREVIEW_SIZE``, for high-density screens."""
GREYS = 4
"""Number of grey levels: enough for smooth text, in a fifth of the bytes of full color."""
THREADS = 2
"""The compiler lets other threads run: two threads take two thirds of the time of one."""
NO_LETTER = re.compile(r'the text `"(.+?)"` could not be displayed')
OVERFLOW = re.compile(r"panicked with: (sheet|card), (\w*), ([0-9.]+)")

Run = dict[str, str]


class Writer:
    """Writes the leaflets of one edition."""

    def __init__(self, guide: Guide) -> None:
        """Create a compiler that has only our fonts, so that the bytes are the same everywhere."""
        self.guide = guide
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(HERE / "fonts")],
        )
        self._documents: dict[str, dict[str, Any]] = {}
        self._compiler = typst.Compiler(root=str(HERE), font_paths=fonts)

    @cached_property
    def _logo(self) -> dict[str, Any] | None:
        """The clinic's logo: its format, its bytes and its text alternative."""
        edition = self.guide.edition
        if not edition.logo:
            return None
        file = self.guide.edition_file.parent / edition.logo
        form = file.suffix.lower().removeprefix(".")
        return {"form": form, "bytes": list(file.read_bytes()), "alt": edition.name or edition.logo}

    def say(self, text: str | None) -> list[Run]:
        """Return a text with its placeholders filled, split into runs of one kind each."""
        runs: list[Run] = []
        for index, part in enumerate(PLACEHOLDER.split(curly(text or ""))):
            run = {"kind": "text", "text": part} if index % 2 == 0 else self._placeholder(part)
            if run.get("text") != "":
                runs.append(run)
        return runs

    def _placeholder(self, name: str) -> Run:
        edition, strings = self.guide.edition, self.guide.strings
        if name == "blank":
            return {"kind": "blank"}
        if name in (answers := Formatter(self.guide).answers):
            answer = answers[name]
            return {"kind": "text", "text": curly(answer)} if answer else {"kind": "blank"}
        if name == "emergency-number":
            return {"kind": "text", "text": edition.emergency_number}
        if name == "line-24h":
            if number := edition.number("line_24h"):
                return {"kind": "phone", "text": number.shown}
            return {"kind": "text", "text": curly(strings.line_24h_unset)}
        lead, other = Formatter(self.guide).both(self.guide.temperatures[name])
        return {"kind": "temperature", "lead": lead, "other": other}

    def document(self, slug: str) -> dict[str, Any]:
        """Return all text of a sheet, with the telephone numbers of the edition."""
        if slug not in self._documents:
            edition = self.guide.edition
            line = edition.number("line_24h")
            numbers = {
                "line_24h": line.shown if line else None,
                "emergency_number": edition.emergency_number,
            }
            words = SheetWords(self.guide, slug, self.say)
            self._documents[slug] = words.document() | numbers
        return self._documents[slug]

    def pdf(self, slugs: Sequence[str], title: str, paper: PaperName, *, large: bool) -> bytes:
        """Return a PDF of some sheets, each starting on a new side.

        Args:
            slugs: The sheets, in order.
            title: Title of the PDF.
            paper: Paper size.
            large: Whether to use large print.

        Raises:
            typst.TypstError: A sheet is too long, or the templates are wrong.
        """
        job = self._job(slugs, title, paper, large=large)
        made = self._compiler.compile(
            str(HERE / "sheet.typ"),
            format="pdf",
            sys_inputs={"job": json.dumps(job, ensure_ascii=False)},
            pdf_standards="ua-1",
            timestamp=0,
        )
        return cast("bytes", made)

    def picture(self, slug: str) -> bytes:
        """Return a small picture of a sheet as a PNG."""
        paper = self.guide.edition.paper
        job = self._job([slug], self.guide.checklists[slug].title, paper, large=False)
        made = self._compiler.compile(
            str(HERE / "sheet.typ"),
            format="png",
            ppi=PREVIEW_PPI,
            sys_inputs={"job": json.dumps(job, ensure_ascii=False)},
        )
        return in_greys(cast("bytes", made))  # a list only if there are several sides

    def _job(
        self, slugs: Sequence[str], title: str, paper: PaperName, *, large: bool
    ) -> dict[str, Any]:
        guide = self.guide
        return {
            "title": curly(title),
            "author": guide.edition.name or guide.strings.guide_name,
            "description": guide.strings.education_not_advice,
            "lang": guide.strings.language,
            "logo": self._logo,
            "icons": {name: _icon(name) for name in (*URGENCIES, *get_args(SignIcon))},
            "sheets": [
                (self.document(slug), self._measures(slug, paper, large=large)) for slug in slugs
            ],
        }

    def _measures(self, slug: str, paper: PaperName, *, large: bool) -> dict[str, Any]:
        return {
            "slug": slug,
            "paper": PAPER_OF_TYPST[paper],
            "size": MAIN_POINTS[large],
            "foot": FOOT_POINTS[large],
            "large": large,
            "dense": self.guide.checklists[slug].dense,
            "one_side": not large or self.guide.checklists[slug].short_if_large,
            "landscape": self.guide.checklists[slug].landscape,
            "blank_words": self.guide.strings.blank,
        }


def _icon(name: str) -> str:
    """Return the icon of a care card as a picture for Typst, in black."""
    svg = (ICONS / f"{name}.html").read_text(encoding="utf-8").partition("<svg")[2]
    return f'<svg xmlns="http://www.w3.org/2000/svg"{svg}'.replace("currentColor", "black")


def in_greys(png: bytes) -> bytes:
    """Return a picture with a few grey levels instead of full color, to save bytes."""
    # Round towards black: otherwise a thin line to write on would disappear.
    step = 255 // (GREYS - 1)
    levels = [value // step for value in range(256)]
    image = Image.open(BytesIO(png)).convert("L").point(levels)
    image = Image.frombytes("P", image.size, image.tobytes())
    image.putpalette([grey * step for grey in range(GREYS) for _ in "rgb"])
    light = BytesIO()
    image.save(light, "PNG", optimize=True, bits=2)
    return light.getvalue()


def write_all(guide: Guide, folder: Path) -> None:
    """Write every leaflet of an edition into a folder that is laid out like the site.

    Args:
        guide: The checked content.
        folder: Folder where the site's files are collected.

    Raises:
        ContentError: A sheet does not fit its paper; the message lists all such sheets.
    """
    writers = local()

    def write(leaflet: tuple[str, PaperName, bool]) -> dict[str, bytes] | Problem:
        if not hasattr(writers, "own"):
            writers.own = Writer(guide)  # A compiler works in only one thread at a time.
        return _files(writers.own, *leaflet)

    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    with ThreadPoolExecutor(THREADS) as pool:
        for slugs in (guide.sheet_pack.sheets, (PACK,)):
            for made in pool.map(write, product(slugs, PAPERS, (False, True))):
                if isinstance(made, Problem):
                    problems.append(made)
                else:
                    files.update(made)
            if problems:
                raise ContentError(problems)
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _files(writer: Writer, slug: str, paper: PaperName, large: bool) -> dict[str, bytes] | Problem:
    """Return the files of a leaflet: the PDF, and a preview if the edition prints this version."""
    guide = writer.guide
    slugs: tuple[str, ...] = (slug,)
    if slug == PACK:
        pack = guide.sheet_pack
        slugs = tuple(name for name in pack.sheets if name not in pack.on_request)
        title = guide.strings.pack_title
    else:
        title = guide.checklists[slug].title
    try:
        content = writer.pdf(slugs, title, paper, large=large)
    except typst.TypstError as error:
        return _fault(guide, error, slug, paper)
    files = {pdf_path(slug, paper, large_print=large): content}
    if slug != PACK and paper == guide.edition.paper and not large:
        # The compiler has just laid out this sheet, so the preview is cheap.
        files[preview_path(slug)] = writer.picture(slug)
    return files


def _fault(guide: Guide, error: typst.TypstError, slug: str, paper: PaperName) -> Problem:
    """Return the problem of a sheet that its content causes; raise any other error again."""
    file = f"docs/data/checklists/{slug}.yml"
    if letter := NO_LETTER.search(error.message):
        fault = f"the font of the PDFs has no “{letter[1]}”"
        return Problem(file, 1, "title", fault, "Use characters that the font has.")
    if not (found := OVERFLOW.search(error.message)):
        raise error
    what, side, millimeters = found.groups()
    title, name = guide.checklists[slug].title, guide.strings.papers[paper]
    over = f"{float(millimeters):.1f} mm too long"
    if what == "card":
        fault = f"the {side} of the card is {over} for 85.6 × 54 mm"
    else:
        fault = f"“{title}” is {over} for one side of {name}"
    remedy = "Remove words or lines, or set fewer rows."
    return Problem(file, 1, "blocks", fault, remedy)
