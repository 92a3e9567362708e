"""What the front matter of a page says."""

from __future__ import annotations

import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from scripts.guide.models.base import Model, Plain, Slug, fault


class PageMeta(Model):
    """The head of a page.

    Attributes:
        title: The same words as the page's heading.
        description: One sentence for search engines, at most 155 characters.
        reviewed: The day the page was last checked.
        review_by: The day it is due again.
        reviewer: The clinician who reviewed it; none until one has.
        questions: Whether each heading of the third level is a question that its section answers.
        lean: Whether it comes in one piece, with no script, and so without what scripts add.
        sources: Each source that the page cites; no more, no fewer.
        next: Pages to go on to.
    """

    title: Plain
    description: Annotated[Plain, Field(max_length=155)]
    reviewed: datetime.date
    review_by: datetime.date
    reviewer: Plain | None = None
    questions: bool = False
    lean: bool = False
    sources: tuple[Slug, ...]
    next: Annotated[tuple[str, ...], Field(min_length=1, max_length=3)]

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.review_by <= self.reviewed:
            raise fault("dates", "review_by is not after reviewed", "Set a later date.")
        return self
