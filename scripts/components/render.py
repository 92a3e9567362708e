"""Jinja environment for partials: everything is escaped, an undefined variable is an error."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from scripts.guide.guide import Guide
from scripts.guide.models.base import PLACEHOLDER, Model
from scripts.guide.models.checklist import Checklist
from scripts.guide.models.edition import StayNear, Which
from scripts.guide.models.page import PageMeta
from scripts.guide.models.temperature import Temperature
from scripts.root import ROOT

PLAIN_BLANK = "______________"
"""A line to write on, in a text without markup."""

MARKDOWN = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_[]"}
"""Translation table: characters with a meaning in Markdown, to HTML character references."""

COMPONENTS = ROOT / "overrides" / "components"


@lru_cache(maxsize=8)
def environment(folder: Path = COMPONENTS) -> Environment:
    """Return the environment that renders the partials of a folder."""
    loaded = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    loaded.filters["one_line"] = one_line
    loaded.filters["kept_lines"] = kept_lines
    loaded.filters["curly"] = curly
    return loaded


def one_line(html: str) -> Markup:
    """Return the HTML on one line, so that Markdown takes it as one block."""
    return Markup(" ".join(line.strip() for line in html.splitlines() if line.strip()))  # noqa: S704


def literal(text: str) -> Markup:
    """Return a text escaped for use inside a sentence of Markdown."""
    return Markup(str(escape(text)).translate(MARKDOWN))  # noqa: S704 - escaped in this line


def kept_lines(text: str) -> Markup:
    """Return a text whose line breaks ``one_line`` does not remove."""
    return escape(text).replace("\n", Markup("&#10;"))


def render(template: str, **context: Any) -> Markup:
    """Render a partial of ``overrides/components/``.

    Args:
        template: File name of the partial.
        context: Parameters that the first comment of the partial lists.

    Raises:
        jinja2.UndefinedError: A parameter is missing.
    """
    return one_line(environment().get_template(template).render(**context))


def curly(text: str) -> str:
    """Return a text with typographic quotes in place of the straight quotes of the data files."""
    text = re.sub(r"(^|[\s(:])\"", r"\1“", text).replace('"', "”")
    return text.replace("'", "’")


class Formatter:
    """Functions that put data into words: units, dates, placeholders."""

    def __init__(self, guide: Guide) -> None:
        """Set the guide, whose edition determines units and telephone numbers."""
        self.guide = guide

    def temperature(self, temperature: Temperature) -> Markup:
        """Render a temperature in both units, the edition's first and large."""
        lead, other = self.both(temperature)
        return render("temperature.html", lead=lead, other=other)

    def phone(self, which: Which) -> Markup:
        """Render a telephone number of the edition, or where the reader finds it."""
        strings = self.guide.strings
        unset = strings.day_line_unset if which == "day_line" else strings.line_24h_unset
        return render("phone.html", number=self.guide.edition.number(which), unset=unset)

    def own_rule(self, name: str) -> str | None:
        """Return a clinic's own rule in words, with the document that contains it; None if none.

        Args:
            name: Name of the rule in ``region-rules.yml``.
        """
        strings, rules = self.guide.strings, self.guide.edition.rules
        rule = self.guide.edition.own_rule(name)
        if rules is None or rule is None:
            return None
        near = rule if isinstance(rule, StayNear) else StayNear(time=rule)
        text = strings.rule_near if near.distance else strings.rule_time
        if name == "monitoring":
            text = near.time
        named = {"time": near.time, "distance": near.distance or "", "source": rules.source}
        return PLACEHOLDER.sub(lambda found: named[found[1]], f"{text} {strings.rule_source}")

    def reviewed(self, record: PageMeta | Checklist) -> str:
        """Return who reviewed a page or sheet: for the guide, for the clinic, or nobody yet."""
        strings, edition = self.guide.strings, self.guide.edition
        if record.reviewer:
            return f"{strings.reviewed_by} {record.reviewer}."
        if review := edition.local_review:
            who = ", ".join(filter(None, (review.reviewer, edition.name)))
            return f"{strings.reviewed_by} {who}, {self.day(review.reviewed)}."
        return strings.not_reviewed

    def day(self, date: datetime.date) -> str:
        """Return a date with its month in words."""
        return f"{date.day} {self.guide.strings.months[date.month - 1]} {date.year}"

    def rich(self, text: str | None) -> Markup:
        """Return a text as HTML: placeholders filled, everything else escaped."""
        parts: list[Markup] = []
        for index, part in enumerate(PLACEHOLDER.split(curly(text or ""))):
            parts.append(escape(part) if index % 2 == 0 else self._placeholder(part))
        return Markup("").join(parts)

    def plain(self, text: str, **named: str) -> str:
        """Return a text with its placeholders filled, without markup, to be pasted elsewhere.

        Args:
            text: The text.
            named: Values of further placeholders.
        """
        edition = self.guide.edition
        line = edition.number("line_24h")
        named |= {
            "blank": PLAIN_BLANK,
            **{name: answer or PLAIN_BLANK for name, answer in self.answers.items()},
            "line-24h": line.shown if line else PLAIN_BLANK,
            "emergency-number": edition.emergency_number,
        }
        for name, temperature in self.guide.temperatures.items():
            lead, other = self.both(temperature)
            named[name] = f"{lead} ({other})"
        return PLACEHOLDER.sub(lambda found: named[found[1]], text)

    def both(self, temperature: Temperature) -> tuple[str, str]:
        """Return a temperature in the edition's unit and in the other."""
        celsius = f"{temperature.celsius_text}\u00a0°C"
        fahrenheit = f"{temperature.fahrenheit_text}\u00a0°F"
        celsius_leads = self.guide.edition.leading_unit == "celsius"
        return (celsius, fahrenheit) if celsius_leads else (fahrenheit, celsius)

    def filled(self, value: Any) -> Any:
        """Return a record with the placeholders of all its texts filled."""
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
        if name in self.answers:
            answer = self.answers[name]
            return escape(answer) if answer else self._placeholder("blank")
        if name == "emergency-number":
            return escape(self.guide.edition.emergency_number)
        if name == "line-24h":
            return self.phone("line_24h")
        return self.temperature(self.guide.temperatures[name])

    @property
    def answers(self) -> dict[str, str | None]:
        """What an edition answers, by placeholder; None is printed as a line to write on."""
        edition, strings = self.guide.edition, self.guide.strings
        minutes = edition.call_back_minutes
        return {
            "call-back": f"{minutes} {strings.minutes}" if minutes else None,
            "hospital": edition.called,
            "no-driving": self.own_rule("no-driving"),
            "stay-near": self.own_rule("stay-near"),
        }

    def date(self, date: datetime.date) -> Markup:
        """Render a date as a ``<time>`` element, with its month in words."""
        return render("date.html", date=date, month=self.guide.strings.months[date.month - 1])
