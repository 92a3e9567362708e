"""The zip that opens with a double click: unpacked, it works from a folder without a network."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, Request

from scripts.finishing.offline_copy import FOLDER, offline_page, write_offline_copy
from scripts.finishing.site import Page as BuiltPage
from scripts.guide.pages import url_of
from tests.site.conftest import Finished
from tests.site.html_check import broken_links, is_external, read_html


@pytest.fixture(scope="module")
def zipped(finished: Finished, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the zip."""
    target = tmp_path_factory.mktemp("zip") / "guide.zip"
    write_offline_copy(finished.pages, target)
    return target


@pytest.fixture(scope="module")
def unpacked(zipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a reader has after unpacking the zip, with a name as people choose them."""
    home = tmp_path_factory.mktemp("My USB stick, 1 ü #")
    with ZipFile(zipped) as archive:
        archive.extractall(home)
    return home / FOLDER


class Reader:
    """A tab without a network that records its requests and errors."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("requestfailed", self._note_failure)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", lambda message: self.said.append(message.text))

    def _note_failure(self, request: Request) -> None:
        # A browser aborts pending requests when the reader leaves a page; nothing is missing then.
        if request.failure != "net::ERR_ABORTED":
            self.said.append(f"failed: {request.url} ({request.failure})")


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    """A new tab without a network."""
    with browser.new_context(offline=True) as context:
        yield Reader(context.new_page())


def test_the_zip_unpacks_to_one_folder_with_the_home_page_at_its_top(zipped: Path) -> None:
    with ZipFile(zipped) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {FOLDER}
    assert f"{FOLDER}/index.html" in names
    assert names == sorted(names)


def test_every_page_of_the_guide_is_in_it(unpacked: Path, finished: Finished) -> None:
    for path in finished.guide.pages:
        assert (unpacked / url_of(path) / "index.html").is_file(), path


def test_nothing_for_servers_and_search_engines_is_in_it(unpacked: Path) -> None:
    names = {file.relative_to(unpacked).as_posix() for file in unpacked.rglob("*")}
    assert not names & {"_headers", "_redirects", "robots.txt", "sitemap.xml", "404.html"}
    assert not [name for name in names if name.endswith(".map")]


def test_it_starts_no_worker_and_is_no_app(unpacked: Path) -> None:
    names = {file.relative_to(unpacked).as_posix() for file in unpacked.rglob("*")}
    assert not names & {"sw.js", "manifest.webmanifest"}
    assert not [name for name in names if "/icon-" in name]
    for file in unpacked.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "data-app" not in text, file
        for link in read_html(text).links:
            assert "manifest" not in link.attributes.get("rel", ""), file
            assert "touch-icon" not in link.attributes.get("rel", ""), file


def test_its_policy_names_the_files_of_the_folder(unpacked: Path) -> None:
    # In Chromium 'self' covers the folder too; other browsers would block every script and picture.
    policy = re.compile(r'Content-Security-Policy" content="([^"]+)"')
    for file in unpacked.rglob("*.html"):
        found = policy.findall(file.read_text(encoding="utf-8"))
        assert all("'self'" not in each for each in found), file
        assert not found or "script-src file:" in found[0], file


def test_the_same_site_gives_the_same_bytes(
    zipped: Path, finished: Finished, tmp_path: Path
) -> None:
    again = tmp_path / "again.zip"
    write_offline_copy(finished.pages, again)
    assert again.read_bytes() == zipped.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["again.zip"]
    with ZipFile(again) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert stat.S_IMODE(entry.external_attr >> 16) == 0o644


def test_every_link_and_file_is_there_by_its_name(unpacked: Path) -> None:
    assert broken_links(unpacked) == []
    for file in unpacked.rglob("*.html"):
        for link in read_html(file.read_text(encoding="utf-8")).links:
            path = link.address.partition("#")[0].partition("?")[0]
            if path and ":" not in path:
                # A server would serve the page of a folder, but without one the browser lists the
                # folder.
                assert (file.parent / path).is_file(), f"{file}: {link.address}"


def test_no_page_names_the_address_of_the_site_to_a_program(
    unpacked: Path, finished: Finished
) -> None:
    address = finished.guide.edition.site_address
    for file in unpacked.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert 'rel="canonical"' not in text, file
        assert "og:" not in text.partition("</head>")[0], file
        assert "ld+json" not in text, file
        for link in read_html(text).links:
            assert link.tag == "a" or not is_external(link.address), f"{file}: {link.address}"
            assert not link.address.startswith(address), f"{file}: {link.address}"


def test_search_works_in_a_folder(unpacked: Path, reader: Reader) -> None:
    page = reader.page
    page.goto((unpacked / "print" / "fridge" / "index.html").as_uri())
    page.locator(".crs-header__search").click()
    page.locator("#search-box").fill("can i drive")
    link = page.locator(".crs-search__link").first
    link.wait_for()
    page.locator("#search-box").fill("trouble breathing")
    page.locator(".crs-search__card a[href^='tel:']").wait_for()
    page.locator("#search-box").fill("can i drive")
    page.locator(".crs-search__card").wait_for(state="detached")
    link.click()
    page.wait_for_url(re.compile(r"/index\.html#driving$"))
    assert page.locator("#driving").is_visible()
    assert [url for url in reader.asked if not url.startswith("file:")] == []
    assert reader.said == []


