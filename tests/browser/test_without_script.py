"""The whole guide without JavaScript: an old phone, a strict clinic, a failed download."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.components.sheet.daily import Daily
from scripts.components.sheet.log import Log
from scripts.components.sheet.ticks import Ticks
from scripts.guide.guide import Guide
from tests.browser.pages import DESKTOP, PAGES, PHONE, set_scheme, set_width, tab
from tests.conftest import Site

# Elements that scripts add. Whatever they say is also said without scripts.
SCRIPT_ONLY = (
    *(".crs-temperature-helper", "[data-action]", "[data-status]"),
    ".crs-pack__choice:not(.crs-pack__group)",
)
TEXT = """scriptOnly => {
  const parts = [...document.querySelectorAll(scriptOnly)];
  for (const part of parts) part.style.display = "none";
  const text = document.querySelector(".crs-page").innerText.split(/\\s+/).join(" ").trim();
  for (const part of parts) part.style.display = "";
  return text;
}"""
COLORS = """() => {
  const found = {};
  const looked = ["body", ".md-header", ".crs-header__name", ".crs-header__help", "h1",
    ".crs-page > p", ".crs-page a", ".crs-help-bar", ".crs-help-bar__link", ".crs-care-card",
    ".crs-care-card__heading", ".crs-care-card__more", ".crs-care-card__call a", ".crs-call-script",
    ".crs-review-note", ".md-footer", ".md-footer a", ".md-nav__link",
    ".md-nav__link[aria-current]"];
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


@pytest.fixture(scope="module", params=PAGES)
def path(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def opened(plain: Page, site: Site, path: str) -> Page:
    """The current page without scripts; it stays open for all tests of a page."""
    set_width(plain, DESKTOP)
    plain.goto(site.address(path))
    return plain


def test_says_the_same_words_as_with_scripts(
    opened: Page, scripted: Page, site: Site, path: str
) -> None:
    scripted.goto(site.address(path))
    words = [page.evaluate(TEXT, ", ".join(SCRIPT_ONLY)) for page in (scripted, opened)]
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
    link = plain.locator(".crs-menu").get_by_role("link", name="Symptoms of CRS", exact=True)
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
    plain.locator(".crs-menu").get_by_role("link", name="Print for home").click()
    plain.locator(".crs-menu__button").click()
    plain.locator(".crs-menu").get_by_role(
        "link", name="Temperature and symptom diary", exact=True
    ).click()
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


CHECK = """boxes => {
  for (const box of boxes) if (!box.checked) box.click();
  return boxes.map((box) => box.checked);
}"""


def test_a_sheet_is_there_its_boxes_tick_and_no_dead_button_shows(
    opened: Page, guide: Guide, path: str
) -> None:
    expect(opened.locator("button:visible")).to_have_count(0)
    slugs = [call.first for call in guide.pages[path].calls if call.name == "checklist"]
    expect(opened.locator(".crs-sheet:visible").first).to_be_attached(attached=bool(slugs))
    blocks = [block for slug in slugs for block in guide.checklists[slug].blocks]
    ticked = any(isinstance(block, Ticks | Daily | Log) for block in blocks)
    boxes = opened.get_by_role("checkbox").and_(opened.locator(".crs-sheet input"))
    assert (boxes.count() > 0) == ticked
    if ticked:
        boxes.first.check()
        assert all(boxes.evaluate_all(CHECK))


def test_colors_follow_the_device(plain: Page, scripted: Page, site: Site) -> None:
    found: list[dict[tuple[str, str], dict[str, Any]]] = []
    for page in (plain, scripted):
        set_width(page, DESKTOP)
        found.append({})
        for path in ("symptoms.md", "get-help.md"):
            page.goto(site.address(path))
            for scheme in ("dark", "light"):
                set_scheme(page, scheme)
                found[-1][path, scheme] = page.evaluate(COLORS)
    assert found[0] == found[1]
    for (_, scheme), colors in found[0].items():
        assert colors["scrollbars"] == scheme
        assert len(colors) > 10
    assert found[0]["symptoms.md", "light"]["body"] != found[0]["symptoms.md", "dark"]["body"]
