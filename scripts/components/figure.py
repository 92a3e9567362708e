"""A drawing with its words. The SVG is in ``overrides/components/figures/``."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Review, Row, ended
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.models.base import Plain, Some, SourcedByMany, Text
from scripts.guide.pages import Call, Heading
from scripts.guide.store import Store


class Figure(SourcedByMany):
    """A drawing that says something better than a sentence can.

    Attributes:
        title: Subject of the drawing, in a few words.
        description: What a person who cannot see it needs to know.
        caption: Line under the drawing.
        labels: Labels in the drawing, each as a list of lines.
    """

    title: Plain
    description: Text
    caption: Text
    labels: dict[str, Some[Text]]


FIGURES = Store("figures", lambda reader: reader.folder(Figure, "figures"))


class FigureOnPage(Component):
    """A drawing with its words."""

    macro = "figure"
    listed_in = "docs/data/figures/"
    stores = (FIGURES,)
    own_ids = "figure-.*"

    def names(self, guide: Guide) -> Collection[str]:
        """Return the names of the drawings."""
        return guide.data(FIGURES)

    def html(self, page: PageContext, slug: str) -> Markup:
        """Render a drawing with its words."""
        return page.render(
            f"figures/{slug}.html",
            slug=slug,
            figure=page.guide.data(FIGURES)[slug],
            temperatures=page.guide.temperatures,
        )

    def carried(self, call: Call, guide: Guide) -> Carried:
        """Return the facts and the sources of the drawing."""
        figure = guide.data(FIGURES)[call.first]
        return figure.facts, figure.sources

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:
        """Yield one row with all words of the drawing."""
        figure, say = review.guide.data(FIGURES)[call.first], review.say
        labels = "; ".join(" ".join(lines) for lines in figure.labels.values())
        words = f"{ended(figure.title)} {say(figure.description)} {say(figure.caption)}"
        words = f"{words} {say(labels)}"
        yield review.row(section, "figure", words, figure.facts, figure.sources)
