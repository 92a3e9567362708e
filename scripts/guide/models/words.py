"""The house's words: what is never said, and what is said instead."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator

from scripts.guide.models.base import Model, Plain, Some, Text, fault


def _check_pattern(pattern: str) -> str:
    try:
        matches_empty = re.compile(pattern).search("") is not None
    except re.error as error:
        remedy = "Put single quotes around it, and a backslash before signs that count as such."
        raise fault("pattern", f"“{pattern}” is no regular expression ({error})", remedy) from error
    if matches_empty:
        raise fault("pattern", "the pattern matches every line", "Write at least one word in it.")
    return pattern


Pattern = Annotated[str, AfterValidator(_check_pattern)]
"""A regular expression, matched without regard to case."""


class BannedWords(Model):
    """Words that no page, sheet or tool shows.

    Attributes:
        pattern: What is not said.
        reason: Why, and what to say instead; shown in the error.
    """

    pattern: Pattern
    reason: Text

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern, re.IGNORECASE)


class PreferredWord(Model):
    """A word that stands for others in the whole guide.

    Attributes:
        say: What is said.
        instead_of: What is not.
        reason: Why; shown in the error.
    """

    say: Plain
    instead_of: Pattern
    reason: Plain

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.instead_of, re.IGNORECASE)


class Words(Model):
    """Rules for words, one list a language.

    Attributes:
        banned: What is never said.
        preferred: What is said instead of other words.
        known_words: Rare words that are spelled right, by kind.
        typed_numbers: What counts as a clinical number typed by hand.
        allowed_numbers: Spellings that look like one and are none.
    """

    banned: Some[BannedWords]
    preferred: Some[PreferredWord]
    known_words: dict[str, Some[str]]
    typed_numbers: Some[Pattern]
    allowed_numbers: Some[Pattern]
