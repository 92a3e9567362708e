"""The sources of a lean page, shown on the page of all sources."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext, line_id
from scripts.components.source_library import lists_of_sources
from scripts.guide.guide import Guide


class SourceLines(Component):
    """The sources of a lean page, one line for each of its marks and cards."""

    macro = "source_lines"
    listed_in = "docs/en/"
    own_ids = ".+-[0-9]+"

    def names(self, guide: Guide) -> Collection[str]:
        """Return the paths of all pages."""
        return guide.pages

    def html(self, page: PageContext, path: str) -> Markup:
        """Render the sources of a lean page."""
        guide = page.guide
        cited = page.citations.lines_of_sources(guide.pages[path], guide)
        lines = [
            (line_id(path, number), [guide.sources[name] for name in names])
            for number, names in enumerate(cited, 1)
        ]
        return page.render("source-lines.html", lines=lines, lists=lists_of_sources(guide))
