"""What the front matter of a page says."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from scripts.guide.models.base import Model, Plain, Slug, fault

Role = Literal["home", "help", "sheets", "method", "sources", "record-systems"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Pages that other parts of the guide lead to: each role has one page."""


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
        role: What other parts of the guide need it for; none for most pages.
        audience: Whom it is written for.
        topics: Whether the list from A to Z names its headings too, not only the page.
        search: Whether search finds it.
        search_weight: How much it counts in search beside pages for patients, 0.1 to 1. A page
            of at most 0.5 is found by its headings and first sentences only.
        not_searched: Ids of headings that search leaves out.
        offline_rank: Its place in the order in which pages are kept for times without a network,
            1 to 99. Pages up to 9 are for an emergency: what they load is kept first too.
        assessed: Whether the self-assessment of clear communication rates it.
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
    role: Role | None = None
    audience: Literal["patients", "clinicians"] = "patients"
    topics: bool = True
    search: bool = True
    search_weight: Annotated[float, Field(ge=0.1, le=1)] = 1
    not_searched: tuple[Slug, ...] = ()
    offline_rank: Annotated[int, Field(ge=1, le=99)] = 50
    assessed: bool = True
    sources: tuple[Slug, ...]
    next: Annotated[tuple[str, ...], Field(min_length=1, max_length=3)]

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.review_by <= self.reviewed:
            raise fault("dates", "review_by is not after reviewed", "Set a later date.")
        return self
