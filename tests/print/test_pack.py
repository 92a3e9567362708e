"""The pack: the chosen sheets print in order, one page each, in any browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from scripts.components.render import Formatter
from scripts.finishing.search_index import search_index
from scripts.finishing.site import Site as BuiltSite
from scripts.guide.downloads import PaperName
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.guide.temperature import Unit
from tests.conftest import Site
from tests.print.paper import (
    A4,
    COMMON,
    LETTER,
    PACK,
    PAPERS,
    STATES,
    Paper,
    Printed,
    Printer,
    State,
)

each_paper = pytest.mark.parametrize("paper", PAPERS, ids=str)
WITHOUT_SCRIPTS = State("light", False)


def whole(guide: Guide) -> list[str]:
    """Return the sheets that print unless a reader chooses others."""
    pack = guide.sheet_pack
    return [slug for slug in pack.sheets if slug not in pack.on_request]


@pytest.fixture
def pack(printer: Printer, site: Site) -> Iterator[Page]:
    """The page of the pack, after a reader has touched it."""
    page = printer.open(site.address(PACK))  # a new tab remembers no choice
    yield page
    page.close()


def printed(page: Page, paper: Paper = LETTER) -> Printed:
    """Print the chosen sheets, as an office printer does."""
    return Printed(page.pdf(format=paper.name, print_background=False), {})


def all_text(pages: Printed) -> str:
    """Return the text of all pages, to compare."""
    texts = (pages.quick_text(number) for number in range(pages.sheets))
    return " ".join(texts).replace("\u00a0", " ")


def slugs_of(pages: Printed, guide: Guide) -> list[str]:
    """Return the sheet on each page, found by its address and title."""
    found = []
    for number in range(pages.sheets):
        text = pages.quick_text(number)
        named = [s for s in guide.checklists if f"{guide.edition.short_address}/print/{s}." in text]
        found += named or ["none"]
        for slug in named:
            # A clinic's name is above the title.
            before, title, _ = text.partition(
                Formatter(guide).rich(guide.checklists[slug].title).striptags()
            )
            assert title
            assert before.strip() == (guide.edition.name or "")
    return found


@pytest.mark.parametrize(
    ("paper", "state"),
    [(A4, COMMON), *((LETTER, state) for state in STATES if state.scripts)],
    ids=str,
)
def test_gives_each_sheet_a_page_of_its_own_in_order(
    printer: Printer, site: Site, guide: Guide, paper: Paper, state: State
) -> None:
    pages = printer(site.address(PACK), paper, state)
    assert slugs_of(pages, guide) == whole(guide)
    assert len(whole(guide)) > 8


def test_the_code_of_each_page_opens_its_sheet(printer: Printer, site: Site, guide: Guide) -> None:
    pages = printer(site.address(PACK), LETTER)
    for number, slug in enumerate(whole(guide)):
        codes = [code.text for code in zxingcpp.read_barcodes(pages.picture(number))]
        # A wallet card has further codes, for staff.
        assert codes.count(f"{guide.edition.site_address}print/{slug}/") == 1, slug


def test_prints_each_sheet_as_its_own_page_prints_it(
    printer: Printer, site: Site, guide: Guide
) -> None:
    pages = printer(site.address(PACK), LETTER)
    for number, slug in enumerate(whole(guide)):
        alone = printer(site.address(f"print/{slug}.md"), LETTER)
        assert pages.quick_text(number) == alone.quick_text(), slug
        here, there = (
            [shape for shape in shapes if not shape.is_white]
            for shapes in (pages.shapes(number), alone.shapes())
        )
        assert len(here) == len(there), slug
        lowest, lowest_alone = (max(shape.bottom for shape in drawn) for drawn in (here, there))
        assert lowest == pytest.approx(lowest_alone, abs=0.5), slug


@each_paper
def test_fits_its_pages_in_a_clinics_edition(
    printer: Printer, clinic: Site, clinic_guide: Guide, paper: Paper
) -> None:
    pages = printer(clinic.address(PACK), paper)
    assert slugs_of(pages, clinic_guide) == whole(clinic_guide)
    number = clinic_guide.edition.line_24h
    assert number
    assert all(number in pages.quick_text(sheet) for sheet in range(pages.sheets))


@each_paper
def test_fits_its_pages_in_either_unit(
    printer: Printer, site: Site, guide: Guide, paper: Paper
) -> None:
    page = printer.open(site.address(PACK), COMMON)
    for unit in ("celsius", "fahrenheit"):
        page.get_by_role("radio", name=guide.strings.units[unit]).check()
        assert slugs_of(printed(page, paper), guide) == whole(guide)
    page.close()


def test_leaves_out_what_is_unticked_and_adds_what_is_ticked(pack: Page, guide: Guide) -> None:
    all_sheets = guide.sheet_pack.sheets
    for slug in all_sheets:
        pack.locator(f"#pack-{slug}").set_checked(True)
    assert slugs_of(printed(pack), guide) == list(all_sheets)
    kept = list(all_sheets[1::3])
    for slug in all_sheets:
        pack.locator(f"#pack-{slug}").set_checked(slug in kept)
    assert slugs_of(printed(pack), guide) == kept
    pack.get_by_label(guide.strings.papers["a4"]).check()
    pack.get_by_role("radio", name=guide.strings.units["celsius"]).check()
    assert slugs_of(printed(pack, A4), guide) == kept


def test_the_unit_that_is_chosen_comes_first(pack: Page, guide: Guide) -> None:
    fever = guide.temperatures["fever"]
    degrees = {
        "fahrenheit": f"{fever.fahrenheit_text} °F",
        "celsius": f"{fever.celsius_text} °C",
    }
    default = all_text(printed(pack))
    orders: tuple[tuple[Unit, Unit], ...] = (("celsius", "fahrenheit"), ("fahrenheit", "celsius"))
    for lead, other in orders:
        pack.get_by_role("radio", name=guide.strings.units[lead]).check()
        text = all_text(printed(pack))
        assert text.count(f"{degrees[lead]} ({degrees[other]})") > 10
        assert f"{degrees[other]} ({degrees[lead]})" not in text
    # Without a choice, the pack uses the edition's own unit, which is the last one chosen here.
    assert all_text(printed(pack)) == default


def test_the_paper_that_is_chosen_is_asked_for(pack: Page, guide: Guide) -> None:
    papers: tuple[tuple[PaperName, Paper], ...] = (("a4", A4), ("letter", LETTER))
    for name, paper in papers:
        pack.get_by_label(guide.strings.papers[name], exact=True).check()
        pdf = pack.pdf(prefer_css_page_size=True, print_background=False)
        pages = Printed(pdf, {})
        assert slugs_of(pages, guide) == whole(guide)
        for sheet in range(pages.sheets):
            # A sheet in landscape is on the same paper, turned.
            size = sorted((paper.width_mm, paper.height_mm))
            assert sorted(pages.size_mm(sheet)) == pytest.approx(size, abs=0.5)


def test_says_so_where_nothing_is_ticked(pack: Page, guide: Guide) -> None:
    for slug in guide.sheet_pack.sheets:
        pack.locator(f"#pack-{slug}").uncheck()
    pages = printed(pack)
    assert pages.sheets == 1
    assert pages.quick_text() == guide.strings.pack_none


def test_says_how_to_print_the_sheets_where_no_script_has_loaded_them(
    printer: Printer, site: Site, guide: Guide
) -> None:
    pages = printer(site.address(PACK), LETTER, WITHOUT_SCRIPTS)
    assert pages.sheets == 1
    assert pages.quick_text() == guide.strings.pack_missing


def test_does_not_say_so_where_something_is_ticked(
    printer: Printer, site: Site, guide: Guide
) -> None:
    pages = printer(site.address(PACK), LETTER)
    assert guide.strings.pack_none not in all_text(pages)


# On screen.


@pytest.mark.parametrize("state", [COMMON, WITHOUT_SCRIPTS], ids=str)
def test_each_sheet_can_be_opened_by_itself(
    printer: Printer, site: Site, guide: Guide, state: State
) -> None:
    pack = printer.open(site.address(PACK), state)
    links = pack.locator(".crs-pack__open").all()
    assert [link.evaluate("link => link.href") for link in links] == [
        site.address(f"print/{slug}.md") for slug in guide.sheet_pack.sheets
    ]
    for link in links:
        expect(link).to_be_visible()
    pack.close()


def test_its_sheets_are_neither_seen_nor_read_out_on_screen(pack: Page, guide: Guide) -> None:
    read_out = pack.locator(".crs-page").aria_snapshot()
    for slug in guide.sheet_pack.sheets:
        sheet = guide.checklists[slug]
        purpose = Formatter(guide).rich(sheet.purpose).striptags().split(".")[0]
        assert purpose not in read_out
        assert Formatter(guide).rich(sheet.title).striptags() in read_out
    for shown in pack.locator(".crs-pack .crs-sheet").all():
        expect(shown).to_be_hidden()


def test_its_sheets_are_not_found_twice_by_a_search(site: Site, guide: Guide) -> None:
    index = search_index(BuiltSite(site.folder, guide))
    places = [page[1] for page in index["pages"]]
    found = {"pack": "", "alone": ""}
    for page, _, *words in index["sections"]:
        if places[page] == url_of(PACK):
            found["pack"] += " ".join(words)
        elif places[page].startswith("print/"):
            found["alone"] += " ".join(words)
    assert found["pack"]
    for slug in guide.sheet_pack.sheets:
        assert guide.pages[f"print/{slug}.md"].meta.title in found["alone"]
        purpose = Formatter(guide).rich(guide.checklists[slug].purpose).striptags().split(".")[0]
        assert purpose not in found["pack"]
