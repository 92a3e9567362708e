"""A care card: one of the three urgencies, with its signs."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Review, Row, ended
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.pages import Call, Heading


class CareCardOnPage(Component):
    """A whole care card. Its name is also its HTML id."""

    macro = "care_card"
    listed_in = "docs/data/care-cards.yml"
    own_ids = "(emergency|call-now|tell-your-team)(-[0-9]+)?"
    not_searched = ("crs-care-card",)

    def names(self, guide: Guide) -> Collection[str]:
        """Return the urgencies."""
        return guide.care_cards

    def html(self, page: PageContext, name: str) -> Markup:
        """Render a care card."""
        card, groups = page.guide.care_cards[name], page.guide.groups_of(name)
        icons = not page.page.meta.lean
        return page.render(
            "care-card.html", name=name, card=card, groups=groups, prefix="", icons=icons
        )

    def carried(self, call: Call, guide: Guide) -> Carried:
        """Return the facts and the sources of the card's signs."""
        symptoms = guide.symptoms_of(call.first)
        return (
            [fact for symptom in symptoms for fact in symptom.facts],
            [source for symptom in symptoms for source in symptom.sources],
        )

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield the rows of the card, under a heading of its own."""
        name = str(call.first)
        label = review.guide.care_cards[name].label
        yield from card_rows(name, review, Heading(2, label, name, call.line))


def card_rows(name: str, review: Review, section: Heading | None) -> Iterator[Row]:
    """Yield a row for each sign of a care card, or one cross-reference if it was shown before."""
    card, key = review.guide.care_cards[name], f"care_card:{name}"
    heading = f"{card.label}: {review.say(card.heading)}"
    if not review.first(key):
        yield Row(section, "again", heading, see=(key,))
        return
    lines = (card.summary, card.note, *card.actions)
    said = " ".join(ended(review.say(line)) for line in lines if line)
    yield Row(section, "unsourced", f"{ended(heading)} {said}")
    for group, signs in review.guide.groups_of(name):
        for sign in signs:
            words = f"{group.heading}: {ended(review.say(sign.text))}"
            yield review.row(section, "care-card", words, sign.facts, sign.sources, key)
