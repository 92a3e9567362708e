"""A script for a phone call to the clinic."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Review, Row
from scripts.guide.models.base import Model, Some, Text
from scripts.guide.pages import Call, Heading
from scripts.guide.store import Store


class CallScript(Model):
    """Sentences to read out, with blanks to fill in.

    Attributes:
        lines: One sentence each. ``[[blank]]`` is a line to write on.
        note: One closing line.
    """

    lines: Some[Text]
    note: Text | None = None


CALL_SCRIPT = Store("call-script", lambda reader: reader.one(CallScript, "call-script.yml"))


class CallScriptOnPage(Component):
    """A script for a phone call, with blanks."""

    macro = "call_script"
    stores = (CALL_SCRIPT,)

    def html(self, page: PageContext) -> Markup:
        """Render the sentences."""
        script, rich = page.guide.data(CALL_SCRIPT), page.formatter.rich
        lines = [rich(line) for line in script.lines]
        return page.render("call-script.html", lines=lines, note=rich(script.note))

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield one row with all sentences."""
        yield from script_rows(review, section)


def script_rows(review: Review, section: Heading | None) -> Iterator[Row]:
    """Yield one row with all sentences. They state no facts, so the row has no sources."""
    script = review.guide.data(CALL_SCRIPT)
    lines = [*script.lines, *filter(None, [script.note])]
    yield Row(section, "unsourced", " ".join(map(review.say, lines)))
