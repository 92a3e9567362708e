"""What other programs read from a page: schema.org data, Open Graph, the sitemap."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag

from scripts.components.registry import CITATIONS
from scripts.finishing.schema_org import SHARE_IMAGE, SHARE_SIZE, data_block, page_data
from scripts.finishing.share_image import share_image
from scripts.finishing.site import Site as BuiltSite
from scripts.finishing.sitemap import write_sitemap
from scripts.guide.guide import Guide
from scripts.guide.models.edition import LocalReview
from scripts.guide.pages import Page, url_of
from tests.site.conftest import Finished

PROPERTIES = {
    "MedicalWebPage": "about audience breadcrumb description inLanguage isPartOf"
    " lastReviewed license name publisher reviewedBy url",
    "MedicalCondition": "name",
    "MedicalAudience": "audienceType",
    "Patient": "",
    "Organization": "name",
    "Person": "name",
    "WebSite": "name url",
    "BreadcrumbList": "itemListElement",
    "ListItem": "item name position",
}
"""The properties of schema.org that we use, by type."""


def html_of(site: Finished, path: str) -> str:
    return (site.folder / url_of(path) / "index.html").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


def soup_of(site: Finished, path: str) -> BeautifulSoup:
    """Return a parsed page, which tests must not change."""
    return _soup(site.folder / url_of(path) / "index.html")


def graph_of(site: Finished, path: str) -> list[dict[str, Any]]:
    """Return the structured data of a page, as any other program reads it."""
    [block] = soup_of(site, path).select('script[type="application/ld+json"]')
    record = json.loads(block.string or "")
    assert record["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = record["@graph"]
    return graph


def described(guide: Guide) -> dict[str, Page]:
    """Return the pages with structured data by their paths: all but lean ones, which are small."""
    return {path: page for path, page in guide.pages.items() if not page.meta.lean}


def shares_of(page: BeautifulSoup) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in page.select("head meta[property], head meta[name^='twitter:']"):
        name = str(tag.get("property") or tag["name"])
        assert name not in found, f"{name} occurs twice"
        found[name] = str(tag["content"])
    return found


def records(value: Any) -> list[dict[str, Any]]:
    """Return a record and all records in it."""
    if isinstance(value, list):
        return [record for item in value for record in records(item)]
    if not isinstance(value, dict):
        return []
    return [value, *(record for item in value.values() for record in records(item))]


@pytest.fixture(scope="module", params=["finished", "finished_edition"])
def a_site(request: pytest.FixtureRequest) -> Finished:
    """The general edition, then the example edition."""
    site: Finished = request.getfixturevalue(request.param)
    return site


def test_the_data_uses_types_and_properties_that_schema_org_has(a_site: Finished) -> None:
    for path in described(a_site.guide):
        for record in records(graph_of(a_site, path)):
            if set(record) == {"@id"}:
                continue
            kind = record["@type"]
            names = {name for name in record if not name.startswith("@")}
            assert names <= set(PROPERTIES[kind].split()), f"{path}: {kind}"
            for value in record.values():
                assert value not in (None, "", [], {}, "None"), f"{path}: {record}"


def test_each_page_says_what_it_is_and_when_it_was_checked(a_site: Finished) -> None:
    guide = a_site.guide
    site = guide.edition.site_address
    for path, page in described(guide).items():
        record = graph_of(a_site, path)[0]
        soup = soup_of(a_site, path)
        canonical = soup.select_one('link[rel="canonical"]')
        note = soup.select_one(".crs-review-note time")
        assert isinstance(canonical, Tag)
        assert isinstance(note, Tag)
        assert record["@type"] == "MedicalWebPage"
        assert record["url"] == record["@id"] == canonical["href"] == site + url_of(path)
        assert record["name"] == page.meta.title
        assert record["description"] == page.meta.description
        assert record["lastReviewed"] == note["datetime"] == page.meta.reviewed.isoformat()
        assert record["inLanguage"] == "en"
        assert record["publisher"]["name"] == (guide.edition.name or guide.strings.guide_name)
        license_link = soup.select_one('a[rel~="license"]')
        assert isinstance(license_link, Tag)
        assert record["license"] == license_link["href"]
        assert record["about"]["name"] == guide.terms["crs"].term


def test_each_page_lists_the_sources_that_it_cites_and_no_others(a_site: Finished) -> None:
    guide = a_site.guide
    pages = ("about/sources.md", "about/studies.md", "about/medicines.md")
    listed = [each for path in pages for each in soup_of(a_site, path).select('[id^="source-"]')]
    entries = {str(entry["id"]): entry for entry in listed}
    assert len(entries) == len(listed)
    for path, page in guide.pages.items():
        links = soup_of(a_site, path).select(".crs-page-foot .crs-sources__list > li > a")
        shown = [str(link["href"]).partition("#source-")[2] for link in links]
        used = CITATIONS.sources_of(page, guide)
        expected = [name for name in page.meta.sources if name in used]
        assert shown == ([] if page.meta.lean else expected), path
        for name in shown:
            link = entries[f"source-{name}"].find("a", recursive=False)
            assert isinstance(link, Tag)
            assert link["href"] == guide.sources[name].address
            assert urlsplit(str(link["href"])).scheme in ("http", "https")


def test_no_reviewer_is_named_where_there_is_none(a_site: Finished) -> None:
    guide = a_site.guide
    assert guide.edition.local_review is None
    for path, page in described(guide).items():
        named = graph_of(a_site, path)[0].get("reviewedBy")
        assert (named or {}).get("name") == page.meta.reviewer, path
        assert "Not yet reviewed" in soup_of(a_site, path).get_text() or page.meta.reviewer


def test_a_local_review_is_named_with_its_own_day(finished_edition: Finished) -> None:
    guide = finished_edition.guide
    page = guide.pages["symptoms.md"]
    day = page.meta.reviewed.replace(day=1)
    review = LocalReview(reviewer="A. Example, nurse", reviewed=day)
    edition = guide.edition.model_copy(update={"local_review": review})
    [record, *_] = page_data(replace(guide, edition=edition), page)["@graph"]
    assert record["reviewedBy"] == {"@type": "Person", "name": "A. Example, nurse"}
    assert record["lastReviewed"] == day.isoformat()


def test_pages_for_clinicians_say_so(finished: Finished) -> None:
    guide = finished.guide
    for_clinicians = {
        f"print/{slug}.md" for slug, sheet in guide.checklists.items() if sheet.for_clinicians
    } | {path for path in guide.pages if path.startswith("clinics/")}
    assert for_clinicians
    for path in described(guide):
        audience = graph_of(finished, path)[0]["audience"]
        kinds = {entry.get("audienceType", entry["@type"]) for entry in audience}
        assert kinds == ({"Clinician"} if path in for_clinicians else {"Patient", "Caregiver"})


def test_each_page_in_a_folder_has_its_trail(a_site: Finished) -> None:
    guide = a_site.guide
    home = guide.edition.site_address
    for path, page in described(guide).items():
        [record] = graph_of(a_site, path)
        if len(Path(url_of(path)).parts) < 2:
            assert "breadcrumb" not in record
            continue
        assert record["breadcrumb"]["@type"] == "BreadcrumbList"
        steps = record["breadcrumb"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[0]["item"] == home
        assert steps[-1]["item"] == record["url"]
        assert steps[-1]["name"] == page.meta.title
        for above, below in pairwise(steps):
            assert below["item"].startswith(above["item"])
            assert (a_site.folder / below["item"].removeprefix(home) / "index.html").is_file()
        assert len(steps) == len(Path(url_of(path)).parts) + 1


def test_nothing_in_the_data_can_end_its_block() -> None:
    hostile = "</script><script>alert(1)</script><!-- & \u2028"
    block = str(data_block({"name": hostile}))
    assert block.count("<") == 2
    assert "&" not in block
    soup = BeautifulSoup(block, "html.parser")
    assert json.loads(soup.find_all("script")[0].string or "") == {"name": hostile}


def test_links_are_shown_with_title_words_and_picture(a_site: Finished) -> None:
    guide = a_site.guide
    site = guide.edition.site_address
    for path, page in guide.pages.items():
        soup = soup_of(a_site, path)
        shares = shares_of(soup)
        assert shares["og:title"] == page.meta.title
        assert shares["og:image"] == site + SHARE_IMAGE
        if page.meta.lean:
            assert len(shares) == 2
            continue
        assert shares["twitter:card"] == "summary_large_image"
        assert shares["og:description"] == page.meta.description
        assert shares["og:url"] == site + url_of(path)
        assert shares.get("og:locale", "en_US") == guide.strings.locale  # its default is en_US
        assert shares["og:type"] == ("website" if path == "index.md" else "article")
        name = guide.edition.called
        assert shares["og:site_name"].startswith(guide.strings.guide_name)
        assert (name or "") in shares["og:site_name"]
        assert (int(shares["og:image:width"]), int(shares["og:image:height"])) == SHARE_SIZE
        alternative = shares["og:image:alt"]
        assert guide.strings.share_text in alternative
        assert (guide.edition.name or "") in alternative


def test_the_picture_is_a_png_of_its_size_and_small(a_site: Finished) -> None:
    content = (a_site.folder / SHARE_IMAGE).read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert tuple(int.from_bytes(content[at : at + 4]) for at in (16, 20)) == SHARE_SIZE
    assert len(content) < 100_000


def test_the_picture_is_the_same_each_time_and_differs_by_edition(
    finished: Finished, finished_edition: Finished
) -> None:
    pictures = [(site.folder / SHARE_IMAGE).read_bytes() for site in (finished, finished_edition)]
    assert share_image(finished.guide) == pictures[0]
    assert pictures[0] != pictures[1]


def test_a_long_name_still_makes_one_picture(finished_edition: Finished) -> None:
    guide = finished_edition.guide
    name = "The Very Long Name of a Teaching Hospital and Its Cellular Therapy Center " * 2
    address = f"https://{'a-long-name.' * 5}example/guides/crs/"
    edition = guide.edition.model_copy(update={"name": name, "site_address": address})
    assert share_image(replace(guide, edition=edition)).startswith(b"\x89PNG")


def test_the_map_lists_every_page_with_the_day_it_was_checked(a_site: Finished) -> None:
    tree = ElementTree.parse(a_site.folder / "sitemap.xml")  # noqa: S314 - the build has written it
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    rows = {row.findtext(f"{space}loc"): row.findtext(f"{space}lastmod") for row in tree.getroot()}
    site = a_site.guide.edition.site_address
    assert rows == {
        site + url_of(path): page.meta.reviewed.isoformat()
        for path, page in a_site.guide.pages.items()
    }


def test_the_map_s_days_are_the_pages_and_not_the_build_s(
    finished: Finished, tmp_path: Path
) -> None:
    guide = finished.guide
    page = guide.pages["symptoms.md"]
    day = page.meta.reviewed.replace(year=2020)
    older = replace(page, meta=page.meta.model_copy(update={"reviewed": day}))
    edited = replace(guide, pages={**guide.pages, "symptoms.md": older})
    write_sitemap(BuiltSite(tmp_path, edited))
    text = (tmp_path / "sitemap.xml").read_text(encoding="utf-8")
    assert f"symptoms/</loc><lastmod>{day.isoformat()}</lastmod>" in text
    assert gzip.decompress((tmp_path / "sitemap.xml.gz").read_bytes()) == text.encode()


def test_robots_may_read_everything_and_find_the_map(a_site: Finished) -> None:
    lines = (a_site.folder / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["User-agent: *", "Allow: /"]
    assert f"Sitemap: {a_site.guide.edition.site_address}sitemap.xml" in lines
    assert not any(line.startswith("Disallow") for line in lines)


def test_a_person_who_looks_finds_how_the_guide_was_made(a_site: Finished) -> None:
    text = (a_site.folder / "humans.txt").read_text(encoding="utf-8")
    made = a_site.guide.pages["about/index.md"].meta.title
    site = a_site.guide.edition.site_address
    assert f"{made}: {site}about/" in text
    assert (a_site.folder / "about" / "index.html").is_file()


def test_an_edition_names_no_other_address_or_name(finished_edition: Finished) -> None:
    for path in finished_edition.guide.pages:
        head = html_of(finished_edition, path).partition("</head>")[0]
        assert "crs-guide.example" not in head, path
    for name in ("robots.txt", "humans.txt", "sitemap.xml", "_headers"):
        text = (finished_edition.folder / name).read_text(encoding="utf-8")
        assert "crs-guide.example" not in text, name


def test_the_page_for_wrong_addresses_claims_nothing(finished: Finished) -> None:
    text = (finished.folder / "404.html").read_text(encoding="utf-8")
    assert "ld+json" not in text
    assert "og:" not in text


def test_the_marks_ask_no_other_site_for_anything(guide: Guide, finished: Finished) -> None:
    for path in guide.pages:
        soup = soup_of(finished, path)
        for tag in soup.select("head [src], head link[href]"):
            address = str(tag.get("src") or tag["href"])
            assert tag.get("rel") == ["canonical"] or not urlsplit(address).netloc, path
