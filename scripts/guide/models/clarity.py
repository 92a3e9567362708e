"""How clear each page is: three published instruments, and what our strict rating found."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from scripts.guide.models.base import Model, Plain, Slug, Some

Ref = Annotated[str, Field(pattern=r"^(PEMAT|CCI) \d{1,2}$")]
"""An item of an instrument, such as “PEMAT 15”."""


class Item(Model):
    """One item of an instrument.

    Attributes:
        number: Its number there.
        label: What it asks, in a few words of ours.
        checks: Checks by machine; the item is lost where one of them fails.
        needs: What a page must hold for the item to apply.
        readers: Only a test with readers could show that it is met.
    """

    number: Annotated[int, Field(ge=1)]
    label: Plain
    checks: tuple[Slug, ...] = ()
    needs: Literal["picture", "table", "sum"] | None = None
    readers: bool = False


class Instrument(Model):
    """A published list of items.

    Attributes:
        name: As its publisher calls it.
        prefix: What stands before the number of an item in ``pages.yml``.
        by: Its publisher.
        version: Which version, and where it is printed.
        items: Its items, in order.
    """

    name: Plain
    prefix: Literal["PEMAT", "CCI"]
    by: Plain
    version: Plain
    items: Some[Item]


class Instruments(Model):
    """What ``instruments.yml`` holds.

    Attributes:
        instruments: By a short name.
        by_machine: Checks that ``clarity.py`` makes, each with what it looks at.
    """

    instruments: dict[Slug, Instrument]
    by_machine: dict[Slug, Plain]


class Loss(Model):
    """Points that a page loses for one reason.

    Attributes:
        items: The items that are lost.
        passage: Words of the page that show it; none where something is missing.
        why: What is wrong.
        stays: Why it has not been mended.
    """

    items: Some[Ref]
    passage: Plain | None = None
    why: Plain
    stays: Plain


class PageRating(Model):
    """What the strict rating found on one page.

    Attributes:
        rated: The day.
        main_message: A sentence of the page, as it stands there.
        call_to_action: Another, or the same.
        not_applicable: Items that do not apply to the page.
        common: Losses that many pages share, by their names.
        lost: Losses of this page alone.
    """

    rated: datetime.date
    main_message: Plain
    call_to_action: Plain
    not_applicable: tuple[Ref, ...] = ()
    common: tuple[Slug, ...] = ()
    lost: tuple[Loss, ...] = ()


class PageRatings(Model):
    """What ``pages.yml`` holds.

    Attributes:
        common: Losses that many pages share, by name.
        pages: The rating of each page.
    """

    common: dict[Slug, Loss]
    pages: dict[str, PageRating]


Points = Annotated[int, Field(ge=1, le=5)]


class Question(Model):
    """One question of DISCERN.

    Attributes:
        number: Its number there.
        label: What it asks, in a few words of ours.
        points: From 1 (no) to 5 (yes), for the page or for each treatment in turn.
        why: What costs the points, or earns them.
    """

    number: Annotated[int, Field(ge=1, le=16)]
    label: Plain
    points: Some[Points]
    why: Plain


class Discern(Model):
    """What ``discern.yml`` holds: how good a page is at helping to choose a treatment.

    Attributes:
        page: The page.
        rated: The day.
        treatments: What questions 9 to 15 are answered for, one after another.
        questions: All 16.
    """

    page: str
    rated: datetime.date
    treatments: Some[Plain]
    questions: Some[Question]
