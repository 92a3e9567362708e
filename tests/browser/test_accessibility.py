"""Every page and state under axe: no violation, and no exception."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from scripts.guide.guide import Guide
from tests.browser.pages import (
    DESKTOP,
    KIND,
    OPEN_ALL,
    PHONE,
    expect_search,
    set_scheme,
    set_width,
    shorten,
)
from tests.conftest import CATALOGUE, Site

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

OF_COLOR = ("color-contrast", "link-in-text-block")
"""Rules whose result can differ between color schemes."""

# Sets the outermost elements that have appeared or changed their colors since the last call, and
# returns the kinds of all.
CHANGED = (
    "() => {"
    + KIND
    + """
  const look = (element) => {
    const {color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight} =
      getComputedStyle(element);
    const large = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
    return [color, backgroundColor, backgroundImage, opacity, large].join();
  };
  const shown = [...document.body.querySelectorAll("*")].filter((element) =>
    element.checkVisibility({visibilityProperty: true}));
  const looks = new Map(shown.map((element) => [element, look(element)]));
  const before = self.looksBefore ?? looks;
  self.looksBefore = looks;
  const isNew = (element) => looks.has(element) && looks.get(element) !== before.get(element);
  self.changed = shown.filter((element) => isNew(element) && !isNew(element.parentElement));
  return self.changed.flatMap((element) => [element, ...element.querySelectorAll("*")]).map(kind);
}"""
)

RUN = """async ([rules, within]) => {
  const options = {runOnly: rules, resultTypes: ["violations"], preload: false};
  const where = within === "what changed" ? {include: self.changed} : within;
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


def leave_only(page: Page, parts: str) -> None:
    """Take away what neither contains nor is in the parts: axe reads the whole page each time."""
    page.evaluate(
        """parts => {
          for (const element of document.body.querySelectorAll("*")) {
            const stays = element.closest(parts) || element.querySelector(parts);
            if (!stays) element.remove();
          }
        }""",
        parts,
    )


checked_on_a_desktop: set[str] = set()
"""The kinds of elements that have been checked where only a desktop shows them."""


def our_violations(page: Page, within: str = "html") -> list[str]:
    """Return what axe finds in our own markup at phone and desktop width, in light and dark.

    All rules run at phone width, where room is short, and at desktop width for the elements that a
    phone does not show or shows in other colors, if no page before had all of their kinds: the menu
    and the contents are alike but for their words. The dark scheme only changes the results of the
    rules of color. What only a phone shows is checked in dark where the menu and contents are open.

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
    page.evaluate(CHANGED)
    look("on a phone", within, RULES)
    set_width(page, DESKTOP)
    if within == "html" and (kinds := set(page.evaluate(CHANGED)) - checked_on_a_desktop):
        checked_on_a_desktop.update(kinds)
        look("on a desktop, only there", "what changed", RULES)
    set_scheme(page, "dark")
    look("dark", within, OF_COLOR)
    set_scheme(page, "light")
    return found


def test_axe_finds_no_violation_in_our_markup(opened: Page) -> None:
    shorten(opened)
    opened.evaluate(AXE_SCRIPT)
    assert our_violations(opened) == []


def test_axe_finds_no_violation_on_the_page_for_wrong_addresses(page: Page, site: Site) -> None:
    open_page(page, f"{site.url}404.html")
    assert our_violations(page) == []


@pytest.mark.parametrize("path", CATALOGUE)
def test_axe_finds_no_violation_in_the_catalogue(page: Page, catalogue: Site, path: str) -> None:
    open_page(page, catalogue.address(path))
    page.evaluate(OPEN_ALL)
    shorten(page)
    assert our_violations(page) == []


def test_axe_finds_no_violation_in_any_answer_of_the_temperature_helper(
    page: Page, site: Site, guide: Guide
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
    leave_only(page, ".crs-temperature-helper")
    box = page.locator('[data-temperature-helper] [data-unit="fahrenheit"]')
    for state, text in typed.items():
        box.fill(text)
        box.blur()
        expect(page.locator("[data-result]")).to_have_attribute("data-state", state)
        assert our_violations(page, ".crs-temperature-helper") == [], state


def test_axe_finds_no_violation_with_the_note_of_a_word_open(page: Page, site: Site) -> None:
    open_page(page, site.address("symptoms.md"))
    for width in (PHONE, DESKTOP):
        set_width(page, width)
        page.locator("a.crs-term").first.click()
        expect(page.locator(".crs-note")).to_be_visible()
        for scheme, rules in (("light", RULES), ("dark", OF_COLOR)):
            set_scheme(page, scheme)
            assert violations(page, ":has(> .crs-note)", rules) == [], (width, scheme)
        page.keyboard.press("Escape")


def test_axe_finds_no_violation_on_a_sheet_with_ticks_and_after_they_are_cleared(
    page: Page, site: Site
) -> None:
    open_page(page, site.address("print/caregiver-daily-check.md"))
    page.get_by_role("checkbox", checked=False).first.check()
    shorten(page)
    assert our_violations(page, ".crs-sheet") == []
    page.locator("[data-action=clear]").click()
    expect(page.locator("[data-action=undo]")).to_be_visible()
    assert our_violations(page, ".crs-sheet") == []


@pytest.mark.parametrize(
    ("path", "opens", "part"),
    [
        ("index.md", ".crs-menu__button", ".crs-menu__panel"),
        ("faq.md", ".crs-toc__title", ".crs-toc__list"),
    ],
)
def test_axe_finds_no_violation_in_the_open_menu_and_contents(
    page: Page, site: Site, path: str, opens: str, part: str
) -> None:
    set_width(page, PHONE)
    open_page(page, site.address(path))
    page.locator(opens).click()
    expect(page.locator(part)).to_be_visible()
    for scheme, rules in (("light", RULES), ("dark", OF_COLOR)):
        set_scheme(page, scheme)
        assert violations(page, "html", rules) == [], scheme
    set_scheme(page, "light")


def test_axe_finds_no_violation_in_open_search(page: Page, site: Site) -> None:
    open_page(page, site.url)
    leave_only(page, "header, dialog")
    page.locator(".crs-header__search").click()
    expect_search(page)
    count = ""
    for typed in ("fever", "driving", "xqzw"):
        page.locator("#search-box").fill(typed)
        expect(page.locator("[data-count]")).not_to_have_text(count)
        count = page.locator("[data-count]").inner_text()
        assert our_violations(page, "dialog") == [], typed


def test_axe_would_find_a_violation(page: Page, site: Site) -> None:
    open_page(page, f"{site.url}404.html")
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
            "on a desktop, only there: ",
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
    open_page(page, f"{site.url}404.html")
    page.evaluate(
        "text => document.querySelector('main').insertAdjacentHTML('beforeend', text)", markup
    )
    found = our_violations(page)
    assert found
    assert all(state in one for one in found), found
