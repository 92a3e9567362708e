"""Sheets that a reader prints: each fills one side of paper and consists of blocks."""

from __future__ import annotations

import datetime
from typing import Annotated, Self

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
        fact: The fact it is based on, if it makes a medical statement.
        sources: Sources of that fact.
    """

    text: Text
    write_in: bool = False
    fact: Slug | None = None
    sources: tuple[Slug, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The fact as a tuple, like the attribute of records with several facts."""
        return (self.fact,) if self.fact else ()


class Block(Model):
    """A part of a sheet. Its subclasses are in ``scripts/components/sheet/``."""

    kind: str

    def for_days(self, first_day: int, days: int) -> Self:  # noqa: ARG002 - most have no days
        """Return this block for other days, or unchanged if it does not count days."""
        return self


class SecondSheet(Model):
    """The same sheet again, for the days that follow.

    Attributes:
        slug: Its unique name among the sheets.
        title: Its title.
        first_day: Number of its first day.
        days: Number of days that it has room for.
    """

    slug: Slug
    title: Plain
    first_day: Annotated[int, Field(ge=1, le=100)]
    days: Days


class Checklist(Model):
    """A sheet for the fridge, the bag, the visit or the wallet.

    Files are read as its subclass ``Sheet``, which knows all kinds of blocks.

    Attributes:
        title: Title of the sheet.
        purpose: One line that says what the sheet is for.
        action: One line that says when to call, whatever the rest of the sheet says.
        blocks: Its content, in order.
        dense: Whether its main text may be printed a little smaller, to fit one side.
        large_number: Whether the 24-hour number is printed as large as fits, to be read from afar.
        for_clinicians: Whether it is written in clinical terms.
        named: Whether its top has lines for a name and for the day of the infusion.
        reviewed: Day its content was last checked.
        review_by: Day the next check is due.
        reviewer: Clinician who reviewed it; None if nobody has.
        second: The same sheet for the days that follow, if there is one.
        facts: Facts that the purpose and action lines are based on.
        sources: Sources of those facts.
    """

    title: Plain
    purpose: Text
    action: Text
    blocks: tuple[Block, ...]
    dense: bool = False
    large_number: bool = False
    for_clinicians: bool = False
    named: bool = True
    reviewed: datetime.date
    review_by: datetime.date
    reviewer: Plain | None = None
    second: SecondSheet | None = None
    facts: tuple[Slug, ...] = ()
    sources: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.review_by <= self.reviewed:
            raise fault("dates", "review_by is not after reviewed", "Set a later date.")
        return self

    def for_later_days(self, second: SecondSheet) -> Checklist:
        """Return the same sheet with the days counted from a later one."""
        blocks = tuple(block.for_days(second.first_day, second.days) for block in self.blocks)
        return self.model_copy(update={"title": second.title, "blocks": blocks, "second": None})


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
