"""Helpers of the browser tests: the pages of the guide, and tabs to open them in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, expect

from scripts.root import ROOT

DOCS = ROOT / "docs" / "en"
PAGES = tuple(sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")))
"""Every page of the guide. The strict build makes sure that each is in the menu."""

ESSENTIAL = ("get-help.md", "temperature.md", "print/fridge.md")
"""Pages that a quick run opens too: the page for help, one with a form, and a sheet."""

AS_A_TESTER: dict[str, Any] = {"bypass_csp": True}
"""Context options for tests: their waits evaluate text, which the pages' policy forbids.

``tests/site/test_hosting.py`` and ``test_private.py`` test the policy itself.
"""

OPEN_ALL = "for (const one of document.querySelectorAll('main details')) one.open = true"
"""A script that opens all that folds on a page."""

PHONE, DESKTOP = 320, 1280
HEIGHT = 915


@contextmanager
def tab(browser: Browser, *, width: int = DESKTOP, **options: Any) -> Iterator[Page]:
    """Open a tab in a context of its own.

    Args:
        browser: The browser.
        width: The width of the viewport, in CSS pixels.
        options: Other arguments of Playwright's ``new_context``.
    """
    options = AS_A_TESTER | options
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, **options)
    yield context.new_page()
    context.close()


def expect_search(page: Page) -> None:
    """Wait until open search can be seen: it is transparent until its stylesheet has loaded."""
    expect(page.get_by_role("dialog")).to_have_css("opacity", "1")


NO_WORKER: dict[str, Any] = {"service_workers": "block"}
"""Context options for tests that intercept requests: a service worker would bypass them."""


def set_scheme(page: Page, scheme: str) -> None:
    """Change the color scheme of the device, and wait until the page has followed.

    Args:
        page: A page, with scripts or without.
        scheme: ``light`` or ``dark``.
    """
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    # The theme lets the colors of links fade.
    page.wait_for_function(
        "scheme => getComputedStyle(document.documentElement).colorScheme === scheme"
        " && !document.getAnimations().length",
        arg=scheme,
    )


def set_width(page: Page, width: int) -> None:
    """Change the width of the viewport."""
    page.set_viewport_size({"width": width, "height": HEIGHT})


KIND = """
  const kind = (element) => [element.localName, element.className.baseVal ?? element.className,
    ...[...element.attributes].map(({name, value}) =>
      /^(role|type|alt|title|lang|tabindex)$|^aria-(?!.*(label|by|controls))/.test(name)
        ? `${name}=${value}` : value.trim() ? name : `${name} empty`),
    element.textContent.trim() ? "" : "empty"].join(" ");
"""
"""A function of a script: what a checker of markup could tell an element from others by, but for
its words."""

SHORTEN = f"""most => {{{KIND}
  const kept = new Map();
  const items = ":is(main, nav) :is(li, tr, dl > div):not(:first-child)";
  for (const item of document.querySelectorAll(items)) {{
    const kinds = new Set([item, ...item.querySelectorAll("*")].map(kind));
    if ([...kinds].every((one) => kept.get(one) >= most)) item.remove();
    else for (const one of kinds) kept.set(one, (kept.get(one) ?? 0) + 1);
  }}
}}"""


def shorten(page: Page) -> None:
    """Take away items of lists and tables that only repeat what ten before them have.

    The checkers' time grows with the square of a page's length, and each of hundreds of sources has
    the same elements; so have the entries of the menus. The first of each list stays, and each with
    anything of a rarer kind: other classes, attributes or roles, or an empty element.
    """
    page.evaluate(SHORTEN, 10)
