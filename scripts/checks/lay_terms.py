"""Checks of lay words: where they lead, and that each urgent sign has at least one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from scripts.checks.places import check_place
from scripts.checks.words import unlike_the_house, unsayable
from scripts.guide.errors import Problem
from scripts.guide.guide import Guide
from scripts.guide.yaml_source import Location, YamlSource

ZONES: tuple[Literal["at-or-above", "very-low", "low", "below", "oxygen"], ...] = (
    "at-or-above",
    "very-low",
    "low",
    "below",
    "oxygen",
)
Found = tuple[Location, str, str]
"""Where a problem is in the file, what is wrong, and what to do about it."""

KIND = re.compile("@([a-z-]+)")
URGENT = ("emergency", "call-now")
"""The care cards that search shows above all other results."""


def check_lay_terms(
    files: Mapping[str, YamlSource], guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    """Yield lay words that lead nowhere or must not be shown, and urgent signs without any."""
    file = files["lay-terms.yml"]
    for name, term in guide.lay_terms.terms.items():
        for index, place in enumerate(term.leads_to):
            yield from check_place(file, ("terms", name, "leads_to", index), place, guide, unread)
    for found in (_shown, _names, _readings, _urgent_signs):
        for location, fault, remedy in found(guide):
            yield file.problem(location, fault, remedy)


def _shown(guide: Guide) -> Iterator[Found]:
    """Check the words of each term that readers see."""
    first: dict[str, str] = {}
    for name, term in guide.lay_terms.terms.items():
        shown: list[tuple[Location, str]] = [(("term",), term.term)]
        shown += [(("words", index), word) for index, word in enumerate(term.words)]
        for where, word in shown:
            at = ("terms", name, *where)
            wrong = (*unsayable(word, guide.word_rules), *unlike_the_house(word, guide.word_rules))
            yield from ((at, fault, f"{remedy} Or move it to typed.") for fault, remedy in wrong)
            if first.setdefault(word.casefold(), name) != name:
                fault = f"“{word}” is already listed under “{first[word.casefold()]}”"
                yield at, fault, "Keep one: the A–Z page lists each once."


def _names(guide: Guide) -> Iterator[Found]:
    """Check the signs and the kinds of words that each term names."""
    for name, term in guide.lay_terms.terms.items():
        for index, sign in enumerate(term.signs):
            if sign not in guide.symptoms:
                at: Location = ("terms", name, "signs", index)
                yield at, f"there is no symptom “{sign}”", "Use a name of symptoms.yml."
        for index, phrase in enumerate(term.typed):
            for kind in KIND.findall(phrase):
                if kind not in guide.lay_terms.kinds:
                    remedy = f"Use one of: {', '.join(guide.lay_terms.kinds)}."
                    yield ("terms", name, "typed", index), f"there is no kind “{kind}”", remedy


def _readings(guide: Guide) -> Iterator[Found]:
    """Check that a reading of each zone leads to a term."""
    for zone in ZONES:
        if guide.lay_terms.readings.get(zone) not in guide.lay_terms.terms:
            fault = f"the reading “{zone}” has no entry of terms"
            yield ("readings",), fault, f"Write {zone}: and the name of an entry."


def _urgent_signs(guide: Guide) -> Iterator[Found]:
    """Check that each sign of an urgent card has lay words."""
    meant = {sign for term in guide.lay_terms.terms.values() for sign in term.signs}
    for card in URGENT:
        for sign in guide.care_cards[card].symptoms:
            if sign not in meant:
                fault = f"the sign “{sign}” of the card “{card}” has no lay words"
                remedy = "Name it in signs of an entry: readers who type them must see the card."
                yield ("terms",), fault, remedy
