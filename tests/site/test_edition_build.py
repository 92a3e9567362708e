"""A clinic's whole edition: its own numbers, level, unit, logo and paper, and none of ours."""

from __future__ import annotations

import functools
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from pypdf import PdfReader

from scripts.build import BuildRequest
from scripts.content import load_guide
from scripts.editions import build_editions, edition_files, load_edition
from scripts.guide.downloads import PACK, PAPERS, pdf_path
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.root import ROOT
from tests.site.conftest import Finished

EDITIONS = ROOT / "docs" / "data" / "editions"
DEFAULT = load_guide().edition
TEXT_FILES = {".html", ".xml", ".txt", ".json", ".svg", ".js", ".css", ""}


@dataclass(frozen=True)
class Built:
    """An edition and the folder that it was built into.

    Attributes:
        guide: The content.
        folder: The folder of the site.
    """

    guide: Guide
    folder: Path

    def page(self, path: str) -> BeautifulSoup:
        """Return a page, which tests must not change."""
        return read_page(self.folder / url_of(path) / "index.html")

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the path and the text of each text file of the site."""
        for file in sorted(self.folder.rglob("*")):
            if file.is_file() and file.suffix in TEXT_FILES:
                yield file.relative_to(self.folder).as_posix(), file.read_text(encoding="utf-8")

    def pdfs(self) -> Iterator[tuple[str, str]]:
        """Yield the slug and the words of each PDF, with single spaces."""
        for slug in (*self.guide.checklists, PACK):
            for paper in PAPERS:
                for large in (False, True):
                    yield slug, read_pdf(self.folder / pdf_path(slug, paper, large_print=large))


@functools.cache
def read_page(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


@functools.cache
def read_pdf(file: Path) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(file).pages)
    return " ".join(text.split())


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both example editions, built in one run, one after the other."""
    home, out = tmp_path_factory.mktemp("editions"), tmp_path_factory.mktemp("together")
    for name in ("example-us.yml", "example-uk.yml", "example-logo.svg"):
        shutil.copy(EDITIONS / name, home)
    requests = {file: BuildRequest(out / file.stem) for file in edition_files(home)[::-1]}
    with pytest.MonkeyPatch.context() as patch:
        # One core builds both editions, so a leftover of the first one would appear in the second.
        patch.setattr(os, "cpu_count", lambda: 1)
        assert [result.fault for result in build_editions(requests)] == [""] * len(requests)
    return out


@pytest.fixture(scope="module", params=["example-us", "example-uk"])
def edition(request: pytest.FixtureRequest, together: Path) -> Built:
    """Each example edition, built."""
    name: str = request.param
    return Built(load_edition(EDITIONS / f"{name}.yml"), together / name)


def test_built_with_others_it_is_the_same_byte_for_byte(
    finished_edition: Finished, together: Path
) -> None:
    # This also shows that two builds give the same bytes, PDFs included.
    alone, among = finished_edition.folder, together / finished_edition.guide.edition_file.stem
    files = {path.relative_to(alone) for path in alone.rglob("*") if path.is_file()}
    assert files == {path.relative_to(among) for path in among.rglob("*") if path.is_file()}
    different = [
        str(path) for path in files if (alone / path).read_bytes() != (among / path).read_bytes()
    ]
    assert not different


def words(soup: Tag) -> str:
    return " ".join(soup.get_text(" ").split())


def test_its_name_and_number_are_on_every_page(edition: Built) -> None:
    clinic, number = edition.guide.edition, edition.guide.edition.number("line_24h")
    assert number
    for path in edition.guide.pages:
        page = edition.page(path)
        name = page.select_one(".crs-clinic__name")
        assert name, path
        assert name.get_text() == clinic.name, path
        assert page.select_one(f'.crs-help-bar__number a[href="tel:{number.dial}"]'), path
        assert number.shown in words(page), path


def test_its_logo_is_on_every_page_and_there(edition: Built) -> None:
    for path in edition.guide.pages:
        logo = edition.page(path).select_one(".crs-clinic__logo")
        assert logo, path
        file = edition.folder / url_of(path) / str(logo["src"])
        assert file.resolve().read_bytes() == (EDITIONS / "example-logo.svg").read_bytes(), path


def test_nothing_of_the_general_edition_is_left(edition: Built) -> None:
    clinic = edition.guide.edition
    traces = [DEFAULT.short_address, edition.guide.strings.line_24h_unset]
    if clinic.emergency_number != DEFAULT.emergency_number:
        traces += [f"tel:{DEFAULT.emergency_number}", f"call {DEFAULT.emergency_number}"]
    found = [
        f"{file}: {trace}"
        for file, text in edition.files()
        for trace in traces
        if trace.casefold() in text.casefold()
    ]
    assert not found
    edition_words = edition.guide.strings.edition_general
    assert not [slug for slug, text in edition.pdfs() if edition_words in text]


