"""Every page under IBM's rules, which check much that axe does not, in each state that matters.

HTML_CodeSniffer was tried too. It is faster, but its last release is of 2020, and all that it found
beyond the other two was wrong or a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from scripts.guide.guide import Guide
from scripts.tools.npm_tools import ensure_tools
from tests.browser.pages import (
    DESKTOP,
    PAGES,
    PHONE,
    expect_search,
    set_scheme,
    set_width,
    shorten,
)
from tests.conftest import CATALOGUE, Site

KEY_PAGES = (
    *("index.md", "get-help.md", "symptoms.md", "temperature.md"),
    *("print/index.md", "print/diary.md", "clinics/link.md"),
)
"""Pages with every kind of component among them, also checked in dark and on a phone."""

COLOR_RULE = "text_contrast_sufficient"
"""The only rule whose result can differ between the color schemes."""

RUN = """async ([only, without, known]) => {
  const checker = new ace.Checker();
  // The engine's own way to leave out a rule, disableRule(), leaves out all.
  const rules = checker.getGuidelines().find(({id}) => id === "IBM_Accessibility");
  rules.id = "ours";
  for (const part of rules.checkpoints) {
    part.rules = part.rules.filter(({id}) =>
      only.length ? only.includes(id) : !without.includes(id));
  }
  checker.addGuideline(rules);
  const {results} = await checker.check(document, ["ours"]);
  return results.filter(({value}) => value[1] !== "PASS").map(result => [
    result.ruleId, result.message, result.snippet,
    known.findIndex(([rule, selector]) =>
      rule === result.ruleId && result.node.matches?.(selector)),
  ]);
}"""


FINISH = """() => {
  const parts = document.querySelectorAll(".md-toggle, .md-overlay, .md-dialog");
  for (const part of parts) part.remove();
}"""
"""Removes what only the theme's script needs. A finished page has none of it; the catalogue has."""


@dataclass(frozen=True)
class Known:
    """A finding that is wrong, or that is right but accepted.

    Attributes:
        rule: The engine's name of the rule.
        selector: The elements for which it is accepted.
        reason: The reason for the exception.
        link: The page that documents the matter.
    """

    rule: str
    selector: str
    reason: str
    link: str


@dataclass(frozen=True)
class Finding:
    """A finding of the engine for one element.

    Attributes:
        page: The page and its state.
        rule: The engine's name of the rule.
        message: The certain or possible error.
        snippet: The start tag.
        known: The index of the exception that covers it, or -1.
    """

    page: str
    rule: str
    message: str
    snippet: str
    known: int

    def __str__(self) -> str:
        """Return the finding in one line."""
        return f"{self.page}: {self.rule}: {self.message} {self.snippet}"


ISSUES = "https://github.com/IBMa/equal-access/issues"
RULES = "https://www.ibm.com/able/requirements/checker-rule-sets"

QUESTIONS = {
    "download_keyboard_controllable": "A PDF opens in the browser's own viewer.",
    "element_tabbable_unobscured": "Nothing of ours lies over the text but the header; walks by"
    " keys look at it.",
    "style_color_misuse": "Words and marks are beside each color; test_layout.py forces colors.",
    "style_focus_visible": "Walks by keys look at each focus ring.",
    "style_highcontrast_visible": "test_layout.py forces colors.",
    "style_viewport_resizable": "test_layout.py doubles the text.",
    "text_sensory_misuse": "Read on 2026-11-22: above, lower and top speak of temperatures, of days"
    " and of the order of the text; large, of print and of proteins.",
}
"""Rules that only ask a person, for any markup, with the answers. They take half of the time."""

