"""The texts that a clinic copies: short, plain, and with links to the right places."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from bs4 import BeautifulSoup
from PIL import Image

from scripts.components.copy_texts import copy_texts, plain_letters
from scripts.components.link_kit import LINK_KIT
from scripts.components.qr_codes import qr_path
from scripts.components.render import PLAIN_BLANK, Formatter
from scripts.content import load_guide
from scripts.editions import load_edition
from scripts.guide.guide import Guide
from scripts.root import ROOT
from tests.conftest import Site

EDITIONS = ROOT / "docs" / "data" / "editions"
GUIDES = {
    "general": load_guide(),
    "us": load_edition(EDITIONS / "example-us.yml"),
    "uk": load_edition(EDITIONS / "example-uk.yml"),
}
NAMES = tuple(GUIDES["general"].data(LINK_KIT).moments)
SMS_LETTERS = 160


def short_form(guide: Guide, name: str) -> str:
    address = guide.short_form(guide.data(LINK_KIT).moments[name].page)
    assert address
    return address


def texts(guide: Guide, name: str) -> dict[str, str]:
    moment = guide.data(LINK_KIT).moments[name]
    return copy_texts(moment.text, short_form(guide, name), Formatter(guide))


@pytest.mark.parametrize("edition", GUIDES)
@pytest.mark.parametrize("name", NAMES)
def test_no_placeholder_is_left_in_a_text(edition: str, name: str) -> None:
    for form, text in texts(GUIDES[edition], name).items():
        assert not re.search(r"\[\[|\]\]|None|\{", text), form
        if form != "html":
            assert "<" not in text, form


@pytest.mark.parametrize("edition", ["us", "uk"])
@pytest.mark.parametrize("name", NAMES)
def test_a_text_has_the_clinics_number_or_a_line_to_write_it(edition: str, name: str) -> None:
    number = GUIDES[edition].edition.number("line_24h")
    assert number
    general, ours = texts(GUIDES["general"], name), texts(GUIDES[edition], name)
    assert PLAIN_BLANK not in ours["plain"]
    assert general["plain"].count(PLAIN_BLANK) == ours["plain"].count(number.shown)


@pytest.mark.parametrize("edition", GUIDES)
def test_a_text_message_fits_into_one(edition: str) -> None:
    guide = GUIDES[edition]
    messages = [name for name, moment in guide.data(LINK_KIT).moments.items() if moment.message]
    assert messages
    for name in messages:
        text = texts(guide, name)["letters"]
        assert len(text) <= SMS_LETTERS, f"{len(text)} letters: {text}"


@pytest.mark.parametrize("name", NAMES)
def test_plain_characters_are_plain_and_lose_no_digit(name: str) -> None:
    forms = texts(GUIDES["us"], name)
    assert forms["letters"].isascii()
    assert re.findall(r"\d+", forms["letters"]) == re.findall(r"\d+", forms["plain"])


def test_plain_characters_keep_a_name_readable() -> None:
    assert plain_letters("Hôpital Núñez: 38.0\u00a0°C “now”") == 'Hopital Nunez: 38.0 C "now"'


@pytest.mark.parametrize("name", NAMES)
def test_the_html_form_links_to_the_short_address(name: str) -> None:
    guide = GUIDES["uk"]
    soup = BeautifulSoup(texts(guide, name)["html"], "html.parser")
    (link,) = soup.select("a")
    assert link["href"] == short_form(guide, name)
    assert " ".join(soup.get_text(" ").split()).count(link.get_text()) == 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_qr_codes_can_be_downloaded_and_scanned(
    site: Site, guide: Guide, name: str, kind: str
) -> None:
    file = site.folder / qr_path(name, kind)
    assert file.is_file()
    page = BeautifulSoup(site.html("clinics/link.md"), "html.parser")
    assert page.select(f'a[download][href$="{file.name}"]')
    if kind == "png":
        (found,) = zxingcpp.read_barcodes(Image.open(file))
        assert found.text == short_form(guide, name)


@pytest.mark.parametrize("name", NAMES)
def test_each_text_says_its_page_and_is_in_a_box_to_copy(
    site: Site, guide: Guide, name: str
) -> None:
    page = BeautifulSoup(site.html("clinics/link.md"), "html.parser")
    for form, text in texts(guide, name).items():
        box = page.select_one(f"textarea#copy-{name}-{form}[readonly]")
        assert box, form
        assert box.get_text() == text, form
        assert page.select_one(f'label[for="copy-{name}-{form}"]'), form
