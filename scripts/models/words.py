"""The house's words: what is never said, and what is said instead."""

from __future__ import annotations

import re
from functools import cached_property

from scripts.models.base import Model, Some, Text


class BannedWords(Model):
    """Words that no page, sheet or tool shows.

    Attributes:
        pattern: A regular expression, matched without regard to case.
        reason: Why, and what to say instead; shown in the error.
    """

    pattern: str
    reason: Text

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern, re.IGNORECASE)


class Words(Model):
    """Rules for words, one list a language.

    Attributes:
        banned: What is never said.
        typed_numbers: What counts as a clinical number typed by hand.
        allowed_numbers: Spellings that look like one and are none.
    """

    banned: Some[BannedWords]
    typed_numbers: Some[str]
    allowed_numbers: Some[str]
