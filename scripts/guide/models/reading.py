"""How easy each page must be to read."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scripts.guide.models.base import Model, Plain

Share = Annotated[int, Field(ge=0, le=100)]
Grade = Annotated[float, Field(ge=1, le=12)]


class PageLimits(Model):
    """The highest values that a page may have.

    Attributes:
        grade: US school grade of Flesch and Kincaid.
        smog: US school grade of SMOG.
        passive: Sentences in the passive voice, of every 100.
        words_per_heading: Words of the page, for each of its headings.
    """

    grade: Grade
    smog: Grade
    passive: Share
    words_per_heading: Annotated[int, Field(ge=10)]


class MiddleLimits(Model):
    """The highest values of the middle page of all, by each measure."""

    grade: Grade
    smog: Grade


class Limits(Model):
    """All limits.

    Attributes:
        action_page: Of a page that is read to act now.
        other_page: Of every other page.
        middle_page: Of the median of all pages.
        sentence: Words of the longest sentence.
    """

    action_page: PageLimits
    other_page: PageLimits
    middle_page: MiddleLimits
    sentence: Annotated[int, Field(ge=5)]


class ReadingRules(Model):
    """What ``docs/data/reading.yml`` holds.

    Attributes:
        action_pages: Pages that are read to act now, each with the reason.
        limits: What no page may exceed.
    """

    action_pages: dict[str, Plain]
    limits: Limits

    def limits_of(self, path: str) -> PageLimits:
        """Give the limits of a page, such as ``get-help.md``."""
        return self.limits.action_page if path in self.action_pages else self.limits.other_page
