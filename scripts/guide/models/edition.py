"""The edition: numbers, units and rules of one clinic, or of none."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal, Self

import phonenumbers
from phonenumbers import PhoneNumberFormat
from phonenumbers.shortnumberinfo import is_emergency_number
from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from scripts.guide.clinic_words import clinic_words_fault
from scripts.guide.models.base import Celsius, Model, Plain, Slug, Telephone, fault

LOOSEST_FEVER_LEVEL = Decimal("38.0")
"""Highest fever level of an edition: no edition may delay the call beyond it.

Source: yescarta-patient
"""

COUNTRIES = {"us": "US", "uk": "GB", "ca": "CA", "au": "AU", "eu": None}
"""Country whose telephone number format a region uses; None if it has several countries."""

EMERGENCY_NUMBERS = {"eu": ("112",)}
"""Emergency numbers of a region that is not a single country."""

Which = Literal["line_24h", "day_line", "emergency"]
"""The name of a telephone number of an edition."""

FILE_NAME = re.compile(r"[\w][\w .-]*\.(svg|png)", re.IGNORECASE)


def _is_address(address: str) -> str:
    if not re.fullmatch(r"https://[a-z0-9.-]+(:[0-9]+)?/([\w./~-]*/)?", address):
        remedy = "Write https://…/ with a slash at the end."
        raise fault("address", f"“{address}” is not a full address", remedy)
    return address


def _is_link(address: str) -> str:
    if not re.fullmatch(r"https://[^\s<>\"']+", address):
        remedy = "Write the whole address, starting with https://."
        raise fault("address", f"“{address}” is not a full address", remedy)
    return address


def _is_paragraph(text: str) -> str:
    if wrong := clinic_words_fault(text):
        raise fault("paragraph", *wrong)
    return text


def _is_logo(name: str) -> str:
    if not FILE_NAME.fullmatch(name):
        remedy = "Put an SVG or PNG file beside this one and write its name, such as logo.svg."
        raise fault("logo", f"“{name}” is not the name of an SVG or PNG file", remedy)
    return name


@dataclass(frozen=True)
class Phone:
    """A telephone number.

    Attributes:
        shown: The number as people in the edition's country write it.
        dial: What a link dials: the international form, except for short numbers.
    """

    shown: str
    dial: str


def _is_one_line(text: str) -> str:
    if "\n" in text:
        raise fault("line", "the text contains a line break", "Write it on one line.")
    return text


Short = Annotated[Plain, Field(max_length=120), AfterValidator(_is_one_line)]
"""A few words of a clinic's own, used in headers, on cards and in our sentences."""


class Level(Model):
    """A temperature that a clinic sets.

    Attributes:
        celsius: Degrees Celsius.
    """

    celsius: Celsius


class StayNear(Model):
    """How long to stay near the clinic, and how near.

    Attributes:
        time: Text after “for”, such as “4 weeks”.
        distance: Text after “within”, such as “1 hour by car”.
    """

    time: Short
    distance: Short | None = None


class OwnRules(Model):
    """The clinic's own rules, which replace those of its region.

    Attributes:
        source: The clinic's document that contains the rules; shown after each rule.
        stay_near: How long and how near to stay.
        no_driving: How long not to drive: the text after “for”.
        monitoring: When the patient is seen: text for the middle of a sentence.
    """

    source: Short
    stay_near: StayNear | None = None
    no_driving: Short | None = None
    monitoring: Short | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.stay_near or self.no_driving or self.monitoring):
            remedy = "Write stay_near, no_driving or monitoring, or delete rules."
            raise fault("rules", "there is a source, but no rule", remedy)
        return self


class LocalReview(Model):
    """Who reviewed this edition for the clinic.

    Attributes:
        reviewer: Clinician, with their profession.
        reviewed: Day of the review.
    """

    reviewer: Short
    reviewed: datetime.date


class Link(Model):
    """A link that the clinic added.

    Attributes:
        label: What it leads to.
        address: Its URL.
    """

    label: Short
    address: Annotated[str, AfterValidator(_is_link), Field(max_length=500)]