def test_nothing_that_is_not_set_shows_as_nothing(edition: Built) -> None:
    hollow = re.compile(r"\bNone\b|\bnull\b|\bundefined\b|\[\[|\{\{|href=\"(tel:)?\"")
    for path in edition.guide.pages:
        page = edition.page(path)
        main = page.select_one(".crs-page")
        assert main, path
        assert not hollow.search(str(main)), f"{path}: {hollow.search(str(main))}"


def test_its_level_and_unit_lead_on_each_sheet_and_pdf(edition: Built) -> None:
    guide = edition.guide
    fever = guide.temperatures["fever"]
    celsius = f"{fever.celsius_text} °C"
    fahrenheit = f"{fever.fahrenheit_text} °F"
    first, second = (
        (celsius, fahrenheit) if guide.edition.leading_unit == "celsius" else (fahrenheit, celsius)
    )
    ours = f"{first} ({second})"
    for slug, sheet in guide.checklists.items():
        action = edition.page(f"print/{slug}.md").select_one(".crs-sheet__action")
        assert action, slug
        if "[[fever]]" in sheet.action:
            assert ours in words(action).replace("\u00a0", " "), slug
    for slug, text in edition.pdfs():
        if slug == PACK or "[[fever]]" in guide.checklists[slug].action:
            assert ours in text.replace("\u00a0", " "), slug


def test_no_sheet_names_another_level_than_its_own(edition: Built) -> None:
    own = edition.guide.temperatures["fever"]
    allowed = {own.celsius_text, own.fahrenheit_text}
    allowed |= {edition.guide.temperatures["low"].celsius_text}
    allowed |= {edition.guide.temperatures["low"].fahrenheit_text}
    for name in ("very-low", "armpit"):
        level = edition.guide.temperatures[name]
        allowed |= {level.celsius_text, level.fahrenheit_text}
    for slug in edition.guide.checklists:
        if slug in ("temperature-table", "emergency-staff"):
            continue  # the table lists every level, and the grading scale has its own
        sheet = edition.page(f"print/{slug}.md").select_one(".crs-sheet")
        assert sheet, slug
        named = set(re.findall(r"([0-9.]+)\s°[CF]", words(sheet)))
        assert named <= allowed, f"{slug}: {named - allowed}"
        assert named or "[[fever]]" not in edition.guide.checklists[slug].action, slug


def test_its_numbers_and_name_are_on_each_pdf(edition: Built) -> None:
    clinic = edition.guide.edition
    number = clinic.number("line_24h")
    assert number
    for slug, text in edition.pdfs():
        assert number.shown in text, slug
        assert clinic.emergency_number in text, slug
        assert clinic.name, slug
        assert "".join(clinic.name.split()) in "".join(text.split()), slug
        assert clinic.short_address in "".join(text.split()), slug


def test_its_own_rules_take_the_place_of_the_regions(edition: Built) -> None:
    rules, guide = edition.guide.edition.rules, edition.guide
    if rules is None:
        text = words(edition.page("after-infusion.md"))
        assert all(rule.text in text for rule in guide.region.rules.values())
        return
    text = words(edition.page("after-infusion.md"))
    assert rules.stay_near
    assert rules.stay_near.distance
    for own in (rules.source, rules.stay_near.time, rules.stay_near.distance, rules.monitoring):
        assert own
        assert own in text
    for rule in guide.region.rules.values():
        assert rule.text not in text


def test_its_own_words_and_links_are_on_its_pages_and_nowhere_else(edition: Built) -> None:
    clinic = edition.guide.edition
    assert clinic.paragraphs or clinic.links
    for path in edition.guide.pages:
        local = edition.page(path).select_one(".crs-local")
        wanted = bool(clinic.links) or path in clinic.paragraphs
        assert bool(local) is wanted, path
        if local:
            assert "**" not in words(local), path
            addresses = [str(link["href"]) for link in local.select("a")]
            assert all(link.address in addresses for link in clinic.links), path


def test_the_addresses_that_search_engines_see_are_its_own(edition: Built) -> None:
    sitemap = (edition.folder / "sitemap.xml").read_text(encoding="utf-8")
    addresses = re.findall(r"<loc>(.*?)</loc>", sitemap)
    assert len(addresses) >= len(edition.guide.pages)
    assert all(address.startswith(edition.guide.edition.site_address) for address in addresses)
    canonical = edition.page("symptoms.md").select_one('link[rel="canonical"]')
    assert canonical
    assert canonical["href"] == edition.guide.edition.site_address + "symptoms/"
