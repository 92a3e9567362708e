"""The A–Z page: each word leads to a place that mentions it."""

from __future__ import annotations

from collections.abc import Container, Mapping

import pytest
from bs4 import Tag

from scripts.finishing.search_index import WORD
from scripts.finishing.search_words import Stems
from scripts.guide.guide import Guide
from scripts.guide.models.lay_term import LayTerm
from tests.content.built import text_of, words_of_section

SAID_AS = {
    "911": ["ambulance"],
    "breathing": ["breathless", "wheezing"],
    "heartbeat": ["palpitations"],
    "fainting": ["passing out", "blackout"],
    "seizure": ["convulsion"],
    "confused": [
        "confusion",
        "disoriented",
        "not making sense",
        "seeing things that are not there",
    ],
    "trouble speaking": ["slurred speech"],
    "bleeding nose": ["nosebleed"],
    "balance": ["be fast"],
    "24-hour number": ["hotline"],
    "fever": ["high temperature", "burning up"],
    "unwell": ["sick", "poorly", "flu-like", "sweats"],
    "shivering": ["shakes", "rigors"],
    "beats faster": ["fast heartbeat", "fast pulse"],
    "dizzy": ["woozy"],
    "very weak": ["extreme tiredness"],
    "shaky hands": ["tremor"],
    "memory": ["forgetting things"],
    "more sleepy": ["sleeping all day"],
    "not like yourself": ["acting strange"],
    "vomiting": ["throwing up", "being sick"],
    "diarrhea": ["the runs", "loose stools"],
    "belly pain": ["cramps"],
    "infection": ["sepsis", "virus"],
    "yellow skin": ["jaundice"],
    "losing weight": ["weight loss"],
    "tiredness": ["fatigue", "no energy"],
    "headache": ["migraine"],
    "nausea": ["queasy"],
    "icans": ["neurotoxicity"],
    "thermometer": ["temperature", "temp"],
    "celsius": ["centigrade"],
    "or higher": ["threshold"],
    "acetaminophen": ["painkiller"],
    "tocilizumab": ["the main crs medicine"],
    "steroids": ["dexamethasone"],
    "vitamins": ["supplements"],
    "treat": ["cure"],
    "stay in the hospital": ["admitted"],
    "silly": ["false alarm"],
    "tests": ["scans"],
    "drip": ["iv"],
    "machine": ["ventilator"],
    "grade": ["how bad is it"],
    "how crs happens": ["cause of crs"],
    "of every 100": ["chances of crs"],
    "die": ["survival"],
    "chemotherapy": ["chemo"],
    "starts": ["how soon", "which day"],
    "clears up": ["getting over crs"],
    "late": ["crs that comes back"],
    "travel": ["flying", "vacation", "holiday"],
    "uk": ["outside the us"],
    "eu": ["europe"],
    "checks": ["appointments", "clinic visits"],
    "cancer checks": ["relapse"],
    "vaccines": ["jabs"],
    "pregnant": ["pregnancy"],
    "low counts": ["neutropenia", "anemia"],
    "anxious": ["anxiety", "depression"],
    "share the care": ["respite"],
    "check": ["what to watch"],
    "child or teen": ["teenager"],
    "sheet": ["printouts", "poster"],
    "diary": ["log", "tracker"],
    "emergency staff": ["paramedics"],
    "who made it": ["who wrote this guide"],
    "keep": ["what is kept"],
    "sources": ["references"],
    "stiff": ["stiffness"],
}
"""Words of a place by the A–Z words that they replace. They must mean the same."""

INSTEAD = {word: said for said, words in SAID_AS.items() for word in words}


def stems_of(guide: Guide) -> Stems:
    return Stems({name: list(words) for name, words in guide.lay_terms.alike.items()})


def speaks_of(text: str, shown: str, guide: Guide, stems: Stems) -> bool:
    """Return whether a text has a word that carries a name's meaning, or what replaces the name."""

    def words(of: str, passed: Container[str] = ()) -> list[str]:
        found = WORD.findall(of.casefold().replace("’", "'"))
        return [stems.of(word) for word in found if word not in passed]

    if (said := INSTEAD.get(shown.casefold())) is not None:
        return said in " ".join(text.casefold().split())
    empty = set(guide.lay_terms.passed_over)
    telling = words(shown, empty | set(guide.lay_terms.weak)) or words(shown, empty)
    return bool(set(telling) & set(words(text)))


def words_at(place: str, parts: Mapping[str, Tag]) -> str:
    path, _, anchor = place.partition("#")
    return words_of_section(parts[path], anchor) if anchor else text_of(parts[path])


def led_astray(
    terms: Mapping[str, LayTerm], guide: Guide, parts: Mapping[str, Tag]
) -> dict[str, str]:
    """Return the names whose first place does not mention them, with that place."""
    stems = stems_of(guide)
    return {
        shown: term.leads_to[0]
        for term in terms.values()
        for shown in term.shown
        if not speaks_of(words_at(term.leads_to[0], parts), shown, guide, stems)
    }


def test_each_word_leads_to_a_place_that_speaks_of_it(guide: Guide, parts: dict[str, Tag]) -> None:
    assert led_astray(guide.lay_terms.terms, guide, parts) == {}


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (["visitors"], "long-term-effects.md#prevention"),
        (["alcohol", "exercise"], "print/questions-for-my-team.md"),
        (["bruising"], "long-term-effects.md#low-counts"),
        (["swelling"], "mechanism.md#blood-vessels"),
    ],
)
def test_a_place_without_the_word_is_found_out(
    guide: Guide, parts: dict[str, Tag], words: list[str], place: str
) -> None:
    """Check the names that led to the wrong place until 2026-11-30."""
    term = LayTerm(term=words[0], words=tuple(words[1:]), leads_to=(place,))
    assert set(led_astray({"wrong": term}, guide, parts)) == set(words)


def test_no_meaning_is_given_to_a_word_that_is_gone(guide: Guide) -> None:
    shown = {name.casefold() for term in guide.lay_terms.terms.values() for name in term.shown}
    assert set(INSTEAD) <= shown, "remove it from SAID_AS"


def test_signs_of_a_stroke_lead_to_the_emergency_card(guide: Guide) -> None:
    emergency = set(guide.care_cards["emergency"].symptoms)
    for name in ("stroke", "sudden-weakness", "weak-face", "sight", "sudden-headache", "speaking"):
        term = guide.lay_terms.terms[name]
        assert set(term.signs) & emergency, name
        assert "get-help.md#emergency" in term.leads_to, name
