"""Permanent addresses: once published, an address must keep working."""

from __future__ import annotations

import datetime
import re
from typing import Annotated

from pydantic import AfterValidator

from scripts.guide.models.base import Model, Slug, fault

PLACE = re.compile(r"[a-z0-9/-]+\.md(#[A-Za-z0-9_-]+)?")


def _is_place(place: str) -> str:
    if not PLACE.fullmatch(place):
        remedy = "Write a file of docs/en, with # and a heading's id if needed: symptoms.md#fever."
        raise fault("place", f"“{place}” is not a page or heading", remedy)
    return place


Place = Annotated[str, AfterValidator(_is_place)]
"""A page of the guide or a heading of one, such as ``symptoms.md#fever``."""


class Address(Model):
    """A page or a part of one that others may link to.

    Attributes:
        target: Page and heading on the day of publication. It identifies the address for good.
        published: Day of publication.
        short: Short form for paper: ``fever`` means ``/go/fever/``.
        moved_to: Current page and heading; None if they have not changed.
    """

    target: Place
    published: datetime.date
    short: Slug | None = None
    moved_to: Place | None = None

    @property
    def now(self) -> str:
        """The current page and heading."""
        return self.moved_to or self.target
