"""Numbers with clinical meaning, and the rules of a region."""

from __future__ import annotations

from scripts.guide.models.base import Model, Plain, Slug, Sourced, Text


class Number(Sourced):
    """A share, a span of time or a count, with its words.

    Attributes:
        text: As it reads in the middle of a sentence.
    """

    text: Text


class Region(Model):
    """What one region's labels or centres ask for.

    Attributes:
        name: The region as a reader calls it.
        rules: Rules by name, such as ``stay-near``; one that is not known is left out.
    """

    name: Plain
    rules: dict[Slug, Number]
