"""Care cards have the same words everywhere, and no page treats a sign as less urgent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from bs4 import BeautifulSoup, Tag

from scripts.components.registry import Macros
from scripts.components.render import COMPONENTS, Formatter
from scripts.components.sheet.signs import Signs
from scripts.content import load_guide
from scripts.finishing.search_index import URGENCY, card_tree, urgency_of
from scripts.finishing.service_worker import help_page
from scripts.guide.guide import Guide
from scripts.guide.models.care_card import SignIcon
from scripts.root import ROOT
from tests.conftest import Site
from tests.content.built import text_of

Card = list[tuple[str, list[str]]]

EMERGENCY = {
    "trouble-breathing": r"(trouble|hard|short of) (to )?breath",
    "low-oxygen": r"low oxygen",
    "chest-pain": r"chest (pain|or)|upper-back pain|uneven heartbeat",
    "fainting": r"\bfaint(ing|s|ed)?\b|pass(ing|ed)? out|cannot stand",
    "neck-swelling": r"swollen (neck|jaw)",
    "seizure": r"seizure",
    "confusion": r"\bconfus|muddled|hard to wake",
    "trouble-speaking": r"(trouble|hard) (to )?(speak|talk)|finding words",
    "sudden-weakness": r"sudden(ly)?,?( \w+){0,2} (weak|numb|droop)",
    "sudden-sight-change": r"sudden(ly)?( \w+){0,3} (sight|vision|blurred)",
    "sudden-headache": r"sudden[\w, ]{0,20}headache|very bad headache",
    "heavy-bleeding": r"bleeding that does not stop|heavy bleeding",
    "vomiting-blood": r"(vomit|cough)\w* (up )?blood",
    "head-injury": r"(?<!not )(?<!without )\bhit (the|your|his|her|their) head",
    "very-low-temperature": r"drowsy, confused or shivering",
}
"""Patterns for each sign of the emergency card, in the card's own words or in others."""

CALL_NOW = (
    r"\bfever\b|\bchills\b|\bshiver|feeling hot|sore throat|\bcough\b|mouth sores"
    r"|burning (when|urine)"
    r"|\bdizz|faster than usual|very weak|handwriting|shaky|restless|unsteady|numbness|vomit"
    r"|diarrhea|belly|dark urine|yellow (skin|eyes)|\bfall\b|bruis|purple spots|\bswollen\b"
)
THIRTY_DAYS = r"headache|tired|nausea|upset stomach|not hungry|\baching|\baches|\brash\b"

TODAY = re.compile(r"\btoday\b|next visit|office hours|day number", re.IGNORECASE)
NOT_LATER = re.compile(r"(not|never) [^.]{0,40}(next visit|office hours)", re.IGNORECASE)
TEAM = re.compile(
    r"\b(call|tell|ring|phone)\b[^.]{0,40}\b(team|24-hour)|\bcall now\b", re.IGNORECASE
)
HIGHEST = re.compile(r"\b(911|999|112|000|emergency|ambulance)\b", re.IGNORECASE)


def words_of(guide: Guide, name: str) -> Card:
    """Return a care card from the data: each group with its signs."""
    rich = Formatter(guide).rich
    return [
        (group.heading, [flat(rich(sign.text).striptags()) for sign in signs])
        for group, signs in guide.groups_of(name)
    ]


def regional(guide: Guide, name: str) -> Card:
    """Return a care card from the data, in the words of the region, as sheets have it."""
    return [
        (guide.in_region(heading), [guide.in_region(sign) for sign in signs])
        for heading, signs in words_of(guide, name)
    ]


def flat(text: str) -> str:
    return " ".join(text.split())


def on_card(part: Tag) -> Card:
    return shown(part, ".crs-care-card__group", ".crs-care-card__signs")


def on_sheet(part: Tag) -> Card:
    return shown(part, ".crs-signs__heading", ".crs-signs__list")


def shown(part: Tag, heading: str, signs: str) -> Card:
    """Return a care card as a page shows it: each group with its signs."""
    heads = [flat(each.get_text()) for each in part.select(heading)]
    lists = [[flat(li.get_text()) for li in ul.select("li")] for ul in part.select(signs)]
    return list(zip(heads, lists, strict=True))


@pytest.fixture(scope="module")
def uk_guide() -> Guide:
    """An edition with Celsius first and its own numbers and fever level."""
    return load_guide(clinic=ROOT / "docs/data/editions/example-uk.yml")


