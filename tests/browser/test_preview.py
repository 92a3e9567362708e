"""A plain build and a preview: search works and finds a new word, and hostile text is escaped."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from scripts.content import load_guide
from scripts.finishing.search_index import FILE, write_search_index
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.hosting.local import free_port
from scripts.macros import StopBuildError, on_post_build
from scripts.root import ROOT
from tests.browser.pages import tab
from tests.conftest import Site, build, catalogue_config, serve

NAME = 'Guide "A" & <b>B</b>'
DESCRIPTION = 'Say "help" & &lt;go, it\'s me.'
"""It has no < and >, which the rules for data refuse."""

MENU = 'Carers "and" <i>you</i> & me'
TERM = """terms:
  flumtious:
    term: Flumtious feeling
    words: [flumtious]
    leads_to: [symptoms.md#fever]
"""


def laid_out(home: Path) -> Path:
    """Return the settings of a guide with hostile texts in its frame and a new lay word."""
    config = catalogue_config(home, edge_cases=False)
    settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    settings |= {"site_name": NAME, "watch": [str(home / "data")], "nav": [{MENU: "carers.md"}]}
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")
    page = home / "en" / "carers.md"
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines[2].startswith("description: ")
    lines[2] = f"description: {json.dumps(DESCRIPTION)}\n"
    page.write_text("".join(lines), encoding="utf-8")
    return config


def add_term(home: Path) -> None:
    file = home / "data" / "lay-terms.yml"
    text = file.read_text(encoding="utf-8")
    assert text.count("\nterms:\n") == 1
    file.write_text(text.replace("terms:\n", TERM, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The pages as ``mkdocs build`` makes them, without our finishing steps."""
    home = tmp_path_factory.mktemp("preview")
    config = laid_out(home)
    add_term(home)
    log = build(home / "site", config=config)
    for url in serve(home / "site"):
        yield Site(home / "site", url, log)


def search(page: Page, address: str, words: str) -> None:
    page.goto(address)
    page.locator(".crs-header__search").click()
    page.locator("#search-box").fill(words)


def test_search_works_in_a_plain_build(browser: Browser, plain: Site) -> None:
    with tab(browser) as page:
        search(page, plain.address("faq.md"), "fever")
        expect(page.locator("[data-card] .crs-care-card--call-now")).to_be_visible()
        search(page, plain.url, "tocilizumab")
        expect(page.locator("[data-found] a").first).to_be_visible()
        page.locator("[data-found] a").first.click()
        page.wait_for_url(lambda url: url != plain.url)
        expect(page.locator("h1")).to_be_visible()


def test_search_in_a_plain_build_knows_a_new_lay_word(browser: Browser, plain: Site) -> None:
    with tab(browser) as page:
        search(page, plain.url, "flumtious")
        link = page.locator("[data-found] a").first
        expect(link).to_have_attribute("href", f"{plain.url}symptoms/#fever")


def test_the_index_of_a_plain_build_is_that_of_a_finished_site(plain: Site) -> None:
    home, file = plain.folder.parent, plain.folder / FILE
    made = file.read_bytes()
    file.unlink()
    write_search_index(plain.folder, load_guide(pages=home / "en", data=home / "data"))
    assert file.read_bytes() == made


def test_no_text_of_the_frame_is_read_as_markup(plain: Site) -> None:
    soup = BeautifulSoup(plain.html("carers.md"), "html.parser")
    description = soup.select_one('meta[name="description"]')
    assert description
    assert description["content"] == DESCRIPTION
    assert set(description.attrs) == {"name", "content"}
    assert soup.title
    assert soup.title.get_text() == f"For caregivers (carers) - {NAME}"
    name = soup.select_one(".crs-header__name")
    assert name
    assert name.get_text().startswith(NAME)
    menu = soup.select_one('.crs-menu__link[aria-current="page"]')
    assert menu
    assert menu.get_text() == MENU
    assert not soup.select("head b, header b, header i")
    not_found = (plain.folder / "404.html").read_text(encoding="utf-8")
    assert BeautifulSoup(not_found, "html.parser").select("title")[0].get_text() == NAME


@contextmanager
def preview(config: Path, log: Path) -> Iterator[str]:
    """Serve a guide as ``scripts serve`` does, and stop the server afterwards."""
    port = free_port()
    with (
        log.open("w") as output,
        subprocess.Popen(
            [
                *(sys.executable, "-m", "mkdocs", "serve", "--livereload", "--no-strict"),
                *("-f", str(config), "--dev-addr", f"127.0.0.1:{port}"),
            ],
            cwd=ROOT,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "MACROS_FAIL": "false"},
            stdout=output,
            stderr=output,
        ) as server,
    ):
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def wait_for(address: str, words: str, log: Path) -> None:
    """Wait until a served file contains some words."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=120) as answer:
                if words in answer.read().decode():
                    return
        except URLError:
            pass
        time.sleep(0.2)
    pytest.fail(f"{address} never held {words}:\n{log.read_text()[-2000:]}")


def test_a_word_added_during_a_preview_is_found(tmp_path: Path) -> None:
    config, log = laid_out(tmp_path), tmp_path / "log"
    with preview(config, log) as url:
        index = url + FILE
        wait_for(index, "trouble breathing", log)
        add_term(tmp_path)
        wait_for(index, "flumtious", log)


@pytest.mark.parametrize("fails", [True, False])
def test_pages_that_do_not_fit_the_content_stop_a_build_and_warn_in_a_preview(
    tmp_path: Path, guide: Guide, caplog: pytest.LogCaptureFixture, fails: bool
) -> None:
    env = SimpleNamespace(
        conf={"site_dir": str(tmp_path), "use_directory_urls": True},
        config={"on_error_fail": fails},
        guide=guide,
    )
    path = next(path for path, page in guide.pages.items() if page.meta.search)
    said = f"write_search_index: {url_of(path)}index.html: the built folder has no page {path}"
    if fails:
        with pytest.raises(StopBuildError, match=re.escape(said)):
            on_post_build(env)
    else:
        with caplog.at_level(logging.WARNING):
            on_post_build(env)
        assert "Search does not work in this preview" in caplog.text
        assert said in caplog.text
