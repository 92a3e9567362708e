"""The choice of sheets on screen: ticks are kept, and the sheets are loaded when needed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.guide.guide import Guide
from tests.browser.pages import DESKTOP, NO_WORKER, PHONE, set_width, tab
from tests.conftest import Site

PACK = "print/pack.md"


@pytest.fixture
def pack(page: Page, site: Site) -> Page:
    set_width(page, DESKTOP)
    page.goto(site.address(PACK))
    page.evaluate("sessionStorage.clear()")
    page.reload()
    return page


PRINTS = """
window.printed = [];
window.print = () => window.printed.push(document.querySelectorAll(".crs-pack .crs-sheet").length);
"""


@pytest.fixture
def fresh(browser: Browser, site: Site) -> Iterator[tuple[Page, list[str]]]:
    """The pack in a new tab, with what the tab asked for, before a reader touches anything."""
    asked: list[str] = []
    with tab(browser, **NO_WORKER) as page:
        page.add_init_script(PRINTS)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site.address(PACK))
        expect(page.get_by_role("checkbox").first).to_be_visible()
        yield page, asked


def sheets_asked_for(asked: list[str]) -> int:
    return sum("/sheets." in url for url in asked)


def test_the_sheets_are_loaded_once_and_only_when_a_reader_touches_the_form(
    fresh: tuple[Page, list[str]], guide: Guide
) -> None:
    pack, asked = fresh
    assert sheets_asked_for(asked) == 0
    assert pack.locator(".crs-pack .crs-sheet").count() == 0
    pack.get_by_label(guide.strings.papers["a4"]).check()
    sheets = pack.locator(".crs-pack .crs-sheet")
    expect(sheets).to_have_count(2 * len(guide.sheet_pack.sheets))
    pack.get_by_role("checkbox").first.uncheck()
    assert sheets_asked_for(asked) == 1


@pytest.mark.parametrize("way", ["button", "Control+p"])
def test_a_print_waits_for_the_sheets(
    fresh: tuple[Page, list[str]], guide: Guide, way: str
) -> None:
    pack, _ = fresh
    if way == "button":
        pack.get_by_role("button", name=guide.strings.pack_print).click()
    else:
        pack.keyboard.press(way)
    pack.wait_for_function("window.printed.length")
    assert pack.evaluate("window.printed") == [2 * len(guide.sheet_pack.sheets)]
    pack.get_by_role("button", name=guide.strings.pack_print).click()
    assert len(pack.evaluate("window.printed")) == 2
    expect(pack.locator(".crs-pack [data-status]")).to_have_text("")


def test_a_reader_hears_that_the_sheets_did_not_come_and_can_try_again(
    fresh: tuple[Page, list[str]], guide: Guide
) -> None:
    pack, _ = fresh
    pack.route("**/sheets.*.js", lambda route: route.abort())
    button = pack.get_by_role("button", name=guide.strings.pack_print)
    button.click()
    expect(pack.locator(".crs-pack [data-status]")).to_have_text(guide.strings.pack_failed)
    assert pack.evaluate("window.printed") == []
    pack.unroute("**/sheets.*.js")
    button.click()
    pack.wait_for_function("window.printed.length")


def test_without_a_script_no_choice_shows_that_would_do_nothing(
    browser: Browser, site: Site, guide: Guide
) -> None:
    with tab(browser, java_script_enabled=False) as page:
        page.goto(site.address(PACK))
        expect(page.locator("input:visible, button:visible")).to_have_count(0)
        expect(page.locator(".crs-pack__open:visible")).to_have_count(len(guide.sheet_pack.sheets))


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
