"""Pages as a printer gets them: sizes, PDF text, and what a browser lays out for paper."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page
from pypdf import PdfReader

from scripts.content import ROOT

PX_PER_MM = 96 / 25.4
PX_PER_PT = 96 / 72
MARGIN_MM = 14


@dataclass(frozen=True)
class Paper:
    """A sheet as people buy it.

    Attributes:
        name: As Chromium knows it.
        width_mm: Of the whole sheet.
        height_mm: Of the whole sheet.
    """

    name: str
    width_mm: float
    height_mm: float

    def __str__(self) -> str:
        """Name it in the ids of tests."""
        return self.name

    @property
    def content_width(self) -> float:
        """Width between the margins, in CSS pixels."""
        return (self.width_mm - 2 * MARGIN_MM) * PX_PER_MM

    @property
    def content_height(self) -> float:
        """Height between the margins, in CSS pixels."""
        return (self.height_mm - 2 * MARGIN_MM) * PX_PER_MM


@dataclass(frozen=True)
class State:
    """How a reader's browser is set.

    Attributes:
        scheme: The device's colour scheme.
        scripts: Whether scripts run.
    """

    scheme: str
    scripts: bool

    def __str__(self) -> str:
        """Name it in the ids of tests."""
        return f"{self.scheme}-{'with' if self.scripts else 'without'}-scripts"


A4 = Paper("A4", 210, 297)
LETTER = Paper("Letter", 215.9, 279.4)
PAPERS = (A4, LETTER)
READABLE_CONTRAST = 4.5
WHITE = {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
"""White, or nothing painted."""
STATES = tuple(State(scheme, scripts) for scheme in ("light", "dark") for scripts in (True, False))
# Dark is the harder scheme to turn into black on white.
COMMON = State("dark", True)

FOLDER = ROOT / "docs" / "en"
PAGES = tuple(sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md")))
PAGE_NUMBER = re.compile(r"\b\d+ / \d+\b")
SHEET_CALL = re.compile(r"^\{\{ *(?:checklist|temperature_table)\(", re.MULTILINE)
SHEETS = tuple(
    page for page in PAGES if SHEET_CALL.search((FOLDER / page).read_text(encoding="utf-8"))
)
READING_PAGES = tuple(page for page in PAGES if page not in SHEETS)

PROBE = """
() => {
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
  // How a colour stands out from its ground, faded by the opacity of all that it stands in.
  const contrast = (element, color, ground = WHITE) => {
    let [r, g, b, alpha = 1] = numbers(color);
    for (let e = element; e; e = e.parentElement) alpha *= Number(getComputedStyle(e).opacity);
    const mixed = [r, g, b].map((c, i) => alpha * c + (1 - alpha) * ground[i]);
    const [dark, light] = [luminance(mixed), luminance(ground)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  // In a drawing, a text may stand on the filled shape before it.
  const contrastOfText = (element) => {
    const style = getComputedStyle(element);
    if (!element.closest("svg")) return contrast(element, style.color);
    const shape = element.closest("text").previousElementSibling;
    const fill = shape?.matches("circle, rect") ? getComputedStyle(shape).fill : "none";
    return contrast(element, style.fill, fill === "none" ? WHITE : numbers(fill).slice(0, 3));
  };
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
    texts.push({
      text, left, right, contrast: contrastOfText(parent),
      size: parseFloat(getComputedStyle(parent).fontSize) * scale,
      foot: Boolean(parent.closest(".crs-sheet__foot")),
      drawing: Boolean(drawing),
    });
  }
  const cut = [...document.querySelectorAll("body *")].filter((element) => {
    const style = getComputedStyle(element);
    return shown(element) && !element.closest("svg") && style.overflowX !== "visible"
      && element.scrollWidth > element.clientWidth + 1;
  });
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const lines = (selector) => all(selector).map((element) => ({
    ...box(element),
    style: getComputedStyle(element).borderBottomStyle,
    border: parseFloat(getComputedStyle(element).borderBottomWidth),
  }));
  return {
    scrollWidth: document.documentElement.scrollWidth,
    height: document.documentElement.getBoundingClientRect().height,
    grounds: [document.documentElement, document.body]
      .map((element) => getComputedStyle(element).backgroundColor),
    texts,
    cut: cut.map((element) => element.className || element.tagName),
    chrome: all("header, footer, nav, form, button, .md-sidebar, .md-search, .toc")
      .map((element) => element.className || element.tagName),
    boxes: all(".crs-page input[type=checkbox]").map((input) => {
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
    rows: all(".crs-log tbody tr").map((row) => ({
      ...box(row), cells: [...row.cells].map((cell) => box(cell).width),
    })),
    helpLines: lines(".crs-help-bar__number :is(.crs-blank, .crs-phone__line)"),
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


class Printed:
    """A page on one kind of paper.

    Attributes:
        sheets: How many the PDF has.
        layout: What the browser laid out for this paper, as ``PROBE`` tells it.
    """

    def __init__(self, pdf: bytes, layout: dict[str, Any]) -> None:
        """Keep the PDF and the layout."""
        self._pages = PdfReader(io.BytesIO(pdf)).pages
        self._texts: dict[int, str] = {}
        self.sheets = len(self._pages)
        self.layout = layout

    def raw_text(self, sheet: int) -> str:
        """Give all text of one sheet, from 0."""
        if sheet not in self._texts:
            self._texts[sheet] = flat(self._pages[sheet].extract_text())
        return self._texts[sheet]

    def words_on(self, sheet: int) -> str:
        """Give the text of one sheet, from 0, without its page number."""
        return flat(PAGE_NUMBER.sub("", self.raw_text(sheet)))

    def says(self, words: str, *, sheet: int | None = None) -> bool:
        """Tell whether words are printed: anywhere, or on one sheet, from 0.

        White space does not count: a line may be broken at a hyphen, an address anywhere.
        """
        return packed(words) in (self._packed if sheet is None else packed(self.words_on(sheet)))

    @cached_property
    def _packed(self) -> str:
        return packed("".join(map(self.words_on, range(self.sheets))))


def flat(text: str) -> str:
    """Make each run of white space one space."""
    return re.sub(r"\s+", " ", text).strip()


def packed(text: str) -> str:
    """Leave out all white space."""
    return re.sub(r"\s+", "", text)


def lay_out(page: Page, paper: Paper) -> dict[str, Any]:
    """Lay a page out for a paper on the screen, and tell what stands where."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int(paper.content_width), "height": int(paper.content_height)})
    layout: dict[str, Any] = page.evaluate(PROBE)
    return layout


class Printer:
    """Prints each page once for each state, and keeps what came out."""

    def __init__(self, browser: Browser) -> None:
        """Keep the browser."""
        self._browser = browser
        self._contexts: dict[State, BrowserContext] = {}
        self._kept: dict[tuple[str, State], dict[Paper, Printed]] = {}

    def open(self, address: str, state: State = COMMON) -> Page:
        """Open a page in a browser set as a reader's might be."""
        if state not in self._contexts:
            self._contexts[state] = self._browser.new_context(
                color_scheme="dark" if state.scheme == "dark" else "light",
                java_script_enabled=state.scripts,
            )
        page = self._contexts[state].new_page()
        page.goto(address)
        return page

    def print(self, page: Page, paper: Paper) -> Printed:
        """Print an open page as an office printer does, without backgrounds."""
        pdf = page.pdf(format=paper.name, print_background=False)
        return Printed(pdf, lay_out(page, paper))

    def __call__(self, address: str, paper: Paper, state: State = COMMON) -> Printed:
        """Print a page of a site."""
        key = address, state
        if key not in self._kept:
            page = self.open(address, state)
            self._kept[key] = {each: self.print(page, each) for each in PAPERS}
            page.close()
        return self._kept[key][paper]
