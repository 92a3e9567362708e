"""Whose guide this is: numbers, units and rules of one clinic, or of none."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import field_validator

from scripts.models.base import Celsius, Model, Slug, Text, fault

LOOSEST_FEVER_LEVEL = Decimal("38.0")
"""No edition may ask for a call later than at this level.

Source: yescarta-patient
"""


class Level(Model):
    """A temperature that a clinic sets.

    Attributes:
        celsius: Degrees Celsius.
    """

    celsius: Celsius


class Edition(Model):
    """Everything that differs from clinic to clinic.

    Attributes:
        name: The clinic; none in the default edition.
        site_address: Where the guide is published, ending in a slash.
        line_24h: The number that is answered day and night, as people write it.
        day_line: The number for office hours.
        emergency_number: The local emergency number.
        fever_level: At or above this temperature: call now. At most 38.0 °C.
        leading_unit: The unit that is shown large and first.
        paper: The sheet that the clinic prints on.
        region: Whose rules on staying near and driving are shown.
    """

    name: Text | None = None
    site_address: str
    line_24h: Text | None = None
    day_line: Text | None = None
    emergency_number: Text
    fever_level: Level
    leading_unit: Literal["fahrenheit", "celsius"]
    paper: Literal["letter", "a4"]
    region: Slug

    @field_validator("fever_level")
    @classmethod
    def _not_loosened(cls, level: Level) -> Level:
        if level.celsius > LOOSEST_FEVER_LEVEL:
            raise fault(
                "fever_level",
                f"the fever level {level.celsius} °C is above {LOOSEST_FEVER_LEVEL} °C, so people would call too late",
                'Write "38.0" or lower.',
            )
        return level

    @field_validator("site_address")
    @classmethod
    def _is_address(cls, address: str) -> str:
        if not address.startswith("https://") or not address.endswith("/"):
            raise fault("address", f"“{address}” is not a full address", "Write https://…/ with a slash at the end.")
        return address

    @property
    def short_address(self) -> str:
        """The address as it is printed: without https and the last slash."""
        return self.site_address.removeprefix("https://").removesuffix("/")
