"""The choice of sheets on screen: ticks are kept, cleared and restored; nothing is too wide."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from scripts.guide.guide import Guide
from tests.browser.pages import DESKTOP, PHONE, set_width
from tests.conftest import Site

PACK = "print/pack.md"


@pytest.fixture
def pack(page: Page, site: Site) -> Page:
    set_width(page, DESKTOP)
    page.goto(site.address(PACK))
    page.evaluate("sessionStorage.clear()")
    page.reload()
    return page


def ticked(page: Page) -> list[str]:
    script = "boxes => boxes.filter(box => box.checked).map(box => box.id)"
    found: list[str] = page.locator(".crs-pack__box").evaluate_all(script)
    return [name.removeprefix("pack-") for name in found]


def test_the_ticks_of_a_reader_are_kept_and_not_put_back(pack: Page, guide: Guide) -> None:
    sheets, on_request = guide.sheet_pack.sheets, guide.sheet_pack.on_request
    assert ticked(pack) == [slug for slug in sheets if slug not in on_request]
    chosen = [sheets[0], *on_request]
    for slug in sheets:
        pack.locator(f"#pack-{slug}").set_checked(slug in chosen)
    pack.reload()
    assert ticked(pack) == [slug for slug in sheets if slug in chosen]


def test_all_ticks_can_be_cleared_and_brought_back(pack: Page, guide: Guide) -> None:
    before = ticked(pack)
    pack.locator(".crs-pack [data-action=clear]").click()
    assert ticked(pack) == []
    expect(pack.locator(".crs-pack [data-status]")).to_have_text(guide.strings.cleared)
    pack.locator(".crs-pack [data-action=undo]").click()
    assert ticked(pack) == before


def test_the_pack_has_one_button_to_print(pack: Page, guide: Guide) -> None:
    expect(pack.get_by_role("button", name=guide.strings.pack_print)).to_have_count(1)
    expect(pack.get_by_role("button", name=guide.strings.print_action)).to_have_count(0)


@pytest.mark.parametrize("slug", ["index", "pack", "fridge", "diary", "wallet-card"])
def test_no_page_of_sheets_scrolls_sideways_on_a_phone(page: Page, site: Site, slug: str) -> None:
    set_width(page, PHONE)
    page.goto(site.address(f"print/{slug}.md"))
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
