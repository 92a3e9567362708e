"""Our own Jinja environment: everything is escaped, nothing undefined is let through."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from scripts.content import ROOT, Guide
from scripts.models.base import PLACEHOLDER, Model
from scripts.models.temperature import Temperature

COMPONENTS = ROOT / "overrides" / "components"


@lru_cache(maxsize=8)
def environment(folder: Path = COMPONENTS) -> Environment:
    """Give the environment that renders the partials of a folder."""
    loaded = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    loaded.filters["one_line"] = one_line
    return loaded


def one_line(html: str) -> Markup:
    """Join the lines of a partial, so that Markdown takes it as one block."""
    return Markup(" ".join(line.strip() for line in html.splitlines() if line.strip()))  # noqa: S704


def render(template: str, **context: Any) -> Markup:
    """Render a partial of ``overrides/components/``.

    Args:
        template: File name of the partial.
        context: Its parameters, as its first comment lists them.

    Raises:
        jinja2.UndefinedError: A parameter is missing.
    """
    return one_line(environment().get_template(template).render(**context))


def curly(text: str) -> str:
    """Give the quotes of a text their printed form; data is typed with straight ones."""
    text = re.sub(r"(^|[\s(:])\"", r"\1“", text).replace('"', "”")
    return text.replace("'", "’")


class Words:
    """What the partials need to put data into words: units, dates, placeholders."""

    def __init__(self, guide: Guide) -> None:
        """Keep the guide whose edition decides on units and numbers."""
        self.guide = guide

    def temperature(self, temperature: Temperature) -> Markup:
        """Show a temperature in both units, the edition's first and large."""
        celsius, fahrenheit = (
            f"{temperature.celsius_text}\u00a0°C",
            f"{temperature.fahrenheit_text}\u00a0°F",
        )
        first = self.guide.edition.leading_unit == "celsius"
        lead, other = (celsius, fahrenheit) if first else (fahrenheit, celsius)
        return render("temperature.html", lead=lead, other=other)

    def phone(self, which: str) -> Markup:
        """Show a number of the edition, or say where the reader finds it."""
        edition, strings = self.guide.edition, self.guide.strings
        number = edition.emergency_number if which == "emergency" else getattr(edition, which)
        unset = strings.day_line_unset if which == "day_line" else strings.line_24h_unset
        return render(
            "phone.html", number=number, unset=unset, dial=self.dial(number), strings=strings
        )

    def rich(self, text: str | None) -> Markup:
        """Fill the placeholders of a text; everything else is escaped."""
        parts: list[Markup] = []
        for index, part in enumerate(PLACEHOLDER.split(curly(text or ""))):
            parts.append(escape(part) if index % 2 == 0 else self._placeholder(part))
        return Markup("").join(parts)

    def filled(self, value: Any) -> Any:
        """Fill the placeholders of all texts of a record, keeping its shape."""
        if isinstance(value, str):
            return self.rich(value)
        if isinstance(value, tuple):
            return tuple(self.filled(item) for item in value)
        if isinstance(value, Model):
            return SimpleNamespace(**{name: self.filled(item) for name, item in value})
        return value

    def _placeholder(self, name: str) -> Markup:
        if name == "blank":
            return render("blank.html", strings=self.guide.strings)
        if name == "emergency-number":
            return escape(self.guide.edition.emergency_number)
        if name == "line-24h":
            return self.phone("line_24h")
        return self.temperature(self.guide.temperatures[name])

    def date(self, date: datetime.date) -> Markup:
        """Show a date with its month in words, readable by machines."""
        return render("date.html", date=date, month=self.guide.strings.months[date.month - 1])

    @staticmethod
    def dial(number: str | None) -> str:
        """Give the digits that a telephone link dials."""
        return "".join(c for c in number or "" if c.isdigit() or c == "+")
