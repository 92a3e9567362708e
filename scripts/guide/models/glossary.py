"""Medical words and their plain meaning."""

from __future__ import annotations

from scripts.guide.models.base import Model, Plain, Slug, Some, Text


class Term(Model):
    """A word of the glossary.

    Attributes:
        id: Unique name, used by ``term("…")`` and as the anchor in the glossary.
        term: The word as it is written.
        say_it: How to say it, stress in capitals.
        plain: What it means, in at most 20 plain words.
        sources: Where the word is used or explained in this sense.
    """

    id: Slug
    term: Plain
    say_it: Plain
    plain: Text
    sources: Some[Slug]
