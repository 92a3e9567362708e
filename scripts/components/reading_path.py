"""A path through the guide: five short things to read, in order, each with one thing to do."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Review, Row, ended
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.models.base import Model, Plain, Some, Sourced, Text
from scripts.guide.pages import Call, Heading
from scripts.guide.store import Store


class Step(Sourced):
    """One part of the guide to read at one time.

    Attributes:
        when: When to read it.
        page: The part, with its page; two minutes are enough to read it.
        action: The one thing to do then. The fact is its basis.
    """

    when: Plain
    page: str
    action: Text


class ReadingPath(Model):
    """All steps, in their order.

    Attributes:
        intro: Words above them.
        steps: The steps.
    """

    intro: Text
    steps: Some[Step]


READING_PATH = Store("reading-path", lambda reader: reader.one(ReadingPath, "reading-path.yml"))


class ReadingPathOnPage(Component):
    """A list of steps to read in order."""

    macro = "reading_path"
    stores = (READING_PATH,)

    def html(self, page: PageContext) -> Markup:
        """Render the steps, and one mark for the sources of all."""
        path = page.guide.data(READING_PATH)
        mark = page.mark(tuple(dict.fromkeys(n for step in path.steps for n in step.sources)))
        return page.render("reading-path.html", path=path, mark=mark)

    def carried(self, call: Call, guide: Guide) -> Carried:  # noqa: ARG002 - the call takes no name
        """Return the facts and the sources of what the steps ask for."""
        steps = guide.data(READING_PATH).steps
        return [step.fact for step in steps], [name for step in steps for name in step.sources]

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield a row for each step; the first begins with the words above them."""
        path = review.guide.data(READING_PATH)
        words = f"{review.say(path.intro)} "
        for step in path.steps:
            title = ended(review.guide.title_of(step.page))
            words += f"{ended(step.when)} {title} {review.say(step.action)}"
            yield review.row(section, "reading-path", words, step.facts, step.sources)
            words = ""
