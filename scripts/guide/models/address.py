"""Addresses that were published and therefore never die."""

from __future__ import annotations

import datetime
import re
from typing import Annotated

from pydantic import AfterValidator

from scripts.guide.models.base import Model, Slug, fault

PLACE = re.compile(r"[a-z0-9/-]+\.md(#[A-Za-z0-9_-]+)?")


def _is_place(place: str) -> str:
    if not PLACE.fullmatch(place):
        remedy = "Write a file of docs/en, with # and a heading's id if need be: symptoms.md#fever."
        raise fault("place", f"“{place}” is no page or heading", remedy)
    return place


Place = Annotated[str, AfterValidator(_is_place)]
"""A page of the guide or a heading of one, such as ``symptoms.md#fever``."""


class Address(Model):
    """A page or a part of one that others may link to.

    Attributes:
        target: Where it stood on the day it was published. It names the address for good.
        published: That day.
        short: The short form for paper: ``fever`` is found at ``/go/fever/``.
        moved_to: Where it stands today; none where it has not moved.
    """

    target: Place
    published: datetime.date
    short: Slug | None = None
    moved_to: Place | None = None

    @property
    def now(self) -> str:
        """Where it stands today."""
        return self.moved_to or self.target
