"""The whole guide without JavaScript: an old phone, a strict clinic, a failed download."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.components.sheet.daily import Daily
from scripts.components.sheet.ticks import Ticks
from scripts.guide.guide import Guide
from tests.browser.pages import DESKTOP, PAGES, PHONE, set_width, tab
from tests.conftest import Site

# Elements that scripts add. Whatever they say is also said without scripts.
SCRIPT_ONLY = (".crs-temperature-helper", "[data-action]", "[data-status]")
TEXT = """scriptOnly => {
  for (const part of document.querySelectorAll(scriptOnly)) part.style.display = "none";
  return document.querySelector(".crs-page").innerText.split(/\\s+/).join(" ").trim();
}"""
COLORS = """() => {
  const found = {};
  const looked = ["body", ".crs-header", ".crs-header__name", ".crs-header__help", "h1",
    ".crs-page > p", ".crs-page a", ".crs-help-bar", ".crs-help-bar__link", ".crs-care-card",
    ".crs-care-card__heading", ".crs-care-card__more", ".crs-care-card__call a", ".crs-call-script",
    ".crs-review-note", ".crs-footer", ".crs-footer a", ".crs-menu__link",
    ".crs-menu__link[aria-current]"];
  for (const selector of looked) {
    const element = document.querySelector(selector);
    if (!element) continue;
    const style = getComputedStyle(element);
    found[selector] = [style.color, style.backgroundColor, style.borderTopColor];
  }
  found.scrollbars = getComputedStyle(document.documentElement).colorScheme;
  return found;
}"""


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    """A tab without JavaScript."""
    with tab(browser, java_script_enabled=False) as page:
        yield page


@pytest.fixture(scope="module")
def scripted(browser: Browser) -> Iterator[Page]:
    with tab(browser) as page:
        yield page


@pytest.mark.parametrize("path", PAGES)
def test_says_the_same_words_as_with_scripts(
    plain: Page, scripted: Page, site: Site, path: str
) -> None:
    words = []
    for page in (plain, scripted):
        set_width(page, DESKTOP)
        page.goto(site.address(path))
        words.append(page.evaluate(TEXT, ", ".join(SCRIPT_ONLY)))
    assert words[0]
    assert words[0] == words[1]


def links(page: Page) -> list[str]:
    """Return the addresses of the visible links on a page, with menus closed."""
    script = """() => [...document.querySelectorAll("a[href]")].filter(link =>
      link.checkVisibility({visibilityProperty: true, opacityProperty: true})
      && link.getBoundingClientRect().right > 0
    ).map(link => link.href)"""
    found: list[str] = page.evaluate(script)
    return [urldefrag(address).url for address in found]


def test_every_page_is_reached_from_home_by_links_alone(plain: Page, site: Site) -> None:
    set_width(plain, PHONE)
    to_visit, seen = [site.url], {site.url}
    while to_visit:
        plain.goto(to_visit.pop())
        for address in links(plain):
            if address.startswith(site.url) and address not in seen:
                seen.add(address)
                if address.endswith("/"):  # other files, such as PDFs, have no links to follow
                    to_visit.append(address)
    assert {site.address(path) for path in PAGES} - seen == set()


def test_the_menu_of_a_phone_opens_and_leads_to_pages(plain: Page, site: Site) -> None:
    set_width(plain, PHONE)
    plain.goto(site.url)
    link = plain.locator(".crs-menu").get_by_role("link", name="Symptoms", exact=True)
    expect(link).not_to_be_visible()
    plain.locator(".crs-menu__button").click()
    expect(link).to_be_in_viewport()
    link.click()
    expect(plain).to_have_url(site.address("symptoms.md"))


def test_the_menu_of_a_phone_shows_the_pages_of_the_part_that_one_is_in(
    plain: Page, site: Site
) -> None:
    set_width(plain, PHONE)
    plain.goto(site.url)
    plain.locator(".crs-menu__button").click()
    plain.locator(".crs-menu").get_by_role("link", name="Print a sheet").click()
    plain.locator(".crs-menu__button").click()
    plain.locator(".crs-menu").get_by_role("link", name="Temperature diary", exact=True).click()
    expect(plain).to_have_url(site.address("print/diary.md"))


def test_the_temperature_table_takes_the_place_of_the_helper(
    plain: Page, site: Site, guide: Guide
) -> None:
    set_width(plain, PHONE)
    plain.goto(site.address("temperature.md"))
    expect(plain.locator(".crs-temperature-helper")).to_be_hidden()
    table = plain.locator(".crs-temperature-table")
    expect(table).to_be_visible()
    for name in ("fever", "low", "some-places-say"):
        reading = guide.temperatures[name]
        expect(table).to_contain_text(f"{reading.fahrenheit_text}\u00a0°F")
        expect(table).to_contain_text(f"{reading.celsius_text}\u00a0°C")


def sheets() -> list[str]:
    no_sheets = ("print/index.md", "print/pack.md")
    return [path for path in PAGES if path.startswith("print/") and path not in no_sheets]


@pytest.mark.parametrize("path", sheets())
def test_a_sheet_is_there_its_boxes_tick_and_no_dead_button_shows(
    plain: Page, site: Site, guide: Guide, path: str
) -> None:
    set_width(plain, PHONE)
    plain.goto(site.address(path))
    expect(plain.locator(".crs-sheet")).to_be_visible()
    expect(plain.locator(".crs-page button:visible")).to_have_count(0)
    slugs = [call.first for call in guide.pages[path].calls if call.name == "checklist"]
    blocks = [block for slug in slugs for block in guide.checklists[slug].blocks]
    ticked = any(isinstance(block, Ticks | Daily) for block in blocks)
    boxes = plain.get_by_role("checkbox").and_(plain.locator(".crs-sheet input"))
    assert (boxes.count() > 0) == ticked
    for box in boxes.all():
        box.check()
        expect(box).to_be_checked()


def test_no_dead_button_shows_on_any_page(plain: Page, site: Site) -> None:
    set_width(plain, DESKTOP)
    for path in PAGES:
        plain.goto(site.address(path))
        expect(plain.locator("button:visible")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colors_follow_the_device(plain: Page, scripted: Page, site: Site, scheme: str) -> None:
    found: list[dict[str, Any]] = []
    for page in (plain, scripted):
        set_width(page, DESKTOP)
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        seen: dict[str, Any] = {}
        for path in ("symptoms.md", "get-help.md"):
            page.goto(site.address(path))
            seen |= page.evaluate(COLORS)
        found.append(seen)
    assert found[0] == found[1]
    assert found[0]["scrollbars"] == scheme
    assert len(found[0]) > 15


def test_the_two_schemes_differ(plain: Page, site: Site) -> None:
    plain.goto(site.url)
    grounds = set()
    for scheme in ("light", "dark"):
        plain.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        grounds.add(plain.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2
