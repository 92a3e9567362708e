"""The preview: it shows every change at once, and each error until it is corrected."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.hosting.local import free_port, wait_for
from scripts.macros import StopBuildError, on_post_build
from scripts.measure.edits import EDITS
from scripts.measure.growth import copy_project
from scripts.tools.bootstrap import child_environment
from tests.browser.pages import PAGES, tab
from tests.conftest import PATIENCE, wait_for_scripts

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


@dataclass(frozen=True)
class Written:
    """A copy of the project that a writer works on, and its preview."""

    project: Path
    url: str
    log: Path

    def get(self, address: str) -> str:
        """Return what the preview answers, also if it is an error."""
        try:
            with urlopen(self.url + address, timeout=PATIENCE / 1000) as answer:
                text: str = answer.read().decode()
        except HTTPError as error:
            text = error.read().decode()
        return text

    @contextmanager
    def restored(self, *files: str) -> Iterator[None]:
        """Restore files that the caller changes or deletes."""
        before = {self.project / file: (self.project / file).read_bytes() for file in files}
        try:
            yield
        finally:
            for path, content in before.items():
                path.write_bytes(content)

    def converted(self) -> int:
        """Return how many pages the last build converted."""
        return int(re.findall(r"Pages converted: (\d+)", self.log.read_text(encoding="utf-8"))[-1])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    """A preview of a guide with hostile texts in its frame."""
    home = tmp_path_factory.mktemp("preview")
    project, log = home / "project", home / "log"
    copy_project(project, 1)
    replace(project / "mkdocs.yml", "site_name: CRS Guide", f"site_name: {json.dumps(NAME)}")
    replace(project / "mkdocs.yml", "- carers.md", f"- {json.dumps(MENU)}: carers.md")
    carers = project / "docs" / "en" / "carers.md"
    replace(carers, r"description: .*", f"description: {json.dumps(DESCRIPTION)}")
    port = free_port()
    with (
        log.open("w") as output,
        subprocess.Popen(
            [sys.executable, "-m", "scripts.cli", "serve", "--port", str(port)],
            cwd=project,
            env=child_environment(),
            stdout=output,
            stderr=output,
        ) as server,
    ):
        try:
            wait_for(server, port)
            yield Written(project, f"http://127.0.0.1:{port}/", log)
        finally:
            server.terminate()


def replace(file: Path, old: str, new: str) -> None:
    """Replace the one place of a file that a pattern finds."""
    pattern = old if ".*" in old else re.escape(old)
    text, count = re.subn(pattern, lambda _: new, file.read_text(encoding="utf-8"))
    assert count == 1
    file.write_text(text, encoding="utf-8")


def search(page: Page, words: str) -> None:
    page.locator(".crs-header__search").click()
    page.locator("#search-box").fill(words)


def test_search_works(browser: Browser, written: Written) -> None:
    with tab(browser) as page:
        page.goto(written.url + url_of("faq.md"))
        search(page, "fever")
        expect(page.locator("[data-card] .crs-care-card--call-now")).to_be_visible()
        page.goto(written.url)
        search(page, "tocilizumab")
        expect(page.locator("[data-found] a").first).to_be_visible()
        page.locator("[data-found] a").first.click()
        page.wait_for_url(lambda url: url != written.url)
        expect(page.locator("h1")).to_be_visible()


def test_an_open_page_shows_a_fault_then_comes_back_and_search_finds_a_new_lay_word(
    browser: Browser, written: Written
) -> None:
    words = "docs/data/lay-terms.yml"
    with tab(browser) as page, written.restored(words):
        page.goto(written.url)
        with written.restored(words):
            replace(written.project / words, "\nterms:\n", "\nterms: [\n")
            expect(page.locator("h1")).to_have_text("The guide cannot be built")
            expect(page.locator("pre")).to_contain_text(f"{words}:")
        expect(page.locator(".crs-header__name")).to_be_visible()
        page.evaluate("document.documentElement.dataset.old = ''")
        replace(written.project / words, "\nterms:\n", f"\n{TERM}")
        expect(page.locator("html:not([data-old]) .crs-header__search")).to_be_visible()
        page.wait_for_load_state()
        wait_for_scripts(page)
        search(page, "flumtious")
        link = page.locator("[data-found] a").first
        expect(link).to_have_attribute("href", f"{written.url}symptoms/#fever")


def test_the_next_answer_shows_a_change_and_only_its_pages_are_converted_again(
    written: Written,
) -> None:
    written.get("")
    # The page for help has no bar that leads to it.
    pages = (1, len(PAGES) - 1, len(PAGES) - 1, 0, 0)
    with written.restored(*(edit.file for edit in EDITS)):
        for word, (edit, count) in zip("abcde", zip(EDITS, pages, strict=True), strict=True):
            edit.save(written.project, f"Flumtious{word}")
            assert f"Flumtious{word}" in written.get(edit.shown), edit.what
            assert written.converted() == count, edit.what


FAULTS = (
    ("docs/data/strings.yml", "call_word: [", "docs/data/strings.yml:", "this is not YAML"),
    ("docs/data/facts.yml", None, "docs/data/facts.yml:1:", "the file is missing"),
    ("docs/en/faq.md", "{{ no_macro() }}", "docs/en/faq.md:", "there is no macro “no_macro”"),
    ("docs/en/faq.md", None, "docs/data/addresses.yml:", "faq.md"),
    ("overrides/main.html", "{% if %}", "main.html", "Expected an expression"),
    ("overrides/components/help-bar.html", "{% if %}", "help-bar.html:", "Expected an expression"),
    ("mkdocs.yml", "nav: [", "mkdocs.yml", "while parsing"),
    ("scripts/components/help_bar.py", "def", "help_bar.py", "invalid syntax"),
)
"""A file, a line that it may not have or None to delete it, and parts of the message about it."""


def test_each_fault_shows_on_the_page_and_in_the_terminal_until_it_is_mended(
    written: Written,
) -> None:
    before = without_version(written.get("faq/"))
    for file, line, *message in FAULTS:
        path, said = written.project / file, len(written.log.read_text(encoding="utf-8"))
        with written.restored(file):
            if line is None:
                path.unlink()
            else:
                path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
            page, log = written.get("faq/"), written.log.read_text(encoding="utf-8")[said:]
        for part in message:
            assert part in page, file
            assert part in log, file
    assert without_version(written.get("faq/")) == before


def without_version(html: str) -> str:
    """Return a page without the name of its version, which its script knows."""
    return re.sub(r"\b\d{19}\b", "", html)


def test_no_text_of_the_frame_is_read_as_markup(written: Written) -> None:
    soup = BeautifulSoup(written.get("carers/"), "html.parser")
    description = soup.select_one('meta[name="description"]')
    assert description
    assert description["content"] == DESCRIPTION
    assert set(description.attrs) == {"name", "content"}
    assert soup.title
    assert soup.title.get_text() == f"For caregivers (carers) - {NAME}"
    name = soup.select_one(".crs-header__name")
    assert name
    assert name.get_text().startswith(NAME)
    menu = soup.select_one('.md-nav__link[aria-current="page"]')
    assert menu
    assert menu.get_text() == MENU
    assert not soup.select("head b, header b, header i")
    not_found = written.get("no-such-page/")
    assert BeautifulSoup(not_found, "html.parser").select("title")[0].get_text() == NAME


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
