"""Signs, and how urgent they are."""

from __future__ import annotations

from scripts.models.base import Model, Plain, Slug, Some, Sourced, Text


class Symptom(Sourced):
    """A sign, in words that stand alone in a list.

    Attributes:
        text: The sign; no full stop.
        more: One plain sentence on how it looks or feels.
    """

    text: Text
    more: Text | None = None


class CareCard(Model):
    """One of the three urgencies: what to do, and for which signs.

    Attributes:
        label: The urgency in a word or two; it is read first.
        heading: What to do, following the label.
        symptoms: Signs of ``symptoms.yml``, the most frightening first.
        actions: Short lines, one action each.
    """

    label: Plain
    heading: Text
    symptoms: Some[Slug]
    actions: Some[Text]
