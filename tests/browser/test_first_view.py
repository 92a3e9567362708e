"""What a browser does for a page before and after it shows the first screen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, Page, Route

from scripts.guide.pages import url_of
from tests.browser.pages import DESKTOP, NO_WORKER, PAGES, PHONE, tab
from tests.conftest import PATIENCE, QuietHandler, Site, serve

MOMENT = 1_500
"""Milliseconds after which a page has made all of its requests."""

PAINTED = """() => new Promise((done) => {
  const seen = (list) => list.getEntriesByName("first-contentful-paint").length && done(true);
  new PerformanceObserver(seen).observe({ type: "paint", buffered: true });
  setTimeout(() => done(false), 10_000);
})"""
"""Waits for the first contentful paint; false if it does not happen."""

IN_THE_HEADER = ">Search</span>"

# A shift of less than 0.002 is one line of text that was painted in two steps on a busy machine.
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries().filter(({ value }) => value > 0.002))
      window.shifts.push([value, ...sources.map(({ node }) => node && node.className)]);
  }).observe({ type: "layout-shift", buffered: true });
}"""

# Records the color scheme in each frame while the page loads.
SCHEMES = """() => {
  window.schemes = new Set();
  (function look() {
    if (document.readyState !== "loading") return;
    const page = document.querySelector("h1");
    if (page) window.schemes.add(getComputedStyle(page).colorScheme);
    requestAnimationFrame(look);
  })();
}"""

FETCHED_EARLY = """() => performance.getEntriesByType("resource").filter(({ startTime }) =>
  startTime < performance.getEntriesByType("navigation")[0].loadEventStart).map(({ name }) => name)
"""
"""Returns what a page requested before its load event."""


