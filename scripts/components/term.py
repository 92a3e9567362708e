"""A word of the glossary inside a sentence."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.guide import Guide


class TermInText(Component):
    """A word of ``glossary.yml`` that links to its meaning."""

    macro = "term"
    block = False
    listed_in = "docs/data/glossary.yml"
    options = ("text",)
    own_ids = "word-.*|words"

    def names(self, guide: Guide) -> Collection[str]:
        """Return the ids of the words."""
        return guide.terms

    def html(self, page: PageContext, name: str, *, text: str = "") -> Markup:
        """Render a word as a link to its meaning at the foot of the page."""
        term = page.guide.terms[name]
        return page.render("term.html", term=term, text=text or term.term)
