"""A table of what happened to each statement of the source article."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Review, Row, ended
from scripts.guide.pages import Call, Heading


class ArticleReview(Component):
    """A table of what happened to each statement of the source article."""

    macro = "article_review"
    own_ids = "statement-.*"
    not_searched = ("crs-article-review",)

    def html(self, page: PageContext) -> Markup:
        """Render each statement with the places where it is now."""
        guide = page.guide
        titles = {path: each.meta.title for path, each in guide.pages.items()}
        anchors = {
            f"{path}#{heading.id}": heading.text
            for path, each in guide.pages.items()
            for heading in each.headings
        }
        labels = {
            f"{path}#{name}": card.label
            for path in titles
            for name, card in guide.care_cards.items()
        }
        names = titles | labels | anchors
        return page.render(
            "article-review.html", statements=guide.article, names=names, titles=titles
        )

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield a row for each statement."""
        say = review.say
        for statement in review.guide.article:
            verdict = review.guide.strings.verdicts[statement.verdict]
            did = say(statement.what_we_did or statement.dropped)
            words = f"{statement.number}. {ended(say(statement.about))} {verdict}. {did}"
            yield Row(section, "article", words.strip())
