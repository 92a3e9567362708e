"""Writes the leaflets: each sheet as an accessible PDF, on two papers, in two sizes of print."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typst

from scripts.content import Guide
from scripts.downloads import PACK, PAPERS, PaperName, pdf_path, preview_path
from scripts.errors import ContentError, Problem
from scripts.models.base import PLACEHOLDER
from scripts.render import Words, curly
from scripts.sheets import SheetWords

HERE = Path(__file__).resolve().parent
TYPST_PAPERS = {"letter": "us-letter", "a4": "a4"}
LANGUAGE = "en"
PREVIEW_PPI = 36
OVERFLOW = re.compile(r"overflow\|([a-z0-9-]+)\|(\d+)")

Run = dict[str, str]


class Writer:
    """Writes the leaflets of one edition."""

    def __init__(self, guide: Guide) -> None:
        """Keep the edition."""
        self.guide, self.words = guide, Words(guide)
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])
        # Our fonts only, so that every machine gives the same bytes.
        self._compiler = typst.Compiler(root=str(HERE), font_paths=fonts)
        self._logo = self._read_logo()

    def runs(self, text: str | None) -> list[Run]:
        """Give a text as runs: words, temperatures, lines to write on, numbers to ring."""
        found: list[Run] = []
        for index, part in enumerate(PLACEHOLDER.split(curly(text or ""))):
            if index % 2:
                found.append(self._placeholder(part))
            elif part:
                found.append({"kind": "text", "text": part})
        return found

    def _placeholder(self, name: str) -> Run:
        edition = self.guide.edition
        if name == "blank":
            return {"kind": "blank"}
        if name == "emergency-number":
            return {"kind": "text", "text": edition.emergency_number}
        if name == "line-24h":
            number = edition.number("line_24h")
            text = number.shown if number else self.guide.strings.line_24h_unset
            return {"kind": "phone", "text": text}
        lead, other = self.words.both(self.guide.temperatures[name])
        return {"kind": "temperature", "lead": lead, "other": other}

    def _read_logo(self) -> dict[str, Any] | None:
        edition = self.guide.edition
        if not edition.logo:
            return None
        file = self.guide.edition_file.parent / edition.logo
        data = file.read_bytes()
        kind = file.suffix.lower().removeprefix(".")
        shown = data.decode() if kind == "svg" else list(data)
        return {"format": kind, "data": shown, "alt": edition.name or edition.logo}

    def pdf(self, slugs: Sequence[str], title: str, paper: PaperName, *, large: bool) -> bytes:
        """Write sheets into one PDF.

        Args:
            slugs: The sheets, in order.
            title: Of the document.
            paper: What it is printed on.
            large: Whether all main text is 18 pt or more; a sheet may then take several sides.

        Raises:
            ContentError: In standard print, a sheet needs more than one side.
        """
        return self._compile("pdf", slugs, title, paper, large=large)

    def preview(self, slug: str) -> bytes:
        """Draw a small picture of a sheet, as PNG."""
        title, paper = self.guide.checklists[slug].title, self.guide.edition.paper
        return self._compile("png", [slug], title, paper, large=False)

    def _compile(
        self, form: str, slugs: Sequence[str], title: str, paper: PaperName, *, large: bool
    ) -> bytes:
        sheets = [self._sheet(slug, large=large) for slug in slugs]
        document = {
            "title": curly(title),
            "description": curly(PLACEHOLDER.sub("", self.guide.checklists[slugs[0]].purpose)),
            "author": self.guide.edition.name or self.guide.strings.guide_name,
            "lang": LANGUAGE,
            "paper": TYPST_PAPERS[paper],
            "large": large,
            "logo": self._logo,
            "sheets": sheets,
        }
        options: dict[str, Any] = {"format": form, "timestamp": 0}
        options |= {"pdf_standards": "ua-1"} if form == "pdf" else {"ppi": PREVIEW_PPI}
        inputs = {"data": json.dumps(document, ensure_ascii=False)}
        try:
            made: bytes = self._compiler.compile(
                str(HERE / "document.typ"), sys_inputs=inputs, **options
            )
        except typst.TypstError as error:
            raise self._overflow(error, slugs, paper) from error
        return made

    def _overflow(self, error: Exception, slugs: Sequence[str], paper: PaperName) -> Exception:
        """Say which sheet is too long, if that is what went wrong."""
        if not (found := OVERFLOW.search(str(error))):
            return error
        slug = found[1] if found[1] in self.guide.checklists else slugs[0]
        first = next(
            (
                name
                for name, one in self.guide.checklists.items()
                if one.second and one.second.slug == slug
            ),
            slug,
        )
        what = "a face of the card" if found[1] == "card" else f"the sheet “{slug}”"
        name = self.guide.strings.papers[paper]
        fault = f"{what} is {found[2]} mm too long for one side of {name}"
        remedy = "Cut words or lines, or set fewer rows."
        return ContentError(
            [Problem(f"docs/data/checklists/{first}.yml", 1, "blocks", fault, remedy)]
        )

    def _sheet(self, slug: str, *, large: bool) -> dict[str, Any]:
        sheet, edition = self.guide.checklists[slug], self.guide.edition
        number = edition.number("line_24h")
        sizes = (18, 22) if sheet.large else (12, 18)
        return SheetWords(self.guide, slug, self.runs).document() | {
            "slug": slug,
            "size": sizes[large],
            "line_24h": number.shown if number else None,
            "emergency_number": edition.emergency_number,
        }

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Write every leaflet, the packs and the small pictures; each with its place in the site.

        Raises:
            ContentError: Sheets do not fit; the text lists them all, on both papers.
        """
        guide, problems = self.guide, []
        pack = [slug for slug in guide.sheet_pack.sheets if slug not in guide.sheet_pack.on_request]
        wanted = [((slug,), sheet.title, slug) for slug, sheet in guide.checklists.items()]
        for slugs, title, name in (*wanted, (pack, guide.strings.pack_title, PACK)):
            for paper in PAPERS:
                for large in (False, True):
                    if name == PACK and problems:
                        continue
                    try:
                        made = self.pdf(slugs, title, paper, large=large)
                    except ContentError as error:
                        problems += error.problems
                    else:
                        yield pdf_path(name, paper, large_print=large), made
        if problems:
            raise ContentError(problems)
        for slug in guide.checklists:
            yield preview_path(slug), self.preview(slug)


def write_all(guide: Guide, folder: Path) -> None:
    """Write all leaflets and their small pictures.

    Args:
        guide: The content, with its edition.
        folder: A folder laid out as the site; what is missing of it is made.

    Raises:
        ContentError: Sheets do not fit on one side.
    """
    for path, content in Writer(guide).files():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
