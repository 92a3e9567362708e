"""The rules of single records: what each kind of data may contain."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from scripts.components.figure import Figure
from scripts.components.grades import GradeTable
from scripts.components.sheet.chart import Chart
from scripts.components.sheet.log import Log
from scripts.components.sheet.sheet import Sheet
from scripts.components.timeline import LAST_DAY, TIMELINE, TimelineRow, x_of
from scripts.guide.guide import Guide
from scripts.guide.models.article import ArticleStatement
from scripts.guide.models.base import Model
from scripts.guide.models.checklist import SecondSheet, SheetPack
from scripts.guide.models.edition import LOOSEST_FEVER_LEVEL, Edition
from scripts.guide.models.evidence import Source
from scripts.guide.models.page import PageMeta
from scripts.guide.models.temperature import Temperature
from scripts.guide.models.words import BannedWords, WordRules

SOURCED = {"fact": "crs-definition", "sources": ("nci-crs",)}
BY_MANY = {"facts": ("crs-definition",), "sources": ("nci-crs",)}

EDITION = {
    "site_address": "https://crs-guide.example/",
    "emergency_number": "911",
    "fever_level": {"celsius": "38.0"},
    "leading_unit": "fahrenheit",
    "paper": "letter",
    "region": "us",
}
SOURCE = {
    "id": "nci-crs",
    "title": "Cytokine release syndrome",
    "authors": "National Cancer Institute",
    "year": 2024,
    "venue": "NCI Dictionary, cancer.gov",
    "url": "https://www.cancer.gov/x",
    "kind": "public-body",
    "seen": "full text",
    "last_seen": datetime.date(2026, 11, 22),
}
META = {
    "title": "Symptoms",
    "description": "What to watch for.",
    "reviewed": "2026-11-22",
    "review_by": "2027-05-22",
    "sources": (),
    "next": ("get-help.md",),
}
SHEET = {
    "title": "Watch list",
    "purpose": "Put it on the fridge.",
    "action": "Call.",
    "reviewed": "2026-11-22",
    "review_by": "2027-05-22",
    "blocks": ({"kind": "ticks", "heading": "Signs", "items": ({"text": "Fever"},)},),
}
TABLE = {
    "caption": "Grades",
    "row_heading": "Grade",
    "columns": ("Fever", "Oxygen"),
    "rows": ({"grade": 1, "cells": ("a", "b")}, {"grade": 2, "cells": ("c", "d")}),
    **BY_MANY,
}
STATEMENT = {"number": 1, "about": "Fever", "verdict": "nuance"}


def made(model: type[Model], base: dict[str, Any], **changes: Any) -> Any:
    """Return a record made from what its file would contain, dates included."""
    record = base | changes
    for name in ("reviewed", "review_by"):
        if isinstance(record.get(name), str):
            record[name] = datetime.date.fromisoformat(record[name])
    return model.model_validate(record)


def refuses(match: str, model: type[Model], base: dict[str, Any], **changes: Any) -> None:
    with pytest.raises(ValidationError, match=match):
        made(model, base, **changes)


# Editions.


@pytest.mark.parametrize("degrees", ["38.0", "37.8", "37.5", "36.1"])
def test_a_clinic_may_ask_for_a_call_at_a_lower_level(degrees: str) -> None:
    assert made(Edition, EDITION, fever_level={"celsius": degrees}).fever_level.celsius == Decimal(
        degrees
    )


@pytest.mark.parametrize("degrees", ["38.01", "38.1", "38.33", "38.5", "40.0"])
def test_no_clinic_may_ask_for_a_call_at_a_higher_level(degrees: str) -> None:
    refuses("so people would call too late", Edition, EDITION, fever_level={"celsius": degrees})


def test_the_highest_level_is_where_the_source_puts_it() -> None:
    assert Decimal("38.0") == LOOSEST_FEVER_LEVEL


@pytest.mark.parametrize(
    "address",
    [
        "http://crs.example/",
        "https://crs.example",
        "crs.example/",
        "https://crs example/",
        'https://crs.example/"x/',
        "https:///",
        "javascript:alert(1)/",
        "",
    ],
)
def test_an_address_that_is_not_whole_is_refused(address: str) -> None:
    refuses("is not a full address", Edition, EDITION, site_address=address)


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("https://crs-guide.example/", "crs-guide.example"),
        ("https://www.clinic.example/crs/en/", "www.clinic.example/crs/en"),
        ("https://localhost:8000/", "localhost:8000"),
    ],
)
def test_an_address_is_printed_short(address: str, short: str) -> None:
    assert made(Edition, EDITION, site_address=address).short_address == short


@pytest.mark.parametrize("key", ["line_24h", "day_line", "emergency_number"])
def test_no_edition_has_words_where_a_number_is_dialed(key: str) -> None:
    refuses("not a telephone number", Edition, EDITION, **{key: "ask at the desk"})


# Temperatures.


@pytest.mark.parametrize(
    ("degrees", "celsius", "fahrenheit"),
    [
        ("38.0", "38.0", "100.4"),
        ("38", "38.0", "100.4"),
        ("38.33", "38.3", "101.0"),
        ("37.8", "37.8", "100.0"),
        ("36.0", "36.0", "96.8"),
        ("37.95", "38.0", "100.3"),
    ],
)
def test_a_temperature_shows_one_decimal_in_both_units(
    degrees: str, celsius: str, fahrenheit: str
) -> None:
    level = made(Temperature, {"celsius": degrees, **SOURCED})
    assert (level.celsius_text, level.fahrenheit_text) == (celsius, fahrenheit)


def test_the_exact_value_is_kept_for_comparing() -> None:
    assert made(Temperature, {"celsius": "37.95", **SOURCED}).celsius < Decimal("38.0")


# Sources.


def test_a_source_is_reached_by_its_most_lasting_address() -> None:
    assert made(Source, SOURCE).address == "https://www.cancer.gov/x"
    assert made(Source, SOURCE, doi="10.1000/x").address == "https://doi.org/10.1000/x"


@pytest.mark.parametrize(
    ("changes", "short"),
    [
        ({}, "NCI Dictionary"),
        ({"venue": "bms.com (patients)"}, "bms.com"),
        ({"kind": "study", "authors": "Abramson JS, Palomba ML"}, "Abramson JS 2024"),
        ({"kind": "study", "authors": "Abramson JS", "year": "not shown"}, "Abramson JS"),
        ({"kind": "review", "authors": None}, "NCI Dictionary"),
    ],
)
def test_a_source_has_a_name_that_fits_the_foot_of_a_sheet(
    changes: dict[str, Any], short: str
) -> None:
    assert made(Source, SOURCE, **changes).short == short


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "www.cancer.gov", "https://a b", "", "//x.y"]
)
def test_a_source_without_a_web_address_is_refused(url: str) -> None:
    refuses("is not a web address", Source, SOURCE, url=url)


# Pages.


def test_a_page_leads_on_to_one_to_three_pages() -> None:
    assert made(PageMeta, META, next=("a.md", "b.md", "c.md")).next == ("a.md", "b.md", "c.md")
    refuses("at least 1 item", PageMeta, META, next=())
    refuses("at most 3 items", PageMeta, META, next=("a.md",) * 4)


def test_a_description_fits_a_search_result() -> None:
    assert made(PageMeta, META, description="x" * 155)
    refuses("at most 155", PageMeta, META, description="x" * 156)


@pytest.mark.parametrize(("model", "base"), [(PageMeta, META), (Sheet, SHEET)])
def test_a_review_is_due_after_the_last_one(model: type[Model], base: dict[str, Any]) -> None:
    assert made(model, base, review_by="2026-11-23")
    refuses("review_by is not after reviewed", model, base, review_by="2026-11-22")


# Sheets.


SIGNS = {"kind": "signs", "care_card": "emergency"}
LOG = {
    "kind": "log",
    "days": 14,
    "day_heading": "Day",
    "readings_per_day": 4,
    "reading_heading": "Time and temperature",
    "columns": ("Symptoms",),
}
CHART = {
    "kind": "chart",
    "heading": "Mark each reading",
    "days": 14,
    "lowest": "35.5",
    "highest": "41.0",
    "action_label": "Call now",
    "caption": "Call.",
}
DAILY = {
    "kind": "daily",
    "days": 14,
    "day_heading": "Day",
    "columns": ("Morning", "Evening"),
}
CARD = {"kind": "card", "front": {"heading": "a"}, "back": {"heading": "b"}}


def test_a_sheet_is_not_empty() -> None:
    refuses("at least 1 item", Sheet, SHEET, blocks=())


@pytest.mark.parametrize(
    "block",
    [
        SIGNS,
        {"kind": "ticks", "heading": "a", "items": ({"text": "b", "write_in": True},)},
        {"kind": "lines", "items": ({"text": "b"},)},
        {"kind": "fields", "items": ("b",)},
        LOG,
        CHART,
        {"kind": "script"},
        {"kind": "no-answer", "heading": "a"},
        DAILY,
        {"kind": "temperature-table"},
        CARD,
    ],
    ids=lambda block: str(block["kind"]),
)
def test_a_sheet_is_made_of_blocks_of_eleven_kinds(block: dict[str, Any]) -> None:
    (made_block,) = made(Sheet, SHEET, blocks=(block,)).blocks
    assert made_block.kind == block["kind"]
    refuses("Extra inputs", Sheet, SHEET, blocks=(block | {"color": "red"},))


@pytest.mark.parametrize(
    ("block", "key", "wrong"),
    [
        (LOG, "days", 0),
        (LOG, "days", 32),
        (LOG, "first_day", -1),
        (LOG, "first_day", 101),
        (LOG, "readings_per_day", 0),
        (LOG, "readings_per_day", 7),
        (LOG, "columns", ()),
        (CHART, "days", 32),
        (CHART, "first_day", -1),
        (DAILY, "days", 0),
        (DAILY, "columns", ()),
        (DAILY, "columns", ("a", "b", "c", "d")),
    ],
)
def test_a_block_fits_a_sheet_of_paper(block: dict[str, Any], key: str, wrong: Any) -> None:
    assert made(Sheet, SHEET, blocks=(block,))
    kind = block["kind"]
    with pytest.raises(ValidationError, match=rf"blocks\.0\.{kind}\.{key}"):
        made(Sheet, SHEET, blocks=(block | {key: wrong},))


def test_a_chart_rises() -> None:
    for lowest in ("41.0", "42.0"):
        wrong = CHART | {"lowest": lowest}
        refuses("lowest is not below highest", Sheet, SHEET, blocks=(wrong,))


def test_a_wallet_card_has_two_faces() -> None:
    for face in ("front", "back"):
        half = {key: value for key, value in CARD.items() if key != face}
        refuses(f"card.{face}", Sheet, SHEET, blocks=(half,))


def test_the_second_sheet_counts_on_and_keeps_all_else() -> None:
    ticks = SHEET["blocks"][0]
    second = {"slug": "later", "title": "Later", "first_day": 15, "days": 7}
    first = made(Sheet, SHEET, blocks=(ticks, LOG, CHART), second=second)
    later = first.for_later_days(first.second)
    assert (later.title, later.second) == ("Later", None)
    assert later.blocks[0] == first.blocks[0]
    for block in later.blocks[1:]:
        assert isinstance(block, Log | Chart)
        assert (block.first_day, block.days) == (15, 7)
    assert later.model_copy(update={"title": first.title, "blocks": first.blocks}) == (
        first.model_copy(update={"second": None})
    )


def test_the_second_sheet_has_a_name_and_a_first_day() -> None:
    second = {"slug": "later", "title": "Later", "first_day": 15, "days": 7}
    assert made(SecondSheet, second)
    refuses("kebab-case", SecondSheet, second, slug="Later days")
    for wrong in (0, 101, "15"):
        refuses("first_day", SecondSheet, second, first_day=wrong)


def test_the_pack_lists_its_sheets_in_order() -> None:
    groups = ({"heading": "a", "sheets": ("x", "y")}, {"heading": "b", "sheets": ("z",)})
    assert made(SheetPack, {"groups": groups}).sheets == ("x", "y", "z")
    refuses("at least 1 item", SheetPack, {"groups": ()})
    refuses("at least 1 item", SheetPack, {"groups": ({"heading": "a", "sheets": ()},)})


# Tables, drawings, words.


def test_a_grade_has_one_cell_a_column_and_grades_rise() -> None:
    rows = TABLE["rows"]
    assert made(GradeTable, TABLE).rows[1].grade == 2
    refuses("more or fewer cells", GradeTable, TABLE, rows=({"grade": 1, "cells": ("a",)},))
    refuses("repeat or do not rise", GradeTable, TABLE, rows=(rows[0], rows[0]))
    refuses("repeat or do not rise", GradeTable, TABLE, rows=(rows[1], rows[0]))


def test_a_table_of_grades_turns_so_that_each_grade_has_a_column() -> None:
    assert made(GradeTable, TABLE).across == (("Fever", ("a", "c")), ("Oxygen", ("b", "d")))


@pytest.mark.parametrize("grade", [0, 6])
def test_a_grade_is_one_of_five(grade: int) -> None:
    with pytest.raises(ValidationError, match="grade"):
        made(GradeTable, TABLE, rows=({"grade": grade, "cells": ("a", "b")},))


def test_a_word_of_a_drawing_is_a_list_of_lines() -> None:
    drawing = {"title": "a", "description": "b", "caption": "c", **BY_MANY}
    assert made(Figure, drawing, labels={"tip": ("under the", "tongue")})
    # A drawing puts each entry on a line; plain text would put each letter on a line of its own.
    refuses("labels.tip", Figure, drawing, labels={"tip": "under the tongue"})
    refuses("labels.tip", Figure, drawing, labels={"tip": ()})


PATTERNS: dict[str, Callable[[str], Any]] = {
    "banned": lambda pattern: {"pattern": pattern, "reason": "No."},
    "preferred": lambda pattern: {"say": "a", "instead_of": pattern, "reason": "No."},
    "typed_numbers": lambda pattern: pattern,
    "allowed_numbers": lambda pattern: pattern,
}


@pytest.mark.parametrize("model_field", PATTERNS)
@pytest.mark.parametrize("pattern", ["(", "*", "[a", "", "a?"])
def test_a_pattern_that_cannot_be_read_or_matches_all_is_refused(
    model_field: str, pattern: str
) -> None:
    rules: dict[str, Any] = {name: (written("x"),) for name, written in PATTERNS.items()}
    rules["known_words"] = {"medicines": ("tocilizumab",)}
    wrong: Any = (PATTERNS[model_field](pattern),)
    assert made(WordRules, rules)
    refuses(
        "is not a regular expression|matches every line", WordRules, rules, **{model_field: wrong}
    )


def test_banned_words_are_found_in_any_case() -> None:
    banned = made(BannedWords, {"pattern": r"\bsafe to wait\b", "reason": "No."})
    assert banned.regex.search("It is SAFE to Wait.")
    assert not banned.regex.search("It is unsafe to wait.")


# The source article.


@pytest.mark.parametrize("number", [0, 87])
def test_a_statement_is_one_of_86(number: int) -> None:
    refuses("number", ArticleStatement, STATEMENT, number=number, dropped="why not")


def test_a_statement_stands_somewhere_or_is_dropped() -> None:
    assert made(ArticleStatement, STATEMENT, where=("faq.md",))
    assert made(ArticleStatement, STATEMENT, dropped="an ad")
    refuses("no place and no reason", ArticleStatement, STATEMENT)
    refuses("or has both", ArticleStatement, STATEMENT, where=("faq.md",), dropped="an ad")


# The timeline.


def row(*typical: int, **days: Any) -> Any:
    """Return a row whose typical start is day 3 unless other days are given."""
    names = {"product": "A", "medicine": "a-cel", "cancer": "lymphoma", "data": "Trial, 2022"}
    rests_on = {"facts": (SOURCED["fact"],), "sources": SOURCED["sources"]}
    return made(TimelineRow, names | rests_on, typical_start_days=typical or (3,), **days)


def test_a_bar_is_solid_from_the_first_start_on_record_to_the_last() -> None:
    seen = row(first_day=1, last_day=14)
    assert seen.solid_from_x == x_of(1) < seen.typical_from_x == x_of(3) < seen.solid_to_x
    assert seen.solid_to_x == x_of(14)


def test_a_bar_without_a_last_day_fades_out_from_its_typical_start() -> None:
    assert row(4, 5, first_day=1).solid_to_x == row(4, 5).typical_to_x == x_of(5)


def test_a_bar_without_a_first_day_fades_in_to_its_typical_start() -> None:
    assert row().solid_from_x == row().typical_from_x == x_of(3)


def test_day_zero_is_a_day() -> None:
    assert row(first_day=0).solid_from_x == x_of(0) < x_of(1)


def test_a_start_after_the_last_day_drawn_stands_at_the_edge(guide: Guide) -> None:
    assert row(last_day=LAST_DAY + 21).solid_to_x == guide.data(TIMELINE).edge_x == x_of(LAST_DAY)


def test_no_product_is_said_to_have_a_last_day(guide: Guide) -> None:
    """Check that a study's latest start is never shown as the last day of risk."""
    for each in guide.data(TIMELINE).rows:
        words = guide.data(TIMELINE).seen(each)
        assert words.endswith(("or later", "not given")) or words.startswith("from day"), words
    late = guide.data(TIMELINE).seen(row(first_day=1, last_day=23))
    assert late == "day 1 to 23, or later"
    assert guide.data(TIMELINE).typical(row(4, 5)) == "day 4 to 5"


@pytest.mark.parametrize("day", [-1, 366, 1.5, "3"])
def test_a_day_is_a_whole_number_of_the_first_year(day: Any) -> None:
    with pytest.raises(ValidationError):
        row(first_day=day)


def test_every_record_of_the_guide_is_frozen_and_strict(guide: Guide) -> None:
    kinds = {type(value) for value in vars(guide).values() if isinstance(value, Model)}
    stores = [value for value in vars(guide).values() if hasattr(value, "values")]
    kinds |= {type(v) for store in stores for v in store.values() if isinstance(v, Model)}
    assert len(kinds) > 12
    for kind in kinds:
        config = kind.model_config
        assert (config["frozen"], config["extra"], config["strict"]) == (True, "forbid", True), kind
