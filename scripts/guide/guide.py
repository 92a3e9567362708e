"""The record of all content that a page can show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from scripts.guide.models.address import Address
from scripts.guide.models.article import ArticleStatement
from scripts.guide.models.care_card import CareCard, SignGroup, Symptom
from scripts.guide.models.checklist import (
    Checklist,
    SheetPack,
)
from scripts.guide.models.edition import Edition
from scripts.guide.models.evidence import Fact, Source
from scripts.guide.models.glossary import Term
from scripts.guide.models.lay_term import LayTerms
from scripts.guide.models.number import Number, Region
from scripts.guide.models.page import Role
from scripts.guide.models.record_codes import CodeGroup
from scripts.guide.models.stored_item import StoredItem
from scripts.guide.models.strings import Strings
from scripts.guide.models.temperature import Temperature
from scripts.guide.models.temperature_helper import TemperatureHelper
from scripts.guide.models.words import WordRules
from scripts.guide.pages import Page
from scripts.guide.store import Store

T = TypeVar("T")

URGENCIES = ("emergency", "call-now", "tell-your-team")
LEVELS = ("low", "fever", "some-places-say")


@dataclass(frozen=True)
class Guide:
    """All content that a page can show, checked and cross-checked.

    Data that several packages use is an attribute. Data that one component owns is in ``stores``.
    """

    edition: Edition
    strings: Strings
    word_rules: WordRules
    lay_terms: LayTerms
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    terms: Mapping[str, Term]
    temperatures: Mapping[str, Temperature]
    numbers: Mapping[str, Number]
    regions: Mapping[str, Region]
    symptoms: Mapping[str, Symptom]
    care_cards: Mapping[str, CareCard]
    checklists: Mapping[str, Checklist]
    sheet_pack: SheetPack
    temperature_helper: TemperatureHelper
    article: tuple[ArticleStatement, ...]
    addresses: Mapping[str, Address]
    record_codes: Mapping[str, CodeGroup]
    stored_items: Mapping[str, StoredItem]
    pages: Mapping[str, Page]
    edition_file: Path
    stores: Mapping[str, Any]

    def page_for(self, role: Role) -> str:
        """Return the path of the page that has a role."""
        return next(path for path, page in self.pages.items() if page.meta.role == role)

    def page_of_sheet(self, slug: str) -> str:
        """Return the path of the page of a sheet, which its QR code opens."""
        return next(path for path, page in self.pages.items() if page.meta.sheet == slug)

    def title_of(self, place: str) -> str:
        """Return the title of a page, or the heading of a part of one."""
        path, _, anchor = place.partition("#")
        page = self.pages[path]
        words = [heading.text for heading in page.headings if heading.id and heading.id == anchor]
        return words[0] if words else page.meta.title

    def data(self, store: Store[T]) -> T:
        """Return the data that a component owns."""
        data: T = self.stores[store.name]
        return data

    def rule(self, name: str) -> Number | None:
        """Return a rule of the region; None if the clinic has its own or the region has none."""
        return None if self.edition.own_rule(name) else self.region.rules.get(name)

    def short_form(self, place: str) -> str | None:
        """Return the full short address of a page or a part of one, or None if it has none."""
        found = (each.short for each in self.addresses.values() if each.now == place and each.short)
        short = next(found, None)
        return f"{self.edition.site_address}go/{short}/" if short else None

    def regions_with(self, name: str) -> list[Region]:
        """Return the regions that have a rule of this name, the edition's own region first."""
        ordered = [self.region, *(each for each in self.regions.values() if each != self.region)]
        return [region for region in ordered if name in region.rules]

    @property
    def region(self) -> Region:
        """The edition's region, with its rules."""
        return self.regions[self.edition.region]

    def symptoms_of(self, card: str) -> tuple[Symptom, ...]:
        """Return the signs of a care card, in order."""
        return tuple(self.symptoms[name] for name in self.care_cards[card].symptoms)

    def in_region(self, text: str) -> str:
        """Return a text in the words of the edition's region, with its capital letters."""
        words = self.region.words
        if not words:
            return text
        longest_first = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))

        def said(found: re.Match[str]) -> str:
            word = words[found[0][0].lower() + found[0][1:]]
            return word[0].upper() + word[1:] if found[0][0].isupper() else word

        return re.sub(rf"(?i)(?<!\w)({longest_first})(?!\w)", said, text)

    def groups_of(self, card: str) -> tuple[tuple[SignGroup, tuple[Symptom, ...]], ...]:
        """Return the groups of a care card, each with its signs."""
        return tuple(
            (group, tuple(self.symptoms[name] for name in group.symptoms))
            for group in self.care_cards[card].groups
        )
