"""Whose guide this is: numbers, units and rules of one clinic, or of none."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from pydantic import field_validator

from scripts.models.base import Celsius, Model, Plain, Slug, Telephone, fault

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

    name: Plain | None = None
    site_address: str
    line_24h: Telephone | None = None
    day_line: Telephone | None = None
    emergency_number: Telephone
    fever_level: Level
    leading_unit: Literal["fahrenheit", "celsius"]
    paper: Literal["letter", "a4"]
    region: Slug

    @field_validator("fever_level")
    @classmethod
    def _not_loosened(cls, level: Level) -> Level:
        if level.celsius > LOOSEST_FEVER_LEVEL:
            what = f"the fever level {level.celsius} °C is above {LOOSEST_FEVER_LEVEL} °C"
            what += ", so people would call too late"
            raise fault("fever_level", what, f'Write "{LOOSEST_FEVER_LEVEL}" or lower.')
        return level

    @field_validator("site_address")
    @classmethod
    def _is_address(cls, address: str) -> str:
        if not re.fullmatch(r"https://[a-z0-9.-]+(:[0-9]+)?/([\w./~-]*/)?", address):
            remedy = "Write https://…/ with a slash at the end."
            raise fault("address", f"“{address}” is not a full address", remedy)
        return address

    @property
    def short_address(self) -> str:
        """The address as it is printed: without https and the last slash."""
        return self.site_address.removeprefix("https://").removesuffix("/")
