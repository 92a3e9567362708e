"""What a writer may put into the data files, and the wording of each error."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from scripts.components.figure import Figure
from scripts.components.grades import GradeTable
from scripts.components.sheet.sheet import Sheet
from scripts.components.timeline import LAST_DAY, TIMELINE, TimelineRow, x_of
from scripts.guide.errors import ContentError
from scripts.guide.guide import Guide
from scripts.guide.models.article import ArticleStatement
from scripts.guide.models.base import Celsius, Model, Plain, Slug, Some, Telephone, Text, validate
from scripts.guide.models.checklist import SheetPack
from scripts.guide.models.edition import LOOSEST_FEVER_LEVEL, Edition
from scripts.guide.models.evidence import Source
from scripts.guide.models.page import PageMeta
from scripts.guide.models.temperature import Temperature
from scripts.guide.models.words import BannedWords, WordRules
from scripts.guide.yaml_source import parse

# Single values.

TEXT: TypeAdapter[str] = TypeAdapter(Text)
PLAIN: TypeAdapter[str] = TypeAdapter(Plain)
SLUG: TypeAdapter[str] = TypeAdapter(Slug)
TELEPHONE: TypeAdapter[str] = TypeAdapter(Telephone)
CELSIUS: TypeAdapter[Decimal] = TypeAdapter(Celsius)

WORDS = (
    "Call now.",
    "At [[fever]] or higher",
    "[[a]] and [[b-2]]",
    "5 is more than 4 & less than 6",
    'She said: "call"',
    "Müller’s árbol – ½ × 3",
    "two\nlines",
    "a [link] that is none",
)
NAMES = ("a", "fever", "call-now", "day-7", "101-f")
NUMBERS = ("911", "112", "+1 (202) 555-0100", "(202) 555-0100", "020 7946 0000", "202.555.0100")
DEGREES = ("30.0", "38", "38.0", "38.33", "45.0", "36.05")


@pytest.mark.parametrize(
    ("kind", "values"),
    [(TEXT, WORDS), (PLAIN, WORDS[:1]), (SLUG, NAMES), (TELEPHONE, NUMBERS), (CELSIUS, DEGREES)],
)
def test_a_good_value_passes_as_it_is_typed(kind: TypeAdapter[Any], values: tuple[str]) -> None:
    assert tuple(str(kind.validate_python(value)) for value in values) == values


CONTROLS = {"\x00": "0000", "\x1b": "001B", "\u200b": "200B", "\u202e": "202E", "\u2066": "2066"}
CONTROLS |= {"\u2028": "2028", "\ufeff": "FEFF"}
NOT_CLOSED = "a placeholder is not closed or is misspelled"
NO_NAMES = ("", "Fever", "call_now", "-a", "a-", "a--b", "a b", "é", "a\n")
NOT_DIALED = ("11", "call us", "555-0100 ext. 7", "555 0100 or 0101", "tel:911", "٩١١")
UNQUOTED = (38.0, 38, True, None, ("38.0",), Decimal("38.0"))
NO_NUMBER = ("", "NaN", "Infinity", "-38.0", "+38.0", "3_8", "3.8E1", "38,0", "３８", "38 °C")
NO_BODY = ("29.9", "45.1", "0", "98.6", "101", "999")


@pytest.mark.parametrize(
    ("kind", "fault", "values"),
    [
        (TEXT, "the text is empty", ("",)),
        (TEXT, "the text contains a brace", ("a { b", "a } b", "{{ fever }}")),
        (TEXT, "the text contains < or >", ("<b>a</b>", "a > b")),
        *((TEXT, f"the control character U+{name}", (f"a{c}b",)) for c, name in CONTROLS.items()),
        (TEXT, NOT_CLOSED, ("[[fever", "[[fever]", "fever]] [[low", "[[Fever]]", "[[ fever ]]")),
        (PLAIN, "no placeholder is filled here", ("At [[fever]]",)),
        (PLAIN, "the text contains a brace", ("{x}",)),
        (SLUG, "is not kebab-case", NO_NAMES),
        (TELEPHONE, "not a telephone number", NOT_DIALED),
        (CELSIUS, "must keep its digits||Write it in °C and in quotes", UNQUOTED),
        (CELSIUS, "is not a number", NO_NUMBER),
        (CELSIUS, "is outside 30.0 to 45.0 °C", NO_BODY),
        (CELSIUS, "It looks like a Fahrenheit reading.", ("101", "98.6")),
    ],
)
def test_a_value_that_would_mislead_is_refused(
    kind: TypeAdapter[Any], fault: str, values: tuple[Any, ...]
) -> None:
    for value in values:
        with pytest.raises(ValidationError, match=re.escape(fault)):
            kind.validate_python(value)


@given(st.text())
def test_no_text_that_passes_can_open_a_tag_or_a_macro(text: str) -> None:
    try:
        passed = TEXT.validate_python(text)
    except ValidationError:
        return
    assert not set(passed) & set("<>{}\x00\x1b\u202e")


# The wording of errors.


class Inner(Model):
    """A record inside another."""

    text: Text
    many: Some[Slug] = ("one",)


class Outer(Model):
    """A record with a field of each kind."""

    text: Text
    number: int
    yes_or_no: bool = False
    day: datetime.date | None = None
    either: int | str = 0
    choice: Literal["this", "that"] = "this"
    inner: tuple[Inner, ...] = ()
    named: dict[Slug, Inner] = {}  # noqa: RUF012 - pydantic copies the default


def faults(text: str) -> list[str]:
    """Return the errors of an ``Outer`` written in YAML, as a reader sees them."""
    try:
        validate(Outer, parse(text, "x.yml"))
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_good_record_has_no_faults() -> None:
    assert faults("text: a\nnumber: 1\nday: 2026-11-22\neither: x\nnamed: {a-b: {text: c}}\n") == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("numbre: 1", "numbre: the key is unknown. Correct the spelling of the key"),
        ("yes_or_no: maybe", "yes_or_no: this must be true or false, but it is text. Write true"),
        ("yes_or_no: 1", "yes_or_no: this must be true or false, but it is a whole number."),
        ("day: 22 November", "day: this must be a date, but it is text. Write the date as 2026"),
        ("day: 2026-11-22 10:00:00", "day: this must be a date, but it is a date with a time."),
        ("either: [1]", "either: this must be a whole number, but it is a list."),
        ("choice: other", "choice: input should be 'this' or 'that'. Use one of the values"),
        ("inner: {text: a}", "inner: this must be a list, but it is keys and values. Write a list"),
        ("inner: [a]", "inner[0]: this must be keys and values, but it is text. Write keys"),
        ("inner: [{text: a, many: []}]", "inner[0].many: the list is empty. Add what is missing"),
        ("inner: [{text: a, many: one}]", "inner[0].many: this must be a list, but it is text."),
        ("inner: [{text: a, many: [A]}]", "inner[0].many[0]: “A” is not kebab-case."),
        ("named: {A b: {text: c}}", "named.A b: “A b” is not kebab-case."),
        ("named: [1]", "named: this must be keys and values, but it is a list."),
        ("named: {a: {}}", "named.a.text: the key is missing. Add the key."),
    ],
)
def test_each_fault_is_told_once_with_its_place(line: str, says: str) -> None:
    [fault] = faults(f"text: a\nnumber: 1\n{line}\n")
    assert fault.startswith(f"x.yml:3: {says}"), fault


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("text: 1\nnumber: 1\n", "x.yml:1: text: this must be text, but it is a whole number."),
        ("text: 1.5\nnumber: 1\n", "x.yml:1: text: this must be text, but it is a number."),
        ("text: yes\nnumber: 1\n", "x.yml:1: text: this must be text, but it is true or false."),
        ("text:\nnumber: 1\n", "x.yml:1: text: this must be text, but it is left out."),
        ("text: a\nnumber: '1'\n", "x.yml:2: number: this must be a whole number, but it is text."),
        ("text: a\nnumber: 1.5\n", "x.yml:2: number: this must be a whole number, but"),
        ("text: a\n", "x.yml:1: number: the key is missing. Add the key."),
        ("- a\n", "x.yml:1: the file: this must be keys and values, but it is a list."),
        ("a\n", "x.yml:1: the file: this must be keys and values, but it is text."),
    ],
)
def test_no_value_is_converted_by_guess(text: str, says: str) -> None:
    [fault] = faults(text)
    assert fault.startswith(says), fault


def test_a_record_is_found_inside_its_file() -> None:
    source = parse("list:\n  - text: '  a  '\n  - text: <b>\n", "x.yml")
    assert validate(Inner, source, ("list", 0)).text == "a"
    with pytest.raises(
        ContentError, match=r"^x\.yml:3: list\[1\]\.text: the text contains < or >\."
    ):
        validate(Inner, source, ("list", 1))


def test_every_record_of_the_guide_is_frozen_and_strict(guide: Guide) -> None:
    kinds = {type(value) for value in vars(guide).values() if isinstance(value, Model)}
    stores = [value for value in vars(guide).values() if hasattr(value, "values")]
    kinds |= {type(v) for store in stores for v in store.values() if isinstance(v, Model)}
    assert len(kinds) > 12
    for kind in kinds:
        config = kind.model_config
        assert (config["frozen"], config["extra"], config["strict"]) == (True, "forbid", True), kind


# The rules of single records.

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
DATES = {"reviewed": datetime.date(2026, 11, 22), "review_by": datetime.date(2027, 5, 22)}
DUE_AT_ONCE = {"review_by": DATES["reviewed"]}
META = {
    "title": "Symptoms",
    "description": "What to watch for.",
    "sources": (),
    "next": ("get-help.md",),
    **DATES,
}
TICKS = {"kind": "ticks", "heading": "Signs", "items": ({"text": "Fever"},)}
LOG = {
    "kind": "log",
    "days": 14,
    "day_heading": "Day",
    "readings_per_day": 4,
    "reading_heading": "Time and temperature",
    "last_day": 28,
    "notes": "Symptoms",
    "called": "Called?",
}
DAILY = {
    "kind": "daily",
    "days": 14,
    "day_heading": "Day",
    "columns": ("Morning", "Evening"),
    "sample": "Well",
}
CARD = {
    "kind": "card",
    "alert": "c",
    "scan": "d",
    "front": {"heading": "a"},
    "back": {"heading": "b"},
}
SHEET = {
    "title": "Watch list",
    "purpose": "Put it on the fridge.",
    "action": "Call.",
    "blocks": (TICKS, LOG, DAILY, CARD),
    **DATES,
}
TABLE: dict[str, Any] = {
    "caption": "Grades",
    "row_heading": "Grade",
    "columns": ("Fever", "Oxygen"),
    "rows": ({"grade": 1, "cells": ("a", "b")}, {"grade": 2, "cells": ("c", "d")}),
    **BY_MANY,
}
FIGURE = {
    "title": "a",
    "description": "b",
    "caption": "c",
    "labels": {"tip": ("under the", "tongue")},
    **BY_MANY,
}
STATEMENT = {"number": 1, "about": "Fever", "verdict": "nuance", "where": ("faq.md",)}
RULES = {
    "banned": ({"pattern": "x", "reason": "No."},),
    "preferred": ({"say": "a", "instead_of": "x", "reason": "No."},),
    "typed_numbers": ("x",),
    "allowed_numbers": ("x",),
    "known_words": {"medicines": ("tocilizumab",)},
}
ROW = {
    "product": "A",
    "medicine": "a-cel",
    "cancer": "lymphoma",
    "data": "Trial, 2022",
    "typical_start_days": (3,),
    **BY_MANY,
}


def block(kind: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"blocks": (kind | changes,)}


NOT_WHOLE = (
    *("http://crs.example/", "https://crs.example", "crs.example/", "https://crs example/"),
    *('https://crs.example/"x/', "https:///", "javascript:alert(1)/", ""),
)
NO_WEB = ("javascript:alert(1)", "www.cancer.gov", "https://a b", "", "//x.y")
PATTERNS = [
    {key: (change,)}
    for pattern in ("(", "*", "[a", "", "a?")
    for key, change in (
        ("banned", {"pattern": pattern, "reason": "No."}),
        ("preferred", {"say": "a", "instead_of": pattern, "reason": "No."}),
        ("typed_numbers", pattern),
        ("allowed_numbers", pattern),
    )
]
ROWS = TABLE["rows"]
REFUSED: list[tuple[type[Model], dict[str, Any], str, list[dict[str, Any]]]] = [
    (Edition, EDITION, "is not a full address", [{"site_address": each} for each in NOT_WHOLE]),
    (
        *(Edition, EDITION, "not a telephone number"),
        [{key: "ask at the desk"} for key in ("line_24h", "day_line", "emergency_number")],
    ),
    (
        *(Edition, EDITION, "so people would call too late"),
        [{"fever_level": {"celsius": each}} for each in ("38.01", "38.1", "38.33", "38.5", "40")],
    ),
    (Source, SOURCE, "is not a web address", [{"url": each} for each in NO_WEB]),
    (PageMeta, META, "review_by is not after reviewed", [DUE_AT_ONCE]),
    (Sheet, SHEET, "review_by is not after reviewed", [DUE_AT_ONCE]),
    # A sheet that does not fit its paper would stop the build much later.
    (Sheet, SHEET, r"blocks\.0\.log\.days", [block(LOG, days=32)]),
    (Sheet, SHEET, "last_day is before the day of the last row", [block(LOG, last_day=13)]),
    (Sheet, SHEET, r"blocks\.0\.log\.readings_per_day", [block(LOG, readings_per_day=5)]),
    (Sheet, SHEET, r"blocks\.0\.daily\.columns", [block(DAILY, columns=("a", "b", "c", "d"))]),
    (GradeTable, TABLE, "more or fewer cells", [{"rows": ({"grade": 1, "cells": ("a",)},)}]),
    (GradeTable, TABLE, "repeat or do not rise", [{"rows": ROWS[:1] * 2}, {"rows": ROWS[::-1]}]),
    # A drawing puts each entry on a line; plain text would put each letter on a line.
    (Figure, FIGURE, "labels.tip", [{"labels": {"tip": "under the tongue"}}]),
    (WordRules, RULES, "is not a regular expression|matches every line", PATTERNS),
    (ArticleStatement, STATEMENT, "number", [{"number": 87}]),
    (ArticleStatement, STATEMENT, "no place and no reason", [{"where": ()}]),
    (ArticleStatement, STATEMENT, "or has both", [{"dropped": "an ad"}]),
]


@pytest.mark.parametrize(("model", "record", "fault", "changes"), REFUSED)
def test_a_record_keeps_the_rules_of_its_kind(
    model: type[Model], record: dict[str, Any], fault: str, changes: list[dict[str, Any]]
) -> None:
    model.model_validate(record)
    for change in changes:
        with pytest.raises(ValidationError, match=fault):
            model.model_validate(record | change)


def made(model: type[Model], record: dict[str, Any], **changes: Any) -> Any:
    return model.model_validate(record | changes)


def test_a_clinic_may_ask_for_a_call_at_a_lower_level_and_never_at_a_higher_one() -> None:
    assert Decimal("38.0") == LOOSEST_FEVER_LEVEL
    for degrees in ("38.0", "37.8", "37.5", "36.1"):
        edition = made(Edition, EDITION, fever_level={"celsius": degrees})
        assert edition.fever_level.celsius == Decimal(degrees)


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
def test_a_temperature_shows_one_decimal_in_both_units_and_is_compared_exactly(
    degrees: str, celsius: str, fahrenheit: str
) -> None:
    level = made(Temperature, {"fact": "crs-definition", "sources": ("nci-crs",)}, celsius=degrees)
    assert (level.celsius_text, level.fahrenheit_text) == (celsius, fahrenheit)
    assert level.celsius == Decimal(degrees)


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


def test_the_pack_lists_its_sheets_in_order() -> None:
    groups = ({"heading": "a", "sheets": ("x", "y")}, {"heading": "b", "sheets": ("z",)})
    assert made(SheetPack, {"groups": groups}).sheets == ("x", "y", "z")


def test_a_table_of_grades_turns_so_that_each_grade_has_a_column() -> None:
    assert made(GradeTable, TABLE).across == (("Fever", ("a", "c")), ("Oxygen", ("b", "d")))


def test_banned_words_are_found_in_any_case() -> None:
    banned = made(BannedWords, {"pattern": r"\bsafe to wait\b", "reason": "No."})
    assert banned.regex.search("It is SAFE to Wait.")
    assert not banned.regex.search("It is unsafe to wait.")


# The timeline.


def row(**days: Any) -> Any:
    """Return a row whose typical start is day 3 unless other days are given."""
    return made(TimelineRow, ROW, **days)


def test_a_bar_is_solid_from_the_first_start_on_record_to_the_last() -> None:
    seen = row(first_day=1, last_day=14)
    assert seen.solid_from_x == x_of(1) < seen.typical_from_x == x_of(3) < seen.solid_to_x
    assert seen.solid_to_x == x_of(14)
    assert row(first_day=0).solid_from_x == x_of(0) < x_of(1)


def test_a_bar_without_a_first_or_last_day_fades_at_its_typical_start() -> None:
    assert row().solid_from_x == row().typical_from_x == x_of(3)
    late = row(typical_start_days=(4, 5), first_day=1)
    assert late.solid_to_x == late.typical_to_x == x_of(5)


def test_a_start_after_the_last_day_drawn_is_at_the_edge(guide: Guide) -> None:
    assert row(last_day=LAST_DAY + 21).solid_to_x == guide.data(TIMELINE).edge_x == x_of(LAST_DAY)


def test_no_product_is_said_to_have_a_last_day(guide: Guide) -> None:
    """Check that a study's latest start is never shown as the last day of risk."""
    for each in guide.data(TIMELINE).rows:
        words = guide.data(TIMELINE).seen(each)
        assert words.endswith(("or later", "not given")) or words.startswith("from day"), words
    late = guide.data(TIMELINE).seen(row(first_day=1, last_day=23))
    assert late == "day 1 to 23, or later"
    assert guide.data(TIMELINE).typical(row(typical_start_days=(4, 5))) == "day 4 to 5"
