"""A sheet with all kinds of blocks. A new kind must be added to the list here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scripts.components.sheet.card import Card
from scripts.components.sheet.daily import Daily
from scripts.components.sheet.fields import Fields
from scripts.components.sheet.grades import GradesBlock
from scripts.components.sheet.lines import Lines
from scripts.components.sheet.log import Log
from scripts.components.sheet.no_answer import NoAnswerBlock
from scripts.components.sheet.script import Script
from scripts.components.sheet.signs import Signs
from scripts.components.sheet.temperature_table import TableBlock
from scripts.components.sheet.ticks import Ticks
from scripts.guide.models.base import Some
from scripts.guide.models.checklist import Checklist

AnyBlock = Annotated[
    Signs
    | NoAnswerBlock
    | Ticks
    | Lines
    | Fields
    | Log
    | Script
    | Daily
    | TableBlock
    | GradesBlock
    | Card,
    Field(discriminator="kind"),
]


class Sheet(Checklist):
    """A sheet as it is read from its file."""

    blocks: Some[AnyBlock]
