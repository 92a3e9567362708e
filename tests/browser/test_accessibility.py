"""Every page and state under axe: no violation, and no exception."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from scripts.guide.guide import Guide
from tests.browser.pages import DESKTOP, PHONE, set_scheme, set_width
from tests.conftest import Site

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

OF_COLOR = ("color-contrast", "link-in-text-block")
"""Rules whose result can differ between color schemes."""

OF_WIDTH = ("color-contrast", "target-size", "scrollable-region-focusable")
"""Rules whose result can differ with the viewport for an element that is always shown."""

# Sets the outermost elements that have appeared since the last call.
APPEARED = """() => {
  const shown = new Set([...document.body.querySelectorAll("*")].filter((element) =>
    element.checkVisibility({visibilityProperty: true})));
  const before = self.shownBefore || shown;
  self.shownBefore = shown;
  const isNew = (element) => shown.has(element) && !before.has(element);
  self.appeared = [...shown].filter((element) => isNew(element) && !isNew(element.parentElement));
  return self.appeared.length;
}"""

RUN = """async ([rules, within]) => {
  const options = {runOnly: rules, resultTypes: ["violations"], preload: false};
  const where = within === "what appeared" ? {include: self.appeared} : within;
  const {violations} = await axe.run(where, options);
  return violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) =>
    [id, target.join(" "), failureSummary]));
}"""


def open_page(page: Page, address: str) -> None:
    """Open a page as on a first visit and load axe into it."""
    page.goto(address)
    if page.evaluate("sessionStorage.length"):
        page.evaluate("sessionStorage.clear()")
        page.reload()
    page.evaluate(AXE_SCRIPT)


def violations(
    page: Page, within: str = "html", rules: Sequence[str] = RULES
) -> list[tuple[str, str, str]]:
    """Return what axe finds now: rule, element and explanation."""
    return [tuple(found) for found in page.evaluate(RUN, [list(rules), within])]


def our_violations(page: Page, within: str = "html") -> list[str]:
    """Return what axe finds in our own markup at phone and desktop width, in light and dark.

    All rules run at phone width in light colors. Each other state runs the rules whose results
    it can
    change, and the desktop width runs all rules for the elements that a phone does not show.

    Args:
        page: A page with axe loaded.
        within: The part that has changed since the whole page was checked.
    """
    found: list[str] = []

    def look(state: str, where: str, rules: Sequence[str]) -> None:
        found.extend(
            f"{rule} at {target}, {state}: {why}"
            for rule, target, why in violations(page, where, rules)
        )

    set_width(page, PHONE)
    set_scheme(page, "light")
    page.evaluate(APPEARED)
    look("on a phone", within, RULES)
    set_scheme(page, "dark")
    look("on a phone, dark", within, OF_COLOR)
    set_width(page, DESKTOP)
    if page.evaluate(APPEARED) and within == "html":
        look("on a desktop, dark", "what appeared", OF_COLOR)
        set_scheme(page, "light")
        look("on a desktop, only there", "what appeared", RULES)
    set_scheme(page, "light")
    look("on a desktop", within, OF_WIDTH)
    return found


def test_axe_finds_no_violation_in_our_markup(opened: Page) -> None:
    opened.evaluate(AXE_SCRIPT)
    assert our_violations(opened) == []


def test_axe_finds_no_violation_on_the_page_for_wrong_addresses(page: Page, site: Site) -> None:
    open_page(page, f"{site.url}404.html")
    assert our_violations(page) == []


def test_axe_finds_no_violation_in_the_catalogue(page: Page, catalogue: Site) -> None:
    open_page(page, catalogue.address("components.md"))
    assert our_violations(page) == []


@pytest.mark.parametrize(
    "state", ["at-or-above", "below", "low", "question", "outside", "not-a-number"]
)
def test_axe_finds_no_violation_in_any_answer_of_the_temperature_helper(
    page: Page, site: Site, guide: Guide, state: str
) -> None:
    typed = {
        "at-or-above": guide.temperatures["very-high"].fahrenheit_text,
        "below": guide.temperatures["low"].fahrenheit_text,
        "low": "88",
        "question": "38.3",
        "outside": "500",
        "not-a-number": "Hi",
    }
    open_page(page, site.address("temperature.md"))
    box = page.locator('[data-temperature-helper] [data-unit="fahrenheit"]')
    box.fill(typed[state])
    box.blur()
    expect(page.locator("[data-result]")).to_have_attribute("data-state", state)
    assert our_violations(page, ".crs-temperature-helper") == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_with_the_note_of_a_word_open(
    page: Page, site: Site, width: int, scheme: str
) -> None:
    open_page(page, site.address("symptoms.md"))
    set_width(page, width)
    set_scheme(page, scheme)
    page.locator("a.crs-term").first.click()
    expect(page.locator(".crs-note")).to_be_visible()
    found = violations(page, ":has(> .crs-note)")
    assert found == []


def test_axe_finds_no_violation_on_a_sheet_with_ticks_and_after_they_are_cleared(
    page: Page, site: Site
) -> None:
    open_page(page, site.address("print/caregiver-daily-check.md"))
    page.get_by_role("checkbox", checked=False).first.check()
    assert our_violations(page, ".crs-sheet") == []
    page.locator("[data-action=clear]").click()
    expect(page.locator("[data-action=undo]")).to_be_visible()
    assert our_violations(page, ".crs-sheet") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_the_open_menu(page: Page, site: Site, scheme: str) -> None:
    open_page(page, site.url)
    set_width(page, PHONE)
    set_scheme(page, scheme)
    page.locator(".crs-menu__button").click()
    expect(page.locator(".crs-menu__panel")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_the_open_contents(page: Page, site: Site, scheme: str) -> None:
    open_page(page, site.address("faq.md"))
    set_width(page, PHONE)
    set_scheme(page, scheme)
    page.locator(".crs-toc__title").click()
    expect(page.locator(".crs-toc__list")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("typed", ["fever", "wigs", "xqzw"])
def test_axe_finds_no_violation_in_open_search(page: Page, site: Site, typed: str) -> None:
    open_page(page, site.url)
    page.locator(".crs-header__search").click()
    page.locator("#search-box").fill(typed)
    expect(page.locator("[data-count]")).not_to_be_empty()
    assert our_violations(page) == []


def test_axe_would_find_a_violation(page: Page, site: Site) -> None:
    open_page(page, site.url)
    page.evaluate("document.querySelector('h1').innerHTML += '<img src=\"x\">'")
    found = [rule for rule, _, _ in violations(page)]
    assert "image-alt" in found


@pytest.mark.parametrize(
    ("markup", "state"),
    [
        (
            "<style>@media (prefers-color-scheme: dark) { h1 { color: #333 !important } }</style>",
            "dark",
        ),
        (
            "<style>@media (width > 999px) { h1 { color: #eee !important } }</style>",
            "on a desktop: ",
        ),
        (
            '<style>@media (width < 999px) { #b { display: none } }</style><img src="x" id="b">',
            "on a desktop, only there: ",
        ),
    ],
)
def test_axe_would_find_a_violation_that_only_one_state_has(
    page: Page, site: Site, markup: str, state: str
) -> None:
    open_page(page, site.url)
    page.evaluate(
        "text => document.querySelector('main').insertAdjacentHTML('beforeend', text)", markup
    )
    found = our_violations(page)
    assert found
    assert all(state in one for one in found), found
