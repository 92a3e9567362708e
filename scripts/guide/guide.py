"""The record of everything that a page can show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.guide.models.address import Address
from scripts.guide.models.article import ArticleStatement
from scripts.guide.models.call_script import CallScript
from scripts.guide.models.care_card import CareCard, Symptom
from scripts.guide.models.checklist import (
    Checklist,
    GradesBlock,
    NoAnswerBlock,
    SheetPack,
    Signs,
    TableBlock,
)
from scripts.guide.models.edition import Edition
from scripts.guide.models.evidence import Fact, Source
from scripts.guide.models.figure import Figure
from scripts.guide.models.glossary import Term
from scripts.guide.models.grades import GradeTable
from scripts.guide.models.kept import Kept
from scripts.guide.models.lay_term import LayTerms
from scripts.guide.models.link_kit import LinkKit
from scripts.guide.models.no_answer import NoAnswer
from scripts.guide.models.number import Number, Region
from scripts.guide.models.record_codes import CodeGroup, RecordRequest
from scripts.guide.models.strings import Strings
from scripts.guide.models.temperature import Temperature
from scripts.guide.models.temperature_helper import TemperatureHelper
from scripts.guide.models.timeline import Timeline
from scripts.guide.models.words import Words
from scripts.guide.pages import Page

URGENCIES = ("emergency", "call-now", "tell-your-team")
LEVELS = ("low", "fever", "some-places-say")


@dataclass(frozen=True)
class Guide:
    """Everything that a page can show, checked and cross-checked."""

    edition: Edition
    strings: Strings
    words: Words
    lay_terms: LayTerms
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    terms: Mapping[str, Term]
    temperatures: Mapping[str, Temperature]
    numbers: Mapping[str, Number]
    regions: Mapping[str, Region]
    symptoms: Mapping[str, Symptom]
    care_cards: Mapping[str, CareCard]
    call_script: CallScript
    no_answer: NoAnswer
    checklists: Mapping[str, Checklist]
    sheet_pack: SheetPack
    link_kit: LinkKit
    temperature_helper: TemperatureHelper
    timeline: Timeline
    grades: Mapping[str, GradeTable]
    figures: Mapping[str, Figure]
    article: tuple[ArticleStatement, ...]
    addresses: Mapping[str, Address]
    record_codes: Mapping[str, CodeGroup]
    record_requests: Mapping[str, RecordRequest]
    kept: Mapping[str, Kept]
    pages: Mapping[str, Page]
    edition_file: Path

    def rule(self, name: str) -> Number | None:
        """The region's rule on something, unless the clinic has its own or none is known."""
        return None if self.edition.own_rule(name) else self.region.rules.get(name)

    def short_form(self, place: str) -> str | None:
        """Give the short address of a page or a part of one, in full; none if it has none."""
        found = (each.short for each in self.addresses.values() if each.now == place and each.short)
        short = next(found, None)
        return f"{self.edition.site_address}go/{short}/" if short else None

    def regions_with(self, name: str) -> list[Region]:
        """Return the regions that have a rule on something, the edition's own region first."""
        ordered = [self.region, *(each for each in self.regions.values() if each != self.region)]
        return [region for region in ordered if name in region.rules]

    @property
    def region(self) -> Region:
        """The rules of the edition's region."""
        return self.regions[self.edition.region]

    def symptoms_of(self, card: str) -> tuple[Symptom, ...]:
        """The signs of a care card, in order."""
        return tuple(self.symptoms[name] for name in self.care_cards[card].symptoms)

    def groups_of(self, card: str) -> tuple[tuple[str, tuple[Symptom, ...]], ...]:
        """The signs of a care card in their groups, each with its heading."""
        return tuple(
            (group.heading, tuple(self.symptoms[name] for name in group.symptoms))
            for group in self.care_cards[card].groups
        )

    def sources_of_checklist(self, slug: str) -> tuple[str, ...]:
        """All sources that a sheet rests on, each once, in order."""
        return self._carried(slug)[1]

    def facts_of_checklist(self, slug: str) -> tuple[str, ...]:
        """All facts that a sheet rests on, each once, in order."""
        return self._carried(slug)[0]

    def _carried(self, slug: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        checklist = self.checklists[slug]
        facts, sources = list(checklist.facts), list(checklist.sources)
        for block in checklist.blocks:
            claims: Iterable[Any] = getattr(block, "items", ())
            if isinstance(block, Signs):
                claims = self.symptoms_of(block.care_card)
            elif isinstance(block, NoAnswerBlock):
                claims = (self.no_answer,)
            elif isinstance(block, TableBlock):
                claims = (self.temperatures[name] for name in LEVELS)
            elif isinstance(block, GradesBlock):
                claims = (self.grades[block.table],)
            for claim in claims:
                facts += getattr(claim, "facts", ())
                sources += getattr(claim, "sources", ())
        return tuple(dict.fromkeys(facts)), tuple(dict.fromkeys(sources))
