"""What the guide's scripts keep in a reader's browser."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from scripts.guide.models.base import Model, Plain, Slug, fault

Store = Literal["session", "local", "cache"]
"""Where a browser keeps something: for the tab, or until it is erased."""


class Kept(Model):
    """One thing that is kept.

    Attributes:
        what: What it is, to its reader.
        key: The name under which it is kept.
        example: A whole name, where ``key`` is only what each begins with.
        store: Where.
    """

    what: Plain
    key: Slug
    example: Slug | None = None
    store: Store

    @model_validator(mode="after")
    def _example_fits(self) -> Self:
        if self.example is not None and not self.example.startswith(f"{self.key}-"):
            what = f"the example “{self.example}” does not begin with “{self.key}-”"
            raise fault("example", what, "Write a name that the script really gives.")
        return self

    def covers(self, store: str, key: str) -> bool:
        """Tell whether this is the thing that a script has kept under a name."""
        # What follows a space is the address and the version of the guide.
        name = key.partition(" ")[0]
        fits = name.startswith(f"{self.key}-") if self.example else name == self.key
        return fits and store == self.store
