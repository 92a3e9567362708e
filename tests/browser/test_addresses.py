"""Short, coded and moved addresses in a real browser: they lead on with or without scripts."""

from __future__ import annotations

import datetime
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from scripts.components.registry import Macros
from scripts.finishing.redirects import SCRIPT, write_stubs
from scripts.finishing.site import Site as BuiltSite
from scripts.guide.addresses import address_of, redirects
from scripts.guide.guide import Guide
from scripts.guide.models.address import Address
from tests.browser.pages import NO_WORKER, tab
from tests.conftest import Site, serve

DAY = datetime.date(2026, 11, 22)
POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
WAYS = {
    "with script": {"java_script_enabled": True},
    "without script": {"java_script_enabled": False},
}


@pytest.fixture(params=WAYS)
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab with scripts, and one without."""
    with tab(browser, **WAYS[request.param]) as page:
        yield page


def shown_at(page: Page) -> str:
    """Return the address of a tab in its published form."""
    return page.url.replace("/index.html", "/")


@pytest.fixture(scope="module")
def moved(guide: Guide, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a copy whose fever page has moved, with two of its parts moved elsewhere."""
    folder = tmp_path_factory.mktemp("moved") / "site"
    shutil.copytree(site.folder, folder)
    addresses = (
        Address(target="fever.md", published=DAY, moved_to="temperature.md"),
        Address(target="fever.md#how", published=DAY),
        Address(target="fever.md#signs", published=DAY, moved_to="symptoms.md#fever"),
    )
    past = replace(guide, addresses={address.target: address for address in addresses})
    built = BuiltSite(folder, replace(past, record_codes={}))
    write_stubs(built)
    built.write()
    yield from serve(folder)


def test_a_short_address_or_code_leads_to_its_place(reader: Page, site: Site, guide: Guide) -> None:
    """A sample, because all stubs are alike: with and without a part, at the root and below it."""
    chosen = {
        (
            redirect.address.partition("/")[0],
            "#" in redirect.target,
            redirect.target.count("/"),
        ): redirect
        for redirect in redirects(guide)
    }
    assert len(chosen) > 4
    for redirect in chosen.values():
        target = redirect.target
        reader.goto(site.url + redirect.address)
        path, mark, part = (site.url + address_of(target)).partition("#")
        place = rf"{re.escape(path)}(index\.html)?{re.escape(mark + part)}$"
        reader.wait_for_url(re.compile(place))
        expect(reader.locator("h1")).to_have_text(guide.pages[target.partition("#")[0]].meta.title)


def test_the_part_of_a_short_address_is_on_the_screen(reader: Page, site: Site) -> None:
    reader.goto(site.url + "go/drive/")
    expect(reader.locator("#driving")).to_be_in_viewport()


def test_a_file_opened_by_double_click_leads_on(reader: Page, site: Site, guide: Guide) -> None:
    for redirect in redirects(guide)[:3]:
        reader.goto((site.folder / redirect.address / "index.html").as_uri())
        path = redirect.target.partition("#")[0]
        expect(reader.locator("h1")).to_have_text(guide.pages[path].meta.title)
        assert "index.html" in reader.url


def test_a_moved_page_takes_the_part_along(browser: Browser, moved: str) -> None:
    with tab(browser) as page:
        for asked, opened in (
            ("", "temperature/"),
            ("#how", "temperature/#how"),
            ("#signs", "symptoms/#fever"),
            ("#unheard-of", "temperature/#unheard-of"),
            ("#__proto__", "temperature/#__proto__"),
            ("#<img src=x onerror=alert(1)>", "temperature/#%3Cimg%20src=x%20onerror=alert(1)%3E"),
        ):
            page.goto(f"{moved}fever/{asked}")
            page.wait_for_url(re.compile(r"/(temperature|symptoms)/"))
            assert page.url == moved + opened


def test_a_moved_page_leads_on_without_script(browser: Browser, moved: str) -> None:
    with tab(browser, java_script_enabled=False) as page:
        page.goto(f"{moved}fever/#how")
        page.wait_for_url("**/temperature/**")
        assert shown_at(page).startswith(moved + "temperature/")


def test_a_stub_keeps_the_part_under_a_strict_security_policy(browser: Browser, moved: str) -> None:
    def strict(route: Route) -> None:
        answer = route.fetch()
        headers = answer.headers | {"content-security-policy": POLICY}
        route.fulfill(response=answer, headers=headers)

    with tab(browser, **NO_WORKER) as page:
        refused: list[str] = []
        page.on("console", lambda said: refused.append(said.text))
        page.route("**/fever/", strict)
        page.goto(f"{moved}fever/#signs")
        page.wait_for_url("**/symptoms/**")
        assert page.url == moved + "symptoms/#fever"
        assert not [said for said in refused if "Content Security Policy" in said]


def test_a_stub_keeps_the_part_on_a_slow_line(browser: Browser, moved: str) -> None:
    # While the next page loads, the meta refresh must not replace it by one without the fragment.
    def slow(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    with tab(browser, **NO_WORKER) as page:
        page.route(re.compile(r"/(temperature|symptoms)/(index\.html)?$"), slow)
        page.goto(f"{moved}fever/#signs", wait_until="commit")
        page.wait_for_url("**/symptoms/**")
        page.wait_for_timeout(500)
        assert page.url == moved + "symptoms/#fever"


def test_a_stub_leads_on_where_its_script_does_not_arrive(browser: Browser, site: Site) -> None:
    with tab(browser, **NO_WORKER) as page:
        page.route(f"**/{SCRIPT}", lambda route: route.abort())
        page.goto(site.url + "go/drive/")
        page.wait_for_url("**/after-infusion/**")
        assert shown_at(page) == site.url + "after-infusion/#driving"


def test_a_stub_that_does_not_move_shows_where_to_go(
    browser: Browser, site: Site, guide: Guide, tmp_path: Path
) -> None:
    # A browser that ignores both the script and the refresh still shows a link.
    text = (site.folder / "go" / "fever" / "index.html").read_text(encoding="utf-8")
    file = tmp_path / "stub.html"
    file.write_text(re.sub(r"<(meta http-equiv|script)[^>]*>", "", text), encoding="utf-8")
    with tab(browser) as page:
        page.goto(file.as_uri())
        title = guide.pages["temperature.md"].meta.title
        expect(page.get_by_role("link", name=title)).to_be_visible()
        expect(page.get_by_role("link", name=guide.strings.get_help)).to_be_visible()


def test_a_short_address_leaves_no_step_in_the_history(browser: Browser, site: Site) -> None:
    with tab(browser) as page:
        page.goto(site.url + "faq/")
        page.goto(site.url + "go/fever/")
        page.wait_for_url("**/temperature/**")
        page.go_back()
        assert page.url == site.url + "faq/"


def test_a_part_that_left_its_page_leads_on_by_a_link(
    browser: Browser, guide: Guide, tmp_path: Path
) -> None:
    gone = Address(target="symptoms.md#heat", published=DAY, moved_to="temperature.md#low")
    foot = Macros(replace(guide, addresses={gone.target: gone}), "symptoms.md").page_foot()
    file = tmp_path / "page.html"
    file.write_text(f"<!doctype html><div style='height:3000px'></div>{foot}", encoding="utf-8")
    with tab(browser) as page:
        page.goto(f"{file.as_uri()}#heat")
        expect(page.locator("#heat")).to_be_in_viewport()
        expect(page.locator("#heat a")).to_have_attribute("href", "../temperature/#low")
