"""The styles of a page compared with all styles of the guide: they look alike in every state.

All styles are ours, and those of the theme that ours do not replace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import material
import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, Route

from scripts.finishing import used_css
from scripts.finishing.page_styles import THEME
from scripts.root import ROOT
from tests.browser.pages import HEIGHT
from tests.conftest import Site, wait_for_scripts

THEIRS = sorted((Path(material.__file__).parent / "templates/assets/stylesheets").glob("*.css"))
"""The stylesheets of Material, in the order in which its document links them."""

OURS = [
    ROOT / "overrides" / path
    for path in re.findall(
        r"- (assets/stylesheets/.*\.css)", (ROOT / "mkdocs.yml").read_text("utf-8")
    )
]
"""All stylesheets in the order of mkdocs.yml."""

NOT_LEAN = re.findall(r'"/(\S+\.css)" not in', (ROOT / "overrides/lean.html").read_text("utf-8"))
"""Those that a lean page does not link."""

OWN = re.compile(r'<style>.*?</style>|<link rel="stylesheet"[^>]*>', re.DOTALL)

PAGES = (
    *("index.md", "get-help.md", "temperature.md", "after-infusion.md", "mechanism.md"),
    *("print/fridge.md", "print/pack.md", "clinics/link.md"),
)
"""Pages with every component that has rules of its own among them, and pages of both kinds."""

ON_PAPER = ("get-help.md", "symptoms.md", "print/fridge.md", "print/diary.md")


def test_the_pages_looked_at_have_both_kinds_of_style(site: Site) -> None:
    apart = {path for path in PAGES if 'media="print"' in site.html(path)}
    assert apart
    assert apart < set(PAGES)
    for path in PAGES:
        assert len(OWN.findall(site.html(path))) == 1 + (path in apart)


@cache
def whole_style(*, lean: bool) -> str:
    """Return all styles of the document that a page of a kind has before it is finished."""
    if lean:
        return joined(each for each in OURS if each.name not in NOT_LEAN)
    theme = [*THEIRS, *(file for file in OURS if THEME.search(file.name))]
    own = joined(file for file in OURS if file not in theme)
    styled = used_css._styled_by(tuple(used_css._read(own)))
    left = used_css._without_taken_over(used_css._read(joined(theme)), styled)
    return used_css._written(left, None, set()) + own


def joined(files: Iterable[Path]) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@contextmanager
def opened(
    browser: Browser, site: Site, path: str, *, whole: bool, **options: Any
) -> Iterator[Page]:
    """A function that opens a page with its own styles, or with all styles of the guide instead."""
    # The page's own policy would block the added styles. A picture of a fourth of the pixels takes
    # a fourth of the time and still differs if a color or a place does.
    options |= {"bypass_csp": True, "viewport": {"width": 390, "height": HEIGHT}}
    options |= {"device_scale_factor": 0.5}
    with browser.new_context(service_workers="block", **options) as context:
        page = context.new_page()

        def change(route: Route) -> None:
            html = site.html(path)
            if whole:
                lean = 'class="crs-lean"' in html
                style = f"</title><style>{whole_style(lean=lean)}</style>"
                html = OWN.sub("", html).replace("</title>", style, 1)
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

        page.route(site.address(path), change)
        page.goto(site.address(path))
        wait_for_scripts(page, even_if_later=True)
        yield page


def states(page: Page) -> Iterator[tuple[str, bool]]:
    """Yield each state of a page, and whether to compare the whole page or only the viewport."""

    def width(pixels: int) -> None:
        page.set_viewport_size({"width": pixels, "height": HEIGHT})

    yield "phone", True
    menu = page.locator(".crs-menu > summary")
    if menu.count():
        menu.focus()
        page.keyboard.press("Enter")
        yield "menu open, with the keyboard's focus", False
        page.keyboard.press("Escape")
    else:
        page.get_by_role("link", name="Menu").click()
        yield "at the menu below", False
    term = page.locator("a.crs-term").first
    if term.count():
        term.click()
        yield "meaning of a word open", False
        page.keyboard.press("Escape")
    box = page.locator(".crs-temperature-helper input").first
    if box.count():
        for reading in ("102", "99", "12", "7"):
            box.fill(reading)
            box.dispatch_event("change")
            yield f"helper answers {reading}", False
    for tick in page.locator("input[type=checkbox]").all()[:2]:
        tick.check()
        yield "ticked", False
    width(320)
    page.emulate_media(color_scheme="dark")
    yield "narrow, dark device", True
    page.emulate_media(color_scheme="light", forced_colors="active")
    yield "forced colors", False
    page.emulate_media(forced_colors="none")
    if page.locator(".crs-scheme").is_visible():
        page.get_by_label("Dark").check()
        yield "dark chosen", False
    width(1280)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(100)
    page.mouse.wheel(0, -300)
    yield "wide, scrolled back a little", False
    yield "wide", True
    page.emulate_media(media="print")
    yield "paper", True


def same(one: Page, other: Page, *, whole_page: bool) -> bool:
    """Return whether two pages look the same once neither changes any more."""
    for page in (one, other):
        # After a click and a scroll, a browser does not always update the hover state at once.
        page.mouse.move(0, 0)
    if whole_page:
        # Checking a box scrolls each page differently, and a full-page screenshot shows the header
        # at the scroll position, so both pages return to the top.
        for page in (one, other):
            page.evaluate("scrollTo({ top: 0, left: 0, behavior: 'instant' })")
    for _ in range(8):
        # A JPEG is made in half the time of a PNG, and differs too as soon as anything has moved.
        pictures = {
            page.screenshot(
                full_page=whole_page, animations="disabled", caret="hide", type="jpeg", quality=90
            )
            for page in (one, other)
        }
        if len(pictures) == 1:
            return True
        one.wait_for_timeout(250)
    return False


@pytest.mark.parametrize("path", PAGES)
def test_no_pixel_moves_in_any_state(browser: Browser, site: Site, path: str) -> None:
    with (
        opened(browser, site, path, whole=False) as own,
        opened(browser, site, path, whole=True) as with_all,
    ):
        seen = 0
        for (state, whole_page), other in zip(states(own), states(with_all), strict=True):
            assert other == (state, whole_page)
            assert same(own, with_all, whole_page=whole_page), f"{path}: {state}"
            seen += 1
        assert seen >= 7


@pytest.mark.parametrize("path", ON_PAPER)
def test_no_pixel_moves_on_paper(browser: Browser, site: Site, path: str) -> None:
    def sheets(*, whole: bool) -> list[bytes]:
        with opened(browser, site, path, whole=whole, java_script_enabled=False) as page:
            file = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
            return [sheet.render(scale=1).to_pil().tobytes() for sheet in file]

    assert sheets(whole=False) == sheets(whole=True)
