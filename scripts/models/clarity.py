"""How clear each page is: two published instruments, and our answers to them."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field

from scripts.models.base import Model, Plain, Slug, Some


class Item(Model):
    """One item of an instrument.

    Attributes:
        number: Its number there.
        label: What it asks, in a few words of ours.
        checks: All must be met for the item to be met.
    """

    number: Annotated[int, Field(ge=1)]
    label: Plain
    checks: Some[Slug]


class Part(Model):
    """Items that belong together."""

    name: Plain
    items: Some[Item]


class Instrument(Model):
    """A published list of items.

    Attributes:
        name: As its publisher calls it.
        by: Its publisher.
        version: Which version, and where it is printed.
        pass_mark: The score that it asks for, of 100; none where it names none.
        parts: Its items.
    """

    name: Plain
    by: Plain
    version: Plain
    pass_mark: Annotated[int, Field(ge=0, le=100)] | None = None
    parts: Some[Part]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in order."""
        return tuple(item for part in self.parts for item in part.items)


class Instruments(Model):
    """What ``instruments.yml`` holds.

    Attributes:
        instruments: By a short name.
        by_machine: Checks that ``clarity.py`` makes, each with what it looks at.
        by_people: Questions that people answer for each page.
    """

    instruments: dict[Slug, Instrument]
    by_machine: dict[Slug, Plain]
    by_people: dict[Slug, Plain]


class Gap(Model):
    """What a page lacks.

    Attributes:
        why: Why the answer is no.
        improve: What would make it yes, or why it stays.
    """

    why: Plain
    improve: Plain


class PageAnswers(Model):
    """What people answered for one page.

    Attributes:
        assessed: The day.
        main_message: A sentence of the page, as it stands there.
        call_to_action: Another, or the same.
        yes: Questions that the page meets.
        no: Those that it does not.
        not_applicable: Those that do not apply, each with the reason.
    """

    assessed: datetime.date
    main_message: Plain
    call_to_action: Plain
    yes: tuple[Slug, ...]
    no: dict[Slug, Gap]
    not_applicable: dict[Slug, Plain]
