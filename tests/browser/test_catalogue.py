"""The component catalogue: it contains every component, and none breaks on its edge cases."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import get_args

import pytest
from playwright.sync_api import Page, expect

from scripts.components.registry import COMPONENTS
from scripts.components.sheet.sheet import AnyBlock
from scripts.guide.pages import url_of
from scripts.guide.temperature import display, to_fahrenheit
from scripts.root import ROOT
from tests.browser.pages import DESKTOP, PHONE, set_width
from tests.conftest import CATALOGUE, Site

SOURCE = ROOT / "docs" / "contributing" / "components.md"
# The element of each macro on the catalogue page, or on a page to which the catalogue links.
MARKS = {
    "temperature": ".crs-temperature",
    "number": ".crs-number",
    "cite": ".crs-cite",
    "term": "a.crs-term",
    "phone": "a.crs-phone",
    "region_rules": ".crs-region-rules .crs-number",
    "help_bar": ".crs-help-bar",
    "page_foot": ".crs-page-foot",
    "review_note": ".crs-page > .crs-review-note",
    "contents": ".crs-page:has(> .crs-toc)",
    "care_card": ".crs-care-card",
    "first_calls": ".crs-first-calls",
    "tiles": ".crs-tiles",
    "reading_path": ".crs-reading-path",
    "emergency_line": ".crs-emergency-line",
    "no_answer": ".crs-no-answer",
    "call_script": ".crs-call-script",
    "temperature_helper": ".crs-temperature-helper",
    "checklist": ".crs-sheet .crs-checklist",
    "sheet_list": ".crs-sheet-list",
    "sheet_pack": ".crs-pack",
    "link_kit": ".crs-link-kit",
    "pack_downloads": "#pdfs-of-the-pack ~ p:has(+ #figure)",
    "download_table": "#download-table-of-all ~ p",
    "bill_of_materials": "#bill-of-materials ~ p",
    "storage_list": ".crs-storage",
    "figure": ".crs-figure",
    "timeline": ".crs-timeline",
    "grades": ".crs-grades",
    "article_review": ".crs-article-review",
    "record_codes": ".crs-record-codes",
    "record_requests": ".crs-record-requests",
    "unknown_code": ".crs-page:has(> .crs-unknown-code[hidden])",
    "glossary": ".crs-page > .crs-words__list",
    "a_to_z": ".crs-page > .crs-a-to-z",
    "source_library": ".crs-page > .crs-sources__list",
    "source_lines": ".crs-page > .crs-sources__list > [id]",
}
ELSEWHERE = {
    "sheet_pack": "print/pack.md",
    "link_kit": "clinics/link.md",
    "article_review": "about/what-we-changed.md",
    "record_codes": "clinics/connect.md",
    "record_requests": "clinics/connect.md",
    "unknown_code": "index.md",
    "glossary": "about/glossary.md",
    "a_to_z": "a-z.md",
    "source_library": "about/sources.md",
    "source_lines": "about/sources.md",
}
BLOCK_MARKS = {
    "signs": ".crs-checklist__group--emergency",
    "ticks": "[data-checklist=edge-one-item] .crs-checklist",
    "lines": ".crs-checklist--plain",
    "fields": ".crs-fields--columns",
    "log": ".crs-log",
    "script": ".crs-sheet .crs-call-script",
    "no-answer": ".crs-sheet .crs-no-answer",
    "daily": ".crs-daily",
    "temperature-table": ".crs-sheet .crs-temperature-table",
    "grades": ".crs-sheet .crs-grades",
    "card": ".crs-card",
}
KINDS = tuple(
    get_args(kind.model_fields["kind"].annotation)[0] for kind in get_args(get_args(AnyBlock)[0])
)


@pytest.fixture
def shown(page: Page, catalogue: Site) -> Page:
    """The catalogue page, which is loaded only if another page is open."""
    set_width(page, DESKTOP)
    if page.url != catalogue.address("components.md"):
        page.goto(catalogue.address("components.md"))
    return page


def test_every_macro_is_named_and_shown(page: Page, catalogue: Site) -> None:
    source = SOURCE.read_text(encoding="utf-8")
    assert [name for name in COMPONENTS if f"`{name}(" not in source] == []
    for path in ("components.md", *dict.fromkeys(ELSEWHERE.values())):
        page.goto(catalogue.address(path))
        for name in COMPONENTS:
            if ELSEWHERE.get(name, "components.md") == path:
                expect(page.locator(MARKS[name]).first, name).to_be_visible()


def test_every_kind_of_block_is_shown(shown: Page) -> None:
    for kind in KINDS:
        expect(shown.locator(BLOCK_MARKS[kind]).first, kind).to_be_visible()


def test_the_catalogue_is_never_published(site: Site) -> None:
    for path in CATALOGUE:
        assert not site.file(path).exists()
        assert url_of(path) not in (site.folder / "sitemap.xml").read_text(encoding="utf-8")


def test_awkward_characters_come_through(shown: Page) -> None:
    card = shown.locator(".crs-care-card--tell-your-team")
    expect(card).to_contain_text("A “new” rash & itch on Señora Núñez’s arm (طفح جلدي), at 37.8 °C")
    for script in shown.locator(".crs-call-script").all():
        expect(script).to_contain_text("“Peña & O’Brien-Wołodźko” (اسمي).")
    face = shown.locator(".crs-card__face").first
    expect(face).to_contain_text("Señora Núñez’s “first” & second contact (قلم)")
    expect(shown.get_by_role("heading", name="Awkward &")).to_have_text(
        "Awkward & “quoted”: Señora Núñez’s list (قائمة)"
    )
    assert not re.search(r"&amp;|&#|\{\{|\}\}|\[\[|\]\]", shown.locator(".crs-page").inner_text())


def test_a_number_that_is_set_is_a_link_and_one_that_is_not_is_words(shown: Page) -> None:
    phones = shown.locator("#phone + p + ul > li")
    expect(phones.nth(0).locator("a[href='tel:+12025550100']")).to_have_text("(202) 555-0100")
    expect(phones.nth(1).locator("a")).to_have_count(0)
    expect(phones.nth(1)).to_contain_text("the day number your team gave you")
    expect(phones.nth(2).locator("a[href='tel:911']")).to_have_text("911")
    expect(shown.locator(".crs-help-bar")).to_contain_text("(202) 555-0100")


def test_the_level_of_an_edition_that_rounds_down_is_shown_as_its_thermometer_shows_it(
    shown: Page,
) -> None:
    level = Decimal("37.8")
    texts = f"{display(level)}\u00a0°C ({display(to_fahrenheit(level))}\u00a0°F)"
    expect(shown.locator("#temperature + p + ul > li").first).to_contain_text(texts)
    expect(shown.locator(".crs-temperature-table__half--from th[scope=row]").first).to_have_text(
        f"{display(level)}\u00a0°C"
    )


def test_a_lone_item_and_the_largest_tables_are_whole(shown: Page) -> None:
    one = shown.locator("[data-checklist=edge-one-item]")
    expect(one.get_by_role("checkbox")).to_have_count(1)
    largest = shown.locator("[data-checklist=edge-largest-tables]")
    log, daily = largest.locator(".crs-log tbody tr"), largest.locator(".crs-daily tbody tr")
    for rows, count, cells in ((log, 14, 2 * 4 + 2), (daily, 1 + 31, 1 + 3)):
        expect(rows).to_have_count(count)
        expect(rows.last.locator("td")).to_have_count(cells)


def test_an_item_stays_beside_its_box(shown: Page) -> None:
    set_width(shown, PHONE)
    for item in shown.locator(
        "[data-checklist=edge-awkward] .crs-checklist__item:has(input)"
    ).all():
        box = item.locator("input").bounding_box()
        words = item.locator("label").bounding_box()
        assert box is not None
        assert words is not None
        assert words["x"] >= box["x"] + box["width"], item.inner_text()
        assert words["y"] <= box["y"]


def test_no_edge_case_makes_a_page_scroll_sideways(page: Page, catalogue: Site) -> None:
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for path in {*CATALOGUE, *ELSEWHERE.values(), "print/index.md", "get-help.md"}:
        page.goto(catalogue.address(path))
        for width in (PHONE, 412, 768, DESKTOP):
            set_width(page, width)
            assert page.evaluate(wide) <= 0, (path, width)


@pytest.mark.parametrize("path", CATALOGUE)
def test_no_edge_case_is_cut_off(page: Page, catalogue: Site, path: str) -> None:
    page.goto(catalogue.address(path))
    cut = """() => [...document.querySelectorAll(".crs-page *")].filter(e => {
      const style = getComputedStyle(e);
      return e.checkVisibility() && style.overflowX === "hidden" && style.clipPath === "none"
        && style.position !== "absolute" && e.scrollWidth > e.clientWidth + 1;
    }).map(e => `${e.className}: ${e.textContent.trim().slice(0, 40)}`)"""
    for width in (PHONE, DESKTOP):
        set_width(page, width)
        assert page.evaluate(cut) == [], width


def test_no_word_of_a_drawing_is_cut_off_or_covers_another(shown: Page) -> None:
    drawings = """() => [...document.querySelectorAll(".crs-figure:not(.crs-timeline) svg")]
      .flatMap(svg => {
        const all = svg.getBoundingClientRect();
        const words = [...svg.querySelectorAll("text")]
          .map(text => [text.textContent, text.getBoundingClientRect()]);
        const cut = words.filter(([, box]) => box.left < all.left || box.right > all.right
          || box.top < all.top || box.bottom > all.bottom);
        // The boxes of two lines may touch.
        const covered = words.filter(([, box], index) => words.slice(0, index).some(([, other]) =>
          box.left < other.right && other.left < box.right
          && box.top + 3 < other.bottom && other.top + 3 < box.bottom));
        return [...cut, ...covered].map(([text]) => text);
      })"""
    assert shown.evaluate(drawings) == []