def test_the_pack_finds_its_sheets_in_a_folder(unpacked: Path, reader: Reader) -> None:
    page = reader.page
    page.goto((unpacked / "print" / "pack" / "index.html").as_uri())
    page.get_by_role("checkbox").first.uncheck()
    page.locator("[data-ready] .crs-sheet").first.wait_for(state="attached")
    assert reader.said == []


def test_the_list_of_topics_replaces_search_in_a_folder_too(
    unpacked: Path, browser: Browser
) -> None:
    with browser.new_context(offline=True, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((unpacked / "index.html").as_uri())
        page.locator(".crs-header__search").click()
        page.wait_for_url("**/a-z/index.html")


def test_a_page_differs_from_the_site_s_in_nothing_else(unpacked: Path, finished: Finished) -> None:
    def words(folder: Path, path: str) -> str:
        html = (folder / url_of(path) / "index.html").read_text(encoding="utf-8")
        article = re.search(r"<article.*?</article>", html, re.DOTALL)
        assert article
        return re.sub(r'href="[^"]*"', "", article[0])

    for path in finished.guide.pages:
        assert words(unpacked, path) == words(finished.folder, path), path


def test_it_opens_by_double_click_and_leads_to_every_kind_of_page(
    unpacked: Path, reader: Reader
) -> None:
    page = reader.page
    page.goto((unpacked / "index.html").as_uri())
    assert page.locator("h1").is_visible()
    page.locator("a.crs-header__help").click()
    page.wait_for_url("**/get-help/index.html")
    page.locator(".crs-below a", has_text="All topics").click()
    page.wait_for_url("**/a-z/index.html")
    page.locator(".crs-side--menu a", has_text="Print for home").click()
    page.wait_for_url("**/print/index.html")
    page.locator(".crs-page a", has_text="When to call after CAR T-cell").first.click()
    page.wait_for_url("**/print/fridge/index.html")
    assert page.locator(".crs-sheet").is_visible()
    page.locator(".crs-header__name").click()
    page.wait_for_url(re.compile(r"/crs-guide/index\.html$"))
    page.locator("footer a", has_text="Sources").click()
    page.wait_for_url("**/about/sources/index.html")
    assert [url for url in reader.asked if not url.startswith("file:")] == []
    assert reader.said == []


def test_its_styles_pictures_and_scripts_work_in_a_folder(unpacked: Path, reader: Reader) -> None:
    page = reader.page
    page.goto((unpacked / "print" / "fridge" / "index.html").as_uri())
    body = page.evaluate("getComputedStyle(document.body).getPropertyValue('--crs-brand')")
    assert body.strip()
    broken = "[...document.images].filter(image => !image.naturalWidth).map(image => image.src)"
    assert page.evaluate(broken) == []
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    page.goto((unpacked / "temperature" / "index.html").as_uri())
    form = page.locator(".crs-temperature-helper")
    form.locator("input[inputmode]").first.fill("101")
    form.locator("[role=status]").filter(has_text=re.compile(r"\w")).first.wait_for()
    page.goto((unpacked / "print" / "index.html").as_uri())
    # Lazy pictures load only when a reader scrolls to them.
    for picture in page.locator("img").all():
        picture.scroll_into_view_if_needed()
    page.evaluate("() => Promise.all([...document.images].map((image) => image.decode()))")
    assert page.evaluate(broken) == []
    assert [url for url in reader.asked if not url.startswith("file:")] == []
    assert reader.said == []


def test_a_short_address_leads_on_in_a_folder_too(
    unpacked: Path, finished: Finished, reader: Reader
) -> None:
    short = next(a.short for a in finished.guide.addresses.values() if a.short)
    reader.page.goto((unpacked / "go" / short / "index.html").as_uri())
    reader.page.wait_for_url(lambda url: "/go/" not in url)
    assert reader.page.locator("h1").is_visible()
    assert reader.page.url.endswith(".html")


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("../symptoms/", "../symptoms/index.html"),
        ("../symptoms/#fever", "../symptoms/index.html#fever"),
        ("..", "../index.html"),
        ("./", "./index.html"),
        ("#fever", "#fever"),
        ("../assets/site.css", "../assets/site.css"),
        ("../gone/", "../gone/"),
        ("https://a.example/b/?c=1&amp;d=2", "https://a.example/b/?c=1&amp;d=2"),
        ("tel:911", "tel:911"),
        ("//a.example/", "//a.example/"),
        ("../../", "../../"),
    ],
)
def test_only_links_to_folders_of_the_guide_change(
    tmp_path: Path, address: str, named: str
) -> None:
    root = tmp_path / "site"
    for folder in (root, root / "symptoms", root / "here"):
        folder.mkdir()
        (folder / "index.html").touch()
    (tmp_path / "index.html").touch()
    policy = '<meta http-equiv="Content-Security-Policy" content="">'
    own = '<link rel="canonical" href="">'
    body = '<body><a class="x" href="{}">words</a></body></html>'
    html = f"<html data-crs-stub><head>{own}{policy}</head>{body.format(address)}"
    changed = offline_page(BuiltPage("here/index.html", html), root)
    assert changed == f"<html data-crs-stub><head>\n{policy}\n</head>{body.format(named)}"
