"""The words that readers use, and the parts of the guide that they lead to."""

from __future__ import annotations

from typing import Literal

from scripts.guide.models.base import Model, Plain, Slug, Some


class LayTerm(Model):
    """One thing, with all the names that people give it.

    Attributes:
        term: The guide's own name for it.
        words: Other names, spelled right. The A–Z page lists them, and search finds them.
        typed: Other search input: spelling mistakes, incomplete questions, further brand names.
            Search finds them, but no page shows them.
        leads_to: Pages, or parts of pages such as ``symptoms.md#fever``; the best one first.
        signs: Signs of ``symptoms.yml`` that these words mean. A search for one of the words shows
            the care card of that sign first.
        card: Care card for words that ask for help without naming a sign.
        onset: Whether the way the sign started decides how urgent it is: suddenly means emergency,
            slowly means call now.
    """

    term: Plain
    words: tuple[Plain, ...] = ()
    typed: tuple[Plain, ...] = ()
    leads_to: Some[str]
    signs: tuple[Slug, ...] = ()
    card: Literal["emergency", "call-now"] | None = None
    onset: bool = False

    @property
    def shown(self) -> tuple[str, ...]:
        """The names that a page may show."""
        return (self.term, *self.words)

    @property
    def found(self) -> tuple[str, ...]:
        """All names that search finds."""
        return (*self.shown, *self.typed)


class LayTerms(Model):
    """All lay words of one language.

    Attributes:
        terms: All terms, by a unique name.
        passed_over: Words that carry no meaning in a question.
        alike: Words with the same meaning in a question, by the word that replaces them.
        weak: Words too common to identify a term on their own.
        as_typed: Words that are correct, though they look like a sign misspelled.
        no_sign: Phrases that name no sign, though one of their words alone would.
        kinds: Words that can replace each other in a phrase of ``typed``, by the name that marks
            their place there after an ``@``.
        suddenly: Words that say that something started at once.
        slowly: Words that say that something started slowly, or some weeks ago.
        with_very_low: Words that make a very low reading an emergency.
        oxygen: Words that mark a number as the reading of a finger oximeter.
        not_degrees: Words after a number that is not a temperature, such as “years”.
        numbered: Words before such a number.
        readings: The term that a reading leads to, by the zone of the reading.
        asking: Words that begin a question.
        printed: Words that ask for a sheet.
    """

    terms: dict[Slug, LayTerm]
    passed_over: Some[Plain]
    alike: dict[Slug, Some[Plain]]
    weak: Some[Plain]
    as_typed: Some[Plain]
    no_sign: Some[Plain]
    kinds: dict[Slug, Some[Plain]]
    suddenly: Some[Plain]
    slowly: Some[Plain]
    with_very_low: Some[Plain]
    oxygen: Some[Plain]
    not_degrees: Some[Plain]
    numbered: Some[Plain]
    readings: dict[Literal["at-or-above", "very-low", "low", "below", "oxygen"], Slug]
    asking: Some[Plain]
    printed: Some[Plain]
