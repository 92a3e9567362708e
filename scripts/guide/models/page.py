"""The model of a page's front matter."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from scripts.guide.models.base import Model, Plain, Slug, fault

Role = Literal["home", "help", "sheets", "method", "sources", "glossary", "record-systems"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Roles of pages that other parts of the guide link to. Each role has one page."""

LEAN = "lean.html"


class PageMeta(Model):
    """The front matter of a page.

    Attributes:
        title: Title, the same as the page's heading.
        description: One sentence for search engines, at most 155 characters.
        reviewed: Day the page was last checked.
        review_by: Day the next check is due.
        reviewer: Clinician who reviewed it; None if nobody has.
        questions: Whether each heading of level 3 is a question that its section answers.
        template: File of ``overrides/`` that is the page's document, such as ``lean.html`` for a
            page that is a single file without scripts, and so without what scripts add.
        hide: Parts of the frame that the page does not have.
        role: What other parts of the guide need the page for; None for most pages.
        sheet: Sheet that the page is for, by its name, or ``pack`` for all of them; None for most
            pages. The page prints as that sheet, and the QR code of the sheet opens it.
        audience: Readers it is written for.
        topics: Whether the list from A to Z contains its headings, not only the page.
        search: Whether search finds the page.
        search_weight: Weight in search, relative to pages for patients, 0.1 to 1. A page with at
            most 0.5 is found by its headings and first sentences only.
        not_searched: Ids of headings that search leaves out.
        offline_rank: Rank in the order in which pages are stored for use without a network, 1 to
            99. Pages up to 9 are for an emergency: the files they load are stored first too.
        assessed: Whether the self-assessment of clear communication rates the page.
        sources: All sources that the page cites, and no others.
        next: Pages to continue with.
    """

    title: Plain
    description: Annotated[Plain, Field(max_length=155)]
    reviewed: datetime.date
    review_by: datetime.date
    reviewer: Plain | None = None
    questions: bool = False
    template: Plain | None = None
    hide: tuple[Literal["navigation", "toc", "path", "footer"], ...] = ()
    role: Role | None = None
    sheet: Slug | None = None
    audience: Literal["patients", "clinicians"] = "patients"
    topics: bool = True
    search: bool = True
    search_weight: Annotated[float, Field(ge=0.1, le=1)] = 1
    not_searched: tuple[Slug, ...] = ()
    offline_rank: Annotated[int, Field(ge=1, le=99)] = 50
    assessed: bool = True
    sources: tuple[Slug, ...]
    next: Annotated[tuple[str, ...], Field(min_length=1, max_length=3)]

    @property
    def lean(self) -> bool:
        """Whether the page is a single file without scripts."""
        return self.template == LEAN

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.review_by <= self.reviewed:
            raise fault("dates", "review_by is not after reviewed", "Set a later date.")
        return self
