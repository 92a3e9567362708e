"""A sheet in words: all that it says, for one edition, in the order of its paper. No layout.

The web page and the PDF are both made from this, so they say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from scripts.components.qr_codes import qr_code
from scripts.components.render import Words
from scripts.guide.guide import LEVELS, Guide
from scripts.guide.models.base import Model
from scripts.guide.models.checklist import (
    Block,
    Card,
    CardFace,
    Chart,
    Checklist,
    Daily,
    Fields,
    GradesBlock,
    Lines,
    Log,
    NoAnswerBlock,
    Script,
    Signs,
    TableBlock,
    Ticks,
)
from scripts.guide.pages import url_of
from scripts.guide.temperature import TableRow, chart_levels, table_rows

T = TypeVar("T")
SIGNS = {"fahrenheit": "°F", "celsius": "°C"}


class SheetWords(Generic[T]):
    """Puts one sheet into words for one edition.

    Attributes:
        guide: The content, with its edition.
        slug: The sheet.
        say: Fills the placeholders of a text and gives it the form that the paper needs.
    """

    def __init__(self, guide: Guide, slug: str, say: Callable[[str | None], T]) -> None:
        """Keep the guide, the sheet's name and the form of its texts."""
        self.guide, self.slug, self.say = guide, slug, say
        self.sheet: Checklist = guide.checklists[slug]

    @property
    def address(self) -> str:
        """The full address of the page that shows the same sheet."""
        return self.guide.edition.site_address + url_of(f"print/{self.slug}.md")

    def document(self) -> dict[str, Any]:
        """Give everything that the sheet says, in order."""
        guide, sheet, say = self.guide, self.sheet, self.say
        strings = guide.strings
        return {
            "title": say(sheet.title),
            "purpose": say(sheet.purpose),
            "about": self._about(),
            "action": say(sheet.action),
            "line_24h_label": say(strings.line_24h_label),
            "emergency_label": say(strings.emergency_label),
            "emergency_elsewhere": say(strings.emergency_elsewhere[guide.edition.region]),
            "lower_fever": say(strings.sheet_lower_fever if self._takes_lower_fever else None),
            "say_it": say(strings.sheet_say_it if self._says_what_to_say else None),
            "blocks": [self._block(block) for block in sheet.blocks],
            "address_label": say(strings.address),
            "address": self.address.removeprefix("https://").removesuffix("/"),
            "notes": [say(note) for note in self._notes()],
            "qr": qr_code(self.address),
            "qr_label": say(f"{strings.qr_code} {self.address}"),
        }

    def _about(self) -> T:
        """Say whose sheet this is, and that it is about CRS after CAR T-cell therapy."""
        strings, sheet = self.guide.strings, self.sheet
        if sheet.for_clinicians:  # Its purpose says so, in clinicians' terms.
            return self.say(None)
        return self.say(strings.sheet_about_named if sheet.named else strings.sheet_about)

    @property
    def _takes_lower_fever(self) -> bool:
        """Whether there is a line for a lower fever level: a clinic's edition prints its own."""
        return not self.sheet.for_clinicians and self.guide.edition.name is None

    @property
    def _says_what_to_say(self) -> bool:
        """Whether the frame says what to say on the phone: the emergency card says it too."""
        cards = {block.care_card for block in self.sheet.blocks if isinstance(block, Signs)}
        return not self.sheet.for_clinicians and "emergency" not in cards

    def _notes(self) -> list[str]:
        strings, sheet, guide = self.guide.strings, self.sheet, self.guide
        words = Words(guide)
        name = guide.edition.name
        edition = f"{strings.edition_of} {name}" if name else strings.edition_general
        return [
            f"{strings.guide_name}, {edition}.",
            f"{strings.last_checked} {words.day(sheet.reviewed)}.",
            f"{strings.due_again} {words.day(sheet.review_by)}.",
            words.reviewed(sheet),
            strings.education_not_advice,
            strings.team_rules_first,
            *([strings.sheet_sources] if guide.sources_of_checklist(self.slug) else []),
        ]

    def _block(self, block: Block) -> dict[str, Any]:
        return {"kind": block.kind, **BLOCKS[type(block)](self, block)}

    def _all(self, texts: Sequence[str]) -> list[T]:
        return [self.say(text) for text in texts]

    def _signs(self, block: Signs) -> dict[str, Any]:
        card = self.guide.care_cards[block.care_card]
        return {
            "urgency": block.care_card,
            "label": self.say(f"{card.label}:"),
            "heading": self.say(card.heading),
            "note": self.say(card.note),
            "groups": [
                {"heading": self.say(heading), "signs": [self.say(sign.text) for sign in signs]}
                for heading, signs in self.guide.groups_of(block.care_card)
            ],
            "actions_label": self.say(self.guide.strings.actions_to_take),
            "actions": self._all(card.actions),
        }

    def _no_answer(self, block: NoAnswerBlock) -> dict[str, Any]:
        rule = self.guide.no_answer
        return {"heading": self.say(block.heading), "lines": self._all(rule.lines)}

    def _listed(self, block: Ticks | Lines) -> dict[str, Any]:
        return {
            "heading": self.say(block.heading),
            "columns": block.columns,
            "run_on": isinstance(block, Lines) and block.run_on,
            "entries": [
                {"text": self.say(item.text), "write_in": item.write_in} for item in block.items
            ],
        }

    def _fields(self, block: Fields) -> dict[str, Any]:
        return {
            "heading": self.say(block.heading),
            "columns": block.columns,
            "labels": self._all(block.items),
        }

    def _log(self, block: Log) -> dict[str, Any]:
        unit = SIGNS[self.guide.edition.leading_unit]
        return {
            "days": list(range(block.first_day, block.first_day + block.days)),
            "readings": block.readings_per_day,
            "day_heading": self.say(block.day_heading),
            "reading_heading": self.say(block.reading_heading),
            "unit_heading": self.say(f"{self.guide.strings.time_word}, {unit}"),
            "columns": self._all(block.columns),
        }

    def _chart(self, block: Chart) -> dict[str, Any]:
        unit = self.guide.edition.leading_unit
        span = {"lowest": block.lowest, "highest": block.highest}
        lines = chart_levels(**span, fever=self.guide.edition.fever_level.celsius, unit=unit)
        return {
            "heading": self.say(block.heading),
            "days": list(range(block.first_day, block.first_day + block.days)),
            "day_word": self.say(self.guide.strings.day_word),
            "levels": [
                {
                    "height": float(line.height),
                    "action": line.is_fever,
                    "label": self.say(
                        block.action_label if line.is_fever else f"{line.label}\u00a0{SIGNS[unit]}"
                    ),
                }
                for line in lines
            ],
            "caption": self.say(block.caption),
        }

    def _daily(self, block: Daily) -> dict[str, Any]:
        return {
            "days": block.days,
            "day_heading": self.say(block.day_heading),
            "columns": self._all(block.columns),
        }

    def _conversion(self, _block: TableBlock) -> dict[str, Any]:
        return conversion(self.guide, self.say)

    def _grades(self, block: GradesBlock) -> dict[str, Any]:
        table = self.guide.grades[block.table]
        return {
            "caption": self.say(table.caption),
            "row_heading": self.say(table.row_heading),
            "grades": [self.say(str(row.grade)) for row in table.rows],
            "rows": [
                {"heading": self.say(heading), "cells": self._all(cells)}
                for heading, cells in table.across
            ],
            "note": self.say(table.note),
        }

    def _script(self, block: Script) -> dict[str, Any]:
        script = self.guide.call_script
        return {
            "heading": self.say(block.heading),
            "lines": self._all(script.lines),
            "note": self.say(script.note),
        }

    def _card(self, block: Card) -> dict[str, Any]:
        edition = self.guide.edition
        filled = {
            None: None,
            "name": edition.called,
            "line_24h": "[[line-24h]]" if edition.line_24h else None,
        }

        def face(side: CardFace) -> dict[str, Any]:
            return {
                "heading": self.say(side.heading),
                "fields": [
                    {"label": self.say(field.label), "value": self.say(filled[field.filled])}
                    for field in side.fields
                ],
                "lines": self._all(side.lines),
            }

        return {"front": face(block.front), "back": face(block.back)}


