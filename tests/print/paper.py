"""Print pages as a browser does, and read the PDF and the layout that result."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import yaml
import zxingcpp
from PIL.Image import Image
from playwright.sync_api import Browser, BrowserContext, Page
from pypdf import PdfReader

from scripts.root import ROOT
from tests.conftest import wait_for_scripts

PX_PER_MM = 96 / 25.4
PX_PER_PT = 96 / 72
PT_PER_MM = 72 / 25.4
MARGIN_MM = 14


@dataclass(frozen=True)
class Paper:
    """A common size of paper.

    Attributes:
        name: Chromium's name of the size.
        width_mm: The width, margins included.
        height_mm: The height, margins included.
    """

    name: str
    width_mm: float
    height_mm: float

    def __str__(self) -> str:
        """Return the name for the ids of tests."""
        return self.name

    @property
    def turned(self) -> Paper:
        """The paper turned on its side."""
        return Paper(self.name, self.height_mm, self.width_mm)

    @property
    def content_width(self) -> float:
        """The width between the margins, in CSS pixels."""
        return (self.width_mm - 2 * MARGIN_MM) * PX_PER_MM

    @property
    def content_height(self) -> float:
        """The height between the margins, in CSS pixels."""
        return (self.height_mm - 2 * MARGIN_MM) * PX_PER_MM


@dataclass(frozen=True)
class State:
    """The settings of a reader's browser.

    Attributes:
        scheme: The color scheme of the device.
        scripts: Whether scripts run.
    """

    scheme: str
    scripts: bool

    def __str__(self) -> str:
        """Return the name for the ids of tests."""
        return f"{self.scheme}-{'with' if self.scripts else 'without'}-scripts"


A4 = Paper("A4", 210, 297)
LETTER = Paper("Letter", 215.9, 279.4)
PAPERS = (A4, LETTER)
READABLE_CONTRAST = 4.5
WHITE = {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
"""White, or nothing painted."""
# Dark is the scheme that is harder to turn into black on white.
COMMON = State("dark", True)
STATES = (COMMON, State("dark", False), State("light", True))
"""Each scheme and each way to set it; light without scripts is how a page is before anything."""

FOLDER = ROOT / "docs" / "en"
PAGES = tuple(sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md")))
PAGE_NUMBER = re.compile(r"\b\d+ / \d+\b")
SHEET_CALL = re.compile(r"^\{\{ checklist\(", re.MULTILINE)
SHEETS = tuple(
    page for page in PAGES if SHEET_CALL.search((FOLDER / page).read_text(encoding="utf-8"))
)
PACK = "print/pack.md"


def sheets_with_every_block() -> tuple[str, ...]:
    """Return a few sheets that have, between them, each kind of block with each of its options."""
    kinds: dict[str, set[str]] = {}
    for path in SHEETS:
        file = ROOT / "docs" / "data" / "checklists" / f"{path[len('print/') : -len('.md')]}.yml"
        blocks = yaml.safe_load(file.read_text(encoding="utf-8"))["blocks"]
        kinds[path] = {use for block in blocks for use in _uses(block["kind"], block)}
    chosen: list[str] = []
    while missing := set().union(*kinds.values()) - set().union(*map(kinds.__getitem__, chosen)):
        chosen.append(max(kinds, key=lambda path: len(kinds[path] & missing)))
    return tuple(chosen)


def _uses(kind: str, part: Any) -> Iterator[str]:
    """Yield the kind of a block, and a name for each key at any depth of it."""
    yield kind
    if isinstance(part, dict):
        for key, inner in part.items():
            yield from _uses(f"{kind}.{key}", inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _uses(kind, inner)


IN_EVERY_STATE = sheets_with_every_block()
"""Sheets that are tested in every state. The look of a block does not depend on its sheet."""
READING_PAGES = tuple(page for page in PAGES if page not in (*SHEETS, PACK))

PROBE = """
() => {
  // Colours that are on their way from one scheme to another are not looked at.
  getComputedStyle(document.body).color;
  for (const animation of document.getAnimations()) animation.finish();
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    && getComputedStyle(element).clipPath === "none" && element.getClientRects().length > 0;
  const box = (element) => {
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
    return { left, right, top, bottom, width, height };
  };
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (channels) => {
    const [r, g, b] = channels.map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const SIDES = ["Top", "Right", "Bottom", "Left"];
  const WHITE = [255, 255, 255];
  // How a colour stands out from its ground, faded by the opacity of all its ancestors.
  const contrast = (element, color, ground = WHITE) => {
    let [r, g, b, alpha = 1] = numbers(color);
    for (let e = element; e; e = e.parentElement) alpha *= Number(getComputedStyle(e).opacity);
    const mixed = [r, g, b].map((c, i) => alpha * c + (1 - alpha) * ground[i]);
    const [dark, light] = [luminance(mixed), luminance(ground)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  // In a drawing, a text may be on the filled shape before it.
  const contrastOfText = (element) => {
    const style = getComputedStyle(element);
    if (!element.closest("svg")) return contrast(element, style.color);
    const shape = element.closest("text").previousElementSibling;
    const fill = shape?.matches("circle, rect") ? getComputedStyle(shape).fill : "none";
    // A fade is drawn beside words, never below them.
    const plain = fill === "none" || fill.startsWith("url(");
    return contrast(element, style.fill, plain ? WHITE : numbers(fill).slice(0, 3));
  };
  // In the pack, each sheet is printed as on its own page, where its lines are looked at.
  const alone = document.querySelectorAll(".crs-sheet").length === 1;
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || parent.closest("script, style, template, title, desc") || !shown(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const { left, right } = range.getBoundingClientRect();
    const drawing = parent.closest("svg");
    const scale = drawing ? box(drawing).width / drawing.viewBox.baseVal.width : 1;
    const is = (selector) => Boolean(parent.closest(selector));
    texts.push({
      text, left, right, contrast: contrastOfText(parent),
      size: parseFloat(getComputedStyle(parent).fontSize) * scale,
      foot: is(".crs-sheet__foot"), card: is(".crs-card"), table: is("table"),
      aside: is(".crs-checklist__more, .crs-sheet__elsewhere, small"),
      drawing: Boolean(drawing),
      lines: alone && is(".crs-sheet") ? [...range.getClientRects()]
        .map(({ left, right, top, bottom }) => [left, right, top, bottom]) : [],
    });
  }
  // Words that overlap others: of two lines of print, both more than a third covered.
  const over = [];
  const printed = texts.flatMap(({ text, lines }) => lines.map((line) => [text, ...line]));
  printed.forEach(([text, left, right, top, bottom], index) => {
    for (const [other, l, r, t, b] of printed.slice(index + 1)) {
      const wide = Math.min(right, r) - Math.max(left, l);
      const high = Math.min(bottom, b) - Math.max(top, t);
      if (wide > 2 && high > Math.min(bottom - top, b - t) / 3) over.push(`${text} / ${other}`);
    }
  });
  const cut = [...document.querySelectorAll("body *")].filter((element) => {
    const style = getComputedStyle(element);
    // Of a sheet, only the white around its code may be cut; for words see their edges.
    return shown(element) && !element.closest("svg") && !element.matches(".crs-sheet")
      && style.overflowX !== "visible" && (element.scrollWidth > element.clientWidth + 1
        || (style.overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1));
  }).concat([...document.querySelectorAll(".crs-card__face, td, th")].filter((element) =>
    shown(element) && (element.scrollHeight > element.clientHeight + 1
      || element.scrollWidth > element.clientWidth + 1)));
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const rows = (table) => all(`${table} tbody tr`).map((row) => ({
    ...box(row), cells: [...row.cells].map((cell) => box(cell).width),
    borders: [...row.cells].map((cell) => getComputedStyle(cell).borderBottomStyle),
  }));
  const lines = (selector) => all(selector).map((element) => ({
    ...box(element),
    style: getComputedStyle(element).borderBottomStyle,
    border: parseFloat(getComputedStyle(element).borderBottomWidth),
    contrast: contrast(element, getComputedStyle(element).borderBottomColor),
  }));
  return {
    scrollWidth: document.documentElement.scrollWidth,
    height: document.documentElement.getBoundingClientRect().height,
    grounds: [document.documentElement, document.body]
      .map((element) => getComputedStyle(element).backgroundColor),
    texts,
    over,
    cut: cut.map((element) => element.className || element.tagName),
    chrome: all("header, footer, nav, form, button, dialog, .crs-menu, .crs-toc")
      .map((element) => element.className || element.tagName),
    boxes: all(".crs-sheet .crs-checklist__box").map((input) => {
      const style = getComputedStyle(input);
      return {
        ...box(input), contrast: contrast(input, style.borderTopColor),
        widths: SIDES.map((side) => parseFloat(style[`border${side}Width`])),
        styles: SIDES.map((side) => style[`border${side}Style`]),
      };
    }),
    tables: all("table").map((table) => ({
      ...box(table),
      head: getComputedStyle(table.tHead).display,
      split: [...table.rows].filter((row) => getComputedStyle(row).breakInside !== "avoid").length,
    })),
    rows: rows(".crs-log"),
    dailyRows: rows(".crs-daily"),
    codes: all(".crs-qr-code").map(box),
    blanks: lines(".crs-sheet .crs-blank:not(.crs-sheet__number *, .crs-card *)"),
    fieldLines: lines(".crs-fields__line"),
    cardLines: lines(".crs-card__line"),
    cardBlanks: lines(".crs-card .crs-blank"),
    helpLines: lines(".crs-help-bar__number .crs-blank"),
    sheetLines: lines(".crs-sheet__number .crs-blank"),
    fields: lines(".crs-sheet__field"),
    answers: all(".crs-checklist__item:has(.crs-checklist__line)").map((item) =>
      [...item.querySelectorAll(".crs-checklist__line")].map((line) => ({
        ...box(line), border: parseFloat(getComputedStyle(line).borderBottomWidth),
      }))),
    addresses: all(".crs-page a[href^=http]").map((link) => link.getAttribute("href")),
  };
}
"""


@dataclass(frozen=True)
class Shape:
    """An object drawn in a PDF, with its position in mm from the top left corner of the paper.

    Attributes:
        kind: ``text``, ``path`` or something else.
        ink: The color as red, green, blue and opacity, each 0 to 255.
        filled: Whether the area is filled; otherwise its edge is drawn.
        thickness: The thickness of the edge in mm, half of it on each side.
    """

    kind: str
    left: float
    top: float
    right: float
    bottom: float
    ink: tuple[int, int, int, int]
    filled: bool
    thickness: float

    @property
    def width(self) -> float:
        """The width in mm."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The height in mm."""
        return self.bottom - self.top

    @property
    def is_white(self) -> bool:
        """Whether the object is invisible on white paper."""
        return self.ink[:3] == (255, 255, 255) or self.ink[3] == 0

    @property
    def contrast(self) -> float:
        """The contrast with white paper."""
        red, green, blue, opacity = self.ink
        mixed = [opacity / 255 * c + 255 - opacity for c in (red, green, blue)]
        linear = [
            c / 255 / 12.92 if c <= 0.04045 * 255 else ((c / 255 + 0.055) / 1.055) ** 2.4
            for c in mixed
        ]
        return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


class Printed:
    """A page printed on one kind of paper.

    Attributes:
        sheets: The number of sheets of paper in the PDF.
        layout: The browser's layout for this paper, as ``PROBE`` returns it.
    """

    def __init__(self, pdf: bytes, layout: dict[str, Any]) -> None:
        """Keep the PDF and the layout."""
        self._file = pdf
        self._texts: dict[int, str] = {}
        self._shapes: dict[int, list[Shape]] = {}
        self._drawn = pdfium.PdfDocument(pdf)
        self.sheets = len(self._drawn)
        self.layout = layout

    @cached_property
    def _pages(self) -> Any:
        return PdfReader(io.BytesIO(self._file)).pages

    def size_mm(self, sheet: int = 0) -> tuple[float, float]:
        """Return the width and height of a sheet of paper; numbers start at 0."""
        width, height = self._drawn[sheet].get_size()
        return width / PT_PER_MM, height / PT_PER_MM

    def picture(self, sheet: int = 0, *, dpi: int = 100) -> Image:
        """Return a sheet, counted from 0, in shades of gray, as a plain printer or a fax does."""
        bitmap = self._drawn[sheet].render(scale=dpi / 72, grayscale=True)
        picture: Image = bitmap.to_pil()
        return picture

    def quick_text(self, sheet: int = 0) -> str:
        """Return all text of a sheet, counted from 0, in any order: only to compare two sheets."""
        return flat(self._drawn[sheet].get_textpage().get_text_range())

    def shapes(self, sheet: int = 0) -> list[Shape]:
        """Return all objects drawn on a sheet, counted from 0."""
        if sheet not in self._shapes:
            page = self._drawn[sheet]
            height = page.get_height()
            self._shapes[sheet] = [_shape(each, height) for each in page.get_objects(max_depth=5)]
        return self._shapes[sheet]

    def raw_text(self, sheet: int) -> str:
        """Return all text of one sheet, counted from 0."""
        if sheet not in self._texts:
            self._texts[sheet] = flat(self._pages[sheet].extract_text())
        return self._texts[sheet]

    def words_on(self, sheet: int) -> str:
        """Return the text of one sheet, counted from 0, without its page number."""
        return flat(PAGE_NUMBER.sub("", self.raw_text(sheet)))

    def says(self, words: str, *, sheet: int | None = None) -> bool:
        """Return whether words are printed anywhere, or on one sheet, counted from 0.

        White space is ignored, because a line may break at a hyphen and an address anywhere.
        """
        return packed(words) in (self._packed if sheet is None else packed(self.words_on(sheet)))

    @cached_property
    def _packed(self) -> str:
        return packed("".join(map(self.words_on, range(self.sheets))))


def _shape(drawn: Any, page_height: float) -> Shape:
    left, bottom, right, top = drawn.get_bounds()
    thick = 0.0
    numbers = [ctypes.c_uint() for _ in range(4)]
    fill_mode, stroked, thickness = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    kinds = {raw.FPDF_PAGEOBJ_TEXT: "text", raw.FPDF_PAGEOBJ_PATH: "path"}
    kind = kinds.get(drawn.type, "other")
    if kind == "path":
        raw.FPDFPath_GetDrawMode(drawn, fill_mode, stroked)
        raw.FPDFPageObj_GetStrokeWidth(drawn, thickness)
    filled = kind != "path" or bool(fill_mode.value)
    if not filled:
        # PDFium's bounds of a drawn edge are larger than the edge.
        points, scale = _points(drawn)
        thick = thickness.value * scale
        left, right = (side([x for x, _ in points]) for side in (min, max))
        bottom, top = (side([y for _, y in points]) for side in (min, max))
        half = thick / 2
        left, bottom, right, top = left - half, bottom - half, right + half, top + half
    read = raw.FPDFPageObj_GetFillColor if filled else raw.FPDFPageObj_GetStrokeColor
    read(drawn, *numbers)
    red, green, blue, opacity = (number.value for number in numbers)
    sides = (left, page_height - top, right, page_height - bottom)
    left, top, right, bottom = (side / PT_PER_MM for side in sides)
    color = (red, green, blue, opacity)
    return Shape(kind, left, top, right, bottom, color, filled, thick / PT_PER_MM)


def _points(path: Any) -> tuple[list[tuple[float, float]], float]:
    """Return the points of a path on its page, and the scale of its units."""
    matrix = path.get_matrix()
    points = []
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(matrix.on_point(x.value, y.value))
    return points, abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5


def codes_on(picture: Image, dpi: int) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield the text and the left, top, right and bottom of each QR code, in mm."""
    for code in zxingcpp.read_barcodes(picture):
        first, last = code.position.top_left, code.position.bottom_right
        left, top, right, bottom = (n * 25.4 / dpi for n in (first.x, first.y, last.x, last.y))
        yield code.text, left, top, right, bottom


def flat(text: str) -> str:
    """Return a text in which each run of white space is one space."""
    return re.sub(r"\s+", " ", text).strip()


def packed(text: str) -> str:
    """Return a text without white space."""
    return re.sub(r"\s+", "", text)


def lay_out(page: Page, paper: Paper) -> dict[str, Any]:
    """Lay out a page on screen as for a paper, and return the positions of its parts."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int(paper.content_width), "height": int(paper.content_height)})
    layout: dict[str, Any] = page.evaluate(PROBE)
    return layout


class Printer:
    """Prints each page once for each paper and state, and keeps the results."""

    def __init__(self, browser: Browser) -> None:
        """Keep the browser."""
        self._browser = browser
        self._contexts: dict[bool, BrowserContext] = {}
        self._tabs: dict[bool, Page] = {}
        self._kept: dict[tuple[str, Paper, State], Printed] = {}

    def open(self, address: str, state: State = COMMON) -> Page:
        """Open a page in a new tab, in a browser with a reader's settings."""
        if state.scripts not in self._contexts:
            self._contexts[state.scripts] = self._browser.new_context(
                java_script_enabled=state.scripts, bypass_csp=True
            )
        page = self._contexts[state.scripts].new_page()
        self._show(page, address, state)
        return page

    @staticmethod
    def _show(page: Page, address: str, state: State) -> None:
        """Show a page; a page that is open already is not loaded again for another scheme."""
        dark = state.scheme == "dark"
        page.emulate_media(media="null", color_scheme="dark" if dark else "light")
        if page.url != address:
            page.goto(address)
            wait_for_scripts(page, even_if_later=True)
            if state.scripts and page.locator("[data-sheets]").count():
                page.locator("[data-sheets]").dispatch_event("pointerdown")
                page.locator("[data-ready]").wait_for()
        elif state.scripts:
            page.wait_for_function(
                "dark => matchMedia('(prefers-color-scheme: dark)').matches === dark", arg=dark
            )

    def print(self, page: Page, paper: Paper) -> Printed:
        """Print an open page as an office printer does, without backgrounds."""
        # A sheet may be turned on its side.
        pdf = page.pdf(format=paper.name, prefer_css_page_size=True, print_background=False)
        turned = page.locator(".crs-sheet--landscape").count() == 1
        return Printed(pdf, lay_out(page, paper.turned if turned else paper))

    def __call__(self, address: str, paper: Paper, state: State = COMMON) -> Printed:
        """Print a page of a site."""
        key = address, paper, state
        if key not in self._kept:
            if state.scripts not in self._tabs:
                self._tabs[state.scripts] = self.open(address, state)
            page = self._tabs[state.scripts]
            self._show(page, address, state)
            self._kept[key] = self.print(page, paper)
        return self._kept[key]
