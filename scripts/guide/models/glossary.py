"""Medical words and their plain meaning."""

from __future__ import annotations

from scripts.guide.models.base import Model, Plain, Slug, Some, Text


class Term(Model):
    """A word of the glossary.

    Attributes:
        id: Unique name, used by ``term("…")`` and as the anchor in the glossary.
        term: Spelling of the word.
        say_it: Pronunciation, with the stressed part in capitals.
        plain: Meaning, in at most 20 plain words.
        sources: Sources that use or explain the word in this sense.
    """

    id: Slug
    term: Plain
    say_it: Plain
    plain: Text
    sources: Some[Slug]