def test_every_page_shows_a_card_whole_and_in_its_own_words(guide: Guide, site: Site) -> None:
    seen = {"card": 0, "sheet": 0}
    for path in guide.pages:
        page = BeautifulSoup(site.html(path), "html.parser")
        for name in guide.care_cards:
            for part in page.select(f".crs-care-card--{name}"):
                assert on_card(part) == words_of(guide, name), path
                seen["card"] += 1
            for part in page.select(f".crs-checklist__group--{name}"):
                assert on_sheet(part) == words_of(guide, name), path
                seen["sheet"] += 1
    assert seen["card"] >= 5
    assert seen["sheet"] >= 5


def test_an_edition_shows_the_same_cards_with_its_own_numbers(uk_guide: Guide) -> None:
    for name in uk_guide.care_cards:
        page = Macros(uk_guide, "get-help.md")
        assert on_card(BeautifulSoup(page.care_card(name), "html.parser")) == words_of(
            uk_guide, name
        )
        for slug, sheet in uk_guide.checklists.items():
            shown_there = BeautifulSoup(page.checklist(slug), "html.parser")
            parts = shown_there.select(f".crs-checklist__group--{name}")
            named = [b for b in sheet.blocks if isinstance(b, Signs) and b.care_card == name]
            assert [on_sheet(part) for part in parts] == [regional(uk_guide, name)] * len(named)


def test_each_group_of_signs_has_the_same_picture_on_its_card_and_on_sheets(guide: Guide) -> None:
    def pictures_of(path: str, name: str) -> list[str]:
        card = BeautifulSoup(Macros(guide, path).care_card(name), "html.parser")
        return [str(drawn["d"]) for drawn in card.select(".crs-care-card__group path")]

    sheet = BeautifulSoup(Macros(guide, "symptoms.md").checklist("fridge"), "html.parser")
    for name in ("emergency", "call-now"):
        pictures = pictures_of("symptoms.md", name)
        assert len(pictures) == len(guide.care_cards[name].groups)
        there = sheet.select(f".crs-checklist__group--{name} .crs-signs__heading path")
        assert [str(drawn["d"]) for drawn in there] == pictures
        assert pictures_of("get-help.md", name) == [], "it has no bytes to spare"
    for icon in get_args(SignIcon):
        assert (COMPONENTS / "icons" / f"{icon}.html").is_file(), icon


@pytest.mark.parametrize("edition", ["guide", "uk_guide"])
def test_search_and_the_page_without_network_show_the_same_cards(
    request: pytest.FixtureRequest, edition: str
) -> None:
    guide: Guide = request.getfixturevalue(edition)
    offline = BeautifulSoup(help_page(guide), "html.parser")
    for name in ("emergency", "call-now"):
        expected = [line for head, signs in words_of(guide, name) for line in (head, *signs)]
        found = [flat(line) for line in lines_in(card_tree(guide, name))]
        assert subsequence(expected, found) == expected
        label = guide.care_cards[name].label
        (section,) = (s for s in offline.select("section") if s.h2 and label in s.h2.get_text())
        assert on_card(section) == words_of(guide, name)


def lines_in(tree: Any) -> Iterator[str]:
    """Yield the words of each innermost block of the tree from which search builds its card."""

    def words(node: Any) -> str:
        if isinstance(node, str):
            return node
        return "".join(words(child) for child in node[2:])

    for node in tree[2:] if isinstance(tree, list) else []:
        if isinstance(node, list):
            if node[0] in ("li", "p"):
                yield words(node)
            else:
                yield from lines_in(node)


def subsequence(wanted: list[str], lines: list[str]) -> list[str]:
    """Return the lines that are wanted, in their order."""
    return [line for line in lines if line in wanted]


def test_every_sheet_with_signs_holds_both_urgent_cards_or_none(guide: Guide) -> None:
    for slug, sheet in guide.checklists.items():
        cards = [block.care_card for block in sheet.blocks if isinstance(block, Signs)]
        assert cards[:2] in ([], ["emergency", "call-now"]), slug


def test_there_is_one_sheet_for_the_fridge(guide: Guide) -> None:
    named = [
        slug
        for slug, sheet in guide.checklists.items()
        if "fridge" in f"{sheet.title} {sheet.purpose}".casefold()
    ]
    assert named == ["fridge"]


