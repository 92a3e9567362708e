"""Data of the clarity rating: three published instruments, and the result of our rating."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from scripts.guide.models.base import Model, Plain, Slug, Some

Ref = Annotated[str, Field(pattern=r"^(PEMAT|CCI) \d{1,2}$")]
"""Reference to an item of an instrument, such as “PEMAT 15”."""


class Item(Model):
    """One item of an instrument.

    Attributes:
        number: Its number in the instrument.
        label: What it asks, in a few words of ours.
        checks: Automatic checks. The item is lost if one of them fails.
        needs: What a page must contain for the item to apply.
        readers: Whether only a test with readers can show that the item is met.
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
        prefix: Text before the number of an item in ``pages.yml``.
        by: Its publisher.
        version: Which version was used, and where it is published.
        items: Its items, in order.
    """

    name: Plain
    prefix: Literal["PEMAT", "CCI"]
    by: Plain
    version: Plain
    items: Some[Item]


class Instruments(Model):
    """The content of ``instruments.yml``.

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
        passage: Quotation from the page that shows it; None if the page lacks something.
        why: What is wrong.
        stays: Why it has not been corrected.
    """

    items: Some[Ref]
    passage: Plain | None = None
    why: Plain
    stays: Plain


class PageRating(Model):
    """The result of the strict rating of one page.

    Attributes:
        rated: Day of the rating.
        main_message: The sentence of the page that states its main message, word for word.
        call_to_action: The sentence that asks the reader to act. It may be the same one.
        not_applicable: Items that do not apply to the page.
        common: Names of losses that many pages share.
        lost: Losses of this page only.
    """

    rated: datetime.date
    main_message: Plain
    call_to_action: Plain
    not_applicable: tuple[Ref, ...] = ()
    common: tuple[Slug, ...] = ()
    lost: tuple[Loss, ...] = ()


class PageRatings(Model):
    """The content of ``pages.yml``.

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
        number: Its number in DISCERN.
        label: What it asks, in a few words of ours.
        points: From 1 (no) to 5 (yes), for the page or for each treatment in turn.
        why: Reason for the points.
    """

    number: Annotated[int, Field(ge=1, le=16)]
    label: Plain
    points: Some[Points]
    why: Plain


class Discern(Model):
    """The content of ``discern.yml``: how well a page helps readers to choose a treatment.

    Attributes:
        page: The page.
        rated: Day of the rating.
        treatments: Treatments for which questions 9 to 15 are answered in turn.
        questions: All 16 questions.
    """

    page: str
    rated: datetime.date
    treatments: Some[Plain]
    questions: Some[Question]
