"""Each drawing has words, stays small, and shows no number and no advice of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import brotli
import pytest
from bs4 import BeautifulSoup, Tag

from scripts.components.figure import FIGURES
from scripts.components.registry import Macros
from scripts.components.render import COMPONENTS, Formatter, curly
from scripts.components.sheet.card import Card
from scripts.content import load_guide
from scripts.guide.guide import Guide
from scripts.root import ROOT

DRAWINGS = sorted(file.stem for file in (ROOT / "docs/data/figures").glob("*.yml"))
PARTS = {"label", "limb"}
"""Partials in the folder of the drawings that are no drawings."""

LARGEST = 1_500
"""Bytes of a drawing with its words, compressed alone."""

LONG = {"how-crs-happens": 2_200}
"""Drawings of several panels, with their own limits."""


def drawn(guide: Guide, slug: str) -> Tag:
    return BeautifulSoup(Macros(guide, "index.md").figure(slug), "html.parser")


def flat(text: str) -> str:
    return " ".join(text.split())


def labels(guide: Guide, slug: str) -> dict[str, str]:
    """Return the labels of a drawing as a reader sees them, each on one line."""
    say, figure = Formatter(guide).plain, guide.data(FIGURES)[slug]
    return {key: flat(curly(say(" ".join(lines)))) for key, lines in figure.labels.items()}


@pytest.fixture(scope="module")
def uk_guide() -> Guide:
    """An edition with Celsius first, a lower fever level and another emergency number."""
    return load_guide(clinic=ROOT / "docs/data/editions/example-uk.yml")


@pytest.mark.parametrize("slug", DRAWINGS)
@pytest.mark.parametrize("edition", ["guide", "uk_guide"])
def test_a_drawing_has_a_title_a_description_a_caption_and_all_its_labels(
    request: pytest.FixtureRequest, edition: str, slug: str
) -> None:
    guide: Guide = request.getfixturevalue(edition)
    page = drawn(guide, slug)
    (svg,) = page.select("figure > svg[role=img]")
    named = [page.find(id=name) for name in str(svg["aria-labelledby"]).split()]
    assert [part.name for part in named if part] == ["title", "desc"]
    assert all(part.get_text().strip() for part in (*named, page.figcaption) if part)
    assert "[[" not in page.get_text()
    said = [flat(text.get_text()) for text in svg.select("text")]
    for key, label in labels(guide, slug).items():
        words = guide.data(FIGURES)[slug].labels[key]
        shown = label in said or all(curly(word) in said for word in words)
        assert shown, key


@pytest.mark.parametrize("slug", DRAWINGS)
def test_a_drawing_is_small_and_complete_in_itself(guide: Guide, slug: str) -> None:
    html = Macros(guide, "index.md").figure(slug)
    assert len(brotli.compress(html.encode())) <= LONG.get(slug, LARGEST)
    page = BeautifulSoup(html, "html.parser")
    ids = {str(tag["id"]) for tag in page.select("[id]")}
    for used in re.findall(r'(?:href="|url\()#([\w-]+)', html):
        assert used in ids, used
    assert not page.select("image, script, style, [style], [href]:not([href^='#'])")
    # The colors come from the stylesheet, so that the dark scheme and forced colors change them.
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb\(", re.sub(r'(href="|url\()#', "", html))


def test_every_drawing_is_on_a_page_and_has_a_partial(guide: Guide) -> None:
    called = {
        call.first for page in guide.pages.values() for call in page.calls if call.name == "figure"
    }
    assert called == set(DRAWINGS)
    partials = {file.stem for file in (COMPONENTS / "figures").glob("*.html")}
    assert partials == {*DRAWINGS, *PARTS}


def test_the_thermometer_follows_the_fever_level_of_the_edition(
    guide: Guide, uk_guide: Guide
) -> None:
    def part(edition: Guide) -> tuple[int, str]:
        page = drawn(edition, "thermometer-zones")
        (hot,) = page.select(".crs-figure__hot")
        found = re.match(r"M26 (\d+)V", str(hot["d"]))
        assert found
        return int(found[1]), flat(page.select("text")[0].get_text())

    ours, theirs = part(guide), part(uk_guide)
    assert ours[1].startswith("100.4 °F (38.0 °C) or higher: call now")
    assert theirs[1].startswith("37.5 °C (99.5 °F) or higher: call now")
    assert theirs[0] - ours[0] == 28, "half a degree lower, at 56 units a degree"


def test_no_two_words_of_the_thermometer_overlap_at_any_fever_level(guide: Guide) -> None:
    for celsius in ("36.1", "36.9", "37.5", "38.0"):
        level = guide.temperatures["fever"].model_validate(
            guide.temperatures["fever"].model_dump() | {"celsius": celsius}
        )
        lower = replace(guide, temperatures={**guide.temperatures, "fever": level})
        page = drawn(lower, "thermometer-zones")
        lines = [float(str(line["y"])) for line in page.select("tspan")]
        assert all(below - above >= 21 for above, below in pairwise(lines))
        height = float(str(page.select("svg")[0]["viewbox"]).split()[-1])
        assert max(lines) < height


def test_the_drawing_of_who_to_call_says_what_the_care_cards_say(guide: Guide) -> None:
    say = Formatter(guide).plain
    urgent = [guide.care_cards[name] for name in ("emergency", "call-now")]
    cards = {
        flat(say(text)).lower()
        for card in urgent
        for text in (card.in_short or "", f"{card.label}: {card.heading}", *card.actions)
    }
    assert {label.lower() for label in labels(guide, "who-to-call").values()} <= cards


def test_the_filled_card_has_the_fields_of_the_wallet_card(guide: Guide) -> None:
    lines = guide.data(FIGURES)["wallet-card"].labels
    blocks = guide.checklists["wallet-card"].blocks
    (card,) = (block for block in blocks if isinstance(block, Card))
    assert len(lines["fields"]) == len(lines["values"])
    for ours, theirs in zip(lines["fields"], card.front.fields, strict=True):
        assert theirs.label.startswith(ours)
    assert " ".join(lines["heading"]) == card.front.heading
    assert " ".join(lines["foot"]) in card.front.lines


def test_ten_people_are_as_many_as_the_fact_says(guide: Guide) -> None:
    page = drawn(guide, "ten-people")
    people = [str(person["fill"]) for person in page.select("use")]
    assert (people.count("currentColor"), people.count("none"), len(people)) == (4, 1, 10)
    assert "about 4 in 10 to more than 9 in 10 people" in guide.facts["crs-how-common"].claim
