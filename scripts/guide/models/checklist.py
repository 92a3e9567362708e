"""Sheets that a reader prints: each fills one side of paper and consists of blocks."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from scripts.guide.models.base import Model, Plain, Slug, Some, Text, fault

Columns = Annotated[int, Field(ge=1, le=2)]
Days = Annotated[int, Field(ge=1, le=31)]
FirstDay = Annotated[int, Field(ge=0, le=100)]


class ChecklistItem(Model):
    """One line of a block.

    Attributes:
        text: What to tick, ask or read.
        write_in: Whether a line to write on follows.
        question: What the line asks, if a clinic's edition may have answered it.
        answered: The line in an edition that has; without it, such an edition leaves the line out.
        fact: The fact it is based on, if it makes a medical statement.
        sources: Sources of that fact.
    """

    text: Text
    write_in: bool = False
    question: Literal["fever", "call-back", "stay-near", "no-driving"] | None = None
    answered: Text | None = None
    fact: Slug | None = None
    sources: tuple[Slug, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The fact as a tuple, like the attribute of records with several facts."""
        return (self.fact,) if self.fact else ()


class Block(Model):
    """A part of a sheet. Its subclasses are in ``scripts/components/sheet/``."""

    kind: str


class Checklist(Model):
    """A sheet for the fridge, the bag, the visit or the wallet.

    Files are read as its subclass ``Sheet``, which knows all kinds of blocks.

    Attributes:
        title: Title of the sheet.
        purpose: One line that says what the sheet is for.
        action: One line that says when to call, whatever the rest of the sheet says.
        blocks: Its content, in order.
        dense: Whether its main text may be printed a little smaller, to fit one side.
        landscape: Whether the paper is turned on its side, for a wide table.
        short_if_large: Whether large print shows only the kinds of signs of the cards below the
            emergency card, so that it fits one side too.
        for_clinicians: Whether it is written in clinical terms.
        named: Whether its top has lines for a name and for the day of the infusion.
        reviewed: Day its content was last checked.
        review_by: Day the next check is due.
        reviewer: Clinician who reviewed it; None if nobody has.
        facts: Facts that the purpose and action lines are based on.
        sources: Sources of those facts.
    """

    title: Plain
    purpose: Text
    action: Text
    blocks: tuple[Block, ...]
    dense: bool = False
    landscape: bool = False
    short_if_large: bool = False
    for_clinicians: bool = False
    named: bool = True
    reviewed: datetime.date
    review_by: datetime.date
    reviewer: Plain | None = None
    facts: tuple[Slug, ...] = ()
    sources: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.review_by <= self.reviewed:
            raise fault("dates", "review_by is not after reviewed", "Set a later date.")
        return self


class SheetGroup(Model):
    """Sheets for one occasion.

    Attributes:
        heading: Name of the occasion.
        sheets: In the order in which they are shown and printed.
    """

    heading: Plain
    sheets: Some[Slug]


class SheetPack(Model):
    """All sheets, in the order in which a reader finds and prints them.

    Attributes:
        groups: All sheets by occasion. Each sheet is in one group.
        on_request: Sheets that the whole pack leaves out unless a reader asks for them.
    """

    groups: Some[SheetGroup]
    on_request: tuple[Slug, ...] = ()

    @property
    def sheets(self) -> tuple[str, ...]:
        """All sheets, in order."""
        return tuple(slug for group in self.groups for slug in group.sheets)
