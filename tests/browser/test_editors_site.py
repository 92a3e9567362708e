"""What a web editor sets as Material's documentation says, in a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import PHONE, set_width, tab
from tests.browser.test_accessibility import our_violations
from tests.conftest import serve
from tests.editors_site import OTHER, EditorsSite

TWO_SCHEMES = [
    {"scheme": scheme, "primary": "custom", "accent": "custom"} for scheme in ("default", "slate")
]
THEME = OTHER["theme"] | {"palette": TWO_SCHEMES}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with a footer, an edit button, languages, a notice and two schemes."""
    made = EditorsSite(tmp_path_factory.mktemp("editor"), **OTHER | {"theme": THEME})
    yield from serve(made.folder)


def expect_good(page: Page) -> None:
    """Check that a page neither scrolls sideways on a phone nor breaks a rule of axe."""
    set_width(page, PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    page.evaluate(AXE_SCRIPT)
    assert our_violations(page) == []


def test_a_footer_an_edit_button_and_languages_work(page: Page, url: str) -> None:
    page.goto(f"{url}part/page/")
    for link in (".md-footer__link--next", "a[rel=edit]", "header a[hreflang=en]"):
        expect(page.locator(link)).to_be_visible()
    expect_good(page)
    page.locator(".md-footer__link--next").click()
    expect(page.locator("h1")).to_have_text("Bare")


def test_a_notice_comes_before_the_page(page: Page, url: str) -> None:
    page.goto(f"{url}notice/")
    expect(page.get_by_text("Our ward has moved.")).to_be_in_viewport()
    expect_good(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_of_two_schemes_the_one_that_is_shown_is_checked(
    browser: Browser, url: str, scheme: str
) -> None:
    with tab(browser, color_scheme=scheme) as page:
        page.goto(url)
        choice = page.locator(f".crs-scheme [value={scheme}]")
        expect(choice).to_be_checked()
        page.locator(f".crs-scheme [type=radio]:not([value={scheme}])").check()
        page.reload()
        expect(choice).not_to_be_checked()
