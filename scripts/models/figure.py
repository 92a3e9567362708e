"""Drawings: their words. Their lines are in ``overrides/components/figures/``."""

from __future__ import annotations

from scripts.models.base import SourcedByMany, Text


class Figure(SourcedByMany):
    """A drawing that says something better than a sentence can.

    Attributes:
        title: What it shows, in a few words.
        description: What a person who cannot see it needs to know.
        caption: The line under it.
        labels: Each word in it; a list where the words break over lines.
    """

    title: Text
    description: Text
    caption: Text
    labels: dict[str, Text | tuple[Text, ...]]
