"""Limits of reading difficulty for the pages."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scripts.guide.models.base import Model, Plain

Share = Annotated[int, Field(ge=0, le=100)]
Grade = Annotated[float, Field(ge=1, le=12)]


class PageLimits(Model):
    """The highest values that a page may have.

    Attributes:
        grade: US school grade by Flesch-Kincaid.
        smog: US school grade by SMOG.
        passive: Percentage of sentences in the passive voice.
        words_per_heading: Number of words of the page, divided by the number of its headings.
    """

    grade: Grade
    smog: Grade
    passive: Share
    words_per_heading: Annotated[int, Field(ge=10)]


class MiddleLimits(Model):
    """The highest values that the median of all pages may have."""

    grade: Grade
    smog: Grade


class Limits(Model):
    """All limits.

    Attributes:
        action_page: Limits of a page that is read to act now.
        other_page: Limits of every other page.
        middle_page: Limits of the median of all pages.
        sentence: Number of words of the longest sentence.
    """

    action_page: PageLimits
    other_page: PageLimits
    middle_page: MiddleLimits
    sentence: Annotated[int, Field(ge=5)]


class ReadabilityRules(Model):
    """The content of ``docs/data/readability.yml``.

    Attributes:
        action_pages: Pages that are read to act now, each with the reason.
        limits: Limits that no page may exceed.
    """

    action_pages: dict[str, Plain]
    limits: Limits

    def limits_of(self, path: str) -> PageLimits:
        """Return the limits of a page, such as ``get-help.md``."""
        return self.limits.action_page if path in self.action_pages else self.limits.other_page
