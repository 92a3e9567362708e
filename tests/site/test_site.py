"""The built site: every page and address works, and nothing else is published or fetched."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown.extensions.toc import slugify

from scripts.checks.pages import writer_of
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.root import ROOT
from tests.conftest import Site
from tests.site.html_check import Html, broken_links, is_external, read_html

pytestmark = pytest.mark.essential

PUBLISHED = {".pdf", ".html", ".css", ".js", ".json", ".xml", ".svg", ".png", ".webmanifest"}
PUBLISHED |= {".br", ".gz"}
"""Suffixes of the files for a reader's browser, and of their compressed forms."""

FOR_SERVERS = {"_headers", "_redirects", "robots.txt", "humans.txt", "assets/vendor/minisearch.txt"}
"""Files for a host, a search engine, or a person who asks whose work this is."""

CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


@pytest.fixture(scope="module")
def htmls(site: Site) -> dict[str, Html]:
    """Every built page, by its path below the site."""
    return {
        path: read_html(file.read_text(encoding="utf-8")) for path, file in site.pages().items()
    }


def test_the_strict_build_warns_of_nothing(site: Site) -> None:
    assert "WARNING" not in site.log
    assert "ERROR" not in site.log


def test_every_page_is_built_and_nothing_else(site: Site, guide: Guide) -> None:
    assert set(site.pages()) == {f"{url_of(path)}index.html" for path in guide.pages} | {"404.html"}


def test_the_sitemap_lists_every_page_at_the_address_of_the_edition(
    site: Site, guide: Guide
) -> None:
    tree = ElementTree.parse(site.folder / "sitemap.xml")  # noqa: S314 - the build has written it
    listed = [element.text for element in tree.iter() if element.tag.endswith("loc")]
    assert sorted(map(str, listed)) == sorted(
        guide.edition.site_address + url_of(path) for path in guide.pages
    )
    for address in listed:
        assert address
        assert (
            site.folder / address.removeprefix(guide.edition.site_address) / "index.html"
        ).is_file()


def test_the_address_of_the_site_is_the_same_in_both_places(guide: Guide) -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    [address] = re.findall(r"^site_url: !ENV \[CRS_SITE_URL, \"(\S+)\"\]", text, re.MULTILINE)
    assert address == guide.edition.site_address


def test_every_link_anchor_and_asset_is_there(site: Site) -> None:
    assert broken_links(site.folder) == []


def test_no_id_occurs_twice_in_a_page(htmls: dict[str, Html]) -> None:
    twice = {
        f"{path}: {name} on lines {lines}"
        for path, html in htmls.items()
        for name, lines in html.ids.items()
        if len(lines) > 1
    }
    assert twice == set()


def test_every_id_that_no_writer_typed_is_declared_by_what_writes_it(
    htmls: dict[str, Html], guide: Guide
) -> None:
    moved = {each.target for each in guide.addresses.values() if each.moved_to}
    for path, page in guide.pages.items():
        html = htmls[f"{url_of(path)}index.html"]
        typed = {heading.id for heading in page.headings} | {slugify(page.meta.title, "-")}
        left = {name for name in html.ids if not writer_of(name, page)} - typed
        assert {name for name in left if f"{path}#{name}" not in moved} == set(), path


def test_every_label_and_description_names_something_on_its_page(htmls: dict[str, Html]) -> None:
    for path, html in htmls.items():
        assert html.references or path == "404.html", path
        assert [ref for ref in html.references if ref[0] not in html.ids] == [], path


def test_every_tag_is_closed_in_order_and_no_block_is_in_a_paragraph(
    htmls: dict[str, Html],
) -> None:
    assert {path: html.faults for path, html in htmls.items() if html.faults} == {}


def test_no_style_or_script_is_in_an_attribute_of_our_part(htmls: dict[str, Html]) -> None:
    assert {path: html.handlers for path, html in htmls.items() if html.handlers} == {}


def test_no_page_fetches_anything_from_elsewhere(htmls: dict[str, Html]) -> None:
    loads = [(path, link) for path, html in htmls.items() for link in html.links if link.loads]
    assert len(loads) > len(htmls), "the checker sees no stylesheet and no script"
    assert [(path, link.address) for path, link in loads if is_external(link.address)] == []


def test_no_stylesheet_fetches_anything_from_elsewhere(site: Site) -> None:
    sheets = list(site.folder.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        for pair in CSS_ADDRESS.findall(sheet.read_text(encoding="utf-8")):
            address = "".join(pair)
            assert not is_external(address), f"{sheet.name} fetches {address}"
            if not address.startswith("data:"):
                assert (sheet.parent / address.split("?")[0].split("#")[0]).exists(), address


def test_no_script_of_ours_names_another_site(site: Site) -> None:
    scripts = list((site.folder / "assets" / "javascripts").glob("*.js"))
    ours = [
        file for file in scripts if (ROOT / "overrides/assets/javascripts" / file.name).exists()
    ]
    assert ours
    for file in ours:
        text = file.read_text(encoding="utf-8")
        for language in ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"):
            text = text.replace(language, "")
        assert "://" not in text, file.name


def test_the_only_other_places_named_are_links_that_a_reader_follows(
    htmls: dict[str, Html], guide: Guide
) -> None:
    for path, html in htmls.items():
        for link in html.links:
            if not is_external(link.address):
                continue
            if link.tag == "link":
                assert link.attributes["rel"] == "canonical"
                assert link.address.startswith(guide.edition.site_address)
                continue
            assert link.tag == "a", f"{path}:{link.line}: {link.tag}"
            rels = set(link.attributes.get("rel", "").split())
            assert {"external", "noopener"} <= rels, f"{path}:{link.line}: {link.address}"


def test_no_link_opens_another_window(htmls: dict[str, Html]) -> None:
    for path, html in htmls.items():
        opening = [link.address for link in html.links if "target" in link.attributes]
        assert opening == [], path


def test_no_link_runs_script_or_sends_a_form(htmls: dict[str, Html]) -> None:
    for path, html in htmls.items():
        for link in html.links:
            scheme = link.address.partition(":")[0] if ":" in link.address else ""
            icon = link.attributes.get("rel") == "icon" and scheme == "data"
            known = icon or scheme in {"", "https", "http", "tel"}
            assert known, f"{path}:{link.line}: {link.address}"
            assert "action" not in link.attributes, f"{path}:{link.line}"


def test_only_what_a_browser_needs_is_published(site: Site) -> None:
    files = [file for file in site.folder.rglob("*") if file.is_file()]
    others = {file.relative_to(site.folder) for file in files if file.suffix not in PUBLISHED}
    assert {file.as_posix() for file in others} == FOR_SERVERS


def test_no_source_of_the_site_is_published(site: Site) -> None:
    sources = {
        file.name
        for folder in ("docs", "scripts", "tests", "overrides/components")
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.name != "index.html"
    }
    published = {file.name for file in site.folder.rglob("*") if file.is_file()}
    assert published & sources == set()


def test_overrides_has_no_stray_file() -> None:
    # MkDocs publishes every file in overrides/ that is not a template.
    stray = [
        path
        for path in (ROOT / "overrides").rglob("*")
        if path.is_file()
        and path.suffix != ".html"
        and Path("assets") not in path.relative_to(ROOT / "overrides").parents
    ]
    assert stray == []
