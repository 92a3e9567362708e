"""Data that the guide's scripts store in a reader's browser."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from scripts.guide.models.base import Model, Plain, Slug, fault

StorageKind = Literal["session", "local", "cache"]
"""Browser storage: ``session`` lasts as long as the tab, the others until they are erased."""


class StoredItem(Model):
    """One kind of stored data.

    Attributes:
        what: Description for readers.
        key: Name under which it is stored.
        example: A complete name, if ``key`` is only the beginning of each name.
        store: Browser storage that holds it.
    """

    what: Plain
    key: Slug
    example: Slug | None = None
    store: StorageKind

    @model_validator(mode="after")
    def _example_fits(self) -> Self:
        if self.example is not None and not self.example.startswith(f"{self.key}-"):
            what = f"the example “{self.example}” does not begin with “{self.key}-”"
            raise fault("example", what, "Write a name that the script really uses.")
        return self
