from decimal import Decimal
from itertools import pairwise

import pytest

from scripts.guide.temperature import (
    TableRow,
    display,
    table_rows,
    to_fahrenheit,
)

FEVER = Decimal("38.0")
LOW = Decimal("36.0")
SOME_PLACES_SAY = Decimal("38.33")


def tenths(count: int) -> Decimal:
    return Decimal(count).scaleb(-1)


def rounded_half_up(numerator: int, denominator: int) -> int:
    """Return a rounded fraction, computed in integers so that no code is shared with Decimal."""
    return (2 * numerator + denominator) // (2 * denominator)


@pytest.fixture
def rows() -> tuple[TableRow, ...]:
    return table_rows(fever=FEVER, low=LOW, some_places_say=SOME_PLACES_SAY)


def marked(rows: tuple[TableRow, ...], mark: str) -> list[tuple[str, str]]:
    return [(str(row.celsius), str(row.fahrenheit)) for row in rows if row.mark == mark]


def test_every_tenth_of_a_degree_celsius_converts_like_whole_number_arithmetic() -> None:
    for count in range(300, 451):
        expected = rounded_half_up(count * 9 + 1600, 5)
        assert to_fahrenheit(tenths(count)) == tenths(expected), tenths(count)


@pytest.mark.parametrize(
    ("celsius", "fahrenheit"),
    [
        ("38.25", "100.9"),  # exactly 100.85
        ("37.75", "100.0"),  # exactly 99.95
        ("36.25", "97.3"),  # exactly 97.25, where rounding half to even gives 97.2
    ],
)
def test_a_tie_in_fahrenheit_goes_up(celsius: str, fahrenheit: str) -> None:
    assert str(to_fahrenheit(Decimal(celsius))) == fahrenheit


def test_a_reading_always_shows_one_decimal() -> None:
    assert str(to_fahrenheit(Decimal(35))) == "95.0"
    assert display(Decimal(38)) == "38.0"
    assert display(SOME_PLACES_SAY) == "38.3"


@pytest.mark.parametrize("reading", ["101", "29.9", "45.01", "-38", "NaN", "Infinity"])
def test_refuses_a_fahrenheit_reading_given_as_celsius(reading: str) -> None:
    with pytest.raises(ValueError, match="perhaps a Fahrenheit reading"):
        to_fahrenheit(Decimal(reading))


def test_the_ends_of_the_range_are_readings() -> None:
    assert [str(to_fahrenheit(Decimal(end))) for end in (30, 45)] == ["86.0", "113.0"]


def test_the_table_runs_in_steps_from_end_to_end(rows: tuple[TableRow, ...]) -> None:
    assert (str(rows[0].celsius), str(rows[0].fahrenheit)) == ("35.0", "95.0")
    assert (str(rows[-1].celsius), str(rows[-1].fahrenheit)) == ("41.0", "105.8")
    steps = [row.celsius for row in rows if row.mark != "some_places_say"]
    assert steps == [tenths(count) for count in range(350, 411, 2)]


def test_the_table_marks_each_level_once(rows: tuple[TableRow, ...]) -> None:
    assert marked(rows, "low") == [("36.0", "96.8")]
    assert marked(rows, "fever") == [("38.0", "100.4")]
    assert marked(rows, "some_places_say") == [("38.3", "101.0")]
    assert sum(row.mark is not None for row in rows) == 3


def test_the_table_rises_without_equal_lines(rows: tuple[TableRow, ...]) -> None:
    for before, after in pairwise(rows):
        assert before.celsius < after.celsius
        assert before.fahrenheit < after.fahrenheit


def test_call_now_begins_at_the_fever_level(rows: tuple[TableRow, ...]) -> None:
    first = next(row for row in rows if row.call_now)
    assert first.mark == "fever"
    assert all(row.call_now is (row.celsius >= FEVER) for row in rows)


def test_a_lower_fever_level_gets_a_line_of_its_own() -> None:
    rows = table_rows(fever=Decimal("37.5"), low=LOW, some_places_say=SOME_PLACES_SAY)
    assert marked(rows, "fever") == [("37.5", "99.5")]
    assert len(rows) == 33
    assert next(row for row in rows if row.call_now).mark == "fever"


@pytest.mark.parametrize(
    ("fever", "low", "some_places_say"),
    [
        ("36.0", "36.0", "38.33"),
        ("38.5", "36.0", "38.33"),
        ("38.0", "34.9", "38.33"),
        ("38.0", "36.0", "101"),
    ],
)
def test_refuses_levels_that_do_not_fit_the_table(
    fever: str, low: str, some_places_say: str
) -> None:
    with pytest.raises(ValueError, match="must rise in this order"):
        table_rows(fever=Decimal(fever), low=Decimal(low), some_places_say=Decimal(some_places_say))