EXCEPTIONS = (
    Known(
        "aria_role_redundant",
        "ul[role=list]",
        "Lists without marks: Safari and VoiceOver take them for no list unless told so.",
        "https://bugs.webkit.org/show_bug.cgi?id=170179",
    ),
    Known(
        "element_attribute_deprecated",
        "meta[http-equiv='Content-Security-Policy']",
        "HTML has it, and pages in a folder have no other way to carry their policy.",
        "https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv",
    ),
    Known(
        "element_tabbable_role_valid",
        ".crs-table[role=region][tabindex='0']",
        "On a phone the table scrolls, and keys must reach what scrolls; axe asks for it. Markup"
        " cannot know the width of the window.",
        f"{ISSUES}/2054",
    ),
    Known(
        "text_block_heading",
        ".crs-care-card__group, .crs-signs__heading",
        "It names the list below it, by aria-labelledby. As a heading it would come seven times"
        " before the first part of the page.",
        RULES,
    ),
    Known(
        "form_submit_button_exists",
        "form.crs-search__form",
        "Search answers while one types. Enter, and the key for it on a phone, asks at once.",
        RULES,
    ),
    Known(
        "heading_markup_misuse",
        "#tell-your-team, .crs-checklist__heading",
        "More than 20 words: the heading of this urgency also says when not to wait.",
        RULES,
    ),
    Known(
        "input_checkboxes_grouped",
        ".crs-checklist[aria-labelledby] input[type=checkbox]",
        "Boxes to tick are items of a list that has the name of its heading; they stand alone, and"
        " nothing is sent.",
        f"{ISSUES}/1621",
    ),
    Known(
        "input_fields_grouped",
        ".crs-copy__text",
        "Words to copy, not to fill in. Each kind is in a section with a name.",
        RULES,
    ),
    Known(
        "list_structure_proper",
        "dl:has(> div > dt + dd)",
        "HTML lets a div hold each term with its meaning; this engine does not know it.",
        "https://html.spec.whatwg.org/multipage/grouping-content.html#the-dl-element",
    ),
    Known(
        "target_spacing_sufficient",
        "details:not([open]) > :not(summary) a",
        "Not there: the engine takes what is in a closed disclosure for shown.",
        RULES,
    ),
    Known(
        "text_block_heading",
        ".md-nav__title[aria-hidden=true], .crs-clinic, .crs-temperature-helper__heading,"
        " .crs-figure__title",
        "What the list of contents is called for the ear too; a clinic's name, as on a letter; the"
        " first line of an answer, which is read out as a whole; the name of a picture.",
        RULES,
    ),
    Known(
        "text_quoted_correctly",
        ".crs-copy__text, .crs-sources__list > li",
        "Plain text to copy has no elements; titles of sources hold quotation marks of their own.",
        RULES,
    ),
)


def open_page(page: Page, address: str, engine: str) -> None:
    """Open a page as on a first visit and load the engine into it."""
    page.goto(address)
    page.evaluate(engine)


def findings(
    page: Page, name: str, *, only: Sequence[str] = (), without: Sequence[str] = tuple(QUESTIONS)
) -> list[Finding]:
    """Return all findings of the engine for the current state.

    Args:
        page: A page with the engine loaded.
        name: The name of the page and its state.
        only: The rules to run, if not all.
        without: The rules to leave out.
    """
    known = [[one.rule, one.selector] for one in EXCEPTIONS]
    found = page.evaluate(RUN, [list(only), list(without), known])
    return [Finding(name, *one) for one in found]


def unexcused(found: Iterable[Finding]) -> list[str]:
    return [str(one) for one in found if one.known < 0]


@pytest.fixture(scope="module")
def engine() -> str:
    """The script of the engine, to be run in a page."""
    file = ensure_tools("checkers") / "accessibility-checker-engine" / "ace.js"
    return file.read_text(encoding="utf-8") + "; window.ace = ace;"