def asked_for(page: Page, address: str) -> list[str]:
    """Return what a page requests when it is opened and left alone for a moment."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_timeout(MOMENT)
    return [url for url in asked if not url.startswith("data:")]


def test_the_page_for_help_asks_for_nothing_but_itself(browser: Browser, site: Site) -> None:
    # The service worker is allowed here: it too must make no request at first.
    with tab(browser, width=PHONE) as page:
        address = site.address("get-help.md")
        assert asked_for(page, address) == [address]


def test_the_page_for_help_is_kept_for_a_time_without_a_network(
    browser: Browser, site: Site
) -> None:
    with tab(browser, width=PHONE) as page:
        page.goto(site.address("get-help.md"))
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")


@pytest.mark.parametrize("path", ["index.md", "symptoms.md", "temperature.md", "print/fridge.md"])
def test_the_words_come_before_all_else(browser: Browser, site: Site, path: str) -> None:
    with tab(browser, width=PHONE, **NO_WORKER) as page:
        address = site.address(path)
        shown: list[bool] = []

        def hold_until_shown(route: Route) -> None:
            if route.request.url != address:
                shown.append(page.evaluate(PAINTED))
            route.continue_()

        page.route("**/*", hold_until_shown)
        page.goto(address)
        assert page.evaluate(FETCHED_EARLY) == []
        assert shown, "its scripts have not come"
        assert all(shown), "a page shows its words although nothing else has loaded"


@pytest.mark.parametrize("path", ["temperature.md", "print/fridge.md"])
def test_no_room_is_kept_for_what_does_not_come(browser: Browser, site: Site, path: str) -> None:
    late = ".crs-temperature-helper, .crs-button[data-action=print]"
    with tab(browser, width=PHONE, **NO_WORKER) as page:
        page.route("**/page.*.js", lambda route: route.abort())
        page.goto(site.address(path), wait_until="commit")
        page.wait_for_selector("script[data-later]", state="detached")
        assert page.locator(late).first.bounding_box() is None


WITH_EACH_KIND_OF_PART = (
    *("index.md", "get-help.md", "symptoms.md", "temperature.md", "faq.md", "a-z.md"),
    *("mechanism.md", "about/sources.md", "clinics/connect.md", "clinics/link.md"),
    *("print/index.md", "print/pack.md", "print/diary.md", "print/fridge.md"),
)
"""Pages with every part among them that a script adds or changes."""


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_nothing_moves_once_it_is_shown(browser: Browser, site: Site, width: int) -> None:
    with tab(browser, width=width, **NO_WORKER) as page:
        page.add_init_script(f"({SHIFTS})()")
        # The helper is far down its page, so links to it and to a part below it are tested too.
        parts = [f"{site.address('temperature.md')}#{part}" for part in ("convert", "below")]
        pages = PAGES if width == PHONE else WITH_EACH_KIND_OF_PART
        for address in [*map(site.address, pages), *parts]:
            page.goto("about:blank")  # a browser does not reload a page for another fragment
            page.goto(address)
            page.wait_for_timeout(150)
            assert page.evaluate("window.shifts") == [], address


THE_REST_COMES = threading.Event()
"""Set when the second half of a page may be sent."""


class _InHalves(QuietHandler):
    """Sends a page up to the text that is named in its query, and the rest once it is told to."""

    def do_GET(self) -> None:  # noqa: N802 - the library's name
        place, _, end = self.path.partition("?")
        file = Path(self.translate_path(place))
        if not file.is_dir():
            super().do_GET()
            return
        first, end, rest = (file / "index.html").read_text("utf-8").partition(unquote(end))
        assert end, "there is no such place in the page"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((first + end).encode())
        self.wfile.flush()
        THE_REST_COMES.wait(PATIENCE / 1000)
        self.wfile.write(rest.encode())


@pytest.fixture(scope="module")
def slow_line(site: Site) -> Iterator[str]:
    """The address of a slow server, which sends each page in two halves."""
    yield from serve(site.folder, _InHalves)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("path", ["get-help.md", "temperature.md", "print/fridge.md"])
def test_nothing_moves_when_the_rest_of_a_page_comes(
    browser: Browser, slow_line: str, path: str, width: int
) -> None:
    with tab(browser, width=width, **NO_WORKER) as page:
        page.add_init_script(f"({SHIFTS})()")
        for end in ("</h1>", "<h2", "</article>"):
            open_half(page, f"{slow_line}{url_of(path)}?{quote(end)}")
            assert page.evaluate(PAINTED), f"{end}: text is shown at once"
            THE_REST_COMES.set()
            page.wait_for_load_state()
            page.wait_for_timeout(150)
            assert page.evaluate("window.shifts") == [], end


def open_half(page: Page, address: str) -> None:
    """Open a page of the slow server, which keeps its second half back for now."""
    THE_REST_COMES.clear()
    page.goto(address, wait_until="commit")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_header_is_shown_whole_or_not_at_all(
    browser: Browser, slow_line: str, width: int
) -> None:
    with tab(browser, width=width, **NO_WORKER) as page:
        page.add_init_script(f"({SHIFTS})()")
        open_half(page, f"{slow_line}temperature/?{quote(IN_THE_HEADER)}")
        page.wait_for_timeout(MOMENT)
        assert page.evaluate("performance.getEntriesByType('paint')") == []
        THE_REST_COMES.set()
        page.wait_for_load_state()
        assert page.evaluate(PAINTED)
        assert page.evaluate("window.shifts") == []


def test_the_first_half_of_a_page_has_the_colors_that_a_reader_chose(
    browser: Browser, slow_line: str
) -> None:
    with tab(browser, color_scheme="light", **NO_WORKER) as page:
        THE_REST_COMES.set()
        page.goto(f"{slow_line}?{quote('</article>')}")
        page.get_by_label("Dark").check()
        page.add_init_script(f"({SCHEMES})()")
        THE_REST_COMES.clear()
        page.reload(wait_until="commit")
        page.wait_for_function("window.schemes.size")
        THE_REST_COMES.set()
        page.wait_for_load_state()
        assert page.evaluate("[...schemes]") == ["dark"]


def test_every_kind_of_page_has_the_colors_that_a_reader_chose(
    browser: Browser, site: Site
) -> None:
    with tab(browser, color_scheme="light") as page:
        page.goto(site.url)
        page.get_by_label("Dark").check()
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        for path in ("get-help.md", "symptoms.md", "print/fridge.md"):
            page.goto(site.address(path))
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark, path
        page.goto(f"{site.url}404.html")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


WIDTHS_OF_A_PHONE = "body, body * { font-family: 'Liberation Sans', Arial !important }"
"""A font of common widths, because this machine's system font may be wider than any phone's."""


@pytest.mark.parametrize("path", ["index.md", "get-help.md"])
@pytest.mark.parametrize(("width", "height"), [(412, 915), (360, 740)])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_number_and_the_fever_line_are_in_the_first_screen(
    browser: Browser, site: Site, path: str, width: int, height: int, scripts: bool
) -> None:
    with tab(browser, width=width, java_script_enabled=scripts, **NO_WORKER) as page:
        page.goto(site.address(path))
        calls = page.locator(".crs-first-calls")
        box = calls.bounding_box()
        assert box
        assert box["y"] + box["height"] <= height
        assert calls.locator("a").first.get_attribute("href") == "tel:911"
        assert "100.4" in calls.inner_text()
        assert "confusion" in calls.inner_text()
        for title in page.locator(".crs-tiles__title").all()[:2]:
            place = title.bounding_box()
            assert place
            assert place["y"] + place["height"] <= height, "a first tile is below the first screen"


def test_both_urgent_cards_end_within_three_screens(browser: Browser, site: Site) -> None:
    with tab(browser, width=412, bypass_csp=True, **NO_WORKER) as page:
        page.goto(site.address("get-help.md"))
        page.add_style_tag(content=WIDTHS_OF_A_PHONE)
        box = page.locator(".crs-care-card--call-now").bounding_box()
        assert box
        assert box["y"] + box["height"] <= 3 * 915
