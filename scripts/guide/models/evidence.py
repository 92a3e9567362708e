"""Facts and the sources that they were read in."""

from __future__ import annotations

import datetime
import re
from typing import Literal

from pydantic import field_validator

from scripts.guide.models.base import Model, Slug, Some, Text, fault

Kind = Literal[
    "label",
    "regulator",
    "guideline",
    "public-body",
    "treatment-centre",
    "charity",
    "maker",
    "study",
    "review",
    "reference",
    "news",
    "advertisement",
    "price-page",
    "shared-copy",
    "forum",
]
"""What sort of document a source is, the best for a reader in need first."""

FIRST_HAND: frozenset[Kind] = frozenset(
    {"label", "regulator", "guideline", "public-body", "treatment-centre"}
)
"""Kinds that answer for what they tell patients: cards and sheets should rest on them."""

UNFIT: frozenset[Kind] = frozenset({"news", "advertisement", "price-page", "shared-copy", "forum"})
"""Kinds that stand behind no care card, no sheet and no first paragraph."""

BODIES: frozenset[Kind] = FIRST_HAND - {"guideline"} | {"charity", "maker", "shared-copy"}
"""Kinds that a reader knows by the body that publishes them, not by an author."""


class Fact(Model):
    """One paraphrased medical statement.

    Attributes:
        id: Unique name, used by everything that states the fact.
        topic: Which part of the guide it belongs to.
        claim: The statement, in our words.
        for_clinicians: The same in clinicians' terms; never shown to patients.
        sources: Where it was read.
        confidence: What is less than ``medium`` has no place here.
        seen: How much of the source was read.
        notes: Limits, conflicts and history, for editors.
    """

    id: Slug
    topic: Slug
    claim: str
    for_clinicians: str = ""
    sources: Some[Slug]
    confidence: Literal["high", "medium"]
    seen: str
    notes: str = ""


class Source(Model):
    """A document that a fact was read in.

    Attributes:
        id: Unique name.
        title: As the source gives it.
        authors: People or body; none where what we read names none.
        year: Year, or words where the source shows none.
        venue: Journal, site or body that publishes it.
        url: The address at which it was read. No source is without: readers must be able to look.
        doi: Digital object identifier, where it has one.
        kind: Who speaks in it, and how: see ``docs/contributing/writing.md``.
        seen: How much of it was read.
        last_seen: The day on which it was last opened, or by which it had been.
        note: Limits, for editors.
        caution: What a reader who opens it must know; shown beside it.
    """

    id: Slug
    title: str
    authors: str | None
    year: int | str
    venue: str
    url: str
    doi: str = ""
    kind: Kind
    seen: str
    last_seen: datetime.date
    note: str = ""
    caution: Text | None = None

    @field_validator("url")
    @classmethod
    def _is_address(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^\s<>\"]+", url):
            raise fault(
                "address", f"“{url}” is no web address", "Write it whole, from https:// on."
            )
        return url

    @field_validator("doi")
    @classmethod
    def _is_doi(cls, doi: str) -> str:
        if doi and not re.fullmatch(r"10\.\d{4,9}/\S+", doi):
            remedy = "Write it from 10. on, as in 10.1016/j.bbmt.2018.12.758, or leave the key out."
            raise fault("doi", f"“{doi}” is no DOI", remedy)
        return doi

    @property
    def address(self) -> str:
        """The most lasting address: the DOI where there is one."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    @property
    def short(self) -> str:
        """A name that fits the foot of a printed sheet."""
        if self.authors is None or self.kind in BODIES:
            name = self.venue.removeprefix("read at ").split(",")[0].split(" (")[0]
        else:
            name = self.authors.split(",")[0].split(" (")[0]
            name = f"{name} {self.year}" if isinstance(self.year, int) else name
        return name.replace("'", "’")
