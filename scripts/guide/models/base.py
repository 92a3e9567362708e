"""The base of every model: strict types, safe text and clear error messages."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from scripts.guide.errors import ContentError, Problem
from scripts.guide.temperature import to_fahrenheit
from scripts.guide.yaml_source import TYPE_NAMES, Location, YamlSource, dotted

PLACEHOLDER = re.compile(r"\[\[([a-z0-9-]+)\]\]")
# Control characters, and invisible characters that split words or reverse the text direction.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff]")
CELSIUS = re.compile(r"[0-9]{1,3}(\.[0-9]+)?")
TELEPHONE = re.compile(r"\+?[0-9(][0-9 ()./-]*")
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Model(BaseModel):
    """A frozen record that refuses unknown keys and never converts values to another type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)


def fault(kind: str, what: str, remedy: str) -> PydanticCustomError:
    """Return a validation error whose message contains both the problem and the remedy."""
    return PydanticCustomError(kind, "{what}||{remedy}", {"what": what, "remedy": remedy})


def _check_text(text: str) -> str:
    if not text:
        raise fault("text", "the text is empty", "Write it, or delete the line.")
    if "{" in text or "}" in text:
        raise fault(
            "brace",
            "the text contains a brace, which would show on the page",
            "Write words, or a placeholder such as [[fever]].",
        )
    if "<" in text or ">" in text:
        remedy = "Data contains words, never HTML: write “less than” or “more than”."
        raise fault("html", "the text contains < or >", remedy)
    if control := CONTROL.search(text):
        what = f"the text contains the control character U+{ord(control[0]):04X}"
        raise fault("control", what, "Delete it and type the word again.")
    if text.count("[[") != len(PLACEHOLDER.findall(text)) or text.count("[[") != text.count("]]"):
        what = "a placeholder is not closed or is misspelled"
        raise fault("placeholder", what, "Write it as [[fever]].")
    return text


def _check_plain(text: str) -> str:
    if "[[" in text:
        raise fault("placeholder", "no placeholder is filled here", "Write words.")
    return text


def _check_telephone(text: str) -> str:
    if not TELEPHONE.fullmatch(text) or sum(c.isdigit() for c in text) < 3:
        what = f"“{text}” is not a telephone number that a link can dial"
        remedy = "Write digits, with spaces or hyphens between them, and no words."
        raise fault("telephone", what, remedy)
    return text


def _check_slug(text: str) -> str:
    if not KEBAB.fullmatch(text):
        raise fault(
            "slug",
            f"“{text}” is not kebab-case",
            "Use lowercase letters, digits and single hyphens.",
        )
    return text


def _to_celsius_decimal(value: Any) -> Any:
    if not isinstance(value, str):
        degrees = value if isinstance(value, int | float) else "38.0"
        remedy = f'Write it in °C and in quotes: "{degrees}".'
        raise fault("celsius", "a temperature must keep its digits", remedy)
    # Decimal would also accept “NaN”, “3_8”, “4E1” and digits of other scripts.
    if not CELSIUS.fullmatch(value):
        raise fault("celsius", f"“{value}” is not a number", 'Write a number such as "38.0".')
    celsius = Decimal(value)
    try:
        to_fahrenheit(celsius)
    except ValueError as error:
        what = f"{value} °C is outside 30.0 to 45.0 °C"
        hint = " It looks like a Fahrenheit reading." if 86 <= celsius <= 113 else ""
        raise fault("celsius", what, f"Write the temperature in °C.{hint}") from error
    return celsius


Text = Annotated[str, AfterValidator(_check_text)]
"""Text for people: no HTML, no braces, placeholders in double square brackets."""

Plain = Annotated[Text, AfterValidator(_check_plain)]
"""Text in which no placeholder is filled: titles, labels, names, column heads."""

Telephone = Annotated[Text, AfterValidator(_check_telephone)]
"""A telephone number as people write it. It contains no words, because a link dials it."""

Slug = Annotated[str, AfterValidator(_check_slug)]
"""A kebab-case name."""

Celsius = Annotated[Decimal, BeforeValidator(_to_celsius_decimal)]
"""Degrees Celsius, 30.0 to 45.0, written as a quoted decimal."""

T = TypeVar("T")
Some = Annotated[tuple[T, ...], Field(min_length=1)]
"""A list with at least one item."""


class Sourced(Model):
    """A record that makes a medical statement.

    Attributes:
        fact: The fact of ``facts.yml`` that the statement is based on.
        sources: One or more of that fact's sources.
    """

    fact: Slug
    sources: Some[Slug]

    @property
    def facts(self) -> tuple[str, ...]:
        """The fact as a tuple, like the attribute of ``SourcedByMany``."""
        return (self.fact,)


