"""How units are written."""

UNIT_SIGNS = {"fahrenheit": "°F", "celsius": "°C"}
"""The sign of each unit in which an edition can lead."""
