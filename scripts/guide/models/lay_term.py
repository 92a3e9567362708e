"""The words that readers use, and where in the guide they lead."""

from __future__ import annotations

from typing import Literal

from scripts.guide.models.base import Model, Plain, Slug, Some


class LayTerm(Model):
    """One thing, by all the names that people give it.

    Attributes:
        term: The guide's own name for it.
        words: Other names, spelled right. The A–Z page lists them, and search finds them.
        typed: What people type for it: spelling mistakes, half a question, further brand names.
            Search finds them; no page shows them.
        leads_to: Pages, or parts of pages such as ``symptoms.md#fever``; the best one first.
        signs: Signs of ``symptoms.yml`` that these words mean. Who types one of them sees the care
            card of that sign first.
        card: The care card for words that ask for help without naming a sign.
        onset: How the sign came decides how urgent it is: suddenly is an emergency, and slowly
            means call now.
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
        """All names, as search finds them."""
        return (*self.shown, *self.typed)


class LayTerms(Model):
    """All lay words of one language.

    Attributes:
        terms: The things, by a name of their own.
        passed_over: Words that carry no meaning in a question.
        alike: Words that mean the same in a question, by the one that stands for all.
        weak: Words too common to stand for anything alone.
        as_typed: Words that are right as they stand, though they look like a sign misspelled.
        no_sign: Words that name no sign together, though one of them alone would.
        kinds: Words that take the same place in a phrase of ``typed``, by the name that stands
            there after an ``@``.
        suddenly: Words that say that something came at once.
        slowly: Words that say that something came slowly, or some weeks ago.
        with_very_low: Words that make a very low reading an emergency.
        oxygen: Words that make a number one of a finger oximeter.
        not_degrees: Words after a number that is no temperature, such as “years”.
        numbered: Words before one.
        readings: The names of the terms that a reading stands for, by its zone.
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
