"""Each page in use, behind the real headers: no data leaves, and nothing undeclared is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from scripts.guide.guide import Guide
from scripts.guide.models.stored_item import StoredItem
from scripts.guide.pages import url_of
from scripts.hosting.local import running
from scripts.hosting.settings import write_server_settings
from tests.browser.pages import PAGES
from tests.site.conftest import Finished

WATCH = """
window.violations = [];
window.printed = 0;
window.print = () => { window.printed += 1; };
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""

USE = """async () => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  for (const part of all("details")) part.open = true;
  for (const box of all('input[type="checkbox"], input[type="radio"]')) box.click();
  for (const box of all('input:not([type="checkbox"]):not([type="radio"])')) {
    box.focus();
    box.value = "101";
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const link of all("a.crs-term")) link.click();
}"""
"""Uses everything on a page except its buttons and its links to other pages."""

PRESS = """() => {
  for (const button of document.querySelectorAll("button")) if (!button.hidden) button.click();
}"""

KEPT = """async () => [
  ...Object.keys(sessionStorage).map((key) => ["session", key]),
  ...Object.keys(localStorage).map((key) => ["local", key]),
  ...(await caches.keys()).map((key) => ["cache", key]),
  ...(await indexedDB.databases()).map(({ name }) => ["database", name]),
]"""


@dataclass
class Walk:
    """A record of what a browser did while each page was used.

    Attributes:
        url: The address of the guide.
        asked: Every address that was requested.
        kept: What was stored: the kind of storage and the name.
        said: Every error, after the address of its page.
        cookies: The number of cookies at the end.
        searched: The number of search results.
        printed: How often a page called for a print.
    """

    url: str
    asked: list[str] = field(default_factory=list)
    kept: set[tuple[str, str]] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    cookies: int = 0
    searched: int = 0
    printed: int = 0

    def note(self, page: Page) -> None:
        """Record from now on what a tab does."""

        def message(said: ConsoleMessage) -> None:
            if said.type in ("error", "warning"):
                self.said.append(f"{page.url}: {said.text}")

        def response(answer: Response) -> None:
            if answer.status >= 400 and not answer.url.endswith("/no-such-page"):
                self.said.append(f"{page.url}: {answer.status} for {answer.url}")

        page.on("request", lambda request: self.asked.append(request.url))
        page.on("response", response)
        page.on("console", message)
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))

    def use(self, page: Page, address: str) -> None:
        """Open a page, use everything on it, and show it as in print."""
        page.goto(self.url + address)
        page.evaluate(USE)
        self.kept |= {tuple(pair) for pair in page.evaluate(KEPT)}
        page.evaluate(PRESS)
        page.emulate_media(media="print")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        self.kept |= {tuple(pair) for pair in page.evaluate(KEPT)}
        self.printed += page.evaluate("window.printed")
        self.said += [f"{page.url}: {each}" for each in page.evaluate("window.violations")]
        page.emulate_media(media="screen")

    def search(self, page: Page) -> None:
        """Open search, type into it, and record what it stores."""
        page.goto(self.url)
        page.locator(".crs-header__search").click()
        page.locator("[data-search] input").fill("fever")
        page.locator("[data-search] li a").first.wait_for()
        self.searched = page.locator("[data-search] li a").count()
        self.kept |= {tuple(pair) for pair in page.evaluate(KEPT)}
        self.said += page.evaluate("window.violations")


@pytest.fixture(scope="module")
def walk(
    browser: Browser, finished: Finished, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    """The record of every page, used in one tab, behind nginx with our settings."""
    home = tmp_path_factory.mktemp("walk")
    write_server_settings(finished.folder, finished.guide, home)
    settings = home / "crs-guide.nginx.conf"
    with (
        running("nginx", finished.folder, settings) as server,
        browser.new_context() as context,
    ):
        walk = Walk(server.url)
        context.add_init_script(WATCH)
        page = context.new_page()
        walk.note(page)
        for path in PAGES:
            walk.use(page, url_of(path))
        walk.use(page, "404.html")
        walk.search(page)
        page.wait_for_load_state("networkidle")
        walk.cookies = len(context.cookies())
        yield walk


def test_no_page_asks_anybody_else_for_anything(walk: Walk) -> None:
    assert len(walk.asked) > 2 * len(PAGES)
    assert [url for url in walk.asked if not url.startswith((walk.url, "data:"))] == []


def test_no_page_reports_an_error_or_breaks_its_policy(walk: Walk) -> None:
    assert walk.said == []


def test_no_page_sets_a_cookie(walk: Walk, finished: Finished) -> None:
    assert walk.cookies == 0
    # No script can set a cookie later.
    for file in sorted((finished.folder / "assets").rglob("*.js")):
        assert "document.cookie" not in file.read_text(encoding="utf-8"), file


def test_the_pages_were_really_used(walk: Walk, guide: Guide) -> None:
    assert walk.printed >= len(guide.checklists)
    assert walk.searched > 1
    assert ("session", "crs-temperature-helper") in walk.kept


def is_listed_as(item: StoredItem, store: str, key: str) -> bool:
    """Return whether a line of the list describes what is stored under a name."""
    # After a space come the address and the version of the guide.
    name = key.partition(" ")[0]
    fits = name.startswith(f"{item.key}-") if item.example else name == item.key
    return fits and store == item.store


def test_all_that_is_kept_is_listed(walk: Walk, guide: Guide) -> None:
    unsaid = [
        (store, key)
        for store, key in sorted(walk.kept)
        if not any(is_listed_as(each, store, key) for each in guide.stored_items.values())
    ]
    assert unsaid == []


def test_all_that_is_listed_is_kept(walk: Walk, guide: Guide) -> None:
    for each in guide.stored_items.values():
        assert any(is_listed_as(each, store, key) for store, key in walk.kept), each.key
        if each.example:
            assert (each.store, each.example) in walk.kept


def test_the_privacy_page_shows_the_whole_list(finished: Finished, guide: Guide) -> None:
    file = finished.folder / url_of("about/privacy.md") / "index.html"
    listed = re.findall("<code>(.*?)</code>", file.read_text(encoding="utf-8"))
    assert listed == [each.example or each.key for each in guide.stored_items.values()]


def test_no_script_writes_markup_or_runs_words(finished: Finished) -> None:
    scripts = sorted((finished.folder / "assets").rglob("*.js"))
    assert scripts
    for file in scripts:
        text = file.read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in text, f"{file.name}: {way}"
        assert not re.search(r"\bnew Function\b|createContextualFragment|DOMParser", text), file


def test_a_page_that_asks_another_site_is_noticed(
    browser: Browser, finished: Finished, tmp_path: Path
) -> None:
    # This proves that the checks above can fail.
    write_server_settings(finished.folder, finished.guide, tmp_path)
    (tmp_path / "site").mkdir()
    bad = "<!doctype html><title>x</title><script>localStorage.x = 1</script>"
    bad += '<img src="https://elsewhere.example/x.png">'
    (tmp_path / "site" / "index.html").write_text(bad, encoding="utf-8")
    with (
        running("nginx", tmp_path / "site", tmp_path / "crs-guide.nginx.conf") as server,
        browser.new_context() as context,
    ):
        walk = Walk(server.url)
        context.add_init_script(WATCH)
        page = context.new_page()
        walk.note(page)
        walk.use(page, "")
        assert any("img-src" in said for said in walk.said)
        assert any("script-src" in said for said in walk.said)
        assert walk.kept == set()