class Edition(Model):
    """Everything that differs from clinic to clinic.

    Attributes:
        name: Name of the clinic; None in the default edition.
        short_name: Short name for narrow places; None if the name serves there too.
        logo: SVG or PNG file beside the edition's file.
        site_address: Where the guide is published, ending in a slash.
        line_24h: Telephone number that is answered day and night, as people write it.
        day_line: Telephone number for office hours.
        emergency_number: Local emergency number.
        call_back_minutes: How long a caller waits at most for the team to ring back before ringing
            again. None shows as a line to write on.
        fever_level: Temperature at or above which to call now. Above 30.0, at most 38.0 °C.
        leading_unit: Unit that is shown first and large.
        paper: Paper size that the clinic prints on.
        region: Region for the rules on staying near and driving, and for the format of numbers.
        rules: The clinic's own rules, if they differ.
        languages: Languages to build.
        local_review: Who reviewed the edition for the clinic; None if nobody has.
        paragraphs: The clinic's own text for a page, in Markdown, by the page's file.
        links: The clinic's own links, shown on each page.
        offline: Whether browsers keep a copy for use without a network. If not, they are told to
            erase any copy they have.
    """

    name: Short | None = None
    short_name: Short | None = None
    logo: Annotated[str, AfterValidator(_is_logo), Field(max_length=120)] | None = None
    site_address: Annotated[str, AfterValidator(_is_address), Field(max_length=120)]
    region: Slug  # before the numbers, because their validators need its country
    line_24h: Telephone | None = None
    day_line: Telephone | None = None
    emergency_number: Telephone
    call_back_minutes: Annotated[int, Field(ge=1, le=60)] | None = None
    fever_level: Level
    leading_unit: Literal["fahrenheit", "celsius"]
    paper: Literal["letter", "a4"]
    rules: OwnRules | None = None
    languages: Annotated[tuple[Literal["en"], ...], Field(min_length=1)] = ("en",)
    local_review: LocalReview | None = None
    paragraphs: dict[
        str, Annotated[Plain, Field(max_length=4000), AfterValidator(_is_paragraph)]
    ] = Field(default_factory=dict)
    links: tuple[Link, ...] = ()
    offline: bool = True

    @field_validator("fever_level")
    @classmethod
    def _not_loosened(cls, level: Level) -> Level:
        if level.celsius > LOOSEST_FEVER_LEVEL:
            what = f"the fever level {level.celsius} °C is above {LOOSEST_FEVER_LEVEL} °C"
            what += ", so people would call too late"
            raise fault("fever_level", what, f'Write "{LOOSEST_FEVER_LEVEL}" or lower.')
        return level

    @field_validator("region")
    @classmethod
    def _is_region(cls, region: str) -> str:
        if region not in COUNTRIES:
            remedy = f"Use one of: {', '.join(COUNTRIES)}. Your own rules go under rules."
            raise fault("region", f"there is no region “{region}”", remedy)
        return region

    @field_validator("line_24h", "day_line")
    @classmethod
    def _can_be_dialled(cls, typed: str | None, info: ValidationInfo) -> str | None:
        if typed is not None and "region" in info.data:
            _parsed(typed, COUNTRIES[info.data["region"]])
        return typed

    @field_validator("emergency_number")
    @classmethod
    def _is_emergency_number(cls, number: str, info: ValidationInfo) -> str:
        region = info.data.get("region")
        country = COUNTRIES.get(region or "")
        known = number in EMERGENCY_NUMBERS.get(region or "", ())
        if region and not known and not (country and is_emergency_number(number, country)):
            what = f"“{number}” is not an emergency number in the region {region}"
            raise fault("emergency", what, "Write the number that people there dial.")
        return number

    def number(self, which: Which) -> Phone | None:
        """Return a number as it is shown and dialled, or None if it is not set."""
        if which == "emergency":
            return Phone(self.emergency_number, re.sub(r"\D", "", self.emergency_number))
        typed = self.line_24h if which == "line_24h" else self.day_line
        if typed is None:
            return None
        country = COUNTRIES[self.region]
        number = _parsed(typed, country)
        own = phonenumbers.region_code_for_number(number) == country
        form = PhoneNumberFormat.NATIONAL if own else PhoneNumberFormat.INTERNATIONAL
        dial = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        if number.extension:
            dial += f";ext={number.extension}"
        return Phone(phonenumbers.format_number(number, form), dial)

    def own_rule(self, name: str) -> StayNear | str | None:
        """Return the clinic's own rule, by its name in ``region-rules.yml``, or None."""
        return getattr(self.rules, name.replace("-", "_"), None) if self.rules else None

    def not_set(self) -> list[str]:
        """Return the settings that are not set and therefore show as a line to write on."""
        return [name for name in ("line_24h",) if getattr(self, name) is None]

    @property
    def called(self) -> str | None:
        """The clinic's name for narrow places."""
        return self.short_name or self.name

    @property
    def short_address(self) -> str:
        """The address as it is printed: without https and the last slash."""
        return self.site_address.removeprefix("https://").removesuffix("/")


def _parsed(typed: str, country: str | None) -> phonenumbers.PhoneNumber:
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException as error:
        remedy = "Begin it with + and the country code."
        raise fault("telephone", f"“{typed}” cannot be dialled", remedy) from error
    if not phonenumbers.is_valid_number(number):
        remedy = "Write all of it with its area code, or begin with + and the country code."
        raise fault("telephone", f"“{typed}” is not a valid telephone number", remedy)
    return number
