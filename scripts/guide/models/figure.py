"""Drawings: their words. Their lines are in ``overrides/components/figures/``."""

from __future__ import annotations

from scripts.guide.models.base import Plain, Some, SourcedByMany, Text


class Figure(SourcedByMany):
    """A drawing that says something better than a sentence can.

    Attributes:
        title: What it shows, in a few words.
        description: What a person who cannot see it needs to know.
        caption: The line under it.
        labels: Each word in it, as a list of lines.
    """

    title: Plain
    description: Plain
    caption: Text
    labels: dict[str, Some[Plain]]
