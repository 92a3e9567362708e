"""The block for a whole care card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from scripts.components.care_card import card_rows
from scripts.components.review import Review, Row
from scripts.components.sheet.block import SheetBlock, SheetWords
from scripts.guide.citations import Carried
from scripts.guide.guide import URGENCIES, Guide
from scripts.guide.models.base import Slug
from scripts.guide.pages import Heading
from scripts.guide.yaml_source import Location


class Signs(SheetBlock):
    """A whole care card. Its signs have no box: nobody ticks an emergency.

    Attributes:
        care_card: Name of the care card.
    """

    kind: Literal["signs"]
    care_card: Slug

    @property
    def shows_emergency(self) -> bool:
        """Whether the card is the emergency card."""
        return self.care_card == "emergency"

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return the heading of the card, its signs in groups and what to do."""
        card, say = sheet.guide.care_cards[self.care_card], sheet.say
        return {
            "urgency": self.care_card,
            "label": say(f"{card.label}:"),
            "heading": say(card.heading),
            "note": say(card.note),
            "groups": [
                {
                    "heading": say(group.heading),
                    "icon": group.icon,
                    "signs": [say(sign.text) for sign in signs],
                }
                for group, signs in sheet.guide.groups_of(self.care_card)
            ],
            "short": say(self._short(sheet) if sheet.sheet.short_if_large else None),
            "actions_label": say(sheet.guide.strings.actions_to_take),
            "actions": sheet.all(card.actions),
        }

    def _short(self, sheet: SheetWords[Any]) -> str:
        """Return the signs in short, and which sheet has every sign."""
        card, strings = sheet.guide.care_cards[self.care_card], sheet.guide.strings
        if card.summary:
            return f"{strings.call} [[emergency-number]] {card.summary}"
        return f"{card.in_short}. {strings.sheet_every_sign}"

    def carried(self, guide: Guide) -> Carried:
        """Return the facts and the sources of the signs."""
        signs = guide.symptoms_of(self.care_card)
        return (
            [fact for sign in signs for fact in sign.facts],
            [source for sign in signs for source in sign.sources],
        )

    def faults(self, guide: Guide) -> Iterator[tuple[Location, str, str]]:
        """Check that the care card exists."""
        if self.care_card not in guide.care_cards:
            fault = f"there is no care card “{self.care_card}”"
            yield ("care_card",), fault, f"Use one of: {', '.join(URGENCIES)}."

    def rows(self, review: Review, section: Heading) -> Iterator[Row]:
        """Yield the rows of the card."""
        yield from card_rows(self.care_card, review, section)
