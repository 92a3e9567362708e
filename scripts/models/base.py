"""The ground that every model stands on: strictness, safe text and clear errors."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from scripts.errors import ContentError, Problem
from scripts.temperature import to_fahrenheit
from scripts.yaml_source import Location, YamlSource, dotted, TYPE_NAMES

PLACEHOLDER = re.compile(r"\[\[([a-z0-9-]+)\]\]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Model(BaseModel):
    """A frozen record that refuses unknown keys and never converts a value by guess."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)


def fault(kind: str, what: str, remedy: str) -> PydanticCustomError:
    """Make an error whose message carries both the fault and the way out."""
    return PydanticCustomError(kind, "{what}||{remedy}", {"what": what, "remedy": remedy})  # type: ignore[arg-type]


def _check_text(text: str) -> str:
    if not text:
        raise fault("text", "the text is empty", "Write it, or delete the line.")
    if "{" in text or "}" in text:
        raise fault(
            "brace",
            "the text holds a brace, which would show on the page",
            "Write words, or a placeholder such as [[fever]].",
        )
    if "<" in text or ">" in text:
        raise fault("html", "the text holds < or >", "Data holds words, never HTML: write “less than” or “more than”.")
    if CONTROL.search(text):
        raise fault("control", "the text holds a control character", "Delete it and type the word again.")
    if text.count("[[") != len(PLACEHOLDER.findall(text)) or text.count("[[") != text.count("]]"):
        raise fault("placeholder", "a placeholder is not closed or not spelled right", "Write it as [[fever]].")
    return text


def _check_slug(text: str) -> str:
    if not KEBAB.fullmatch(text):
        raise fault("slug", f"“{text}” is not kebab-case", "Use small letters, digits and single hyphens.")
    return text


def _to_celsius_decimal(value: Any) -> Any:
    if not isinstance(value, str):
        raise fault(
            "celsius", "a temperature must keep its digits", f'Write it in quotes, in °C: celsius: "{value}".'
        )
    try:
        celsius = Decimal(value)
    except InvalidOperation as error:
        raise fault("celsius", f"“{value}” is not a number", 'Write a number such as "38.0".') from error
    try:
        to_fahrenheit(celsius)
    except ValueError as error:
        hint = " It looks like a Fahrenheit reading." if 86 <= celsius <= 113 else ""
        raise fault(
            "celsius", f"{value} °C is outside 30.0 to 45.0 °C", f"Write the temperature in °C.{hint}"
        ) from error
    return celsius


Text = Annotated[str, AfterValidator(_check_text)]
"""Words for people: no HTML, no braces, placeholders in double square brackets."""

Slug = Annotated[str, AfterValidator(_check_slug)]
"""A kebab-case name."""

Celsius = Annotated[Decimal, BeforeValidator(_to_celsius_decimal)]
"""Degrees Celsius, 30.0 to 45.0, given as a quoted decimal."""

T = TypeVar("T")
Some = Annotated[tuple[T, ...], Field(min_length=1)]
"""A list with at least one item."""


class Sourced(Model):
    """Anything that states medical matter.

    Attributes:
        fact: The fact of ``facts.yml`` that it rests on.
        sources: One or more of that fact's sources.
    """

    fact: Slug
    sources: Some[Slug]

    @property
    def facts(self) -> tuple[str, ...]:
        """All facts, as for a thing that rests on several."""
        return (self.fact,)


class SourcedByMany(Model):
    """Like ``Sourced``, for a table or drawing that rests on several facts."""

    facts: Some[Slug]
    sources: Some[Slug]


REMEDIES = {
    "missing": "Add the key.",
    "extra_forbidden": "Correct the spelling of the key, or delete the line.",
    "string_type": "Write words; put numbers and yes or no in quotes.",
    "int_type": "Write a whole number without quotes.",
    "int_from_float": "Write a whole number.",
    "bool_type": "Write true or false.",
    "date_type": "Write the date as 2026-11-22, without quotes.",
    "date_from_datetime_inexact": "Write the date as 2026-11-22.",
    "tuple_type": "Write a list: one item a line, each after a hyphen.",
    "dict_type": "Write keys and values, one a line.",
    "model_type": "Write keys and values, one a line.",
    "too_short": "Add at least one item, or delete the key.",
    "literal_error": "Use one of the values named here.",
}
FAULTS = {
    "missing": "the key is missing",
    "extra_forbidden": "the key is unknown",
    "too_short": "the list is empty",
    "string_type": "this must be text",
    "int_type": "this must be a whole number",
    "bool_type": "this must be true or false",
    "date_type": "this must be a date",
    "tuple_type": "this must be a list",
    "dict_type": "this must be keys and values",
    "model_type": "this must be keys and values",
}

M = TypeVar("M", bound=Model)


def problems_of(error: ValidationError, source: YamlSource, at: Location = ()) -> list[Problem]:
    """Turn pydantic's findings into faults with file, line, field and remedy."""
    problems = []
    for found in error.errors(include_url=False):
        # Tags of unions and "[key]" marks are pydantic's own; they are no keys of the file.
        loc = tuple(part for part in found["loc"] if part != "[key]")
        location = (*at, *loc)
        context = found.get("ctx", {})
        what = context.get("what") or FAULTS.get(found["type"]) or found["msg"][0].lower() + found["msg"][1:]
        remedy = context.get("remedy") or REMEDIES.get(found["type"], "Correct the value.")
        if found["type"].endswith("_type") and found["input"] is not None:
            what += f", but it is {TYPE_NAMES.get(type(found['input']), type(found['input']).__name__)}"
        problems.append(Problem(source.file, source.line(location), dotted(location), what, remedy))
    return problems


def validate(model: type[M], source: YamlSource, at: Location = ()) -> M:
    """Check one record of a file.

    Args:
        model: What the record may say.
        source: The file.
        at: Where in the file the record stands; the whole file by default.

    Raises:
        ContentError: The record says something else.
    """
    value = source.data
    for part in at:
        value = value[part]
    try:
        return model.model_validate({} if value is None else value)
    except ValidationError as error:
        raise ContentError(problems_of(error, source, at)) from error
