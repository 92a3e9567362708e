"""Find words that are banned, and words for which the guide prefers others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from scripts.guide.models.words import WordRules


def unsayable(text: str, words: WordRules) -> Iterator[tuple[str, str]]:
    """Yield each banned word of a text, with the reason."""
    for at, found in _found(bare(text), tuple(banned.regex for banned in words.banned)):
        yield f"“{found}” must not be said", words.banned[at].reason


def unlike_the_house(text: str, words: WordRules) -> Iterator[tuple[str, str]]:
    """Yield each word of a text for which the guide prefers another, with the reason."""
    for at, found in _found(bare(text), tuple(other.regex for other in words.preferred)):
        preferred = words.preferred[at]
        yield f"“{found}” is not our word", f"Say {preferred.say}. {preferred.reason}"


@lru_cache(maxsize=30_000)
def _found(text: str, patterns: tuple[re.Pattern[str], ...]) -> tuple[tuple[int, str], ...]:
    """Return the index of each pattern that a text matches, with the first match.

    Cached, because a preview and a build of many editions check the same lines again.
    """
    matches = ((at, pattern.search(text)) for at, pattern in enumerate(patterns))
    return tuple((at, match[0]) for at, match in matches if match)


def bare(text: str) -> str:
    """Return a text without emphasis marks and repeated spaces, which could hide a word."""
    return re.sub(r"\s+", " ", re.sub(r"[*_]", "", text))
