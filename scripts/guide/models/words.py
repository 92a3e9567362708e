"""House style for words: banned words and preferred words."""

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
        remedy = "Put it in single quotes, and a backslash before each special character."
        what = f"“{pattern}” is not a regular expression ({error})"
        raise fault("pattern", what, remedy) from error
    if matches_empty:
        raise fault("pattern", "the pattern matches every line", "Write at least one word in it.")
    return pattern


Pattern = Annotated[str, AfterValidator(_check_pattern)]
"""A regular expression, matched without regard to case."""


class BannedWords(Model):
    """WordRules that no page, sheet or tool shows.

    Attributes:
        pattern: Regular expression of the banned words.
        reason: Why they are banned, and what to write instead; shown in the error message.
    """

    pattern: Pattern
    reason: Text

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern, re.IGNORECASE)


class PreferredWord(Model):
    """A word that the whole guide uses instead of others.

    Attributes:
        say: The preferred word.
        instead_of: Regular expression of the words that it replaces.
        reason: Why; shown in the error message.
    """

    say: Plain
    instead_of: Pattern
    reason: Plain

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.instead_of, re.IGNORECASE)


class WordRules(Model):
    """Rules for words, one list for each language.

    Attributes:
        banned: WordRules that are never used.
        preferred: WordRules that are used instead of others.
        known_words: Rare words that are spelled right, by kind.
        typed_numbers: Patterns of clinical numbers typed by hand.
        allowed_numbers: Exceptions: text that looks like such a number but is none.
    """

    banned: Some[BannedWords]
    preferred: Some[PreferredWord]
    known_words: dict[str, Some[str]]
    typed_numbers: Some[Pattern]
    allowed_numbers: Some[Pattern]
