"""Ticks, the Print and Clear buttons, and what happens when storage fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "overrides/assets/javascripts/checklist.js"
ADDRESS = "http://guide.test/print/"
KEY = "crs-checklist-bag"
FAULT = "Ticks cannot be kept."
STORAGE_BLOCKED = """Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("blocked", "SecurityError"); }
});"""
STORAGE_FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError");
};"""
OpenPage = Callable[..., Page]


def sheet(slug: str, items: list[str]) -> str:
    boxes = "".join(
        f'<li><input type="checkbox" id="{slug}-{item}">'
        f'<label for="{slug}-{item}">{item}</label></li>'
        for item in items
    )
    clear = (
        '<button type="button" data-action="clear" hidden>Clear</button>'
        '<button type="button" data-action="undo" hidden>Undo</button>'
    )
    return (
        f'<section data-checklist="{slug}">'
        '<button type="button" data-action="print" hidden>Print</button>'
        f"{clear if items else ''}"
        '<span role="status" data-status data-cleared="All ticks are gone."'
        f' data-restored="Your ticks are back." data-storage="{FAULT}"></span>'
        f"<ul>{boxes}</ul></section>"
    )


def checklist_page() -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sheets</title>'
        '<script defer src="checklist.js"></script></head><body>'
        f"{sheet('bag', ['card', 'phone', 'list'])}{sheet('table', [])}</body></html>"
    )


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """A function that opens a page of two sheets, one with boxes, under a strict policy."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def serve(route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(path=SCRIPT, content_type="text/javascript")
        else:
            policy = "default-src 'none'; script-src 'self'"
            headers = {"Content-Security-Policy": policy, "Content-Type": "text/html"}
            route.fulfill(body=checklist_page(), headers=headers)

    def open_it(*, before: str = "", **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        context.route("http://guide.test/**", serve)
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(ADDRESS)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def checklist(open_page: OpenPage) -> Page:
    return open_page()


def action(page: Page, name: str, slug: str = "bag") -> Any:
    return page.locator(f'[data-checklist="{slug}"] [data-action="{name}"]')


def status(page: Page) -> Any:
    return page.locator('[data-checklist="bag"] [data-status]')


def ticked(page: Page) -> list[str]:
    script = "boxes => boxes.filter(box => box.checked).map(box => box.id)"
    found: list[str] = page.locator("input").evaluate_all(script)
    return found


def test_ticks_survive_a_reload(checklist: Page) -> None:
    checklist.get_by_label("card").check()
    checklist.get_by_label("list").check()
    checklist.get_by_label("list").uncheck()
    checklist.get_by_label("phone").check()
    checklist.reload()
    assert ticked(checklist) == ["bag-card", "bag-phone"]


def test_ticks_stay_in_their_tab(checklist: Page) -> None:
    checklist.get_by_label("card").check()
    tab = checklist.context.new_page()
    tab.goto(ADDRESS)
    expect(action(tab, "print")).to_be_visible()
    assert ticked(tab) == []


def test_print_opens_the_print_dialog(open_page: OpenPage) -> None:
    page = open_page(before="window.print = () => { window.printed = true; };")
    action(page, "print").click()
    assert page.evaluate("window.printed") is True


def test_clear_unticks_all_and_undo_brings_them_back(checklist: Page) -> None:
    checklist.get_by_label("card").check()
    expect(action(checklist, "undo")).to_be_hidden()
    action(checklist, "clear").click()
    assert ticked(checklist) == []
    expect(status(checklist)).to_have_text("All ticks are gone.")
    action(checklist, "undo").click()
    assert ticked(checklist) == ["bag-card"]
    expect(status(checklist)).to_have_text("Your ticks are back.")
    expect(action(checklist, "undo")).to_be_hidden()
    expect(action(checklist, "clear")).to_be_focused()
    checklist.reload()
    assert ticked(checklist) == ["bag-card"]


def test_clear_is_kept_after_a_reload(checklist: Page) -> None:
    checklist.get_by_label("card").check()
    action(checklist, "clear").click()
    checklist.reload()
    assert ticked(checklist) == []


def test_clearing_twice_still_brings_the_ticks_back(checklist: Page) -> None:
    checklist.get_by_label("card").check()
    action(checklist, "clear").click()
    action(checklist, "clear").click()
    action(checklist, "undo").click()
    assert ticked(checklist) == ["bag-card"]


def test_undo_is_offered_only_until_the_next_tick(checklist: Page) -> None:
    checklist.get_by_label("card").check()
    action(checklist, "clear").click()
    checklist.get_by_label("phone").check()
    expect(action(checklist, "undo")).to_be_hidden()
    expect(status(checklist)).to_have_text("")


def test_clear_is_hidden_on_a_sheet_without_boxes(checklist: Page) -> None:
    expect(action(checklist, "print", "table")).to_be_visible()
    expect(action(checklist, "clear", "table")).to_be_hidden()


@pytest.mark.parametrize("garbage", ["{", "null", "5", '{"a":1}', '"bag-card"', "[1,null,{}]"])
def test_garbage_in_storage_is_ignored(checklist: Page, garbage: str) -> None:
    checklist.evaluate(f"text => sessionStorage.setItem('{KEY}', text)", garbage)
    checklist.reload()
    expect(action(checklist, "print")).to_be_visible()
    assert ticked(checklist) == []
    checklist.get_by_label("card").check()
    checklist.reload()
    assert ticked(checklist) == ["bag-card"]


@pytest.mark.parametrize("before", [STORAGE_BLOCKED, STORAGE_FULL], ids=["blocked", "full"])
def test_says_so_and_keeps_working_without_storage(open_page: OpenPage, before: str) -> None:
    page = open_page(before=before)
    expect(status(page)).to_have_text("")
    page.get_by_label("card").check()
    expect(status(page)).to_have_text(FAULT)
    action(page, "clear").click()
    expect(status(page)).to_have_text(f"All ticks are gone. {FAULT}")
    action(page, "undo").click()
    assert ticked(page) == ["bag-card"]


def test_without_script_the_boxes_work_and_no_dead_button_shows(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.get_by_label("card").check()
    expect(page.get_by_label("card")).to_be_checked()
    expect(page.get_by_role("button")).to_have_count(0)


def test_the_script_is_silent_where_its_markup_is_absent(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_script_tag(path=SCRIPT)
        assert errors == []
