"""Glossary terms: their meaning opens in place, by mouse, touch and keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from scripts.guide.guide import Guide
from scripts.guide.models.glossary import Term
from tests.browser.pages import PAGES, PHONE, tab
from tests.conftest import Site

PATH = "symptoms.md"


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with tab(browser, width=PHONE) as page:
        page.goto(site.address(PATH))
        yield page


@pytest.fixture
def term(guide: Guide) -> Term:
    """The first glossary term of the page."""
    return terms(guide)[0]


def terms(guide: Guide) -> list[Term]:
    return [guide.terms[call.first] for call in guide.pages[PATH].calls if call.name == "term"]


def words(page: Page) -> Locator:
    return page.locator("a.crs-term")


def note(page: Page) -> Locator:
    return page.locator(".crs-note")


def expect_meaning(page: Page, term: Term) -> None:
    expect(note(page)).to_be_visible()
    for part in (term.term, term.say_it, term.plain):
        expect(note(page)).to_contain_text(part.replace("'", "’"))


def test_a_word_opens_its_meaning_under_the_mouse(page: Page, term: Term) -> None:
    words(page).first.click()
    expect_meaning(page, term)
    expect(note(page)).to_be_in_viewport(ratio=1)


def test_a_word_opens_its_meaning_by_touch(browser: Browser, site: Site, term: Term) -> None:
    with tab(browser, width=PHONE, has_touch=True, is_mobile=True) as page:
        page.goto(site.address(PATH))
        words(page).first.tap()
        expect_meaning(page, term)
        words(page).first.tap()
        expect(note(page)).to_be_hidden()


def test_a_word_opens_its_meaning_from_the_keyboard(page: Page, term: Term) -> None:
    words(page).first.focus()
    page.keyboard.press("Enter")
    expect_meaning(page, term)
    expect(note(page)).to_be_focused()


def test_escape_closes_the_note_and_goes_back_to_the_word(page: Page) -> None:
    words(page).nth(1).focus()
    page.keyboard.press("Enter")
    expect(note(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(note(page)).to_be_hidden()
    expect(words(page).nth(1)).to_be_focused()


def test_going_on_with_the_keyboard_closes_the_note(page: Page) -> None:
    words(page).first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(note(page)).to_be_hidden()
    follows = "word => word.compareDocumentPosition(document.activeElement) & 4"
    assert words(page).first.evaluate(follows), "the keyboard has lost its place"


def test_a_second_click_on_the_word_closes_the_note(page: Page) -> None:
    words(page).first.click()
    expect(note(page)).to_be_visible()
    words(page).first.click()
    expect(note(page)).to_be_hidden()
    words(page).first.click()
    expect(note(page)).to_be_visible()


def test_another_word_takes_the_note_over(page: Page, guide: Guide) -> None:
    first = terms(guide)[0]
    other = next(index for index, term in enumerate(terms(guide)) if term != first)
    words(page).first.click()
    words(page).nth(other).click()
    expect_meaning(page, terms(guide)[other])
    expect(note(page)).to_have_count(1)


def test_closing_the_note_does_not_move_a_reader_who_has_scrolled_on(page: Page) -> None:
    words(page).first.click()
    page.evaluate("window.scrollTo(0, scrollY + 2000)")
    there = page.evaluate("scrollY")
    page.mouse.click(2, 500)
    expect(note(page)).to_be_hidden()
    page.wait_for_timeout(100)
    assert page.evaluate("scrollY") == there


def test_every_note_fits_a_small_phone(page: Page) -> None:
    for word in words(page).all():
        word.click()
        expect(note(page)).to_be_visible()
        box = note(page).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE
        page.keyboard.press("Escape")


def test_long_and_awkward_words_fit_a_small_phone(browser: Browser, catalogue: Site) -> None:
    with tab(browser, width=PHONE) as page:
        page.goto(catalogue.address("components.md"))
        for name in ("edge-long", "edge-awkward"):
            word = page.locator(f"a.crs-term[href='#word-{name}']")
            word.click()
            box = note(page).bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= PHONE
            assert note(page).evaluate("note => note.scrollWidth <= note.clientWidth + 1")
            text = note(page).inner_text()
            page.keyboard.press("Escape")
    assert '"NEEN-yo" & more' in text
    assert "كلمة" in text


def test_the_note_is_not_printed_and_the_word_is_not_underlined(page: Page) -> None:
    words(page).first.click()
    expect(note(page)).to_be_visible()
    page.emulate_media(media="print")
    expect(note(page)).to_be_hidden()
    line = words(page).first.evaluate("word => getComputedStyle(word).textDecorationLine")
    assert line == "none"


def test_without_scripts_a_word_leads_to_its_meaning(
    browser: Browser, site: Site, term: Term
) -> None:
    with tab(browser, width=PHONE, java_script_enabled=False) as page:
        page.goto(site.address(PATH))
        words(page).first.click()
        expect(page).to_have_url(f"{site.address(PATH)}#word-{term.id}")
        entry = page.locator(f"#word-{term.id}")
        expect(entry).to_be_in_viewport(ratio=1)
        expect(entry).to_contain_text(term.plain.replace("'", "’"))


def test_every_word_of_every_page_has_its_meaning_on_that_page(site: Site) -> None:
    found = 0
    for path in PAGES:
        html = site.html(path)
        asked = set(re.findall(r'<a [^>]*class="crs-term"[^>]*href="#([^"]+)"', html))
        ids = set(re.findall(r'\sid="([^"]+)"', html))
        assert asked <= ids, path
        found += len(asked)
    assert found
