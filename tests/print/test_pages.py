"""Every page on A4 and Letter: legible, complete, black on white, with the way to help first."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from scripts.components.render import Formatter
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from tests.conftest import Site
from tests.print.paper import (
    COMMON,
    LETTER,
    PAGES,
    PAPERS,
    PX_PER_MM,
    PX_PER_PT,
    READABLE_CONTRAST,
    READING_PAGES,
    STATES,
    WHITE,
    Paper,
    Printed,
    Printer,
    State,
)

SMALLEST_PT = 8
SMALLEST_IN_DRAWINGS_PT = 9
ADD_A_CLOSED_PART = """
() => document.querySelector(".crs-page").insertAdjacentHTML(
  "beforeend", "<details><summary>More</summary><p>Formatter behind a fold</p></details>")
"""


def each(pages: tuple[str, ...]) -> pytest.MarkDecorator:
    """Run a test for each page on each paper."""
    pairs = [(path, paper) for path in pages for paper in PAPERS]
    return pytest.mark.parametrize(("path", "paper"), pairs, ids=str)


@pytest.mark.parametrize("path", PAGES)
def test_has_no_blank_sheet(printer: Printer, site: Site, path: str) -> None:
    printed = printer(site.address(path), LETTER)
    blank = [sheet for sheet in range(printed.sheets) if not printed.words_on(sheet)]
    assert not blank, f"blank of {printed.sheets} sheets, from 0: {blank}"


@each(PAGES)
def test_has_no_blank_last_sheet(printer: Printer, site: Site, path: str, paper: Paper) -> None:
    printed = printer(site.address(path), paper)
    assert printed.words_on(printed.sheets - 1)


def cut_off(printed: Printed, paper: Paper) -> list[str]:
    """Return everything that reaches beyond the paper's margin or is cut off by a frame."""
    layout, edge = printed.layout, paper.content_width + 0.5
    found = [f"in a frame: {name}" for name in layout["cut"]]
    found += [t["text"] for t in layout["texts"] if t["right"] > edge or t["left"] < -0.5]
    found += [f"a table of {t['width']} px" for t in layout["tables"] if t["right"] > edge]
    if layout["scrollWidth"] > edge:
        found.append(f"the page is {layout['scrollWidth']} px wide")
    return found


@each(PAGES)
def test_nothing_is_cut_at_the_edges(printer: Printer, site: Site, path: str, paper: Paper) -> None:
    assert not cut_off(printer(site.address(path), paper), paper)


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_no_edge_case_of_a_component_is_cut(
    printer: Printer, catalogue: Site, paper: Paper
) -> None:
    assert not cut_off(printer(catalogue.address("components.md"), paper), paper)


@each(PAGES)
def test_tables_keep_their_rows_whole_and_repeat_their_heads(
    printer: Printer, site: Site, path: str, paper: Paper
) -> None:
    for table in printer(site.address(path), paper).layout["tables"]:
        assert table["split"] == 0
        assert table["head"] == "table-header-group"


def test_tables_and_drawings_are_among_what_is_looked_at(printer: Printer, site: Site) -> None:
    layouts = [printer(site.address(path), LETTER).layout for path in PAGES]
    assert sum(bool(layout["tables"]) for layout in layouts) >= 3
    assert sum(any(text["drawing"] for text in layout["texts"]) for layout in layouts) >= 3


@pytest.mark.parametrize("path", PAGES)
def test_text_is_dark_on_white_from_the_dark_scheme(
    printer: Printer, site: Site, path: str
) -> None:
    layout = printer(site.address(path), LETTER, COMMON).layout
    assert not [text for text in layout["texts"] if text["contrast"] < READABLE_CONTRAST]
    assert set(layout["grounds"]) <= WHITE


@pytest.mark.parametrize("state", STATES, ids=str)
def test_text_is_dark_on_white_in_every_state(printer: Printer, site: Site, state: State) -> None:
    layout = printer(site.address("get-help.md"), LETTER, state).layout
    assert not [text for text in layout["texts"] if text["contrast"] < READABLE_CONTRAST]
    assert set(layout["grounds"]) <= WHITE


