"""Convert body temperatures, and list the rows of the table."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Unit = Literal["celsius", "fahrenheit"]
Mark = Literal["low", "fever", "some_places_say"]

LOWEST_CELSIUS = Decimal("30.0")
HIGHEST_CELSIUS = Decimal("45.0")

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class TableRow:
    """One line of the conversion table.

    Attributes:
        celsius: Degrees Celsius as shown, one decimal.
        fahrenheit: Degrees Fahrenheit as shown, one decimal.
        mark: Name of the level that this line shows, or None.
        call_now: Whether the line is at or above the fever level.
    """

    celsius: Decimal
    fahrenheit: Decimal
    mark: Mark | None
    call_now: bool


def to_fahrenheit(celsius: Decimal) -> Decimal:
    """Return degrees Fahrenheit for degrees Celsius, rounded as a thermometer shows them.

    Args:
        celsius: Degrees Celsius, 30.0 to 45.0.

    Returns:
        Degrees Fahrenheit, one decimal, rounded half up.

    Raises:
        ValueError: ``celsius`` is out of range, perhaps a Fahrenheit reading.
    """
    _check_celsius(celsius)
    return shown(_exact_fahrenheit(celsius))


def display(degrees: Decimal) -> str:
    """Return a temperature as a thermometer shows it.

    Args:
        degrees: Degrees Celsius or Fahrenheit.

    Returns:
        One decimal, always, rounded half up: ``38.0``.
    """
    return str(shown(degrees))


def table_rows(
    *,
    fever: Decimal,
    low: Decimal,
    some_places_say: Decimal,
    first: Decimal = Decimal("35.0"),
    last: Decimal = Decimal("41.0"),
    step: Decimal = Decimal("0.2"),
) -> tuple[TableRow, ...]:
    """Return the rows of the conversion table, lowest first.

    Args:
        fever: The edition's fever level, degrees Celsius.
        low: The low mark, degrees Celsius.
        some_places_say: The higher level that readers must not wait for, degrees Celsius (38.33
            for 101 °F).
        first: First row, degrees Celsius.
        last: Last row, degrees Celsius.
        step: Distance between unmarked rows, degrees Celsius.

    Returns:
        One row for each step, and one for each of the three levels even if it is not at a step.

    Raises:
        ValueError: The three levels are out of order or not all in the table.
    """
    if not first <= low < fever < some_places_say <= last:
        raise ValueError(
            f"low {low}, fever {fever} and some_places_say {some_places_say} °C must rise in this "
            f"order, within {first} to {last} °C"
        )
    marks: dict[Decimal, Mark] = {low: "low", fever: "fever", some_places_say: "some_places_say"}
    steps = {first + step * count for count in range(int((last - first) / step) + 1)}
    return tuple(
        TableRow(
            celsius=shown(celsius),
            fahrenheit=to_fahrenheit(celsius),
            mark=marks.get(celsius),
            call_now=celsius >= fever,
        )
        for celsius in sorted(steps | marks.keys())
    )


def _exact_fahrenheit(celsius: Decimal) -> Decimal:
    return celsius * 9 / 5 + 32


def shown(degrees: Decimal) -> Decimal:
    """Return a temperature rounded to one decimal, half up, as a thermometer shows it."""
    return degrees.quantize(_TENTH, rounding=ROUND_HALF_UP)


def _check_celsius(celsius: Decimal) -> None:
    if not (celsius.is_finite() and LOWEST_CELSIUS <= celsius <= HIGHEST_CELSIUS):
        raise ValueError(
            f"{celsius} °C is outside {LOWEST_CELSIUS} to {HIGHEST_CELSIUS} °C: "
            "perhaps a Fahrenheit reading"
        )