class SourcedByMany(Model):
    """Like ``Sourced``, for a table or drawing that is based on several facts."""

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
    "tuple_type": "Write a list: one item a line, each after a hyphen.",
    "dict_type": "Write keys and values, one a line.",
    "model_type": "Write keys and values, one a line.",
    "too_short": "Add what is missing: one item a line, each after a hyphen.",
    "too_long": "Remove some.",
    "string_too_long": "Use fewer words.",
    "literal_error": "Use one of the values named here.",
    "model_attributes_type": "Write keys and values, one a line.",
    "union_tag_invalid": "Use one of: {expected_tags}.",
    "union_tag_not_found": "Add a line that says which kind this is.",
    "greater_than_equal": "Write a number within its limits.",
    "less_than_equal": "Write a number within its limits.",
}
FAULTS = {
    "missing": "the key is missing",
    "extra_forbidden": "the key is unknown",
    "string_type": "this must be text",
    "int_type": "this must be a whole number",
    "bool_type": "this must be true or false",
    "date_type": "this must be a date",
    "tuple_type": "this must be a list",
    "dict_type": "this must be keys and values",
    "model_type": "this must be keys and values",
    "model_attributes_type": "this must be keys and values",
    "union_tag_invalid": "“{tag}” is not a known kind",
    "union_tag_not_found": "the key is missing",
    "greater_than_equal": "the number {input} is below {ge}",
    "less_than_equal": "the number {input} is above {le}",
}

M = TypeVar("M", bound=Model)


def problems_of(error: ValidationError, source: YamlSource, at: Location = ()) -> list[Problem]:
    """Return pydantic's errors as problems with file, line, field and remedy."""
    problems: list[Problem] = []
    for found in error.errors(include_url=False):
        location = _location(source, at, found)
        if any(problem.field == dotted(location) for problem in problems):
            continue  # A union reports an error for each of its kinds; one remedy is enough.
        error_type, context = found["type"], found.get("ctx", {})
        if error_type == "union_tag_invalid" and context["tag"] == "None":
            error_type = "union_tag_not_found"
        if error_type == "too_short" and len(found["input"]) >= context["min_length"]:
            continue  # The list is long enough; its invalid items are reported themselves.
        named = {name: str(value).replace("'", "") for name, value in context.items()}
        named["input"] = str(found["input"])
        what = context.get("what") or FAULTS.get(error_type, "").format(**named)
        what = what or _length(found) or found["msg"][0].lower() + found["msg"][1:]
        remedy = REMEDIES.get(error_type, "Correct the value.").format(**named)
        remedy = context.get("remedy") or remedy
        if error_type.endswith("_type"):
            kind = type(found["input"])
            what += f", but it is {TYPE_NAMES.get(kind, kind.__name__)}"
        problems.append(Problem(source.file, source.line(location), dotted(location), what, remedy))
    return problems


def _location(source: YamlSource, at: Location, found: ErrorDetails) -> Location:
    """Return the location of an error in the file.

    The location that pydantic reports also has parts that are not in the file: the tags of unions,
    and “[key]”.
    """
    location, value, tag = at, source.data, None
    for part in at:
        value = value[part]
    for part in found["loc"]:
        if part == tag:
            tag = None  # For a record of several kinds, pydantic names the kind before the field.
        elif (*location, part) in source.lines:
            location, value = (*location, part), value[part]
            tag = value.get("kind") if isinstance(value, dict) else None
    if found["type"] == "missing":
        return (*location, found["loc"][-1])
    if found["type"].startswith("union_tag"):
        return (*location, found["ctx"]["discriminator"].strip("'"))
    return location


def _length(found: ErrorDetails) -> str:
    """Return a message if the error is that a list is too short or too long, else empty text."""
    if found["type"] not in ("too_short", "too_long"):
        return ""
    # The length that pydantic reports leaves out invalid items.
    length, limits = len(found["input"]), found["ctx"]
    if length == 0:
        return "the list is empty"
    least = limits.get("min_length")
    needs = f"at most {limits['max_length']}" if least is None else f"at least {least}"
    return f"the list has {length} items, but takes {needs}"


def validate(model: type[M], source: YamlSource, at: Location = ()) -> M:
    """Return one record of a file, validated.

    Args:
        model: The model of the record.
        source: The file.
        at: Location of the record in the file; the whole file by default.

    Raises:
        ContentError: The record does not fit the model.
    """
    value = source.data
    for part in at:
        value = value[part]
    try:
        return model.model_validate({} if value is None else value)
    except ValidationError as error:
        raise ContentError(problems_of(error, source, at)) from error
