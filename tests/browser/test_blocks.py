"""Material's blocks as an editor writes them: by keyboard, without scripts, in every color."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lxml.html import document_fromstring
from playwright.sync_api import Browser, Page, expect

from scripts.finishing.page_styles import THEME
from scripts.finishing.scripts import OURS as SCRIPTS
from scripts.finishing.scripts import needs_of
from scripts.finishing.used_css import Names, StyleSheet
from tests.browser.pages import DESKTOP, OPEN_ALL, PHONE, set_scheme, set_width, tab
from tests.browser.test_layout import LOW_CONTRAST, OVERLAPS, SMALL_TARGETS, UNSEEN_BORDERS
from tests.browser.test_styles import OURS, OWN, THEIRS
from tests.conftest import Site

PATH = "blocks.md"
BOX = "details:not([class^=crs-])"
LOOKS = """() => [...document.querySelectorAll("article *")].flatMap((element) =>
  element.closest("[class^=crs-]:not(.crs-page, .crs-table)") ? [] :
  [null, "::before", "::after"].map((part) => {
    const style = getComputedStyle(element, part);
    return [element.localName, element.className.baseVal ?? element.className, part,
      ...["color", "backgroundColor", "borderTopWidth", "borderTopStyle", "paddingLeft",
        "fontSize", "fontWeight", "maskImage", "opacity"].map((name) => style[name])].join();
  }))"""
GROUNDS = """([selector, part]) => [...document.querySelectorAll(selector)].map((element) =>
  getComputedStyle(element, part).backgroundColor)"""
AFTER = """() => [...document.querySelectorAll("main abbr")].map((element) =>
  getComputedStyle(element, "::after").content)"""


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(request: pytest.FixtureRequest, browser: Browser, catalogue: Site) -> Iterator[Page]:
    with tab(browser, width=PHONE, java_script_enabled=request.param) as page:
        page.goto(catalogue.address(PATH))
        yield page


@pytest.fixture
def scripted(browser: Browser, catalogue: Site) -> Iterator[Page]:
    with tab(browser, width=PHONE) as page:
        page.goto(catalogue.address(PATH))
        yield page


def test_a_box_opens_and_closes_by_keyboard(page: Page) -> None:
    words = page.get_by_text("In the kitchen.")
    expect(words).to_be_hidden()
    page.locator("summary", has_text="where is the kettle").focus()
    page.keyboard.press("Enter")
    expect(words).to_be_visible()
    expect(page.get_by_text("The cups are beside it.")).to_be_visible()
    page.keyboard.press("Space")
    expect(words).to_be_hidden()


def test_tabs_change_by_keyboard_and_show_the_focus(page: Page) -> None:
    expect(page.get_by_text("The kettle is on.")).to_be_visible()
    page.get_by_role("radio", name="Tea").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("The mill is loud.")).to_be_visible()
    expect(page.get_by_text("The kettle is on.")).to_be_hidden()
    ring = "row => getComputedStyle(row).outlineStyle"
    assert page.locator(".tabbed-labels").first.evaluate(ring) == "solid"


def test_a_set_of_tabs_follows_another_and_works_alone_without_scripts(
    page: Page, request: pytest.FixtureRequest
) -> None:
    page.locator(".tabbed-labels > label", has_text="Coffee").first.click()
    expect(page.get_by_text("With milk.")).to_be_visible(
        visible="without" not in request.node.callspec.id
    )
    page.locator(".tabbed-labels > label", has_text="Coffee").last.click()
    expect(page.get_by_text("With milk.")).to_be_visible()


def test_the_first_mention_of_an_abbreviation_says_what_it_means(page: Page) -> None:
    assert page.evaluate(AFTER) == ['" (zone for zealous bakers)"', "none"]


def test_a_box_to_tick_has_a_name(page: Page) -> None:
    ticked = page.get_by_role("checkbox", name="Wash the cups", exact=True)
    expect(ticked).to_be_checked()
    expect(page.get_by_role("checkbox", name="Dry the spoons", exact=True)).not_to_be_checked()


def test_notes_follow_the_text_and_come_before_the_foot_of_the_page(page: Page) -> None:
    expect(page.locator(".footnote + .crs-page-foot")).to_have_count(1)


def test_older_browsers_open_boxes_for_paper(scripted: Page) -> None:
    closed = scripted.locator("main details:not([open])")
    before = closed.count()
    assert before >= 2
    scripted.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(closed).to_have_count(0)
    scripted.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(closed).to_have_count(before)


def test_blocks_stand_out_and_fit_a_finger_in_light_and_dark(scripted: Page) -> None:
    scripted.evaluate(OPEN_ALL)
    for scheme in ("light", "dark"):
        set_scheme(scripted, scheme)
        for width in (PHONE, DESKTOP):
            set_width(scripted, width)
            assert scripted.evaluate(LOW_CONTRAST, 7) == [], (scheme, width)
            assert scripted.evaluate(OVERLAPS) == [], width
            targets = "main :is(summary, .tabbed-labels > label, .md-button)"
            assert scripted.evaluate(SMALL_TARGETS, targets) == [], width


def test_forced_colors_show_edges_icons_and_the_chosen_tab(
    browser: Browser, catalogue: Site
) -> None:
    with tab(browser, width=PHONE, forced_colors="active") as page:
        page.goto(catalogue.address(PATH))
        edged = f"main :is(.admonition, {BOX}, tbody tr, .md-button, kbd, .grid.cards li)"
        assert page.evaluate(UNSEEN_BORDERS, edged) == []
        icons = [
            (".admonition-title", "::before"),
            (f"main {BOX} > summary", "::before"),
            (f"main {BOX} > summary", "::after"),
            (".footnote-backref", "::before"),
        ]
        paper = page.evaluate(GROUNDS, ["body", None])[0]
        for selector, part in icons:
            drawn = page.evaluate(GROUNDS, [selector, part])
            assert drawn, selector
            assert paper not in drawn, (selector, part)
        chosen = page.locator(".tabbed-labels > label").evaluate_all(
            "labels => labels.map((label) => getComputedStyle(label).borderBottomColor)"
        )
        assert len(set(chosen[:3])) == 2, chosen
        assert chosen[1] == chosen[2] != chosen[0]


def own_style(html: str) -> str:
    """Return the style that the build leaves on a page."""
    names = Names()
    names.add_elements(document_fromstring(html))
    for script in (file.read_text("utf-8") for file in SCRIPTS.glob("*.js")):
        if needs_of(script) and names.have(needs_of(script)):
            names.add_script(script)
    files = [*THEIRS, *OURS]
    parts = (
        [file for file in files if bool(THEME.search(file.name)) == is_theme]
        for is_theme in (False, True)
    )
    return (
        StyleSheet(*("\n".join(file.read_text("utf-8") for file in part) for part in parts))
        .part_for(names)
        .text()
    )


def test_the_look_of_a_block_stays_when_a_page_keeps_only_the_style_that_it_uses(
    browser: Browser, catalogue: Site
) -> None:
    address, html = catalogue.address(PATH), catalogue.html(PATH)
    cut = OWN.sub("", html).replace("</title>", f"</title><style>{own_style(html)}</style>", 1)
    with tab(browser, width=PHONE) as whole, tab(browser, width=PHONE) as own:
        own.route(address, lambda route: route.fulfill(body=cut, content_type="text/html"))
        for page in (whole, own):
            page.goto(address)
            page.evaluate(OPEN_ALL)
            page.add_style_tag(content="*, ::before, ::after { transition: none !important }")
        for scheme, on_paper in (("light", False), ("dark", False), ("light", True)):
            for page in (whole, own):
                set_scheme(page, scheme)
                page.emulate_media(media="print" if on_paper else "screen")
            looks = whole.evaluate(LOOKS)
            assert len(looks) > 300
            assert own.evaluate(LOOKS) == looks, (scheme, on_paper)
