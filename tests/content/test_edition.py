"""A clinic's edition: its number, fever level and unit appear wherever they belong."""

from __future__ import annotations

import functools
import json
import re
import shutil
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from scripts.components.registry import Macros
from scripts.components.render import curly
from scripts.components.sheet.block import SheetWords
from scripts.content import load_guide
from scripts.guide.guide import Guide
from scripts.guide.pages import Call
from scripts.root import ROOT

Edit = Callable[[str, str], Guide]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edit:
    """A function that returns an edition with one line of clinic.yml replaced, loaded once."""

    @functools.cache
    def make(old: str, new: str) -> Guide:
        data = tmp_path_factory.mktemp("edition") / "data"
        shutil.copytree(ROOT / "docs" / "data", data)
        clinic = data / "clinic.yml"
        text = clinic.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"clinic.yml holds {old!r} {text.count(old)} times"
        clinic.write_text(text.replace(old, new), encoding="utf-8")
        return load_guide(data=data)

    return make


SHOWN: dict[int, list[tuple[str, Call, str]]] = {}


def shown(guide: Guide) -> list[tuple[str, Call, str]]:
    """Return what each macro call of each page shows, after its page and the call."""
    if id(guide) not in SHOWN:
        SHOWN[id(guide)] = [
            (path, call, str(getattr(components, call.name)(*call.args, **call.kwargs)))
            for path, page in guide.pages.items()
            for components in [Macros(guide, path)]
            for call in page.calls
        ]
    return SHOWN[id(guide)]


def words(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text().split())


def without_fixed_levels(html: str, guide: Guide) -> str:
    """Return HTML without the fixed levels of tables and grading scales."""
    page = BeautifulSoup(html, "html.parser")
    fixed = [".crs-temperature-table", "path"]
    fixed += [f".crs-sheet--{s}" for s, sheet in guide.checklists.items() if sheet.for_clinicians]
    for part in page.select(", ".join(fixed)):
        part.decompose()
    return str(page)


def test_each_call_shows_something(guide: Guide) -> None:
    calls = list(shown(guide))
    assert len(calls) > 500
    for path, call, html in calls:
        # Only the last source mark of a paragraph or list is shown, with the sources of all.
        assert re.sub("<[^>]*>", "", html).strip() or call.name == "cite", (
            f"{path}:{call.line}: {call.name}"
        )
        assert "\n" not in html, f"{path}:{call.line}: {call.name} breaks over lines"


def test_a_fever_level_of_37_5_takes_the_place_of_38_0_everywhere(
    guide: Guide, edition: Edit
) -> None:
    lower = edition('  celsius: "38.0"', '  celsius: "37.5"')
    changed = 0
    for (path, call, before), (_, _, after) in zip(shown(guide), shown(lower), strict=True):
        where = f"{path}:{call.line}: {call.name}"
        fixed = {
            # The grading scale and each row of the table have levels of their own.
            "temperature": call.first == "crs-definition-level",
            "grades": True,
            "temperature_helper": True,
            "checklist": call.first == "temperature-table",
        }.get(call.name, False)
        if fixed or not re.search("37.[57]|38.0|100.4", before + after):
            continue
        old, new = (without_fixed_levels(html, guide) for html in (before, after))
        # In this edition, a reading under the arm has the same level as any other.
        levels = old.count("38.0") + old.count("37.7")
        assert levels == new.count("37.5") - old.count("37.5"), where
        assert "38.0" not in new, where
        assert "100.4" not in new, where
        changed += old != new
    assert changed > 20


@pytest.mark.parametrize("where", ["page", "sheet"])
def test_a_fever_level_of_37_5_moves_the_line_in_the_table(edition: Edit, where: str) -> None:
    components = Macros(edition('  celsius: "38.0"', '  celsius: "37.5"'), "temperature.md")
    html = BeautifulSoup(
        components.temperature_helper()
        if where == "page"
        else components.checklist("temperature-table"),
        "html.parser",
    )
    under, from_level = html.select(".crs-temperature-table__half")
    first = from_level.select_one("tbody tr")
    assert first is not None
    assert words(str(first)) == "99.5 °F 37.5 °C"
    assert "37.6 °C" in words(str(from_level))
    assert "38.0 °C" in words(str(from_level))
    assert "37.4 °C" in words(str(under))
    marks = [words(str(mark)) for mark in html.select(".crs-temperature-table__mark")]
    assert not any("38.0" in mark or "100.4" in mark for mark in marks)
    captions = " ".join(words(str(caption)) for caption in html.select("caption"))
    assert "99.5 °F (37.5 °C)" in captions
    assert "38.0" not in captions


def test_a_fever_level_of_37_5_reaches_the_script_of_the_converter(edition: Edit) -> None:
    components = Macros(edition('  celsius: "38.0"', '  celsius: "37.5"'), "temperature.md")
    html = BeautifulSoup(components.temperature_helper(), "html.parser")
    helper = html.select_one("[data-temperature-helper]")
    assert helper is not None
    assert (helper["data-fever-celsius"], helper["data-fever-fahrenheit"]) == ("37.5", "99.5")
    assert "38.0" not in str(helper)
    assert "100.4" not in str(helper)


