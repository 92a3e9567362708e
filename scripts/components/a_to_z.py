"""An index of all topics, questions and lay words, by letter."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext


class AToZ(Component):
    """An index of all topics, by letter."""

    macro = "a_to_z"
    own_ids = "letter-.*"
    not_searched = ("crs-a-to-z",)

    def html(self, page: PageContext) -> Markup:
        """Render all topics, questions and lay words as links, by letter."""
        guide = page.guide
        found: dict[tuple[str, str], dict[str, str]] = {}

        def add(text: str, place: str, on: str = "") -> None:
            entry = {"text": text, "url": page.url(*place.split("#")), "page": on}
            found.setdefault((text.casefold(), on and place), entry)

        for term in guide.lay_terms.terms.values():
            for text in term.shown:
                add(text[0].upper() + text[1:], term.leads_to[0])
        for path, each in guide.pages.items():
            if path == page.path:
                continue
            add(each.meta.title, path)
            if not each.meta.topics:
                continue
            for heading in each.headings:
                if heading.id:
                    question = each.meta.questions and heading.level == 3
                    place = f"{path}#{heading.id}"
                    add(heading.text, place, "" if question else each.meta.title)
        letters: dict[str, list[dict[str, str]]] = {}
        for (text, _), entry in sorted(found.items()):
            first = next((letter for letter in text if letter.isalnum()), "#")
            letters.setdefault(first.upper() if first.isalpha() else "0", []).append(entry)
        return page.render("a-to-z.html", letters=sorted(letters.items()))
