"""All sources of the guide, with the pages that cite each."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.pages import Page


class SourceLibrary(Component):
    """A list of all sources that a page cites."""

    macro = "source_library"
    own_ids = "source-.*"

    def html(self, page: PageContext) -> Markup:
        """Render all sources that a page cites, each with those pages."""
        guide = page.guide
        pages: dict[str, list[Page]] = {}
        for each in guide.pages.values():
            used = page.citations.sources_of(each, guide)
            for name in each.meta.sources:
                if name in used:
                    pages.setdefault(name, []).append(each)
        entries = [(guide.sources[name], pages[name]) for name in pages]
        entries.sort(key=lambda entry: entry[0].title.casefold())
        return page.render("source-library.html", entries=entries)
