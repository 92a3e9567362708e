"""What every model refuses, and the wording of each error."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from scripts.guide.errors import ContentError
from scripts.guide.models.base import Celsius, Model, Plain, Slug, Some, Telephone, Text, validate
from scripts.guide.yaml_source import parse

TEXT: TypeAdapter[str] = TypeAdapter(Text)
PLAIN: TypeAdapter[str] = TypeAdapter(Plain)
SLUG: TypeAdapter[str] = TypeAdapter(Slug)
TELEPHONE: TypeAdapter[str] = TypeAdapter(Telephone)
CELSIUS: TypeAdapter[Decimal] = TypeAdapter(Celsius)


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


@pytest.mark.parametrize(
    "text",
    [
        "Call now.",
        "At [[fever]] or higher",
        "[[a]] and [[b-2]]",
        "5 is more than 4 & less than 6",
        'She said: "call"',
        "Müller’s árbol – ½ × 3",
        "two\nlines",
        "a [link] that is none",
    ],
)
def test_words_pass_as_they_are(text: str) -> None:
    assert TEXT.validate_python(text) == text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "the text is empty"),
        ("a { b", "the text contains a brace"),
        ("a } b", "the text contains a brace"),
        ("{{ fever }}", "the text contains a brace"),
        ("<b>a</b>", "the text contains < or >"),
        ("a > b", "the text contains < or >"),
        ("a\x00b", "the control character U+0000"),
        ("a\x1bb", "the control character U+001B"),
        ("a\u200bb", "the control character U+200B"),
        ("a\u202eb", "the control character U+202E"),
        ("a\u2066b", "the control character U+2066"),
        ("a\u2028b", "the control character U+2028"),
        ("\ufeffa", "the control character U+FEFF"),
        ("[[fever", "a placeholder is not closed"),
        ("[[fever]", "a placeholder is not closed"),
        ("fever]] [[low", "a placeholder is not closed"),
        ("[[Fever]]", "a placeholder is not closed or is misspelled"),
        ("[[ fever ]]", "a placeholder is not closed or is misspelled"),
    ],
)
def test_words_that_would_break_a_page_are_refused(text: str, fault: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(fault)):
        TEXT.validate_python(text)


@given(st.text())
def test_no_text_that_passes_can_open_a_tag_or_a_macro(text: str) -> None:
    try:
        passed = TEXT.validate_python(text)
    except ValidationError:
        return
    assert not set(passed) & set("<>{}\x00\x1b\u202e")


def test_where_nothing_is_filled_no_placeholder_may_stand() -> None:
    assert PLAIN.validate_python("Get help now") == "Get help now"
    with pytest.raises(ValidationError, match="no placeholder is filled here"):
        PLAIN.validate_python("At [[fever]]")
    with pytest.raises(ValidationError, match="the text contains a brace"):
        PLAIN.validate_python("{x}")


@pytest.mark.parametrize("name", ["a", "fever", "call-now", "day-7", "101-f"])
def test_names_in_kebab_case_pass(name: str) -> None:
    assert SLUG.validate_python(name) == name


@pytest.mark.parametrize("name", ["", "Fever", "call_now", "-a", "a-", "a--b", "a b", "é", "a\n"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="is not kebab-case"):
        SLUG.validate_python(name)


@pytest.mark.parametrize(
    "number", ["911", "112", "+1 (202) 555-0100", "(202) 555-0100", "020 7946 0000", "202.555.0100"]
)
def test_telephone_numbers_pass_as_people_write_them(number: str) -> None:
    assert TELEPHONE.validate_python(number) == number


@pytest.mark.parametrize(
    "number",
    [
        "",
        "11",
        "call us",
        "555-0100 ext. 7",
        "555 0100 or 0101",
        "tel:911",
        "٩١١",
        "1-800-CAR-TEAM",
    ],
)
def test_what_a_link_would_dial_wrongly_is_refused(number: str) -> None:
    with pytest.raises(ValidationError):
        TELEPHONE.validate_python(number)


@pytest.mark.parametrize("degrees", ["30.0", "38", "38.0", "38.33", "45.0", "36.05"])
def test_degrees_in_quotes_keep_every_digit(degrees: str) -> None:
    assert str(CELSIUS.validate_python(degrees)) == degrees


@pytest.mark.parametrize("degrees", [38.0, 38, True, None, ("38.0",), Decimal("38.0")])
def test_degrees_without_quotes_are_refused(degrees: Any) -> None:
    with pytest.raises(
        ValidationError, match=r"must keep its digits\|\|Write it in °C and in quotes"
    ):
        CELSIUS.validate_python(degrees)


@pytest.mark.parametrize(
    "degrees",
    ["", "NaN", "Infinity", "-38.0", "+38.0", "3_8", "3.8E1", "38,0", "３８", "38 °C", "hot"],
)
def test_degrees_that_are_no_plain_number_are_refused(degrees: str) -> None:
    with pytest.raises(ValidationError, match="is not a number"):
        CELSIUS.validate_python(degrees)


@pytest.mark.parametrize("degrees", ["29.9", "45.1", "0", "98.6", "101", "999"])
def test_degrees_that_no_body_has_are_refused(degrees: str) -> None:
    with pytest.raises(ValidationError, match=r"is outside 30\.0 to 45\.0 °C"):
        CELSIUS.validate_python(degrees)


@pytest.mark.parametrize(("degrees", "hint"), [("101", True), ("98.6", True), ("20", False)])
def test_degrees_of_the_other_unit_are_recognized(degrees: str, hint: bool) -> None:
    with pytest.raises(ValidationError) as refused:
        CELSIUS.validate_python(degrees)
    assert ("It looks like a Fahrenheit reading." in str(refused.value)) == hint


def test_a_record_cannot_be_changed() -> None:
    record = Inner(text="a")
    with pytest.raises(ValidationError, match="frozen"):
        record.text = "b"  # type: ignore[misc]


def test_spaces_around_words_are_taken_off() -> None:
    assert validate(Inner, parse("text: '  a  '\n", "x.yml")).text == "a"


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


def test_an_empty_file_lacks_every_key() -> None:
    assert [fault.split(": ")[1] for fault in faults("")] == ["number", "text"]


def test_a_record_is_found_inside_its_file() -> None:
    source = parse("list:\n  - text: a\n  - text: <b>\n", "x.yml")
    assert validate(Inner, source, ("list", 0)).text == "a"
    with pytest.raises(
        ContentError, match=r"^x\.yml:3: list\[1\]\.text: the text contains < or >\."
    ):
        validate(Inner, source, ("list", 1))