def test_the_five_signs_of_the_first_30_days_are_on_both_cards(guide: Guide) -> None:
    now, later = guide.care_cards["call-now"], guide.care_cards["tell-your-team"]
    (first_days,) = [group for group in now.groups if group.symptoms == later.symptoms]
    assert "first 30 days" in first_days.heading
    assert "After day 30" in later.label
    for words in (later.note, later.groups[0].heading):
        assert "30 days" in str(words)
    others = set(later.symptoms) & set(guide.care_cards["emergency"].symptoms)
    assert not others


def test_lay_words_of_a_sign_find_its_most_urgent_card(guide: Guide) -> None:
    for term in guide.lay_terms.terms.values():
        for name, card in guide.care_cards.items():
            if set(term.signs) & set(card.symptoms):
                assert urgency_of(term, guide) >= URGENCY[name], term.term


# No page treats a sign as less urgent than its card does.


def passages(part: Tag) -> Iterator[tuple[str, str]]:
    """Yield each statement outside the cards, after the line or heading that introduces it.

    A statement is a list item or a whole paragraph, because its last sentence may say how fast
    to act.
    """
    for block in part.find_all(["p", "li"]):
        if block.find_parent(class_=re.compile("crs-(care-card|signs|page-foot|checklist__do)")):
            continue
        if block.find(["p", "li"]):
            continue
        before = block if block.name == "p" else block.find_parent(["ul", "ol"])
        intro = before.find_previous_sibling(["p", "h2", "h3", "h4"]) if before else None
        said = text_of(intro) if isinstance(intro, Tag) else ""
        if block.name == "p" and not said.endswith(":"):
            said = ""
        yield said, text_of(block)


def too_low(intro: str, statement: str) -> Iterator[str]:
    """Yield each error in a statement: a sign that may wait, or that goes to the wrong number."""
    for sentence in re.split(r"(?<=[.?!])\s+", statement):
        whole = f"{intro} {sentence}"
        if HIGHEST.search(whole) or not TEAM.search(whole):
            continue
        for name, words in EMERGENCY.items():
            if re.search(words, sentence, re.IGNORECASE):
                yield f"{name} goes to the team, not to the emergency number: {whole}"
    whole = f"{intro} {statement}"
    if not TODAY.search(NOT_LATER.sub("", whole)):
        return
    for name, words in {**EMERGENCY, "a call-now sign": CALL_NOW}.items():
        if re.search(words, statement, re.IGNORECASE) and not re.search(r"\bnow\b", whole):
            yield f"{name} can wait until today: {whole}"
    if re.search(THIRTY_DAYS, statement, re.IGNORECASE) and "30 days" not in whole:
        yield f"no word of the first 30 days: {whole}"


def test_the_words_of_each_emergency_sign_are_looked_for(guide: Guide) -> None:
    assert set(EMERGENCY) == set(guide.care_cards["emergency"].symptoms)
    for name, words in EMERGENCY.items():
        sign = Formatter(guide).rich(guide.symptoms[name].text).striptags()
        assert re.search(words, sign, re.IGNORECASE), name
    for name in guide.care_cards["tell-your-team"].symptoms:
        assert re.search(THIRTY_DAYS, guide.symptoms[name].text, re.IGNORECASE), name


@pytest.mark.parametrize(
    ("intro", "statement"),
    [
        ("", "Other signs are chills, a headache and a rash. Phone your team about these today."),
        ("Call your team today about:", "A headache"),
        ("Call your team for:", "Sudden weakness of an arm"),
        ("", "If they are confused, call your team."),
        ("", "Tell your team at your next visit about a new bruise."),
    ],
)
def test_a_sign_that_is_on_a_card_too_low_is_found(intro: str, statement: str) -> None:
    assert list(too_low(intro, statement))


@pytest.mark.parametrize(
    ("intro", "statement"),
    [
        ("Call 911 for:", "A seizure"),
        ("", "Confused, or hard to wake? Call 911. For a fever, call your team now."),
        ("", "After the first 30 days, tell your team today about a headache."),
        ("", "Do not leave it for your next visit."),
    ],
)
def test_a_sign_in_its_place_is_let_be(intro: str, statement: str) -> None:
    assert not list(too_low(intro, statement))


def test_no_page_or_sheet_puts_a_sign_lower_than_its_card(parts: dict[str, Tag]) -> None:
    wrong = [
        f"{path}: {fault}"
        for path, part in parts.items()
        for intro, statement in passages(part)
        for fault in too_low(intro, statement)
    ]
    assert not wrong, "\n".join(wrong)
