"""What the browser suites share: the pages of the guide, and tabs to read them in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from scripts.root import ROOT

DOCS = ROOT / "docs" / "en"
PAGES = tuple(sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")))
"""Every page of the guide; the strict build sees to it that each is in the menu."""

ESSENTIAL = ("get-help.md", "temperature.md", "print/fridge.md")
"""Pages that a quick run opens too: the first in need, one with a form, and a sheet."""

AS_A_TESTER: dict[str, Any] = {"bypass_csp": True}
"""A tester's own waits are run as text, which the pages' policy forbids.

The policy itself is tried in ``tests/site/test_hosting.py`` and ``test_private.py``.
"""

PHONE, DESKTOP = 320, 1280
HEIGHT = 915


@contextmanager
def tab(browser: Browser, *, width: int = DESKTOP, **options: Any) -> Iterator[Page]:
    """Open a tab that shares nothing with any other.

    Args:
        browser: The browser.
        width: Of the window, in CSS pixels.
        options: What else Playwright's ``new_context`` takes.
    """
    options = AS_A_TESTER | options
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, **options)
    yield context.new_page()
    context.close()


NO_WORKER: dict[str, Any] = {"service_workers": "block"}
"""For tests that hold back or change what a page loads: a service worker would load it itself."""


def set_scheme(page: Page, scheme: str) -> None:
    """Change a device's colour scheme, and wait until the page has followed.

    Args:
        page: A page, with scripts or without.
        scheme: ``light`` or ``dark``.
    """
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.wait_for_function(
        "scheme => getComputedStyle(document.documentElement).colorScheme === scheme", arg=scheme
    )


def set_width(page: Page, width: int) -> None:
    """Change the width of a window."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
