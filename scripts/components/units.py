"""Symbols of units."""

UNIT_SIGNS = {"fahrenheit": "°F", "celsius": "°C"}
"""Symbol of each unit that an edition can show first."""
