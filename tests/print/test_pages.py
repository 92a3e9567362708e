"""Every page on A4 and Letter: legible, complete, black on white, with the way to help first."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Browser

from scripts.components.render import Formatter
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from tests.browser.pages import NO_WORKER, PHONE, tab
from tests.conftest import CATALOGUE, Site
from tests.print.paper import (
    A4,
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
    packed,
)

SMALLEST_PT = 8
SMALLEST_IN_DRAWINGS_PT = 9
ADD_A_CLOSED_PART = """
() => document.querySelector(".crs-page").insertAdjacentHTML(
  "beforeend", "<details><summary>More</summary><p>Formatter behind a fold</p></details>")
"""
PAPER_OF = dict(zip(READING_PAGES, cycle(PAPERS), strict=False))
"""One paper for each page, in turn: no rule of print.css names a size, and the sheets, which must
fit their paper, are tested on both in ``test_sheets.py``."""


@pytest.fixture(scope="module")
def pages(printer: Printer, site: Site) -> dict[str, Printed]:
    """Every page to read, printed on its paper."""
    return {path: printer(site.address(path), paper) for path, paper in PAPER_OF.items()}


def faulty(pages: dict[str, Printed], faults: Callable[[str, Printed], object]) -> dict[str, Any]:
    """Return what a function finds wrong, by page."""
    found = {path: faults(path, printed) for path, printed in pages.items()}
    return {path: each for path, each in found.items() if each}


def test_no_sheet_is_blank(pages: dict[str, Printed]) -> None:
    def blank(_: str, printed: Printed) -> list[int]:
        return [sheet for sheet in range(printed.sheets) if not printed.words_on(sheet)]

    assert not faulty(pages, blank), "counted from 0"


def cut_off(printed: Printed, paper: Paper) -> list[str]:
    """Return everything that reaches beyond the paper's margin or is cut off by a frame."""
    layout, edge = printed.layout, paper.content_width + 0.5
    found = [f"in a frame: {name}" for name in layout["cut"]]
    found += [t["text"] for t in layout["texts"] if t["right"] > edge or t["left"] < -0.5]
    found += [f"a table of {t['width']} px" for t in layout["tables"] if t["right"] > edge]
    if layout["scrollWidth"] > edge:
        found.append(f"the page is {layout['scrollWidth']} px wide")
    return found


def test_nothing_is_cut_at_the_edges(pages: dict[str, Printed]) -> None:
    assert not faulty(pages, lambda path, printed: cut_off(printed, PAPER_OF[path]))


@pytest.mark.parametrize("path", CATALOGUE)
def test_no_edge_case_is_cut(printer: Printer, catalogue: Site, path: str) -> None:
    # A4 is the narrower paper.
    assert not cut_off(printer(catalogue.address(path), A4), A4)


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_shows_all_of_each_block_of_material(
    printer: Printer, catalogue: Site, scripts: bool
) -> None:
    printed = printer(catalogue.address("blocks.md"), A4, State("dark", scripts))
    words = packed("".join(map(printed.words_on, range(printed.sheets))))
    in_order = (
        *("In the kitchen.", "The cups are beside it."),  # a closed box, and one in it
        *("Tea The kettle is on.", "Coffee The mill is loud.", "The cup is large."),  # all tabs
        *("With lemon.", "With milk."),
        *("A ZZB (zone for zealous bakers) is a quiet place.", "Another ZZB is not."),
        *("A picture with a caption", "It shows the next step", "So they say."),
    )
    assert printed.says("def kettle(water: int)")
    assert not pale(printed)
    places = [words.find(packed(part)) for part in in_order]
    assert -1 not in places, in_order[places.index(-1)]
    assert places == sorted(places)


def test_tables_keep_their_rows_whole_and_repeat_their_heads(pages: dict[str, Printed]) -> None:
    def broken(_: str, printed: Printed) -> list[Any]:
        tables = printed.layout["tables"]
        return [t for t in tables if t["split"] or t["head"] != "table-header-group"]

    assert not faulty(pages, broken)


def test_tables_drawings_and_addresses_are_among_what_is_looked_at(
    pages: dict[str, Printed],
) -> None:
    layouts = [printed.layout for printed in pages.values()]
    assert sum(bool(layout["tables"]) for layout in layouts) >= 3
    assert sum(any(text["drawing"] for text in layout["texts"]) for layout in layouts) >= 3
    assert any(layout["addresses"] for layout in layouts)


def pale(printed: Printed) -> list[Any]:
    """Return all text that is not dark, and every ground that is not white."""
    layout = printed.layout
    texts = [text for text in layout["texts"] if text["contrast"] < READABLE_CONTRAST]
    return [*texts, *(set(layout["grounds"]) - WHITE)]


def test_text_is_dark_on_white_from_the_dark_scheme(pages: dict[str, Printed]) -> None:
    assert not faulty(pages, lambda _, printed: pale(printed))


@pytest.mark.parametrize("state", STATES, ids=str)
def test_text_is_dark_on_white_in_every_state(printer: Printer, site: Site, state: State) -> None:
    assert not pale(printer(site.address("get-help.md"), LETTER, state))


def test_text_is_large_enough_to_read(pages: dict[str, Printed]) -> None:
    def small(_: str, printed: Printed) -> list[str]:
        return [
            f"{text['text']} ({text['size'] / PX_PER_PT:.1f} pt)"
            for text in printed.layout["texts"]
            if text["size"] / PX_PER_PT
            < (SMALLEST_IN_DRAWINGS_PT if text["drawing"] else SMALLEST_PT) - 0.01
        ]

    assert not faulty(pages, small)


