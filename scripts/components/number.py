"""A number with clinical meaning inside a sentence."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Review, Said, plain
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.pages import Call


class NumberInText(Component):
    """A number of ``numbers/`` with its words."""

    macro = "number"
    block = False
    listed_in = "docs/data/numbers/"
    options = ("mark",)
    marking = True

    def names(self, guide: Guide) -> Collection[str]:
        """Return the names of the numbers."""
        return guide.numbers

    def html(self, page: PageContext, name: str, *, mark: bool = True) -> Markup:
        """Render a number with its words, and the mark of its sources."""
        text = page.formatter.rich(page.guide.numbers[name].text)
        shown = page.mark_of_block("number", name) if mark else Markup("")
        return page.render("number.html", text=text, mark=shown)

    def carried(self, call: Call, guide: Guide) -> Carried:
        """Return the facts and the sources of the number."""
        number = guide.numbers[call.first]
        return number.facts, number.sources

    def said(self, call: Call, review: Review, line: Said) -> str:
        """Return the number with its words, and record the fact that it is based on."""
        number = review.guide.numbers[call.first]
        words = plain(self.html(review.page, call.first, mark=False))
        marked = bool(call.kwargs.get("mark", True))
        return f"{words}\ue004number\ue005" + line.note(number.fact, number.sources, marked=marked)
