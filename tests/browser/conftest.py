"""Fixtures of the browser tests: a tab, and each page of the guide in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import ESSENTIAL, PAGES, tab
from tests.conftest import Site


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A tab with scripts."""
    with tab(browser) as page:
        yield page


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(path, marks=pytest.mark.essential if path in ESSENTIAL else ())
        for path in PAGES
    ],
)
def path(request: pytest.FixtureRequest) -> str:
    """Each page of the guide in turn; all tests of a page run while it is open."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def opened(page: Page, site: Site, path: str) -> Page:
    """The current page, open in the tab. Tests leave it where it was."""
    page.goto(site.address(path))
    return page
