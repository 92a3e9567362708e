"""What to say when you ring."""

from __future__ import annotations

from scripts.guide.models.base import Model, Some, Text


class CallScript(Model):
    """Sentences to read out, with blanks to fill in.

    Attributes:
        lines: One sentence each; ``[[blank]]`` is a line to write on.
        note: One closing line.
    """

    lines: Some[Text]
    note: Text | None = None