def test_header_menu_search_and_buttons_stay_off_the_paper(pages: dict[str, Printed]) -> None:
    assert not faulty(pages, lambda _, printed: printed.layout["chrome"])


def test_the_way_to_help_is_on_the_first_sheet(pages: dict[str, Printed], guide: Guide) -> None:
    strings = guide.strings
    asked = f"{strings.unwell_now} {strings.get_help}"
    for path, printed in pages.items():
        # The page for help needs no link to itself.
        assert path == "get-help.md" or printed.says(asked, sheet=0), path
        assert printed.says(f"{strings.line_24h_label}:", sheet=0), path
        (line,) = printed.layout["helpLines"]
        assert line["style"] == "solid", path
        assert line["border"] >= 0.75, path
        assert line["width"] >= 40 * PX_PER_MM, f"{path}: too short to write a number on"
        assert line["height"] >= 5 * PX_PER_MM, f"{path}: too low to write a number on"


def test_says_on_the_first_sheet_where_it_is_online(
    pages: dict[str, Printed], guide: Guide
) -> None:
    for path, printed in pages.items():
        address = f"{guide.edition.short_address}/{url_of(path)}".rstrip("/")
        assert printed.says(f"{guide.strings.this_page_online}: {address}", sheet=0), path


def test_a_number_is_not_named_twice(pages: dict[str, Printed], site: Site, guide: Guide) -> None:
    doubled = f"{guide.strings.line_24h_label}: {guide.strings.line_24h_unset}"
    assert not faulty(pages, lambda _, printed: printed.says(doubled))
    for path in PAGES:
        words = html.unescape(re.sub("<[^>]+>", " ", site.html(path)))
        assert doubled not in " ".join(words.split()), path


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_the_emergency_card_is_on_the_first_sheet_and_the_next_one_follows(
    printer: Printer, site: Site, guide: Guide, paper: Paper
) -> None:
    printed = printer(site.address("get-help.md"), paper)
    for name, sheets in (("emergency", 1), ("call-now", 2)):
        signs = [
            Formatter(guide).rich(symptom.text).striptags() for symptom in guide.symptoms_of(name)
        ]
        shown = range(min(sheets, printed.sheets))
        assert not [s for s in signs if not any(printed.says(s, sheet=n) for n in shown)]


def test_the_first_sheet_of_the_home_page_says_when_to_call(
    printer: Printer, site: Site, guide: Guide
) -> None:
    printed = printer(site.address("index.md"), LETTER)
    for words in (guide.temperatures["fever"].fahrenheit_text, guide.strings.call_your_team):
        assert printed.says(words, sheet=0), words


def test_the_way_to_help_shows_a_clinics_own_number(
    printer: Printer, clinic: Site, clinic_guide: Guide
) -> None:
    printed = printer(clinic.address("symptoms.md"), LETTER)
    number = clinic_guide.edition.line_24h
    assert number
    assert printed.says(f"{clinic_guide.strings.line_24h_label}: {number}", sheet=0)
    assert not printed.layout["helpLines"]


def test_addresses_of_other_sites_are_written_out(pages: dict[str, Printed]) -> None:
    def unsaid(_: str, printed: Printed) -> list[str]:
        return [link for link in printed.layout["addresses"] if not printed.says(link)]

    assert not faulty(pages, unsaid)


@pytest.mark.parametrize("scripts", [True, False])
def test_closed_parts_are_opened(printer: Printer, site: Site, scripts: bool) -> None:
    page = printer.open(site.address("about/index.md"), State("dark", scripts))
    page.evaluate(ADD_A_CLOSED_PART)
    assert printer.print(page, LETTER).says("Formatter behind a fold")
    page.close()


def test_long_pages_are_numbered(pages: dict[str, Printed]) -> None:
    for path, printed in pages.items():
        assert re.search(rf"\b1 / {printed.sheets}\b", printed.raw_text(0)), path


EARLY = ("get-help.md", "carers.md", "symptoms.md")
"""Pages whose print styles a script requests, and one that has them in it."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", EARLY)
def test_a_page_is_legible_on_paper_before_its_scripts_have_come(
    browser: Browser, site: Site, guide: Guide, path: str, scheme: str
) -> None:
    with tab(browser, width=PHONE, **NO_WORKER) as page:
        page.add_init_script(f"try {{ localStorage['crs-scheme'] = '{scheme}' }} catch {{}}")
        page.route("**/assets/javascripts/**", lambda route: route.abort())
        page.goto(site.address(path))
        pages = Printed(page.pdf(format="A4", print_background=False), {})
    text = " ".join(pages.quick_text(sheet) for sheet in range(pages.sheets))
    assert guide.strings.all_topics not in text, "the menu is not for paper"
    first = pages.picture()
    shades = first.tobytes()
    rows = [shades[start : start + first.width] for start in range(0, len(shades), first.width)]
    on_white = [row for row in rows if sum(row) > 200 * first.width]
    assert len(on_white) > 0.6 * first.height, "its ground is not white"
    assert sum(shade < 80 for row in on_white for shade in row) > 2_000, "its text is pale"
    if path == "get-help.md":
        grounds = [row for row in rows if sum(shade < 90 for shade in row) > first.width / 2]
        assert grounds, "the white letters of a heading have lost their ground"