BLOCKS: dict[type[Model], Callable[[SheetWords[Any], Any], dict[str, Any]]] = {
    Signs: SheetWords._signs,
    NoAnswerBlock: SheetWords._no_answer,
    Ticks: SheetWords._listed,
    Lines: SheetWords._listed,
    Fields: SheetWords._fields,
    Log: SheetWords._log,
    Chart: SheetWords._chart,
    Daily: SheetWords._daily,
    TableBlock: SheetWords._conversion,
    GradesBlock: SheetWords._grades,
    Script: SheetWords._script,
    Card: SheetWords._card,
}


def conversion(guide: Guide, say: Callable[[str | None], T]) -> dict[str, Any]:
    """Give the conversion table in its two halves, under and from the fever level."""
    words = guide.temperature_helper.table
    levels = {name.replace("-", "_"): guide.temperatures[name].celsius for name in LEVELS}
    celsius_leads = guide.edition.leading_unit == "celsius"

    def row_of(row: TableRow) -> dict[str, Any]:
        pair = [say(f"{row.fahrenheit}\u00a0°F"), say(f"{row.celsius}\u00a0°C")]
        lead, other = pair[::-1] if celsius_leads else pair
        return {
            "lead": lead,
            "other": other,
            "mark": say(getattr(words.marks, row.mark)) if row.mark else None,
        }

    rows = table_rows(**levels)
    heads = [say(words.fahrenheit), say(words.celsius)]
    return {
        "halves": [
            {
                "call_now": call_now,
                "caption": say(caption),
                "heads": heads[::-1] if celsius_leads else heads,
                "rows": [row_of(row) for row in rows if row.call_now is call_now],
            }
            for caption, call_now in ((words.under_caption, False), (words.from_caption, True))
        ],
        "note": say(words.lower_number),
    }
