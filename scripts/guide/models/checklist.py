"""Sheets that a reader prints: one side of paper each, made of blocks."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from scripts.guide.models.base import Celsius, Model, Plain, Slug, Some, Text, fault

Columns = Annotated[int, Field(ge=1, le=2)]
Days = Annotated[int, Field(ge=1, le=31)]
FirstDay = Annotated[int, Field(ge=0, le=100)]


class ChecklistItem(Model):
    """One line of a block.

    Attributes:
        text: What to tick, ask or read.
        write_in: Whether a line to write on follows.
        fact: The fact it rests on, where it states medical matter.
        sources: Sources of that fact.
    """

    text: Text
    write_in: bool = False
    fact: Slug | None = None
    sources: tuple[Slug, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The fact, as for a thing that rests on several."""
        return (self.fact,) if self.fact else ()


class Signs(Model):
    """A whole care card. Its signs have no box: nobody ticks an emergency.

    Attributes:
        care_card: The urgency.
    """

    kind: Literal["signs"]
    care_card: Slug


class NoAnswerBlock(Model):
    """What to do when nobody answers or calls back, from ``no-answer.yml``."""

    kind: Literal["no-answer"]
    heading: Text


class Ticks(Model):
    """Lines with a box to tick."""

    kind: Literal["ticks"]
    heading: Text
    items: Some[ChecklistItem]
    columns: Columns = 1


class Lines(Model):
    """Lines to read, without boxes.

    Attributes:
        heading: What they are about.
        items: In order.
        columns: How many stand side by side.
        run_on: On paper the lines run on behind the heading, to save room.
    """

    kind: Literal["lines"]
    heading: Text | None = None
    items: Some[ChecklistItem]
    columns: Columns = 1
    run_on: bool = False


class Fields(Model):
    """Labels, each with a line to write on."""

    kind: Literal["fields"]
    heading: Text | None = None
    items: Some[Text]
    columns: Columns = 1


class Log(Model):
    """A table to fill in, one row a day.

    Attributes:
        days: Rows.
        first_day: Number of the first.
        readings_per_day: Cells for a time and a temperature in each row.
        reading_heading: Heading over those cells.
        columns: Headings of the further columns.
        day_heading: Heading of the first column.
    """

    kind: Literal["log"]
    days: Days
    first_day: FirstDay = 1
    readings_per_day: Annotated[int, Field(ge=1, le=6)]
    reading_heading: Text
    columns: Some[Text]
    day_heading: Text


class Chart(Model):
    """A grid to mark readings on by pen, with the fever level drawn in.

    Attributes:
        heading: What it is for.
        days: Columns.
        first_day: Number of the first.
        lowest: Foot of the grid, degrees Celsius.
        highest: Top of the grid, degrees Celsius.
        action_label: Words on the line of the fever level.
        caption: What a mark on, above or below that line means.
    """

    kind: Literal["chart"]
    heading: Text
    days: Days
    first_day: FirstDay = 1
    lowest: Celsius
    highest: Celsius
    action_label: Text
    caption: Text

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.lowest >= self.highest:
            raise fault(
                "chart", "lowest is not below highest", "Write the foot and top of the grid."
            )
        return self


class Script(Model):
    """What to say when you ring, from ``call-script.yml``."""

    kind: Literal["script"]
    heading: Text | None = None


class Daily(Model):
    """One row a day: for each check a box, and room to write a sentence by hand.

    Attributes:
        days: Rows. They have no numbers: a reader begins at any day and takes a new sheet.
        day_heading: Heading of the first column.
        columns: Headings of the checks of a day.
    """

    kind: Literal["daily"]
    days: Days
    day_heading: Text
    columns: Annotated[Some[Text], Field(max_length=3)]


class TableBlock(Model):
    """The conversion table."""

    kind: Literal["temperature-table"]


class GradesBlock(Model):
    """A table of grades, as hospitals print it: what is looked at downward, the grades across.

    Attributes:
        table: Its name in ``grades.yml``.
    """

    kind: Literal["grades"]
    table: Slug


class CardField(Model):
    """A label on a wallet card, with a line to write on.

    Attributes:
        label: What is written there.
        filled: What a clinic's edition prints there instead of the line.
    """

    label: Text
    filled: Literal["name", "line_24h"] | None = None


class CardFace(Model):
    """One face of a wallet card."""

    heading: Text
    fields: tuple[CardField, ...] = ()
    lines: tuple[Text, ...] = ()


class Card(Model):
    """A wallet card, front and back, printed twice to cut out and fold."""

    kind: Literal["card"]
    front: CardFace
    back: CardFace


Block = Annotated[
    Signs
    | NoAnswerBlock
    | Ticks
    | Lines
    | Fields
    | Log
    | Chart
    | Script
    | Daily
    | TableBlock
    | GradesBlock
    | Card,
    Field(discriminator="kind"),
]


class SecondSheet(Model):
    """The same sheet again, for the days that follow.

    Attributes:
        slug: Its name among the sheets.
        title: Names it.
        first_day: The number of its first day.
        days: How many days it has room for.
    """

    slug: Slug
    title: Plain
    first_day: Annotated[int, Field(ge=1, le=100)]
    days: Days


class Checklist(Model):
    """A sheet for the fridge, the bag, the visit or the wallet.

    Attributes:
        title: Names the sheet.
        purpose: Says in one line what it is for.
        action: The line that says when to call, whatever else the sheet holds.
        blocks: What it holds, in order.
        dense: On paper the main text may be a little smaller than elsewhere, to fit one side.
        large_number: The 24-hour number is printed as large as fits, to be read from afar.
        for_clinicians: Written in clinicians' terms.
        named: Whether lines for a name and for the day of the infusion stand at its head.
        reviewed: The day its content was last checked.
        review_by: The day it is due again.
        reviewer: The clinician who reviewed it; none until one has.
        second: The same sheet for the days that follow, if there is one.
        facts: Facts that the purpose and action lines rest on.
        sources: Sources of those facts.
    """

    title: Plain
    purpose: Text
    action: Text
    blocks: Some[Block]
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
        """Give the same sheet with the days counted from a later one."""
        days = {"first_day": second.first_day, "days": second.days}
        blocks = tuple(
            block.model_copy(update=days) if isinstance(block, Log | Chart) else block
            for block in self.blocks
        )
        return self.model_copy(update={"title": second.title, "blocks": blocks, "second": None})


class SheetGroup(Model):
    """Sheets for one occasion.

    Attributes:
        heading: Names the occasion.
        sheets: In the order in which they are shown and printed.
    """

    heading: Plain
    sheets: Some[Slug]


class SheetPack(Model):
    """All sheets, in the order in which a reader finds and prints them.

    Attributes:
        groups: Each sheet stands in one of them, once.
        on_request: Those that the whole pack leaves out unless a reader asks for them.
    """

    groups: Some[SheetGroup]
    on_request: tuple[Slug, ...] = ()

    @property
    def sheets(self) -> tuple[str, ...]:
        """All sheets, in order."""
        return tuple(slug for group in self.groups for slug in group.sheets)
