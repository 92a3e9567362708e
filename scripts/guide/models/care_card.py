"""Signs, and how urgent they are."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from scripts.guide.models.base import Model, Plain, Slug, Some, SourcedByMany, Text, fault

MOST_WORDS, MOST_SIGNS = 8, 5
"""Limits that let a reader take in a heading, or a group of signs, at a glance."""

SignIcon = Literal[
    "bolt",
    "calendar",
    "drop",
    "fall",
    "head",
    "heart",
    "line",
    "lungs",
    "pen",
    "stomach",
    "thermometer",
]
"""Pictures of groups of signs, each a file of ``overrides/components/icons/``."""


class Symptom(SourcedByMany):
    """A sign, in words that make sense on their own in a list.

    Attributes:
        text: The sign, without a full stop.
    """

    text: Text


def _is_short(heading: str) -> str:
    if (words := len(heading.split())) > MOST_WORDS:
        what = f"the heading has {words} words, but takes at most {MOST_WORDS}"
        raise fault("heading", what, "Shorten it, and move the rest to note.")
    return heading


class SignGroup(Model):
    """Signs that a person sees in one place, such as breathing and heart.

    Attributes:
        heading: Where or when they are seen.
        icon: Its picture, the same on cards and sheets.
        symptoms: At most five signs of ``symptoms.yml``, the most frightening first.
    """

    heading: Plain
    icon: SignIcon
    symptoms: Annotated[Some[Slug], Field(max_length=MOST_SIGNS)]


class CareCard(Model):
    """One of the three levels of urgency: what to do, and for which signs.

    Attributes:
        label: The urgency in one or two words, shown first.
        heading: What to do, after the label; at most eight words.
        in_short: The signs in a few words, for the line that links to the card; None if the card is
            not urgent.
        first_line: The same with examples, for the first screen; None to use ``in_short``.
        summary: The signs in short, for pages that do not show the card; None if the card is not an
            emergency. It follows the words “Call” and the emergency number.
        note: What a reader must know before the signs.
        groups: The signs, grouped by what a person sees. Each sign occurs once in a card.
        actions: Short lines, one action each.
    """

    label: Plain
    heading: Annotated[Text, AfterValidator(_is_short)]
    in_short: Text | None = None
    first_line: Text | None = None
    summary: Text | None = None
    note: Text | None = None
    groups: Some[SignGroup]
    actions: Some[Text]

    @field_validator("groups")
    @classmethod
    def _each_sign_once(cls, groups: tuple[SignGroup, ...]) -> tuple[SignGroup, ...]:
        signs = [sign for group in groups for sign in group.symptoms]
        for sign in signs:
            if signs.count(sign) > 1:
                raise fault("twice", f"the sign “{sign}” is listed twice", "Keep one.")
        return groups

    @property
    def symptoms(self) -> tuple[str, ...]:
        """All signs of the card, in order."""
        return tuple(sign for group in self.groups for sign in group.symptoms)
