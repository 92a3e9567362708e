"""No page contains a banned word, and the words of the data reach the page complete."""

from __future__ import annotations

import re

from bs4 import Tag

from scripts.checks.words import unlike_the_house
from scripts.guide.guide import Guide
from scripts.guide.pages import Page
from tests.content.built import blocks, text_of

NOT_OUR_WORDS = "sup, textarea, code, .crs-sources__list, .crs-sheet__foot"
"""Elements to ignore: titles and names of sources are quoted, and an address contains page
names."""

APART = ["crs-sources__list", "crs-sheet__foot", "crs-a-to-z__list"]
"""Elements to ignore as a whole; the A–Z list contains the readers' own words."""


def test_no_page_says_what_must_not_be_said(parts: dict[str, Tag], guide: Guide) -> None:
    found = []
    for path, part in parts.items():
        for block in blocks(part):
            # Titles of sources are quoted.
            if block.find_parent(class_="crs-sources__list"):
                continue
            said = text_of(block)
            matches = (banned.regex.search(said) for banned in guide.word_rules.banned)
            found += [f"{path}: “{match[0]}” in: {said}" for match in matches if match]
    assert found == []


def test_no_page_has_another_word_than_the_house_s(parts: dict[str, Tag], guide: Guide) -> None:
    # The rule is checked on the built page because two pieces of data may form a phrase that
    # neither contains.
    found = []
    for path, part in parts.items():
        for block in blocks(part):
            if block.find_parent(class_=APART) or "crs-sheet__foot" in block.get_attribute_list(
                "class"
            ):
                continue
            said = re.sub(r"\S+\.\S*/\S*", "", text_of(block, NOT_OUR_WORDS))
            found += [
                f"{path}: {fault}: {said}" for fault, _ in unlike_the_house(said, guide.word_rules)
            ]
    assert found == []


def test_nothing_on_a_page_is_shouted(parts: dict[str, Tag]) -> None:
    for path, part in parts.items():
        for block in blocks(part):
            assert "!" not in text_of(block), f"{path}: {text_of(block)}"


def plain(text: str) -> str:
    """Return a text without what typesetting changes: the kind of quotes, and spaces."""
    return " ".join(text.replace("“", '"').replace("”", '"').replace("’", "'").split())


def calls_of(page: Page, name: str) -> list[str]:
    return [str(call.first) for call in page.calls if call.name == name]


def test_every_number_reaches_its_page_whole(parts: dict[str, Tag], guide: Guide) -> None:
    # An inline macro passes through Markdown, which would take a star or an underscore for markup.
    for path, page in guide.pages.items():
        shown = [plain(text_of(tag)) for tag in parts[path].select(".crs-number")]
        texts = [
            plain(guide.numbers[str(call.first)].text)
            if call.name == "number"
            else plain(guide.region.rules[str(call.first)].text)
            for call in page.calls
            if call.name == "number"
        ]
        texts += [
            plain(region.rules[name].text)
            for name in calls_of(page, "region_rules")
            for region in guide.regions_with(name)
        ]
        without_places = [text for text in texts if "[[" not in text]
        assert [text for text in without_places if text not in shown] == [], path
        assert len(shown) == len(texts), path


def test_every_marked_word_leads_to_its_meaning_at_the_foot(
    parts: dict[str, Tag], guide: Guide
) -> None:
    for path, page in guide.pages.items():
        names = calls_of(page, "term")
        marked = parts[path].select("a.crs-term")
        assert [link["href"] for link in marked] == [f"#word-{name}" for name in names], path
        entries = parts[path].select(".crs-page-foot .crs-words__entry")
        assert {entry["id"] for entry in entries} == {f"word-{name}" for name in names}, path
        for entry in entries:
            term = guide.terms[str(entry["id"]).removeprefix("word-")]
            assert plain(term.plain) in plain(text_of(entry)), path
            assert term.say_it in text_of(entry), path


def test_no_word_is_marked_twice_in_a_section(guide: Guide) -> None:
    for path, page in guide.pages.items():
        marks = [
            (page.section_at(call.line), call.first) for call in page.calls if call.name == "term"
        ]
        assert len(set(marks)) == len(marks), path


def test_quotes_on_pages_are_curly(parts: dict[str, Tag]) -> None:
    for path, part in parts.items():
        for block in blocks(part):
            named = block.find_parent(class_=["crs-sources__list", "crs-sheet__foot"])
            if not named and "crs-sheet__foot" not in block.get_attribute_list("class"):
                assert not re.search("[\"'`]", text_of(block)), f"{path}: {text_of(block)}"
