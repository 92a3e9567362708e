"""The cost of a first view, in bytes over the network: unlike seconds, bytes are exact."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import brotli
import pytest
import rjsmin
from lxml.html import document_fromstring

from scripts.finishing.scripts import LATER
from scripts.guide.pages import url_of
from scripts.hosting.policy import inline_of
from scripts.root import ROOT
from tests.site.conftest import Finished
from tests.site.html_check import Link, read_html

pytestmark = pytest.mark.essential

SCRIPTS = ROOT / "overrides" / "assets" / "javascripts"
FLIGHT = 14_430
"""Bytes of a page that a server sends before it waits for a reply: ten packets without headers."""

LEAN = 8_000
"""Bytes of the page for help."""

FIRST_VIEW = 20_000
REQUESTS = 3
"""Requests of any page, including those after the first screen."""

SCRIPT = 3_000
"""Bytes of the script of one component."""

LOADER = 220
"""Bytes of the inline script of each page, which fetches its other scripts."""

SEARCH = 75_000
"""Bytes that search may load when a reader opens it."""

IN_A_CRISIS = ("index.md", "get-help.md", "symptoms.md", "temperature.md")

NOSCRIPT = re.compile(r"<noscript.*?</noscript>", re.DOTALL)
"""The replacement, for readers without scripts, of what scripts fetch."""

WORDS_OF_A_SCREEN = 350
"""More words than the first screen of any page shows at 1280 by 915 pixels."""


class View(NamedTuple):
    """What a browser fetches by itself to show a page, both first and afterwards."""

    html: int
    styles: int
    scripts: int
    pictures: int
    requests: int

    @property
    def total(self) -> int:
        return self.html + self.styles + self.scripts + self.pictures


def size(file: Path) -> int:
    """Return the size of a file as a server sends it, in bytes."""
    packed = file.with_name(f"{file.name}.br")
    return packed.stat().st_size if packed.is_file() else file.stat().st_size


def fetched(html: str) -> list[Link]:
    """Return what a browser fetches for the HTML of a page before any script runs."""
    return [
        link
        for link in read_html(NOSCRIPT.sub("", html)).links
        if link.loads
        and not link.address.startswith(("data:", "#"))
        and link.attributes.get("loading") != "lazy"
        # A browser fetches the icon only when somebody adds the page to the home screen.
        and link.attributes.get("rel") != "apple-touch-icon"
    ]


def view(site: Finished, path: str) -> View:
    """Return the sizes and requests of what a browser fetches by itself for a page."""
    page = site.folder / url_of(path) / "index.html"
    sizes = {"html": size(page), "styles": 0, "scripts": 0, "pictures": 0}
    requests = 1
    html = page.read_text(encoding="utf-8")
    for kind, address in re.findall(r'(data-later|<noscript><link .*? href)="([^"]+)"', html):
        sizes["scripts" if kind == "data-later" else "styles"] += size(page.parent / address)
        requests += 1
    for link in fetched(html):
        kind = {"script": "scripts", "link": "styles"}.get(link.tag, "pictures")
        sizes[kind] += size(page.parent / link.address)
        requests += 1
    return View(**sizes, requests=requests)


@pytest.fixture(scope="module")
def views(finished: Finished) -> dict[str, View]:
    """The view of every page; a printed table is shown if a budget is exceeded."""
    found = {path: view(finished, path) for path in finished.guide.pages}
    print(f"{'page':<34}{'HTML':>7}{'styles':>8}{'scripts':>8}{'total':>7}{'requests':>9}")
    for path, one in found.items():
        print(
            f"{path:<34}{one.html:>7}{one.styles:>8}{one.scripts:>8}{one.total:>7}{one.requests:>9}"
        )
    return found


def sheets(site: Finished) -> list[str]:
    return [f"print/{slug}.md" for slug in site.guide.checklists]


def test_a_page_for_a_crisis_and_a_sheet_come_in_one_flight(
    finished: Finished, views: dict[str, View]
) -> None:
    for path in (*IN_A_CRISIS, *sheets(finished)):
        assert views[path].html <= FLIGHT, path


def test_the_page_for_help_is_one_small_request(finished: Finished, views: dict[str, View]) -> None:
    assert views["get-help.md"].html <= LEAN
    html = (finished.folder / "get-help" / "index.html").read_text(encoding="utf-8")
    assert fetched(html) == []
    # Files for offline use are fetched long after the page has been shown.
    assert int(re.findall(r' data-wait="(\d+)"', html)[0]) >= 2000


def test_every_other_page_shows_its_first_screen_from_the_first_flight(finished: Finished) -> None:
    for path in finished.guide.pages:
        file = finished.folder / url_of(path) / "index.html"
        first = brotli.Decompressor().process(
            (file.with_name("index.html.br")).read_bytes()[:FLIGHT]
        )
        text = first.decode(errors="ignore")
        _, style, article = text.partition("</style>")
        assert style, f"{path}: its styles do not come first"
        _, _, words = article.partition("</h1>")
        if "</html>" not in text:
            assert len(re.sub(r"<[^>]*>", " ", words).split()) > WORDS_OF_A_SCREEN, path


def test_a_first_view_is_small_and_asks_for_little(views: dict[str, View]) -> None:
    for path, one in views.items():
        assert one.requests <= REQUESTS, path
        assert one.total <= FIRST_VIEW, f"{path}: {one.total}"


def test_nothing_is_fetched_before_the_first_screen(finished: Finished) -> None:
    later = rjsmin.jsmin(LATER.read_text(encoding="utf-8"))
    assert len(brotli.compress(later.encode())) <= LOADER
    for path in finished.guide.pages:
        html = (finished.folder / url_of(path) / "index.html").read_text(encoding="utf-8")
        assert {link.tag for link in fetched(html)} <= {"img"}, path
        # The only inline script is the short one that fetches the rest afterwards.
        assert inline_of(document_fromstring(html)).scripts == {later}, path


def test_each_script_of_ours_is_small() -> None:
    files = list(SCRIPTS.glob("*.js"))
    assert len(files) > 5
    for file in files:
        text = rjsmin.jsmin(file.read_text(encoding="utf-8"))
        assert len(brotli.compress(text.encode())) <= SCRIPT, file.name


def test_no_page_loads_a_script_that_has_no_work_there(finished: Finished) -> None:
    helper = "crs-temperature-helper"  # the key under which the helper's script keeps a reading
    for path in finished.guide.pages:
        html = (finished.folder / url_of(path) / "index.html").read_text(encoding="utf-8")
        scripts = re.findall(r"assets/javascripts/page[.][0-9a-f]{8}[.]js", html)
        assert len(scripts) == 1, path
        for script in scripts:
            text = (finished.folder / script).read_text(encoding="utf-8")
            assert (f'KEY="{helper}"' in text) == ("data-temperature-helper" in html), path


def test_search_is_ready_for_little_more(finished: Finished) -> None:
    assets = finished.folder / "assets"
    later = (
        "javascripts/build.js",
        "javascripts/reading.js",
        "javascripts/search-index.js",
        "javascripts/search-readings.js",
        "javascripts/search-engine.js",
        "javascripts/search-results.js",
        "javascripts/search-words.js",
        "vendor/minisearch.min.js",
    )
    assert sum(size(assets / name) for name in later) <= SEARCH
    for path in finished.guide.pages:
        html = (finished.folder / url_of(path) / "index.html").read_text(encoding="utf-8")
        assert not any(name in html for name in later), path


def test_every_picture_keeps_its_place_before_it_comes(finished: Finished) -> None:
    for path in finished.guide.pages:
        html = (finished.folder / url_of(path) / "index.html").read_text(encoding="utf-8")
        for link in read_html(html).links:
            if link.tag == "img":
                assert {"width", "height"} <= set(link.attributes), f"{path}: {link.address}"
