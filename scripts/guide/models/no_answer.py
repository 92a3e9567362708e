"""What to do when nobody answers the telephone."""

from __future__ import annotations

from scripts.guide.models.base import Some, SourcedByMany, Text


class NoAnswer(SourcedByMany):
    """The rule for a call that nobody answers, or that nobody returns.

    Attributes:
        lines: One step each, in order; ``[[call-back]]`` is the time that the clinic sets.
    """

    lines: Some[Text]
