"""Sheets that a reader prints and ticks or fills in with a pen."""

from __future__ import annotations

import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from scripts.models.base import Model, Slug, Some, Text, fault


class ChecklistItem(Model):
    """One line of a sheet.

    Attributes:
        text: What to tick or ask.
        write_in: Whether a line to write on follows.
        fact: The fact it rests on, where it states medical matter.
        sources: Sources of that fact.
    """

    text: Text
    write_in: bool = False
    fact: Slug | None = None
    sources: tuple[Slug, ...] = ()


class ChecklistGroup(Model):
    """Lines that belong together: written out, or the signs of a care card.

    Attributes:
        heading: What holds the items together; a care card brings its own.
        items: At least one, where no care card is named.
        care_card: The urgency whose signs are listed.
    """

    heading: Text | None = None
    items: tuple[ChecklistItem, ...] = ()
    care_card: Slug | None = None

    @model_validator(mode="after")
    def _items_or_card(self) -> Self:
        if bool(self.items) == bool(self.care_card):
            what = "the group has no items, or has items and a care card"
            raise fault("group", what, "Give it one of the two.")
        if self.items and not self.heading:
            raise fault("group", "the group has no heading", "Write a heading.")
        return self


class ChecklistLog(Model):
    """A table to fill in, one row a day.

    Attributes:
        days: Rows, 1 to 31.
        readings_per_day: Cells for a time and a temperature in each row, 1 to 6.
        reading_heading: Heading over those cells.
        columns: Headings of the further columns.
        day_heading: Heading of the first column.
    """

    days: Annotated[int, Field(ge=1, le=31)]
    readings_per_day: Annotated[int, Field(ge=1, le=6)]
    reading_heading: Text
    columns: Some[Text]
    day_heading: Text = "Day and date"


class Sheet(Model):
    """What every printed sheet says, whatever it holds.

    Attributes:
        title: Names the sheet.
        purpose: Says in one line what it is for.
        action: The line that says when to call, whatever else the sheet holds.
        reviewed: The day its content was last checked.
        review_by: The day it is due again.
        reviewer: The clinician who reviewed it; none until one has.
        facts: Facts that the purpose and action lines rest on.
        sources: Sources of those facts.
    """

    title: Text
    purpose: Text
    action: Text
    reviewed: datetime.date
    review_by: datetime.date
    reviewer: Text | None = None
    facts: tuple[Slug, ...] = ()
    sources: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.review_by <= self.reviewed:
            raise fault("dates", "review_by is not after reviewed", "Set a later date.")
        return self


class Checklist(Sheet):
    """A sheet for the fridge, the bag or the visit: lines to tick, or a table to fill in.

    Attributes:
        groups: What to tick or ask.
        log: A table to fill in.
    """

    groups: tuple[ChecklistGroup, ...] = ()
    log: ChecklistLog | None = None

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        if not self.groups and self.log is None:
            raise fault("checklist", "the sheet is empty", "Add groups with items, or a log.")
        return self
