"""Numbers with clinical meaning, and the rules of a region."""

from __future__ import annotations

from pydantic import Field

from scripts.guide.models.base import Model, Plain, Slug, Sourced, Text


class Number(Sourced):
    """A proportion, a duration or a count, with its words.

    Attributes:
        text: Text for the middle of a sentence.
    """

    text: Text


class Region(Model):
    """The rules of one region's drug labels or treatment centres.

    Attributes:
        name: Name of the region for readers.
        rules: Rules by name, such as ``stay-near``. Unknown rules are left out.
        words: What the region says for words of the sheets, which are in US English.
    """

    name: Plain
    rules: dict[Slug, Number]
    words: dict[Plain, Plain] = Field(default_factory=dict)
