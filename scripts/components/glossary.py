"""The glossary."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Evidence, Review, Row
from scripts.guide.pages import Call, Heading


class Glossary(Component):
    """The glossary."""

    macro = "glossary"
    own_ids = "word-.*"

    def html(self, page: PageContext) -> Markup:
        """Render all words of the glossary."""
        terms = sorted(page.guide.terms.values(), key=lambda term: term.term.casefold())
        return page.render("glossary.html", terms=terms)

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield a row for each word. A word names its sources without a fact."""
        guide = review.guide
        for term in sorted(guide.terms.values(), key=lambda term: term.term.casefold()):
            sources = tuple(guide.sources[name] for name in term.sources)
            words = f"{term.term} ({term.say_it}): {review.say(term.plain)}"
            evidence = (Evidence(None, sources),)
            yield Row(section, "glossary-term", words, evidence, key=f"term:{term.id}")
