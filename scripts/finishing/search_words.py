"""Split and stem words exactly as ``overrides/assets/javascripts/search-words.js`` does.

The index leaves out a word if another form of it is already there. So both modules must return the
same stem for a word, or search misses pages. A test compares them on every word of the guide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

LOCAL_DIGITS = {ord(zero) + n: str(n) for zero in "\u0660\u06f0" for n in range(10)}
POINTS = str.maketrans(dict.fromkeys("·。\u066b", "."))

SAME: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("[\u0300-\u036f]"), ""),
    (re.compile(r"[’'`\u00b4](?:ll|ve|m|re|d|s)\b", re.ASCII), ""),
    (re.compile("[’'`\u00b4]"), ""),
    (re.compile(r"\bcytokin\w*[\s-]+rel\w*[\s-]+syn\w*", re.ASCII), "crs"),
    (re.compile(r"\bcar[\s-]?t(?:[\s-]t)?\b(?:[\s-]*cells?\b)?", re.ASCII), "cart"),
)
"""Replacements that unify different spellings, applied in this order."""

APART = re.compile(r"(?:[^\w&]|_)+")

TO_Y = re.compile(r"(?<=..)(?:iness|ies|ied)$")
ENDINGS = re.compile(r"(?<=...)(?:ings?|(?<!e)ed|(?<!s)s|es)$")
DOUBLED = re.compile(r"(.)\1$")
LAST_E = re.compile(r"(?<=...)e$")


def words_of(text: str) -> list[str]:
    """Return the words of a text. “CAR T cells” and the long name of CRS are one word each."""
    plain = unicodedata.normalize("NFKC", text).translate(LOCAL_DIGITS).translate(POINTS)
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf").lower()
    plain = unicodedata.normalize("NFD", plain)
    for pattern, one in SAME:
        plain = pattern.sub(one, plain)
    return [word for word in APART.split(plain) if word]


class Stems:
    """Maps all forms of a word to one form."""

    def __init__(self, alike: Mapping[str, Iterable[str]] | None = None) -> None:
        """Store words that are replaced by another.

        Args:
            alike: Such words, by the word that replaces them.
        """
        self.names = {word: name for name, words in (alike or {}).items() for word in words}
        self.known: dict[str, str] = {}

    def of(self, word: str) -> str:
        """Return the form used for a word."""
        if word not in self.known:
            self.known[word] = self._made(word)
        return self.known[word]

    def _made(self, word: str) -> str:
        one = self.names.get(word, word)
        cut = ENDINGS.sub("", TO_Y.sub("y", one, count=1), count=1)
        if cut != one and cut[-1] not in "lsfz":
            cut = DOUBLED.sub(r"\1", cut)
        return self.names.get(cut) or LAST_E.sub("", cut)
