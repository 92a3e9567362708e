"""Temperatures with clinical meaning."""

from __future__ import annotations

from decimal import Decimal

from scripts.guide.models.base import Celsius, Sourced
from scripts.guide.temperature import display, to_fahrenheit


class Temperature(Sourced):
    """A body temperature that the guide acts on.

    Attributes:
        celsius: Degrees Celsius, 30.0 to 45.0, exact.
    """

    celsius: Celsius

    @property
    def fahrenheit(self) -> Decimal:
        """Degrees Fahrenheit, one decimal, rounded half up."""
        return to_fahrenheit(self.celsius)

    @property
    def celsius_text(self) -> str:
        """The Celsius reading as a thermometer shows it: ``38.0``."""
        return display(self.celsius)

    @property
    def fahrenheit_text(self) -> str:
        """The Fahrenheit reading as a thermometer shows it: ``100.4``."""
        return display(self.fahrenheit)
