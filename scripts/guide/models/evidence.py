"""Facts, and the sources that they come from."""

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
"""Type of a source, the most useful for a reader in need first."""

FIRST_HAND: frozenset[Kind] = frozenset(
    {"label", "regulator", "guideline", "public-body", "treatment-centre"}
)
"""Kinds that are responsible for what they tell patients. Cards and sheets should cite them."""

UNFIT: frozenset[Kind] = frozenset({"news", "advertisement", "price-page", "shared-copy", "forum"})
"""Kinds that no care card, sheet or first paragraph may rely on."""

BODIES: frozenset[Kind] = FIRST_HAND - {"guideline"} | {"charity", "maker", "shared-copy"}
"""Kinds that readers know by the publishing body, not by an author."""


class Fact(Model):
    """One paraphrased medical statement.

    Attributes:
        id: Unique name, used by everything that states the fact.
        topic: Part of the guide that it belongs to.
        claim: The statement, in our words.
        for_clinicians: The same in clinical terms; never shown to patients.
        sources: Sources in which it was read.
        confidence: How certain it is. Facts below ``medium`` are not accepted.
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
    """A document that a fact comes from.

    Attributes:
        id: Unique name.
        title: Title in the source's own words.
        authors: People or body; None if what we read names none.
        year: Year, or words if the source shows none.
        venue: Journal, site or body that publishes it.
        url: Address at which it was read. Required, because readers must be able to look it up.
        doi: Digital object identifier, if it has one.
        kind: Type of document: see ``docs/contributing/writing.md``.
        seen: How much of it was read.
        last_seen: Day on which it was last opened, or by which it had been.
        note: Limits, for editors.
        caution: Warning for readers who open it; shown beside it.
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
                "address",
                f"“{url}” is not a web address",
                "Write all of it, starting with https://.",
            )
        return url

    @field_validator("doi")
    @classmethod
    def _is_doi(cls, doi: str) -> str:
        if doi and not re.fullmatch(r"10\.\d{4,9}/\S+", doi):
            remedy = "Start it with 10., as in 10.1016/j.bbmt.2018.12.758, or delete the key."
            raise fault("doi", f"“{doi}” is not a DOI", remedy)
        return doi

    @property
    def address(self) -> str:
        """The most permanent address: the DOI if there is one."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    @property
    def published_in(self) -> str:
        """Where it was published, without the volume, pages, number and day that find it there."""
        place = re.sub(r" (?:\d+(?:\([^)]*\))?:[\w.-]+|EU/[\d/]+)", "", self.venue)
        place = re.sub(r"(?: \(|; ).*", "", place)
        return re.sub(r",(?: \d+)?(?: [A-Z][a-z]+)? \d{4}$", "", place)

    @property
    def short(self) -> str:
        """A name short enough for the foot of a printed sheet."""
        if self.authors is None or self.kind in BODIES:
            name = self.venue.removeprefix("read at ").split(",")[0].split(" (")[0]
        else:
            name = self.authors.split(",")[0].split(" (")[0]
            name = f"{name} {self.year}" if isinstance(self.year, int) else name
        return name.replace("'", "’")