@pytest.fixture(scope="module")
def looked(page: Page, site: Site, catalogue: Site, engine: str) -> list[Finding]:
    """The findings on every page, on the catalogue and on the page for wrong addresses."""
    addresses = {path: site.address(path) for path in PAGES}
    addresses |= {path: catalogue.address(path) for path in CATALOGUE}
    addresses["404.html"] = f"{site.url}404.html"
    found = []
    page.emulate_media(color_scheme="light")
    for name, address in addresses.items():
        set_width(page, DESKTOP)
        open_page(page, address, engine)
        page.evaluate(FINISH)
        shorten(page)
        found += findings(page, name)
        if name in KEY_PAGES:
            set_width(page, PHONE)
            found += findings(page, f"{name}, {PHONE} px")
            set_scheme(page, "dark")
            found += findings(page, f"{name}, dark", only=[COLOR_RULE])
            set_scheme(page, "light")
    return found


@pytest.fixture(scope="module")
def searched(page: Page, site: Site, engine: str) -> list[Finding]:
    """The findings in open search, with a care card and results."""
    open_page(page, site.url, engine)
    page.locator(".crs-header__search").click()
    expect_search(page)
    page.locator("#search-box").fill("fever")
    for part in ("[data-card] > section", "[data-found] a"):
        expect(page.locator(part).first).to_be_visible()
    found = []
    for width in (DESKTOP, PHONE):
        set_width(page, width)
        found += findings(page, f"search, {width} px")
    return found


def test_ibms_rules_find_nothing_on_any_page(looked: list[Finding]) -> None:
    assert unexcused(looked) == []


def test_ibms_rules_find_nothing_in_open_search(searched: list[Finding]) -> None:
    assert unexcused(searched) == []


@pytest.mark.parametrize("known", EXCEPTIONS, ids=lambda known: known.rule)
def test_each_exception_is_still_needed(
    looked: list[Finding], searched: list[Finding], known: Known
) -> None:
    place = EXCEPTIONS.index(known)
    assert any(one.known == place for one in looked + searched), "fixed: remove it from the list"


def test_each_question_is_still_asked(page: Page, site: Site, engine: str) -> None:
    open_page(page, site.address("print/diary.md"), engine)
    asked = {one.rule for one in findings(page, "diary", only=list(QUESTIONS))}
    assert asked == set(QUESTIONS)


def test_ibms_rules_find_nothing_in_the_open_menu(page: Page, site: Site, engine: str) -> None:
    set_width(page, PHONE)
    open_page(page, site.url, engine)
    page.locator(".crs-menu__button").click()
    expect(page.locator(".crs-menu__panel")).to_be_visible()
    assert unexcused(findings(page, "menu")) == []


def test_ibms_rules_find_nothing_in_an_answer_of_the_temperature_helper(
    page: Page, site: Site, guide: Guide, engine: str
) -> None:
    open_page(page, site.address("temperature.md"), engine)
    box = page.locator('[data-temperature-helper] [data-unit="fahrenheit"]')
    for typed in (guide.temperatures["very-high"].fahrenheit_text, "Hi"):
        box.fill(typed)
        box.blur()
        expect(page.locator("[data-result]")).to_have_attribute("data-state", re.compile(r"."))
        assert unexcused(findings(page, f"helper with {typed}")) == []


def test_ibms_rules_find_nothing_in_the_note_of_a_word(page: Page, site: Site, engine: str) -> None:
    open_page(page, site.address("symptoms.md"), engine)
    page.locator("a.crs-term").first.click()
    expect(page.locator(".crs-note")).to_be_visible()
    assert unexcused(findings(page, "note of a word")) == []


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ('<img src="x.png">', "img_alt_valid"),
        ('<button type="button"></button>', "input_label_exists"),
        ("<p style='color: #999; background: #fff'>Pale words</p>", COLOR_RULE),
        ('<p role="hader">Words</p>', "aria_role_allowed"),
    ],
)
def test_ibms_rules_would_find_a_fault(
    page: Page, site: Site, engine: str, markup: str, rule: str
) -> None:
    open_page(page, f"{site.url}404.html", engine)
    page.evaluate(
        "text => document.querySelector('main').insertAdjacentHTML('beforeend', text)", markup
    )
    assert rule in {one.rule for one in findings(page, "spoiled") if one.known < 0}
