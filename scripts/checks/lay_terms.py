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
KIND = re.compile("@([a-z-]+)")
URGENT = ("emergency", "call-now")
"""The care cards that search shows above all other results."""


def check_lay_terms(
    files: Mapping[str, YamlSource], guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    """Yield lay words that lead nowhere or must not be shown, and urgent signs without any."""
    file = files["lay-terms.yml"]
    first: dict[str, str] = {}
    for name, term in guide.lay_terms.terms.items():
        at: Location = ("terms", name)
        for index, place in enumerate(term.leads_to):
            yield from check_place(file, (*at, "leads_to", index), place, guide, unread)
        for index, sign in enumerate(term.signs):
            if sign not in guide.symptoms:
                fault, remedy = f"there is no symptom “{sign}”", "Use a name of symptoms.yml."
                yield file.problem((*at, "signs", index), fault, remedy)
        shown: list[tuple[Location, str]] = [(("term",), term.term)]
        shown += [(("words", index), word) for index, word in enumerate(term.words)]
        for where, word in shown:
            wrong = (*unsayable(word, guide.word_rules), *unlike_the_house(word, guide.word_rules))
            for fault, remedy in wrong:
                yield file.problem((*at, *where), fault, f"{remedy} Or move it to typed.")
            if first.setdefault(word.casefold(), name) != name:
                fault = f"“{word}” is already listed under “{first[word.casefold()]}”"
                yield file.problem((*at, *where), fault, "Keep one: the A–Z page lists each once.")
        for index, phrase in enumerate(term.typed):
            for kind in KIND.findall(phrase):
                if kind not in guide.lay_terms.kinds:
                    remedy = f"Use one of: {', '.join(guide.lay_terms.kinds)}."
                    yield file.problem((*at, "typed", index), f"there is no kind “{kind}”", remedy)
    for zone in ZONES:
        named = guide.lay_terms.readings.get(zone)
        if named not in guide.lay_terms.terms:
            fault = f"the reading “{zone}” has no entry of terms"
            yield file.problem(("readings",), fault, f"Write {zone}: and the name of an entry.")
    meant = {sign for term in guide.lay_terms.terms.values() for sign in term.signs}
    for card in URGENT:
        for sign in guide.care_cards[card].symptoms:
            if sign not in meant:
                fault = f"the sign “{sign}” of the card “{card}” has no lay words"
                remedy = "Name it in signs of an entry: readers who type them must see the card."
                yield file.problem(("terms",), fault, remedy)