def test_the_unit_of_the_edition_comes_first_and_large(guide: Guide, edition: Edit) -> None:
    celsius = edition("leading_unit: fahrenheit", "leading_unit: celsius")
    seen = 0
    for first, other, each in (("°F", "°C", guide), ("°C", "°F", celsius)):
        for _, call, html in shown(each):
            # The reader chooses the unit of the pack.
            if call.name == "sheet_pack" or "crs-temperature" not in html:
                continue
            for reading in BeautifulSoup(html, "html.parser").select(".crs-temperature"):
                lead, small = reading.select("strong, small")
                assert (lead.name, small.name) == ("strong", "small")
                assert lead.get_text().endswith(first)
                assert small.get_text().endswith(f"{other})")
                seen += 1
    assert seen > 100


def test_the_unit_of_the_edition_comes_first_in_the_converter_and_its_table(
    guide: Guide, edition: Edit
) -> None:
    celsius = edition("leading_unit: fahrenheit", "leading_unit: celsius")
    for first, each in (("fahrenheit", guide), ("celsius", celsius)):
        html = BeautifulSoup(Macros(each, "temperature.md").temperature_helper(), "html.parser")
        assert html.select("input")[0]["data-unit"] == first
        for table in html.select("table"):
            assert words(str(table.select("th")[0])).lower() == first
        sign = "°" + first[0].upper()
        assert all(words(str(row)).endswith(sign) for row in html.select("tbody th"))


def test_a_number_is_shown_and_dialed_wherever_the_24_hour_line_is_named(
    guide: Guide, edition: Edit
) -> None:
    ours = edition("line_24h: null", 'line_24h: "202-555-0199"')
    found = 0
    for (path, call, before), (_, _, after) in zip(shown(guide), shown(ours), strict=True):
        where = f"{path}:{call.line}: {call.name}"
        assert guide.strings.line_24h_unset not in after, where
        if guide.strings.line_24h_unset not in before and "tel:+12025550199" not in after:
            continue
        # BeautifulSoup's select() skips the content of templates.
        links = BeautifulSoup(after, "html.parser").find_all("a", href="tel:+12025550199")
        assert len(links) >= before.count(guide.strings.line_24h_unset), where
        assert all("(202) 555-0199" in words(str(link)) for link in links), where
        found += len(links)
    assert found > 50


def test_without_a_number_the_reader_is_told_where_it_is_and_has_a_line_to_write_it(
    guide: Guide,
) -> None:
    html = BeautifulSoup(Macros(guide, "get-help.md").phone("line_24h"), "html.parser")
    assert words(str(html)) == "the 24-hour number on your wallet card"
    # In print, print.css adds a line to write on after it.
    assert html.select(".crs-phone--unset")
    assert not html.select("a")


def test_the_emergency_number_of_the_edition_is_the_one_that_is_dialed(
    guide: Guide, edition: Edit
) -> None:
    ours = edition('emergency_number: "911"', 'emergency_number: "112"')
    for path, call, html in shown(ours):
        # “Text 911” is the name of a US service and an entry of the A–Z page.
        if "911" not in (lower := html.lower().replace("text 911", "")):
            continue
        page = BeautifulSoup(lower, "html.parser")
        for titles in page.select(".crs-sources__list"):
            titles.decompose()  # titles of sources are quoted
        assert "911" not in str(page), f"{path}:{call.line}: {call.name}"
    card = BeautifulSoup(Macros(ours, "get-help.md").care_card("emergency"), "html.parser")
    assert [link["href"] for link in card.select("a")] == ["tel:112"]
    assert "call 112 now" in words(str(card))
    before = Macros(guide, "get-help.md").care_card("emergency")
    assert "tel:911" in before


def test_pages_type_no_number_that_an_edition_sets(guide: Guide) -> None:
    # A hard-coded 911 would be wrong in the edition of another country.
    number = re.compile(rf"\b{re.escape(guide.edition.emergency_number)}\b")
    typed = {
        f"{page.file}:{line}": text
        for page in guide.pages.values()
        for line, text in page.lines()
        if number.search(re.sub(r"\{\{.*?\}\}|text 911", "", text))
    }
    assert typed == {}


@pytest.fixture(scope="module")
def british() -> Guide:
    """The example of a British clinic, which answers all that an edition can."""
    return load_guide(clinic=ROOT / "docs" / "data" / "editions" / "example-uk.yml")


def sheets_of(guide: Guide) -> dict[str, str]:
    """Return all words of each sheet."""
    documents = {slug: SheetWords(guide, slug, str).document() for slug in guide.checklists}
    return {
        slug: json.dumps([document["title"], document["blocks"]], ensure_ascii=False)
        for slug, document in documents.items()
    }


def test_no_sheet_asks_what_an_edition_has_answered(guide: Guide, british: Guide) -> None:
    asked, ours, theirs = 0, sheets_of(guide), sheets_of(british)
    for slug, sheet in guide.checklists.items():
        for item in (item for block in sheet.blocks for item in getattr(block, "items", ())):
            if getattr(item, "question", None):
                asked += 1
                assert json.dumps(guide.in_region(item.text), ensure_ascii=False) in ours[slug]
                text = json.dumps(british.in_region(item.text), ensure_ascii=False)
                assert text not in theirs[slug], (slug, text)
    assert asked > 8


def test_sheets_use_the_words_of_the_region(guide: Guide, british: Guide) -> None:
    american = re.compile(r"(?i)acetaminophen|tylenol|diarrhea|\bcenter\b|emergency room|caregiver")
    ours, theirs = ("".join(sheets_of(each).values()) for each in (guide, british))
    assert len(set(american.findall(ours.casefold()))) == 6
    assert not american.findall(theirs.replace("caregiver-daily-check", ""))
    assert "Carer’s" in curly(theirs)
    assert "paracetamol" not in ours
