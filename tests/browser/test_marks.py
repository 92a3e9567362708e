"""Source marks: they open in place, and without scripts they lead to the list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.pages import PHONE, tab
from tests.conftest import Site

PATH = "symptoms.md"
FINGER = 44


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with tab(browser, width=PHONE) as page:
        page.goto(site.address(PATH))
        yield page


def marks(page: Page) -> Locator:
    return page.locator(".crs-cite a")


def note(page: Page) -> Locator:
    return page.locator(".crs-note")


def named_by(page: Page, mark: Locator) -> list[str]:
    """Return the entries of a mark's sources in the folded list at the foot of the page."""
    texts = page.locator("#sources > li").all_text_contents()
    numbers = (mark.get_attribute("data-sources") or "").split(", ")
    return [" ".join(texts[int(number) - 1].split()) for number in numbers]


def test_a_mark_opens_the_names_of_its_sources_and_the_way_to_more(page: Page) -> None:
    several = marks(page).and_(page.locator("[data-sources*=',']")).first
    named = named_by(page, several)
    several.click()
    expect(note(page)).to_be_focused()
    lines = [" ".join(text.split()) for text in note(page).locator("p").all_inner_texts()]
    assert lines == [*named, "More about these sources"]
    assert len(named) >= 2
    links = note(page).locator("a").evaluate_all("links => links.map(link => link.hash)")
    assert len({*links} - {""}) == len(named), "each name leads to its entry in the list of all"
    assert len(links) == len(lines)


def test_one_note_is_open_at_a_time_and_escape_goes_back_to_the_mark(page: Page) -> None:
    marks(page).nth(1).click()
    page.locator("a.crs-term").last.click()
    expect(note(page)).to_have_count(1)
    marks(page).nth(2).focus()
    page.keyboard.press("Enter")
    expect(note(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(note(page)).to_be_hidden()
    expect(marks(page).nth(2)).to_be_focused()


def test_a_mark_is_read_out_as_sources_and_nothing_else(page: Page) -> None:
    tree = page.locator(".crs-answer").aria_snapshot()
    assert tree.count('link "Sources"') == 1, tree


def test_a_finger_has_room_around_a_mark(browser: Browser, site: Site) -> None:
    with tab(browser, width=PHONE, has_touch=True, is_mobile=True) as page:
        page.goto(site.address(PATH))
        mark = page.locator("li .crs-cite a").first
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        hit = """([x, y]) => document.elementFromPoint(x, y).closest(".crs-cite a") !== null"""
        edge = FINGER / 2 - 1.5
        for dx, dy in ((0, 0), (0, -edge), (0, edge), (-edge, 0)):
            assert page.evaluate(hit, [x + dx, y + dy]), (dx, dy)
        page.touchscreen.tap(x, y + edge)
        expect(note(page)).to_be_visible()


def test_a_link_beside_a_mark_keeps_its_own_room(browser: Browser, site: Site) -> None:
    stolen = """() => [...document.querySelectorAll(".crs-page :is(p, li) a:not(.crs-cite a)")]
      .filter(link => {
        if (!link.checkVisibility()) return false;  // in a list that is folded
        link.scrollIntoView({block: "center"});
        const [box] = link.getClientRects();
        const hit = box && document.elementFromPoint(
          box.left + box.width / 2, box.top + box.height / 2);
        return hit?.closest(".crs-cite");
      }).map(link => link.textContent)"""
    with tab(browser, width=PHONE, has_touch=True, is_mobile=True) as page:
        for path in (PATH, "temperature.md", "after-infusion.md"):
            page.goto(site.address(path))
            assert page.evaluate(stolen) == [], path


def test_a_note_fits_a_small_phone(page: Page) -> None:
    for mark in marks(page).all():
        mark.click()
        expect(note(page)).to_be_visible()
        box = note(page).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE
        assert note(page).evaluate("note => note.scrollWidth <= note.clientWidth + 1")
        page.keyboard.press("Escape")


def test_without_scripts_a_mark_opens_the_list_at_the_foot(browser: Browser, site: Site) -> None:
    with tab(browser, width=PHONE, java_script_enabled=False) as page:
        page.goto(site.address(PATH))
        mark = marks(page).nth(1)
        target = mark.get_attribute("href")
        expect(page.locator(str(target))).to_be_hidden()
        mark.click()
        expect(page).to_have_url(f"{site.address(PATH)}{target}")
        expect(page.locator(str(target))).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_mark_of_the_page_for_help_leads_to_the_names_of_its_sources(
    browser: Browser, site: Site, scripts: bool
) -> None:
    with tab(browser, width=PHONE, java_script_enabled=scripts) as page:
        page.goto(site.address("get-help.md"))
        mark = marks(page).nth(1)
        line = str(mark.get_attribute("href")).partition("#")[2]
        mark.click()
        expect(page).to_have_url(f"{site.address('about/sources.md')}#{line}")
        named = page.locator(f'[id="{line}"]')
        expect(named).to_be_in_viewport(ratio=1)
        expect(named.get_by_role("link").first).to_be_visible()


def test_paper_shows_the_numbers_of_the_list_and_no_note(page: Page) -> None:
    mark = marks(page).first
    mark.click()
    page.emulate_media(media="print")
    expect(note(page)).to_be_hidden()
    shown = mark.evaluate("mark => getComputedStyle(mark, '::before').content")
    assert shown.replace('" "', "") == f'"[{mark.get_attribute("data-sources")}]"'
    expect(page.locator("#sources > li").first).to_be_visible()