@each(PAGES)
def test_text_is_large_enough_to_read(
    printer: Printer, site: Site, path: str, paper: Paper
) -> None:
    small = [
        f"{text['text']} ({text['size'] / PX_PER_PT:.1f} pt)"
        for text in printer(site.address(path), paper).layout["texts"]
        if text["size"] / PX_PER_PT
        < (SMALLEST_IN_DRAWINGS_PT if text["drawing"] else SMALLEST_PT) - 0.01
    ]
    assert not small


@each(PAGES)
def test_header_menu_search_and_buttons_stay_off_the_paper(
    printer: Printer, site: Site, path: str, paper: Paper
) -> None:
    assert not printer(site.address(path), paper).layout["chrome"]


@each(READING_PAGES)
def test_the_way_to_help_is_on_the_first_sheet(
    printer: Printer, site: Site, guide: Guide, path: str, paper: Paper
) -> None:
    printed, strings = printer(site.address(path), paper), guide.strings
    # The page for help needs no link to itself.
    asked = f"{strings.unwell_now} {strings.get_help}"
    assert path == "get-help.md" or printed.says(asked, sheet=0)
    assert printed.says(f"{strings.line_24h_label}:", sheet=0)
    (line,) = printed.layout["helpLines"]
    assert line["style"] == "solid"
    assert line["border"] >= 0.75
    assert line["width"] >= 40 * PX_PER_MM, "too short to write a number on"
    assert line["height"] >= 5 * PX_PER_MM, "too low to write a number on"


@each(READING_PAGES)
def test_says_on_the_first_sheet_where_it_is_online(
    printer: Printer, site: Site, guide: Guide, path: str, paper: Paper
) -> None:
    address = f"{guide.edition.short_address}/{url_of(path)}".rstrip("/")
    printed = printer(site.address(path), paper)
    assert printed.says(f"{guide.strings.this_page_online}: {address}", sheet=0)


@pytest.mark.parametrize("path", PAGES)
def test_a_number_is_not_named_twice(printer: Printer, site: Site, guide: Guide, path: str) -> None:
    doubled = f"{guide.strings.line_24h_label}: {guide.strings.line_24h_unset}"
    assert not printer(site.address(path), LETTER).says(doubled)
    words = BeautifulSoup(site.html(path), "html.parser").get_text(" ")
    assert doubled not in " ".join(words.split())


@each(("index.md", "get-help.md"))
def test_the_emergency_card_is_on_the_first_sheet_and_the_next_one_follows(
    printer: Printer, site: Site, guide: Guide, path: str, paper: Paper
) -> None:
    printed = printer(site.address(path), paper)
    for name, sheets in (("emergency", 1), ("call-now", 2)):
        signs = [
            Formatter(guide).rich(symptom.text).striptags() for symptom in guide.symptoms_of(name)
        ]
        shown = range(min(sheets, printed.sheets))
        assert not [s for s in signs if not any(printed.says(s, sheet=n) for n in shown)]


def test_the_way_to_help_shows_a_clinics_own_number(
    printer: Printer, clinic: Site, clinic_guide: Guide
) -> None:
    printed = printer(clinic.address("symptoms.md"), LETTER)
    number = clinic_guide.edition.line_24h
    assert number
    assert printed.says(f"{clinic_guide.strings.line_24h_label}: {number}", sheet=0)
    assert not printed.layout["helpLines"]


@pytest.mark.parametrize("path", READING_PAGES)
def test_addresses_of_other_sites_are_written_out(printer: Printer, site: Site, path: str) -> None:
    printed = printer(site.address(path), LETTER)
    assert not [link for link in printed.layout["addresses"] if not printed.says(link)]


def test_addresses_are_among_what_is_looked_at(printer: Printer, site: Site) -> None:
    assert printer(site.address("symptoms.md"), LETTER).layout["addresses"]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_closed_parts_are_opened(printer: Printer, site: Site, state: State) -> None:
    page = printer.open(site.address("about/index.md"), state)
    page.evaluate(ADD_A_CLOSED_PART)
    assert printer.print(page, LETTER).says("Formatter behind a fold")
    page.close()


@each(READING_PAGES)
def test_long_pages_are_numbered(printer: Printer, site: Site, path: str, paper: Paper) -> None:
    printed = printer(site.address(path), paper)
    assert re.search(rf"\b1 / {printed.sheets}\b", printed.raw_text(0))
