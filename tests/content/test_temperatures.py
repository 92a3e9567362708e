"""Every temperature on every page is in the data, in two units that agree."""

from __future__ import annotations

import copy
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from bs4 import Tag

from scripts.guide.guide import Guide
from tests.content.built import blocks, text_of

PAIR = re.compile(r"(?P<f>\d+\.\d) °F \((?P<c>\d+\.\d) °C\)")
TURNED = re.compile(r"(?P<c>\d+\.\d) °C \((?P<f>\d+\.\d) °F\)")
"""A pair with Celsius first, as a reader of the pack may choose."""

TABLES = ("temperature.md", "print/temperature-table.md")


def without(part: Tag, name: str, **attributes: str) -> Tag:
    """Return a copy of a page without some of its elements, including those in templates."""
    rest = copy.copy(part)
    for tag in rest.find_all(name, attrs=dict(attributes)):
        tag.decompose()
    return rest


def rows_of(part: Tag) -> list[list[str]]:
    """Return the readings of the conversion table, row by row."""
    rows = part.select(".crs-temperature-table__row")
    return [[text_of(cell) for cell in row.select("th, td")] for row in rows]


def tenths(degrees: Fraction) -> int:
    """Return a value in tenths, rounded half up, without the converter that is tested here."""
    return int(degrees * 10 + Fraction(1, 2))


def agree(fahrenheit: str, celsius: str, guide: Guide) -> bool:
    """Return whether a reading in °F is one in °C, converted exactly and rounded to tenths."""
    shown = tenths(Fraction(celsius))
    # A level is converted from its exact value: 101.0 °F is 38.33 °C, not 38.3 °C.
    levels = [Fraction(level.celsius) for level in guide.temperatures.values()]
    exact = [Fraction(celsius), *(level for level in levels if tenths(level) == shown)]
    return tenths(Fraction(fahrenheit)) in [tenths(value * 9 / 5 + 32) for value in exact]


def test_readings_in_two_units_agree_and_are_ours(parts: dict[str, Tag], guide: Guide) -> None:
    ours = {(level.fahrenheit_text, level.celsius_text) for level in guide.temperatures.values()}
    found = {
        (pair["f"], pair["c"])
        for part in parts.values()
        for pattern in (PAIR, TURNED)
        for pair in pattern.finditer(text_of(part))
    }
    assert len(found) > 3
    assert {(f, c) for f, c in found if not agree(f, c, guide)} == set()
    assert found <= ours


def test_no_reading_is_in_one_unit_alone(parts: dict[str, Tag]) -> None:
    for path, part in parts.items():
        rest = without(part, "tr", **{"class": "crs-temperature-table__row"})
        alone = re.findall(r".{0,30}\d\s*°.{0,10}", TURNED.sub(" ", PAIR.sub(" ", text_of(rest))))
        assert alone == [], path


def test_every_reading_reads_from_left_to_right_in_any_language(parts: dict[str, Tag]) -> None:
    for path, part in parts.items():
        rest = text_of(without(without(part, "bdi", dir="ltr"), "svg", direction="ltr"))
        # A text to copy is plain text, so its readings have no markup.
        for box in part.select("textarea"):
            rest = rest.replace(text_of(box), "")
        assert re.findall(r"\d\s*°", rest) == [], path


@pytest.mark.parametrize("path", TABLES)
def test_the_two_columns_of_the_table_agree(parts: dict[str, Tag], guide: Guide, path: str) -> None:
    rows = rows_of(parts[path])
    assert len(rows) > 30
    for fahrenheit, celsius in rows:
        assert fahrenheit.endswith(" °F")
        assert celsius.endswith(" °C")
        assert agree(fahrenheit.split()[0], celsius.split()[0], guide), fahrenheit
    assert (rows[0][1], rows[-1][1]) == ("35.0 °C", "41.0 °C")


@pytest.mark.parametrize("path", TABLES)
def test_the_table_is_split_where_a_call_is_due(
    parts: dict[str, Tag], guide: Guide, path: str
) -> None:
    under, from_level = parts[path].select(".crs-temperature-table__half")
    level = guide.edition.fever_level.celsius
    assert all(Decimal(row[1].split()[0]) < level for row in rows_of(under))
    assert all(Decimal(row[1].split()[0]) >= level for row in rows_of(from_level))
    caption = from_level.select_one("caption")
    assert caption is not None
    assert "call now" in text_of(caption)


def test_101_fahrenheit_never_occurs_without_do_not_wait(
    parts: dict[str, Tag], guide: Guide
) -> None:
    level = guide.temperatures["some-places-say"]
    found = 0
    for path, part in parts.items():
        for block in blocks(part):
            said = text_of(block)
            if level.fahrenheit_text not in said and level.celsius_text not in said:
                continue
            found += 1
            if block.find_parent(class_="crs-temperature-table__row"):
                # In the table, the words are in the next row.
                row = block.find_parent("tr")
                below = row.find_next_sibling("tr") if row else None
                said = text_of(below) if isinstance(below, Tag) else ""
            assert re.search(r"[Dd]o not wait", said), f"{path}: {said}"
    assert found > 3


def test_101_is_named_without_its_unit_in_headings_only(parts: dict[str, Tag]) -> None:
    for path, part in parts.items():
        for block in blocks(part):
            if block.name in ("h1", "h2", "h3") or block.find_parent(class_="crs-page-foot"):
                continue
            # The A–Z list links to headings by their titles.
            if block.find_parent(class_=["crs-article-review", "crs-a-to-z__list"]):
                continue
            assert not re.search(r"(?<![\d.])101\b(?!\.\d)", text_of(block)), f"{path}: {block}"
